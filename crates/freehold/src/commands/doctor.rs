//! `freehold doctor`: what this host can do, and how to fix what it can't.

use serde_json::json;
use warden::Outcome as Finding;

use crate::commands::{Failure, Outcome};

pub fn run(json: bool) -> Outcome {
    let row = |check: warden::Check| (check.name, check.outcome, check.found, check.fix);
    let mut checks: Vec<(String, Finding, String, String)> = warden::doctor().into_iter().map(row).collect();
    let runtimes = crate::commands::runtimes::discovered();
    let names: Vec<_> = runtimes.iter().map(|runtime| runtime.name.as_str()).collect();
    let fix = "install Python or Node.js: functions in those languages need their interpreter on this host";
    let managed = names.iter().any(|name| !name.starts_with("provided"));
    checks.push((
        "runtimes".into(),
        if managed { Finding::Ok } else { Finding::Skipped },
        names.join(", "),
        if managed { String::new() } else { fix.into() },
    ));
    let possible = checks.iter().all(|(_, outcome, _, _)| *outcome != Finding::Missing);
    let modes = warden::modes().into_iter().map(row).collect::<Vec<_>>();
    if json {
        let rows = checks.iter().chain(&modes).map(|(name, outcome, found, fix)| {
            json!({ "name": name, "ok": *outcome == Finding::Ok, "outcome": outcome, "found": found, "fix": fix })
        });
        println!("{}", serde_json::to_string_pretty(&rows.collect::<Vec<_>>())?);
    } else {
        for row in &checks {
            show(["ok     ", "MISSING", "skipped"], row);
        }
        println!("\nModes of isolation:\n");
        for row in &modes {
            show(["usable ", "no     ", "-      "], row);
        }
        let by = if crate::settings::as_root() { "on this host" } else { "by this user on this host" };
        let verdict = if possible { "can" } else { "can't" };
        println!("\nFunctions {verdict} be isolated {by}.");
    }
    if possible {
        Ok(())
    } else {
        Err(Failure { message: "something that isolation needs is missing; see above".into(), status: 1 })
    }
}

fn show([ok, missing, skipped]: [&str; 3], (name, outcome, found, fix): &(String, Finding, String, String)) {
    let mark = match outcome {
        Finding::Ok => ok,
        Finding::Missing => missing,
        Finding::Skipped => skipped,
    };
    println!("{mark}  {name}: {found}");
    if !fix.is_empty() {
        println!("         fix: {fix}");
    }
}
