//! Due times worked out by hand, from a calendar.

use base::Timestamp;
use schedule::{Dialect, Expression, Plan, Zone};

fn at(text: &str) -> Timestamp {
    Timestamp::parse_iso8601(text).unwrap()
}

fn expression(text: &str) -> Expression {
    Expression::parse(text, Dialect::Scheduler).unwrap()
}

/// The first due times after an instant, as many as `due` has; an empty text stands for none.
fn check(text: &str, zone: &str, after: &str, due: &[&str]) {
    let plan = Plan::scheduler(expression(text), Zone::named(zone).unwrap(), at(after), None, None);
    let mut last = at(after);
    for wanted in due {
        let next = plan.next_after(last);
        assert_eq!(next.map_or(String::new(), |next| next.strftime("%Y-%m-%dT%H:%M:%SZ")), *wanted, "{text}");
        last = next.unwrap_or(last);
    }
}

#[test]
fn calendar() {
    // The examples of the reference, in November 2026, which begins on a Sunday.
    check(
        "cron(0 10 * * ? *)",
        "UTC",
        "2026-11-24T10:00:00Z",
        &["2026-11-25T10:00:00Z", "2026-11-26T10:00:00Z"],
    );
    check("cron(0 18 ? * MON-FRI *)", "UTC", "2026-11-27T18:00:00Z", &["2026-11-30T18:00:00Z"]);
    check(
        "cron(0 8 1 * ? *)",
        "UTC",
        "2026-11-24T00:00:00Z",
        &["2026-12-01T08:00:00Z", "2027-01-01T08:00:00Z"],
    );
    check(
        "cron(0/10 * ? * MON-FRI *)",
        "UTC",
        "2026-11-27T23:45:00Z",
        &["2026-11-27T23:50:00Z", "2026-11-30T00:00:00Z"],
    );
    check(
        "cron(0/30 20-2 ? * MON-FRI *)",
        "UTC",
        "2026-11-27T02:10:00Z",
        &["2026-11-27T02:30:00Z", "2026-11-27T20:00:00Z"],
    );
    check(
        "cron(0 9 ? * 2#1 *)",
        "UTC",
        "2026-11-24T00:00:00Z",
        &["2026-12-07T09:00:00Z", "2027-01-04T09:00:00Z"],
    );
    check("cron(0 9 ? * FRI#5 *)", "UTC", "2026-11-24T00:00:00Z", &["2027-01-29T09:00:00Z"]);
    check(
        "cron(0 9 ? * 6L 2026)",
        "UTC",
        "2026-11-24T00:00:00Z",
        &["2026-11-27T09:00:00Z", "2026-12-25T09:00:00Z", ""],
    );
    check(
        "cron(0 9 L * ? *)",
        "UTC",
        "2027-02-01T00:00:00Z",
        &["2027-02-28T09:00:00Z", "2027-03-31T09:00:00Z"],
    );
    check(
        "cron(0 9 LW * ? *)",
        "UTC",
        "2027-02-01T00:00:00Z",
        &["2027-02-26T09:00:00Z", "2027-03-31T09:00:00Z"],
    );
    check(
        "cron(0 9 1W * ? *)",
        "UTC",
        "2027-05-01T00:00:00Z",
        &["2027-05-03T09:00:00Z", "2027-06-01T09:00:00Z"],
    );
    check("cron(0 0 29 2 ? *)", "UTC", "2096-03-01T00:00:00Z", &["2104-02-29T00:00:00Z"]);
    check("cron(0 0 31 2 ? *)", "UTC", "1970-01-01T00:00:00Z", &[""]);
    check("cron(59 23 31 12 ? 2199)", "UTC", "1970-01-01T00:00:00Z", &["2199-12-31T23:59:00Z", ""]);
}

#[test]
fn skipped_times_do_not_occur() {
    // New York's clocks go from 2:00 to 3:00 on 8 March 2026.
    check(
        "cron(30 2 * * ? *)",
        "America/New_York",
        "2026-03-07T00:00:00Z",
        &["2026-03-07T07:30:00Z", "2026-03-09T06:30:00Z"],
    );
    check(
        "cron(0/30 * * * ? *)",
        "America/New_York",
        "2026-03-08T06:00:00Z",
        &["2026-03-08T06:30:00Z", "2026-03-08T07:00:00Z"],
    );
    // Samoa had no 30 December 2011.
    check("cron(0 12 30 12 ? *)", "Pacific/Apia", "2011-01-01T00:00:00Z", &["2012-12-29T22:00:00Z"]);
}

#[test]
fn repeated_times_occur_once() {
    // New York's clocks go from 2:00 back to 1:00 on 1 November 2026, at 06:00 UTC.
    check(
        "cron(30 1 * * ? *)",
        "America/New_York",
        "2026-10-31T12:00:00Z",
        &["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"],
    );
    check("cron(45 1 * * ? *)", "America/New_York", "2026-11-01T06:15:00Z", &["2026-11-02T06:45:00Z"]);
    check(
        "cron(0/30 * * * ? *)",
        "America/New_York",
        "2026-11-01T05:15:00Z",
        &["2026-11-01T05:30:00Z", "2026-11-01T07:00:00Z"],
    );
}

#[test]
fn one_time() {
    check("at(2026-11-24T09:30:15)", "Asia/Kolkata", "2026-11-01T00:00:00Z", &["2026-11-24T04:00:15Z", ""]);
    check("at(2026-11-24T09:30:15)", "UTC", "2026-11-24T09:30:15Z", &[""]);
    // Skipped and repeated times.
    check("at(2026-03-08T02:30:00)", "America/New_York", "2026-03-01T00:00:00Z", &["2026-03-08T07:30:00Z"]);
    check("at(2026-11-01T01:30:00)", "America/New_York", "2026-10-01T00:00:00Z", &["2026-11-01T05:30:00Z"]);
}

#[test]
fn rates_count_from_their_start() {
    let created = at("2026-11-24T10:00:30Z");
    let next = |plan: &Plan, after: &str| plan.next_after(at(after)).map(Timestamp::iso8601_millis);
    let plan = Plan::scheduler(expression("rate(5 minutes)"), Zone::UTC, created, None, None);
    assert_eq!(next(&plan, "2026-11-24T10:00:29.999Z").unwrap(), "2026-11-24T10:00:30.000Z");
    assert_eq!(next(&plan, "2026-11-24T10:00:30Z").unwrap(), "2026-11-24T10:05:30.000Z");
    assert_eq!(next(&plan, "2026-12-24T10:02:00Z").unwrap(), "2026-12-24T10:05:30.000Z");

    let start = at("2026-11-25T00:00:00Z");
    let end = at("2026-11-27T00:00:00Z");
    let plan = Plan::scheduler(expression("rate(1 day)"), Zone::UTC, created, Some(start), Some(end));
    assert_eq!(next(&plan, "2026-11-24T10:00:30Z").unwrap(), "2026-11-25T00:00:00.000Z");
    assert_eq!(next(&plan, "2026-11-26T10:00:00Z").unwrap(), "2026-11-27T00:00:00.000Z");
    assert_eq!(next(&plan, "2026-11-27T00:00:00Z"), None);

    let plan = Plan::rule(expression("rate(5 minutes)"), created);
    assert_eq!(next(&plan, "2026-11-24T10:00:30Z").unwrap(), "2026-11-24T10:05:30.000Z");
}

#[test]
fn cron_stays_within_start_and_end() {
    let (created, start, end) =
        (at("2026-11-24T10:00:30Z"), at("2026-12-01T08:00:00Z"), at("2026-12-02T08:00:00Z"));
    let plan = Plan::scheduler(expression("cron(0 8 * * ? *)"), Zone::UTC, created, Some(start), Some(end));
    assert_eq!(plan.next_after(created), Some(start));
    assert_eq!(plan.next_after(start), Some(end));
    assert_eq!(plan.next_after(end), None);
    // A one-time schedule ignores both.
    let plan =
        Plan::scheduler(expression("at(2026-11-25T00:00:00)"), Zone::UTC, created, Some(start), Some(end));
    assert_eq!(plan.next_after(created), Some(at("2026-11-25T00:00:00Z")));
}
