//! The search against a walker: random expressions whose meaning the test knows without parsing them, in zones and at
//! times where clocks change, walked over minute by minute.

use std::fmt;
use std::sync::LazyLock;

use base::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use proptest::collection::vec;
use proptest::prelude::*;
use schedule::{Dialect, Expression, Plan, Zone};

static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// Zones with every oddity: half hours and two hours of daylight saving, changes at midnight, a day without a date,
/// daylight saving in winter.
const ODD_ZONES: &[&str] = &[
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "America/Sao_Paulo",
    "America/Santiago",
    "Asia/Tehran",
    "Asia/Gaza",
    "Antarctica/Troll",
    "Pacific/Chatham",
    "Atlantic/Azores",
    "Europe/Dublin",
    "America/Nuuk",
    "UTC",
];

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 1440 * MINUTE_MS;

#[derive(Clone, Debug)]
enum Item {
    All,
    One(i16),
    Range(i16, i16),
    Step(i16, i16),
    StepInRange(i16, i16, i16),
}

impl Item {
    fn has(&self, number: i16, min: i16, max: i16) -> bool {
        let stepped = |first: i16, last: i16, step: i16| {
            (0..=max).map(|turn| first + turn * step).any(|value| value == number && value <= last)
        };
        match *self {
            Item::All => true,
            Item::One(one) => one == number,
            Item::Range(first, last) if first <= last => (first..=last).contains(&number),
            Item::Range(first, last) => number >= first || number <= last,
            Item::Step(first, step) => stepped(first, max, step),
            Item::StepInRange(first, last, step) => number >= min && stepped(first, last, step),
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Item::All => write!(f, "*"),
            Item::One(one) => write!(f, "{one}"),
            Item::Range(first, last) => write!(f, "{first}-{last}"),
            Item::Step(first, step) => write!(f, "{first}/{step}"),
            Item::StepInRange(first, last, step) => write!(f, "{first}-{last}/{step}"),
        }
    }
}

#[derive(Clone, Debug)]
enum Days {
    OfMonth(Vec<Item>),
    Last,
    LastWorkday,
    NearestWorkday(i8),
    OfWeek(Vec<Item>),
    LastOfWeekday(i8),
    Nth(i8, i8),
}

/// From Sunday, 1.
fn weekday(date: Date) -> i8 {
    date.weekday().to_sunday_one_offset()
}

fn is_workday(date: &Date) -> bool {
    (2..=6).contains(&weekday(*date))
}

fn month_of(date: Date) -> Vec<Date> {
    (1..=date.days_in_month()).map(|day| jiff::civil::date(date.year(), date.month(), day)).collect()
}

impl Days {
    fn has(&self, date: Date) -> bool {
        let month = month_of(date);
        match self {
            Days::OfMonth(items) => items.iter().any(|item| item.has(date.day().into(), 1, 31)),
            Days::Last => month.last() == Some(&date),
            Days::LastWorkday => month.into_iter().rfind(is_workday) == Some(date),
            Days::NearestWorkday(day) => {
                date.days_in_month() >= *day
                    && month.into_iter().filter(is_workday).min_by_key(|it| (it.day() - day).abs())
                        == Some(date)
            }
            Days::OfWeek(items) => items.iter().any(|item| item.has(weekday(date).into(), 1, 7)),
            Days::LastOfWeekday(wanted) => {
                month.into_iter().rfind(|it| weekday(*it) == *wanted) == Some(date)
            }
            Days::Nth(wanted, nth) => {
                month.into_iter().filter(|it| weekday(*it) == *wanted).nth(*nth as usize - 1) == Some(date)
            }
        }
    }

    fn fields(&self) -> (String, String) {
        let (of_month, of_week) = match self {
            Days::OfMonth(items) => (list(items), None),
            Days::Last => ("L".into(), None),
            Days::LastWorkday => ("LW".into(), None),
            Days::NearestWorkday(day) => (format!("{day}W"), None),
            Days::OfWeek(items) => ("?".into(), Some(list(items))),
            Days::LastOfWeekday(wanted) => ("?".into(), Some(format!("{wanted}L"))),
            Days::Nth(wanted, nth) => ("?".into(), Some(format!("{wanted}#{nth}"))),
        };
        (of_month, of_week.unwrap_or("?".into()))
    }
}

fn list(items: &[Item]) -> String {
    items.iter().map(Item::to_string).collect::<Vec<_>>().join(",")
}

#[derive(Clone, Debug)]
struct Model {
    minutes: Vec<Item>,
    hours: Vec<Item>,
    days: Days,
    months: Vec<Item>,
}

impl Model {
    fn text(&self) -> String {
        let (of_month, of_week) = self.days.fields();
        let (minutes, hours, months) = (list(&self.minutes), list(&self.hours), list(&self.months));
        format!("cron({minutes} {hours} {of_month} {months} {of_week} *)")
    }

    fn has_date(&self, date: Date) -> bool {
        self.months.iter().any(|item| item.has(date.month().into(), 1, 12)) && self.days.has(date)
    }

    fn has_time(&self, clock: DateTime) -> bool {
        self.minutes.iter().any(|item| item.has(clock.minute().into(), 0, 59))
            && self.hours.iter().any(|item| item.has(clock.hour().into(), 0, 23))
    }
}

fn clock(zone: &TimeZone, millis: i64) -> DateTime {
    zone.to_datetime(jiff::Timestamp::from_millisecond(millis).unwrap())
}

/// The first due time within some days: `None` when there is none in them.
fn walk(model: &Model, zone: &TimeZone, after: i64, days: i64) -> Option<i64> {
    let mut at = after - after.rem_euclid(MINUTE_MS) + MINUTE_MS;
    let mut known: Option<(Date, bool)> = None;
    while at <= after + days * DAY_MS {
        let shown = clock(zone, at);
        let has_date = match known {
            Some((date, has)) if date == shown.date() => has,
            _ => model.has_date(shown.date()),
        };
        known = Some((shown.date(), has_date));
        if !has_date && shown.hour() < 18 {
            // No clock goes forward by more than two hours within a day; where it goes by a whole day, from midnight.
            at += 180 * MINUTE_MS;
            continue;
        }
        let was_shown_before = || (1..=180).any(|minutes| clock(zone, at - minutes * MINUTE_MS) == shown);
        if has_date && model.has_time(shown) && !was_shown_before() {
            return Some(at);
        }
        at += MINUTE_MS;
    }
    None
}

fn items(min: i16, max: i16, has_steps: bool) -> BoxedStrategy<Vec<Item>> {
    let number = min..=max;
    let one = number.clone().prop_map(Item::One);
    let range = (number.clone(), number.clone()).prop_map(|(first, last)| Item::Range(first, last));
    let plain = prop_oneof![3 => one, 1 => range, 1 => Just(Item::All)];
    if !has_steps {
        return vec(plain, 1..3).boxed();
    }
    let step = (number.clone(), 1..=max).prop_map(|(first, step)| Item::Step(first, step));
    let in_range = (number.clone(), number, 1..=max)
        .prop_map(|(a, b, step)| Item::StepInRange(a.min(b), a.max(b), step));
    vec(prop_oneof![4 => plain, 1 => step, 1 => in_range], 1..3).boxed()
}

fn models() -> impl Strategy<Value = Model> {
    let days = prop_oneof![
        4 => Just(Days::OfMonth(vec![Item::All])),
        2 => items(1, 31, true).prop_map(Days::OfMonth),
        1 => Just(Days::Last),
        1 => Just(Days::LastWorkday),
        1 => (1..=31i8).prop_map(Days::NearestWorkday),
        2 => items(1, 7, false).prop_map(Days::OfWeek),
        1 => (1..=7i8).prop_map(Days::LastOfWeekday),
        1 => (1..=7i8, 1..=5i8).prop_map(|(weekday, nth)| Days::Nth(weekday, nth)),
    ];
    let hours = prop_oneof![1 => items(0, 23, true), 1 => vec((0..4i16).prop_map(Item::One), 1..3)];
    let months = prop_oneof![3 => Just(vec![Item::All]), 1 => items(1, 12, true)];
    (items(0, 59, true), hours, days, months).prop_map(|(minutes, hours, days, months)| Model {
        minutes,
        hours,
        days,
        months,
    })
}

/// Any time until 2190, or a few hours around a change of the zone's clocks, or just before a day that some zones lack.
fn instants() -> impl Strategy<Value = (i64, bool, i64)> {
    let millis = 94_694_400_000..6_942_000_000_000i64;
    let samoa = 1_325_000_000_000..1_325_300_000_000i64;
    (prop_oneof![6 => millis, 1 => samoa], any::<bool>(), 0..5 * 3_600_000i64)
}

fn zone_names() -> impl Strategy<Value = String> {
    let all = Zone::names();
    prop_oneof![
        3 => (0..ODD_ZONES.len()).prop_map(|place| ODD_ZONES[place].to_owned()),
        1 => (0..all.len()).prop_map(move |place| all[place].clone()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_search_finds_what_the_walker_finds(
        model in models(),
        name in zone_names(),
        (millis, near_change, before) in instants(),
    ) {
        let zone = ZONES.get(&name).unwrap();
        let at = jiff::Timestamp::from_millisecond(millis).unwrap();
        let change = zone.following(at).next().filter(|_| near_change);
        let after = change.map_or(millis, |change| change.timestamp().as_millisecond() - before);
        let text = model.text();
        let expression = Expression::parse(&text, Dialect::Scheduler).unwrap();
        let created = Timestamp::from_millis(after);
        let plan = Plan::scheduler(expression, Zone::named(&name).unwrap(), created, None, None);
        const DAYS: i64 = 35;
        let found = plan.next_after(created).map(Timestamp::as_millis);
        let near = found.filter(|found| *found <= after + DAYS * DAY_MS);
        prop_assert_eq!(near, walk(&model, &zone, after, DAYS), "{} in {} after {}", text, name, after);
    }

    #[test]
    fn any_text_parses_or_is_refused(text in r"(cron|rate|at)\([0-9A-Z*?/,#LW -]{0,40}\)") {
        if let Ok(expression) = Expression::parse(&text, Dialect::Scheduler) {
            let created = Timestamp::from_millis(1_795_500_000_000);
            let plan = Plan::scheduler(expression, Zone::UTC, created, None, None);
            if let Some(next) = plan.next_after(created) {
                prop_assert!(next > created);
            }
        }
    }
}
