//! Records on their way to one subscriber: bounded, and cut into batches. Pure.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::Bytes;

use super::subscription::Buffering;

/// What waits may be so many batches at most; what comes beyond it is dropped, and counted.
const BATCHES_MAX: usize = 4;

#[derive(Debug)]
pub struct Queue {
    buffering: Buffering,
    /// With the time, by the monotonic clock, at which each came.
    records: VecDeque<(Duration, Bytes)>,
    bytes: usize,
    dropped: Dropped,
    is_flushed: bool,
}

/// Records that a subscriber will not get.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dropped {
    pub records: usize,
    pub bytes: usize,
}

/// What is to be done with the queue.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    Send(Vec<Bytes>),
    /// Nothing before so long; for ever when nothing waits.
    Wait(Option<Duration>),
}

impl Queue {
    pub fn new(buffering: Buffering) -> Queue {
        Queue {
            buffering,
            records: VecDeque::new(),
            bytes: 0,
            dropped: Dropped::default(),
            is_flushed: false,
        }
    }

    pub fn push(&mut self, now: Duration, record: Bytes) {
        let Buffering { items_max, bytes_max, .. } = self.buffering;
        let is_full = self.records.len() >= items_max * BATCHES_MAX
            || self.bytes + record.len() > bytes_max * BATCHES_MAX;
        if is_full {
            return self.drop_one(record.len());
        }
        self.bytes += record.len();
        self.records.push_back((now, record));
    }

    fn drop_one(&mut self, bytes: usize) {
        self.dropped.records += 1;
        self.dropped.bytes += bytes;
    }

    /// A batch could not be delivered, nor could what it told of others that were dropped before.
    pub fn lost(&mut self, batch: &[Bytes], before: Option<Dropped>) {
        batch.iter().for_each(|record| self.drop_one(record.len()));
        let before = before.unwrap_or_default();
        self.dropped.records += before.records;
        self.dropped.bytes += before.bytes;
    }

    /// What has been dropped since the last question, once there is room for a record that says so.
    pub fn take_dropped(&mut self) -> Option<Dropped> {
        let has_room = self.records.len() < self.buffering.items_max;
        (has_room && self.dropped.records > 0).then(|| std::mem::take(&mut self.dropped))
    }

    /// What waits now is sent without waiting for more.
    pub fn flush(&mut self) {
        self.is_flushed = true;
    }

    pub fn next(&mut self, now: Duration) -> Next {
        let Buffering { items_max, bytes_max, timeout } = self.buffering;
        let Some((oldest, _)) = self.records.front() else {
            self.is_flushed = false;
            return Next::Wait(None);
        };
        let age = now.saturating_sub(*oldest);
        let is_due =
            self.is_flushed || age >= timeout || self.records.len() >= items_max || self.bytes >= bytes_max;
        if !is_due {
            return Next::Wait(Some(timeout - age));
        }
        let mut batch = Vec::new();
        let mut bytes = 0;
        // One more than fits, as on AWS: a batch is never empty, however large a record is.
        while let Some((_, record)) = self.records.front()
            && batch.len() < items_max
            && bytes < bytes_max
        {
            bytes += record.len();
            batch.extend(self.records.pop_front().map(|(_, record)| record));
        }
        self.bytes -= bytes;
        Next::Send(batch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    fn queue(items_max: usize, bytes_max: usize) -> Queue {
        Queue::new(Buffering { items_max, bytes_max, timeout: MS(100) })
    }

    fn len(next: Next) -> usize {
        match next {
            Next::Send(batch) => batch.len(),
            Next::Wait(_) => 0,
        }
    }

    #[test]
    fn a_batch_is_due_by_age_number_size_or_order() {
        let mut by_age = queue(10, 1000);
        assert_eq!(by_age.next(MS(0)), Next::Wait(None));
        by_age.push(MS(5), "a".into());
        by_age.push(MS(50), "b".into());
        assert_eq!(by_age.next(MS(60)), Next::Wait(Some(MS(45))));
        assert_eq!(by_age.next(MS(105)), Next::Send(vec!["a".into(), "b".into()]));
        assert_eq!(by_age.next(MS(300)), Next::Wait(None));
        let mut by_number = queue(2, 1000);
        (0..5).for_each(|_| by_number.push(MS(0), "a".into()));
        assert_eq!(len(by_number.next(MS(0))), 2);
        assert_eq!(len(by_number.next(MS(0))), 2);
        assert_eq!(by_number.next(MS(0)), Next::Wait(Some(MS(100))));
        let mut by_size = queue(10, 10);
        (0..3).for_each(|_| by_size.push(MS(0), "1234567".into()));
        assert_eq!(len(by_size.next(MS(0))), 2);
        by_size.flush();
        assert_eq!(len(by_size.next(MS(0))), 1);
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let mut queue = queue(2, 1000);
        (0..10).for_each(|_| queue.push(MS(0), "ab".into()));
        assert_eq!(queue.take_dropped(), None);
        (0..4).for_each(|_| drop(queue.next(MS(0))));
        assert_eq!(queue.take_dropped(), Some(Dropped { records: 2, bytes: 4 }));
        assert_eq!(queue.take_dropped(), None);
        queue.lost(&["abc".into()], Some(Dropped { records: 1, bytes: 2 }));
        assert_eq!(queue.take_dropped(), Some(Dropped { records: 2, bytes: 5 }));
    }
}
