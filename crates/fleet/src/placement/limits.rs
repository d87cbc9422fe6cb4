//! How many invocations may be under way, and how fast more may begin. Exact: every admitted invocation holds a
//! [`Seat`] until it is given back.

use std::collections::HashMap;
use std::time::Duration;

use super::Place;

/// Why an invocation is not admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The function's own executions are all under way.
    Function,
    /// The executions that functions without their own share are all under way.
    Group,
    /// The function begins invocations faster than its limit allows.
    FunctionRate,
    /// The group begins invocations faster than its limit allows.
    GroupRate,
}

/// What an admitted invocation is counted under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a seat that is not given back counts for ever"]
pub enum Seat {
    /// One of those kept ready for this state of the function.
    Provisioned,
    /// One of the function's own.
    Function,
    /// One of those that the group's functions share.
    Group,
}

/// How fast things may begin; `None` is as fast as the host can.
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    /// Invocations per second for each concurrent execution that is allowed. AWS: 10.
    pub requests_per_execution: Option<u32>,
    /// New environments of one function in ten seconds. AWS: 1,000.
    pub starts_per_10_s: Option<u32>,
}

pub struct Limits {
    rates: Rates,
    groups: HashMap<String, Count>,
    functions: HashMap<String, Count>,
    /// By pool: how many environments are kept ready, and how many seats of them are taken.
    provisioned: HashMap<String, (u32, u32)>,
    starts: HashMap<String, Bucket>,
}

#[derive(Default)]
struct Count {
    /// Seats that count against a limit.
    taken: u32,
    requests: Option<Bucket>,
}

impl Limits {
    pub fn new(rates: Rates) -> Limits {
        Limits {
            rates,
            groups: HashMap::new(),
            functions: HashMap::new(),
            provisioned: HashMap::new(),
            starts: HashMap::new(),
        }
    }

    /// Takes a seat; [`Limits::leave`] must follow.
    pub fn admit(&mut self, place: &Place, now: Duration) -> Result<Seat, Limit> {
        if let Some((target, taken)) = self.provisioned.get_mut(&place.pool)
            && *taken < *target
        {
            *taken += 1;
            return Ok(Seat::Provisioned);
        }
        let rate = self.rates.requests_per_execution;
        match place.function_limit {
            Some(limit) => {
                take(&mut self.functions, &place.function, limit, rate, now)
                    .map_err(|is_rate| if is_rate { Limit::FunctionRate } else { Limit::Function })?;
                Ok(Seat::Function)
            }
            None => {
                take(&mut self.groups, &place.group, place.group_quota.get(), rate, now)
                    .map_err(|is_rate| if is_rate { Limit::GroupRate } else { Limit::Group })?;
                Ok(Seat::Group)
            }
        }
    }

    /// Gives a seat back.
    pub fn leave(&mut self, place: &Place, seat: Seat) {
        let count = match seat {
            Seat::Provisioned => {
                let entry = self.provisioned.get_mut(&place.pool);
                let (target, taken) =
                    entry.expect("a provisioned seat's pool is remembered until it is empty");
                *taken -= 1;
                if (*target, *taken) == (0, 0) {
                    self.provisioned.remove(&place.pool);
                }
                return;
            }
            Seat::Function => self.functions.get_mut(&place.function),
            Seat::Group => self.groups.get_mut(&place.group),
        };
        count.expect("a counter with a taken seat is remembered").taken -= 1;
    }

    /// From now on `target` seats of this pool are apart from the function's and the group's.
    pub fn provision(&mut self, pool: &str, target: u32) {
        let entry = self.provisioned.entry(pool.to_owned()).or_default();
        entry.0 = target;
        if *entry == (0, 0) {
            self.provisioned.remove(pool);
        }
    }

    /// Whether the function may have one more new environment at this instant.
    pub fn start(&mut self, function: &str, now: Duration) -> bool {
        let Some(limit) = self.rates.starts_per_10_s else { return true };
        let (capacity, per_second) = (f64::from(limit), f64::from(limit) / 10.0);
        match self.starts.get_mut(function) {
            Some(bucket) => bucket.take(capacity, per_second, now),
            None => {
                let mut bucket = Bucket::full(capacity, now);
                let taken = bucket.take(capacity, per_second, now);
                self.starts.insert(function.to_owned(), bucket);
                taken
            }
        }
    }

    /// Forgets what makes no difference any more.
    pub fn tidy(&mut self, now: Duration) {
        let is_old = |at: Duration| now.saturating_sub(at) > Duration::from_secs(20);
        self.starts.retain(|_, bucket| !is_old(bucket.at));
        let keep = |_: &String, count: &mut Count| {
            count.taken > 0 || count.requests.as_ref().is_some_and(|bucket| !is_old(bucket.at))
        };
        self.functions.retain(keep);
        self.groups.retain(keep);
    }

    /// Seats taken, all kinds together.
    #[cfg(test)]
    pub fn taken(&self) -> u32 {
        let counted = self.functions.values().chain(self.groups.values()).map(|count| count.taken);
        counted.chain(self.provisioned.values().map(|(_, taken)| *taken)).sum()
    }
}

/// `Err(true)`: refused by the rate.
fn take(
    counts: &mut HashMap<String, Count>,
    name: &str,
    limit: u32,
    rate: Option<u32>,
    now: Duration,
) -> Result<(), bool> {
    if !counts.contains_key(name) {
        counts.insert(name.to_owned(), Count::default());
    }
    let count = counts.get_mut(name).expect("it was inserted if it was missing");
    if count.taken >= limit {
        return Err(false);
    }
    if let Some(rate) = rate {
        let per_second = f64::from(limit) * f64::from(rate);
        let bucket = count.requests.get_or_insert_with(|| Bucket::full(per_second, now));
        if !bucket.take(per_second, per_second, now) {
            return Err(true);
        }
    }
    count.taken += 1;
    Ok(())
}

/// A token bucket whose size and rate may change from call to call.
struct Bucket {
    tokens: f64,
    at: Duration,
}

impl Bucket {
    fn full(capacity: f64, now: Duration) -> Bucket {
        Bucket { tokens: capacity, at: now }
    }

    fn take(&mut self, capacity: f64, per_second: f64, now: Duration) -> bool {
        let passed = now.saturating_sub(self.at).as_secs_f64();
        self.tokens = (self.tokens + passed * per_second).min(capacity);
        self.at = self.at.max(now);
        let is_enough = self.tokens >= 1.0;
        if is_enough {
            self.tokens -= 1.0;
        }
        is_enough
    }
}
