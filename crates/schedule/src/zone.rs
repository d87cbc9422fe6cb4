//! IANA time zones, from the database that is compiled in.

use std::sync::LazyLock;

use base::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// A time zone by its IANA name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    pub const UTC: Zone = Zone(TimeZone::UTC);

    /// `None` when there is no zone of exactly this name, for example `Europe/Zurich`.
    pub fn named(name: &str) -> Option<Zone> {
        if name == "UTC" {
            return Some(Zone::UTC);
        }
        let zone = ZONES.get(name).ok()?;
        // The database ignores case, AWS does not.
        (zone.iana_name() == Some(name) && !zone.is_unknown()).then_some(Zone(zone))
    }

    /// The names of all zones.
    pub fn names() -> Vec<String> {
        ZONES.available().map(|name| name.as_str().to_owned()).collect()
    }

    /// What the clocks show at an instant.
    pub(crate) fn clock_at(&self, at: Timestamp) -> Option<DateTime> {
        Some(self.0.to_datetime(jiff::Timestamp::from_millisecond(at.as_millis()).ok()?))
    }

    /// The first instant at which the clocks show this time; `None` when they skip it.
    pub(crate) fn first_instant(&self, clock: DateTime) -> Option<Timestamp> {
        let found = self.0.to_ambiguous_timestamp(clock);
        match found.offset() {
            AmbiguousOffset::Gap { .. } => None,
            AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => {
                instant(found.earlier().ok()?)
            }
        }
    }

    /// As [`Zone::first_instant`]; a skipped time is moved by as much as the clocks were.
    pub(crate) fn instant_or_later(&self, clock: DateTime) -> Option<Timestamp> {
        instant(self.0.to_ambiguous_timestamp(clock).compatible().ok()?)
    }
}

fn instant(at: jiff::Timestamp) -> Option<Timestamp> {
    Some(Timestamp::from_millis(at.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_known_by_exact_name() {
        assert!(Zone::named("Europe/Zurich").is_some());
        assert!(Zone::named("Asia/Kathmandu").is_some());
        assert_eq!(Zone::named("UTC"), Some(Zone::UTC));
        for name in ["europe/zurich", "Mars/Olympus", "", "+02:00", "Etc/Unknown"] {
            assert!(Zone::named(name).is_none(), "{name}");
        }
        assert!(Zone::names().len() > 400);
    }
}
