//! Schedule expressions: whatever parses has due times in order, and the dialects agree where both accept.
#![no_main]

use base::Timestamp;
use schedule::{Dialect, Expression, Plan, Zone};

libfuzzer_sys::fuzz_target!(|input: (i64, &str)| {
    let (millis, text) = input;
    let parsed = Expression::parse(text, Dialect::Scheduler);
    if let Ok(of_rules) = Expression::parse(text, Dialect::Rules) {
        assert_eq!(Some(&of_rules), parsed.as_ref().ok());
    }
    let Ok(expression) = parsed else { return };
    let created = Timestamp::from_millis(millis.rem_euclid(7_000_000_000_000));
    let zone = Zone::named("America/New_York").expect("a zone of the database");
    let plan = Plan::scheduler(expression, zone, created, None, None);
    let mut last = created;
    for _ in 0..20 {
        let Some(next) = plan.next_after(last) else { return };
        assert!(next > last);
        last = next;
    }
});
