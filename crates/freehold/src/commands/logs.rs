//! `freehold logs`: a function's log, and with `--follow` what is added to it. Built on FilterLogEvents, as
//! `aws logs tail` is.

use std::collections::HashMap;
use std::time::Duration;

use base::{Clock, SystemClock, Timestamp};
use serde_json::{Value, json};

use crate::cli::Logs;
use crate::client::{Api, CallError};
use crate::commands::Outcome;

/// Between two looks while following.
const POLL: Duration = Duration::from_millis(500);

pub async fn run(arguments: Logs, as_json: bool) -> Outcome {
    let api = Api::connect(&arguments.connection)?;
    let clock = SystemClock::new();
    let group = if arguments.function.starts_with('/') {
        arguments.function.clone()
    } else {
        format!("/aws/lambda/{}", arguments.function)
    };
    let back = i64::try_from(arguments.since.as_millis()).unwrap_or(i64::MAX);
    let mut since = clock.now().as_millis().saturating_sub(back);
    // Events of the newest millisecond are read again with the next look; this tells which were printed.
    let mut printed: HashMap<String, i64> = HashMap::new();
    loop {
        let mut token: Option<String> = None;
        let mut newest = since;
        loop {
            let page = match page(&api, &group, since, arguments.filter.as_deref(), token.as_deref()).await {
                // A function that was never called has no log group yet.
                Err(CallError::Refused { code, .. })
                    if arguments.follow && code == "ResourceNotFoundException" =>
                {
                    break;
                }
                other => other?,
            };
            for event in page["events"].as_array().into_iter().flatten() {
                let at = event["timestamp"].as_i64().unwrap_or_default();
                if printed.insert(event["eventId"].as_str().unwrap_or_default().to_owned(), at).is_none() {
                    print(event, at, as_json);
                }
                newest = newest.max(at);
            }
            token = page["nextToken"].as_str().map(str::to_owned);
            if token.is_none() {
                break;
            }
        }
        if !arguments.follow {
            return Ok(());
        }
        since = newest;
        printed.retain(|_, at| *at >= since);
        tokio::select! {
            () = tokio::time::sleep(POLL) => {}
            _ = tokio::signal::ctrl_c() => return Ok(()),
        }
    }
}

async fn page(
    api: &Api,
    group: &str,
    since: i64,
    pattern: Option<&str>,
    token: Option<&str>,
) -> Result<Value, CallError> {
    let mut request = json!({ "logGroupName": group, "startTime": since, "interleaved": true });
    if let Some(pattern) = pattern {
        request["filterPattern"] = pattern.into();
    }
    if let Some(token) = token {
        request["nextToken"] = token.into();
    }
    api.logs("FilterLogEvents", &request).await
}

fn print(event: &Value, at: i64, as_json: bool) {
    if as_json {
        println!("{event}");
        return;
    }
    let message = event["message"].as_str().unwrap_or_default().trim_end_matches('\n');
    println!("{} {message}", Timestamp::from_millis(at));
}
