//! Memory for environments: never promised beyond what the host can give, and not held back by sizes that nobody
//! uses.
//!
//! Each environment is charged what its function was seen to use, and its configured size while nothing was seen. The
//! charges stay within a budget; beside them there must be room for the one environment that could grow most to reach
//! its limit; and the host itself must have memory available beyond a reserve for the server. The states that environments
//! begin from are charged what they use.

use super::states::States;

/// The host's memory at an instant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HostReading {
    /// Bytes that can be had without swapping (`MemAvailable`).
    pub available: u64,
    /// Share of time in which some process waited for memory, in per cent, over the last 10 seconds (PSI `some avg10`).
    pub stalled: f32,
}

/// A host on which processes wait for memory this much of their time gets no more environments.
const STALLED_MAX: f32 = 20.0;

/// Fixed by the operator.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// All charges together stay within this.
    pub budget: u64,
    /// Left available to the server and the rest of the host.
    pub reserve: u64,
}

/// What one environment was charged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Charge {
    pub bytes: u64,
    pub configured: u64,
}

impl Charge {
    fn growth(self) -> u64 {
        self.configured - self.bytes
    }
}

pub struct Memory {
    bounds: Bounds,
    charged: u64,
    configured: u64,
    environments: u64,
    /// Charges of those being removed: they will be free soon.
    leaving: u64,
    /// Most that a single environment of those alive could still grow, with how many could: growth → count.
    growths: std::collections::BTreeMap<u64, u32>,
    states: States,
}

/// Whether another environment fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    Yes,
    /// Not until this many bytes have been freed.
    Short(u64),
    /// Never.
    Impossible,
}

impl Memory {
    pub fn new(bounds: Bounds) -> Memory {
        Memory {
            bounds,
            charged: 0,
            configured: 0,
            environments: 0,
            leaving: 0,
            growths: Default::default(),
            states: States::default(),
        }
    }

    /// Whether an environment with this charge fits now. `host`: `None` when it can't be read.
    pub fn fit(&self, charge: Charge, host: Option<HostReading>) -> Fit {
        if charge.bytes > self.bounds.budget || charge.configured > self.bounds.budget {
            return Fit::Impossible;
        }
        // The first environment is not refused for the growth of itself alone.
        match self.shortage(charge, host) {
            0 => Fit::Yes,
            _ if self.environments == 0 && host.is_none_or(|host| host.available >= charge.bytes) => Fit::Yes,
            short => Fit::Short(short),
        }
    }

    /// Bytes that would have to be freed for an environment with this charge to fit.
    pub fn shortage(&self, charge: Charge, host: Option<HostReading>) -> u64 {
        let growth = self.growth().max(charge.growth());
        let wanted = self.charged + self.states.held() + charge.bytes + growth;
        let within = wanted.saturating_sub(self.bounds.budget);
        // What was charged and is not used yet would come out of the same memory, but is rarely all used at once: the
        // reserve and the largest growth stand for it.
        let wanted = charge.bytes + growth + self.bounds.reserve;
        let on_host = host.map_or(0, |host| match host.stalled > STALLED_MAX {
            true => charge.bytes,
            false => wanted.saturating_sub(host.available),
        });
        within.max(on_host)
    }

    /// Bytes that idle environments should give back because the rest of the host needs them.
    pub fn overdraft(&self, host: HostReading) -> u64 {
        self.bounds.reserve.saturating_sub(host.available)
    }

    pub fn take(&mut self, charge: Charge) {
        self.charged += charge.bytes;
        self.configured += charge.configured;
        self.environments += 1;
        *self.growths.entry(charge.growth()).or_default() += 1;
    }

    pub fn give_back(&mut self, charge: Charge) {
        self.charged -= charge.bytes;
        self.configured -= charge.configured;
        self.environments -= 1;
        let growth = charge.growth();
        let count = self.growths.get_mut(&growth).expect("what is given back was taken");
        *count -= 1;
        if *count == 0 {
            self.growths.remove(&growth);
        }
    }

    /// Its removal has begun; [`Memory::left`] must follow.
    pub fn leaving(&mut self, charge: Charge) {
        self.leaving += charge.bytes;
    }

    pub fn left(&mut self, charge: Charge) {
        self.leaving -= charge.bytes;
        self.give_back(charge);
    }

    fn growth(&self) -> u64 {
        self.growths.last_key_value().map_or(0, |(growth, _)| *growth)
    }

    /// Bytes that become free without further doing.
    pub fn coming_free(&self) -> u64 {
        self.leaving + self.states.leaving()
    }

    pub fn states(&self) -> States {
        self.states.clone()
    }

    pub fn charged(&self) -> u64 {
        self.charged
    }

    /// What of the budget is charged to nobody.
    pub fn free(&self) -> u64 {
        self.bounds.budget.saturating_sub(self.charged + self.states.held())
    }

    pub fn configured(&self) -> u64 {
        self.configured
    }

    pub fn environments(&self) -> u64 {
        self.environments
    }
}
