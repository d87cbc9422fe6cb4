//! Which due delivery is attempted next: turn by turn between tenants, and within a tenant between lanes. Pure.
//!
//! **Turns.** A deficit round robin with a unit cost per delivery: every tenant with something to do gets one attempt
//! per round, and within the tenant every lane.
//!
//! **Shares.** Turns alone would let a target that never answers collect all slots. So a tenant may hold three quarters
//! of the slots that other tenants leave, and a lane of it as many as that leaves free: n busy lanes come to rest at
//! 1/(n+1) each of the tenant's part, and there is always room for one more.
//!
//! **Throttling.** A lane whose target refuses while other attempts run is held to as many as ran, and gains one slot
//! per as many successes; one that is refused although nothing runs pauses, ever longer.
//!
//! **Memory.** A lane keeps a window of its rows; behind it is only the knowledge that there are more. A lane with
//! nothing to do is forgotten.

use std::collections::{BTreeSet, HashMap, VecDeque};

use base::Timestamp;
use bytes::Bytes;

use crate::keys::{Lane, Sequence};

/// Bounds of one lane's window.
const WINDOW_MIN: usize = 4;
const WINDOW_MAX: usize = 512;

/// A waiting row.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Row {
    Due(Sequence),
    /// A timer that has fired, by its whole key.
    Timer(Bytes),
}

/// How an attempt left its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Left {
    /// The row is gone. `ran`: the target has answered, well or badly.
    Settled { ran: bool },
    /// The row stays, first in its lane; the lane pauses until then if nothing else of it runs.
    Throttled { until: Timestamp },
    /// The row stays, first in its lane, which pauses until then.
    Broken { until: Timestamp },
    /// The row cannot be read and stays on disk, out of the way until the next start.
    Unreadable,
}

pub(crate) struct Lanes {
    slots: usize,
    rows_max: usize,
    running: usize,
    waiting: usize,
    lanes: HashMap<Lane, State>,
    tenants: HashMap<Bytes, Tenant>,
    /// Tenants with lanes that could go on.
    turns: VecDeque<Bytes>,
    paused: BTreeSet<(Timestamp, Lane)>,
    /// Lanes whose window is to be filled.
    wanting: VecDeque<Lane>,
}

#[derive(Default)]
struct Tenant {
    running: usize,
    lanes: usize,
    turns: VecDeque<Lane>,
    enlisted: bool,
}

struct State {
    tenant: Bytes,
    window: VecDeque<Row>,
    /// The last due row that was taken into the window; everything before it is known.
    cursor: Option<Sequence>,
    /// There are rows behind the cursor.
    more: bool,
    wanting: bool,
    running: usize,
    /// As the handler said.
    limit: usize,
    /// What the target was seen to take.
    learned: Option<f64>,
    /// Refusals in a row.
    refusals: u32,
    paused: Option<Timestamp>,
    enlisted: bool,
}

impl State {
    fn allowed(&self) -> usize {
        let learned = self.learned.map_or(usize::MAX, |learned| learned as usize);
        self.limit.min(learned).max(1)
    }

    fn is_able(&self) -> bool {
        !self.window.is_empty() && self.paused.is_none() && self.running < self.allowed()
    }

    fn is_idle(&self) -> bool {
        self.window.is_empty() && self.running == 0 && !self.more && self.paused.is_none()
    }
}

impl Lanes {
    /// At most `slots` attempts run at once, and all lanes together keep some `rows_max` rows in memory.
    pub(crate) fn new(slots: usize, rows_max: usize) -> Lanes {
        Lanes {
            slots: slots.max(1),
            rows_max,
            running: 0,
            waiting: 0,
            lanes: HashMap::new(),
            tenants: HashMap::new(),
            turns: VecDeque::new(),
            paused: BTreeSet::new(),
            wanting: VecDeque::new(),
        }
    }

    pub(crate) fn running(&self) -> usize {
        self.running
    }

    /// Rows in memory.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting
    }

    pub(crate) fn len(&self) -> usize {
        self.lanes.len()
    }

    /// Rows that one lane may keep in memory now.
    pub(crate) fn window_len(&self) -> usize {
        (self.rows_max / self.lanes.len().max(1)).clamp(WINDOW_MIN, WINDOW_MAX)
    }

    /// The lane has rows on disk that may be unknown.
    pub(crate) fn found(&mut self, lane: &Lane) {
        self.state(lane).more = true;
        self.want(lane);
    }

    /// A due row was written.
    pub(crate) fn written(&mut self, lane: &Lane, sequence: Sequence) {
        let window_len = self.window_len();
        let state = self.state(lane);
        if state.more || state.cursor.is_some_and(|cursor| sequence <= cursor) {
            return;
        }
        if state.window.len() >= window_len {
            state.more = true;
        } else {
            state.cursor = Some(sequence);
            self.push(lane, Row::Due(sequence));
        }
    }

    /// A timer has fired. False when the lane's window is full.
    pub(crate) fn fired(&mut self, lane: &Lane, key: Bytes) -> bool {
        let window_len = self.window_len();
        if self.state(lane).window.len() >= window_len {
            return false;
        }
        self.push(lane, Row::Timer(key));
        true
    }

    /// A lane to read from behind the cursor, and how many rows.
    pub(crate) fn read(&mut self) -> Option<(Lane, Option<Sequence>, usize)> {
        let window_len = self.window_len();
        loop {
            let lane = self.wanting.pop_front()?;
            let Some(state) = self.lanes.get_mut(&lane) else { continue };
            state.wanting = false;
            if state.more {
                return Some((lane, state.cursor, window_len.saturating_sub(state.window.len()).max(1)));
            }
        }
    }

    /// What [`Lanes::read`] asked for. `more`: the scan ended at its limit.
    pub(crate) fn loaded(&mut self, lane: &Lane, rows: impl IntoIterator<Item = Sequence>, more: bool) {
        self.state(lane).more = more;
        for sequence in rows {
            self.state(lane).cursor = Some(sequence);
            self.push(lane, Row::Due(sequence));
        }
        self.want(lane);
        self.forget_idle(lane);
    }

    /// Lets lanes go on whose pause is over.
    pub(crate) fn advance(&mut self, now: Timestamp) {
        while self.paused.first().is_some_and(|(until, _)| *until <= now) {
            let (_, lane) = self.paused.pop_first().expect("it was seen just now");
            if let Some(state) = self.lanes.get_mut(&lane) {
                state.paused = None;
            }
            self.enlist(&lane);
            self.forget_idle(&lane);
        }
    }

    /// When the next pause is over.
    pub(crate) fn wake_at(&self) -> Option<Timestamp> {
        self.paused.first().map(|(until, _)| *until)
    }

    /// How often in a row the lane was refused.
    pub(crate) fn refusals(&self, lane: &Lane) -> u32 {
        self.lanes.get(lane).map_or(0, |state| state.refusals)
    }

    /// The next row to attempt. Its slot is taken until [`Lanes::finished`].
    pub(crate) fn next(&mut self) -> Option<(Lane, Row)> {
        let free = self.slots - self.running;
        if free == 0 {
            return None;
        }
        for _ in 0..self.turns.len() {
            let key = self.turns.pop_front()?;
            let tenant = self.tenants.get_mut(&key).expect("a tenant with a turn is known");
            let part = ((tenant.running + free) * 3 / 4).max(1);
            let room = part.saturating_sub(tenant.running);
            let mut chosen = None;
            for _ in 0..tenant.turns.len() {
                let Some(lane) = tenant.turns.pop_front() else { break };
                let state = self.lanes.get_mut(&lane).expect("a lane with a turn is known");
                if !state.is_able() {
                    // It was throttled while it waited for its turn.
                    state.enlisted = false;
                    continue;
                }
                if state.running >= room {
                    // Such a lane has attempts running, so there are never more of them than slots.
                    tenant.turns.push_back(lane);
                    continue;
                }
                let row = state.window.pop_front().expect("a lane with a turn has a row");
                state.running += 1;
                state.enlisted = state.is_able();
                if state.enlisted {
                    tenant.turns.push_back(lane.clone());
                }
                chosen = Some((lane, row));
                break;
            }
            if chosen.is_some() {
                tenant.running += 1;
            }
            tenant.enlisted = !tenant.turns.is_empty();
            if tenant.enlisted {
                self.turns.push_back(key);
            }
            if let Some((lane, row)) = chosen {
                self.running += 1;
                self.waiting -= 1;
                self.want(&lane);
                return Some((lane, row));
            }
        }
        None
    }

    /// An attempt has ended. `limit`: what the handler says of the lane.
    pub(crate) fn finished(&mut self, lane: &Lane, row: Row, left: Left, limit: Option<usize>) {
        let state = self.lanes.get_mut(lane).expect("a lane with a running attempt is known");
        state.running -= 1;
        self.running -= 1;
        if let Some(tenant) = self.tenants.get_mut(&state.tenant) {
            tenant.running -= 1;
        }
        state.limit = limit.unwrap_or(state.limit);
        match left {
            Left::Settled { ran: true } => {
                state.refusals = 0;
                if let Some(learned) = &mut state.learned {
                    *learned += 1.0 / learned.max(1.0);
                    if *learned >= self.slots as f64 {
                        state.learned = None;
                    }
                }
            }
            Left::Settled { ran: false } | Left::Unreadable => {}
            Left::Throttled { until } | Left::Broken { until } => {
                state.window.push_front(row);
                self.waiting += 1;
                if matches!(left, Left::Throttled { .. }) {
                    state.learned = Some(state.running.max(1) as f64);
                }
                if (state.running == 0 || matches!(left, Left::Broken { .. })) && state.paused.is_none() {
                    state.refusals = state.refusals.saturating_add(1);
                    state.paused = Some(until);
                    self.paused.insert((until, lane.clone()));
                }
            }
        }
        self.enlist(lane);
        self.forget_idle(lane);
    }

    fn state(&mut self, lane: &Lane) -> &mut State {
        if !self.lanes.contains_key(lane) {
            let tenant = lane.tenant();
            self.tenants.entry(tenant.clone()).or_default().lanes += 1;
            let state = State {
                tenant,
                window: VecDeque::new(),
                cursor: None,
                more: false,
                wanting: false,
                running: 0,
                limit: usize::MAX,
                learned: None,
                refusals: 0,
                paused: None,
                enlisted: false,
            };
            self.lanes.insert(lane.clone(), state);
        }
        self.lanes.get_mut(lane).expect("it was inserted just now")
    }

    fn push(&mut self, lane: &Lane, row: Row) {
        self.state(lane).window.push_back(row);
        self.waiting += 1;
        self.enlist(lane);
    }

    /// Gives the lane a turn if it can use one and has none.
    fn enlist(&mut self, lane: &Lane) {
        let Some(state) = self.lanes.get_mut(lane) else { return };
        if state.enlisted || !state.is_able() {
            return;
        }
        state.enlisted = true;
        let tenant = self.tenants.get_mut(&state.tenant).expect("a lane's tenant is known");
        tenant.turns.push_back(lane.clone());
        if !tenant.enlisted {
            tenant.enlisted = true;
            self.turns.push_back(state.tenant.clone());
        }
    }

    /// Asks for more rows when the window runs low.
    fn want(&mut self, lane: &Lane) {
        let low = self.window_len() / 4;
        let Some(state) = self.lanes.get_mut(lane) else { return };
        if state.more && !state.wanting && state.window.len() <= low {
            state.wanting = true;
            self.wanting.push_back(lane.clone());
        }
    }

    fn forget_idle(&mut self, lane: &Lane) {
        if !self.lanes.get(lane).is_some_and(State::is_idle) {
            return;
        }
        let state = self.lanes.remove(lane).expect("it was seen just now");
        let tenant = self.tenants.get_mut(&state.tenant).expect("a lane's tenant is known");
        tenant.lanes -= 1;
        if tenant.lanes == 0 {
            self.tenants.remove(&state.tenant);
        }
    }
}

#[cfg(test)]
mod tests;
