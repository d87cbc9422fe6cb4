//! What is known of a function's behaviour, and the question that it answers: is an environment sooner free than a
//! new one is ready?

use std::time::Duration;

/// A cold start of which nothing is known yet is expected to take this long.
const START_UNKNOWN: Duration = Duration::from_millis(25);
/// Weight of the newest observation.
const NEWEST: f64 = 0.2;
/// Shortest time between two looks at a queue.
const PATIENCE_MIN: Duration = Duration::from_millis(1);
/// Longest time that a queue which does not empty is left as it is.
const CLIMB_PAUSE_MAX: Duration = Duration::from_secs(2);
/// A larger pool must serve this many times more than before to be enlarged again.
const CLIMB_GAIN: f64 = 1.1;
/// Real use is counted with a quarter more, and at least this much more: 16 MiB.
const MARGIN_MIN: u64 = 16 << 20;

/// What an invocation has used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Served {
    /// How long its environment was busy with it.
    pub took: Duration,
    /// Processor time.
    pub cpu: Duration,
    /// The most memory, in bytes; 0: not known.
    pub peak: u64,
    /// Whether a processor had nothing to do when it ended.
    pub is_idle: bool,
}

/// Learned from the environments of one state of a function.
#[derive(Clone, Debug, Default)]
pub struct Demand {
    /// How long an environment is busy with one invocation.
    service: Average,
    /// The same while processors are idle, so that nothing keeps it from running.
    alone: Average,
    /// Processor time of one invocation.
    cpu: Average,
    /// From the decision to start until it can serve.
    start: Average,
    /// Highest memory use seen, decaying slowly so that one peak does not count for ever.
    peak: Option<u64>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Average(Option<f64>);

impl Average {
    fn add(&mut self, value: Duration) {
        let value = value.as_secs_f64();
        self.0 = Some(self.0.map_or(value, |old| old + NEWEST * (value - old)));
    }
}

impl Demand {
    pub fn served(&mut self, Served { took, cpu, peak, is_idle }: Served) {
        self.service.add(took);
        self.cpu.add(cpu);
        // What took long on busy processors was kept waiting for them, perhaps by too many of its own kind.
        if is_idle || self.alone.0.is_none() {
            self.alone.add(took);
        }
        if peak > 0 {
            let decayed = self.peak.map_or(0, |old| old - old / 64);
            self.peak = Some(peak.max(decayed));
        }
    }

    pub fn started(&mut self, took: Duration) {
        self.start.add(took);
    }

    /// Expected length of a cold start.
    pub fn start(&self) -> Duration {
        self.start.0.map_or(START_UNKNOWN, Duration::from_secs_f64)
    }

    /// Memory that an environment of this function will use at most, as far as is known: what was seen and a margin,
    /// never more than the `configured` bytes that it is limited to.
    pub fn memory(&self, configured: u64) -> u64 {
        self.peak.map_or(configured, |peak| (peak + (peak / 4).max(MARGIN_MIN)).min(configured))
    }

    /// How many environments at most get more done than fewer of them: twice as many as the `processors` can run at once,
    /// so that none is idle while answers are on their way. `None`: not known yet.
    pub fn useful(&self, processors: u32) -> Option<u32> {
        let (alone, cpu) = (self.alone.0?, self.cpu.0?);
        // The share of its time for which it runs, if it can.
        let share = (cpu / alone.max(1e-6)).clamp(1e-3, 1.0);
        Some((2.0 * f64::from(processors) / share).ceil() as u32)
    }

    /// How long the `position`th of those who wait (from 1) should go on waiting for one of `busy` environments
    /// before a new one is started for it, which would be ready after `start`; `None`: start now.
    pub fn patience(&self, position: u32, busy: u32, start: Duration) -> Option<Duration> {
        let service = self.service.0.filter(|_| busy > 0)?;
        let expected = service * f64::from(position) / f64::from(busy);
        // Twice what is expected: then the expectation was wrong. Never longer than a start: waiting at most doubles it.
        (expected < start.as_secs_f64())
            .then(|| Duration::from_secs_f64(expected * 2.0).clamp(PATIENCE_MIN, start.max(PATIENCE_MIN)))
    }
}

/// What a crowd has waited together since the queue was last empty.
#[derive(Debug, Default)]
pub struct Crowd {
    waited: Duration,
    longest: u32,
}

impl Crowd {
    /// One of the crowd has been served, out of a queue of this length.
    pub fn served(&mut self, waited: Duration, queue: u32) {
        self.waited += waited;
        self.longest = self.longest.max(queue);
    }

    /// The queue is empty. Returns how many more environments would have paid for themselves by what the crowd has
    /// waited: having them cannot cost more than twice what knowing beforehand would have.
    pub fn over(&mut self, start: Duration) -> u32 {
        let Crowd { waited, longest } = std::mem::take(self);
        let paid = waited.as_secs_f64() / start.max(PATIENCE_MIN).as_secs_f64();
        // As a float's conversion to an integer saturates, it needs no other bound.
        (paid as u32).min(longest)
    }
}

/// Enlarges a pool whose queue does not empty although each wait is short, as long as that serves more.
#[derive(Debug, Default)]
pub struct Climb {
    /// When the queue was last empty or looked at, and how many had been served then.
    since: Option<(Duration, u64)>,
    /// Served per second before the last enlargement.
    best: f64,
    pause: Duration,
}

impl Climb {
    /// The queue is empty.
    pub fn rest(&mut self) {
        *self = Climb::default();
    }

    /// The queue is not empty. Returns how many environments to add to `busy`.
    pub fn look(&mut self, now: Duration, served: u64, busy: u32, start: Duration) -> u32 {
        let Some((since, before)) = self.since else {
            self.since = Some((now, served));
            self.pause = start;
            return 0;
        };
        let passed = now.saturating_sub(since);
        if passed < self.pause || passed.is_zero() {
            return 0;
        }
        let rate = (served - before) as f64 / passed.as_secs_f64();
        self.since = Some((now, served));
        if rate > self.best * CLIMB_GAIN {
            self.best = rate;
            self.pause = start;
            (busy / 4).max(1)
        } else {
            // More environments would share the same processors.
            self.pause = (self.pause * 2).min(CLIMB_PAUSE_MAX);
            0
        }
    }
}
