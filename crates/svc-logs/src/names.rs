//! Names, ARNs and tokens: how requests point at groups, streams and places within them.

use base::{AccountId, Arn, Region};
use wire::{Access, ApiError, Context};

use crate::error;
use crate::keys::Position;

pub(crate) fn group_arn(account: AccountId, region: &Region, name: &str) -> String {
    Arn::aws("logs", region.as_str(), account.as_str(), format!("log-group:{name}")).to_string()
}

pub(crate) fn stream_arn(account: AccountId, region: &Region, group: &str, stream: &str) -> String {
    format!("{}:log-stream:{stream}", group_arn(account, region, group))
}

/// Permission for something about a group (no stream) or a stream. AWS appends an empty stream to a group's
/// ARN, which is why policies about groups end in `:*`.
pub(crate) fn access(cx: &Context, action: &'static str, group: &str, stream: &str) -> Vec<Access> {
    vec![Access::new(action, stream_arn(cx.account, &cx.region, group, stream))]
}

/// The group's name from the two members of which a request has one.
pub(crate) fn group_name(name: Option<&str>, identifier: Option<&str>) -> Result<String, ApiError> {
    match (name, identifier) {
        (Some(name), None) => Ok(name.to_owned()),
        (None, Some(identifier)) => group_in_identifier(identifier),
        (Some(_), Some(_)) => {
            Err(error::invalid("LogGroup name and LogGroup identifier are mutually exclusive parameters."))
        }
        (None, None) => Err(error::invalid("Either logGroupName or logGroupIdentifier is required.")),
    }
}

/// A name, or an ARN with or without its trailing `:*`.
pub(crate) fn group_in_identifier(identifier: &str) -> Result<String, ApiError> {
    if !identifier.starts_with("arn:") {
        return Ok(identifier.to_owned());
    }
    let arn = identifier.parse::<Arn>().ok().filter(|arn| arn.service == "logs");
    let name = arn.as_ref().and_then(|arn| arn.resource.strip_prefix("log-group:"));
    let name = name.map(|name| name.strip_suffix(":*").unwrap_or(name));
    name.filter(|name| !name.is_empty() && !name.contains(':'))
        .map(str::to_owned)
        .ok_or_else(|| error::invalid(format!("The ARN {identifier} does not name a log group.")))
}

pub(crate) fn check_group_name(name: &str) -> Result<(), ApiError> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/#".contains(&byte);
    if name.is_empty() || name.len() > 512 || !name.bytes().all(allowed) {
        return Err(error::invalid(format!(
            "1 validation error detected: Value '{name}' at 'logGroupName' failed to satisfy constraint: Member \
             must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+"
        )));
    }
    if name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws/")) {
        return Err(error::invalid("Log groups starting with AWS/ are reserved for AWS."));
    }
    Ok(())
}

pub(crate) fn check_stream_name(name: &str) -> Result<(), ApiError> {
    if name.is_empty() || name.chars().count() > 512 || name.contains([':', '*']) {
        return Err(error::invalid(format!(
            "1 validation error detected: Value '{name}' at 'logStreamName' failed to satisfy constraint: Member \
             must satisfy regular expression pattern: [^:*]*"
        )));
    }
    Ok(())
}

/// An event's id within its group, 56 digits as on AWS: time, stream, sequence.
pub(crate) fn event_id((time, sequence): Position, stream: u64) -> String {
    format!("{time:018}{stream:018}{sequence:020}")
}

/// The reverse of [`event_id`].
pub(crate) fn parse_event_id(id: &str) -> Option<(Position, u64)> {
    if id.len() != 56 || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| id.get(range)?.parse::<u64>().ok();
    Some(((part(0..18)?, part(36..56)?), part(18..36)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn event_ids_round_trip_and_sort() {
        let id = event_id((1_795_500_428_123, 7), 3);
        assert_eq!(id.len(), 56);
        assert_eq!(parse_event_id(&id), Some(((1_795_500_428_123, 7), 3)));
        assert!(event_id((1, 0), 9) < event_id((2, 0), 0));
        assert!(event_id((1, 9), 0) < event_id((1, 0), 1));
        for bad in ["", "x", &"9".repeat(55), &"x".repeat(56), &"9".repeat(56)] {
            assert_eq!(parse_event_id(bad), None, "{bad}");
        }
    }

    #[test]
    fn identifiers() {
        let arn = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/f";
        assert_eq!(group_in_identifier("/aws/lambda/f").unwrap(), "/aws/lambda/f");
        assert_eq!(group_in_identifier(arn).unwrap(), "/aws/lambda/f");
        assert_eq!(group_in_identifier(&format!("{arn}:*")).unwrap(), "/aws/lambda/f");
        for bad in
            ["arn:aws:s3:::b", "arn:x", "arn:aws:logs:r:a:log-group:", "arn:aws:logs:r:a:log-group:a:b"]
        {
            assert!(group_in_identifier(bad).is_err(), "{bad}");
        }
        assert!(group_name(Some("a"), Some("a")).is_err());
        assert!(group_name(None, None).is_err());
    }

    #[test]
    fn names() {
        for good in ["a", "/aws/lambda/f", "a.b-c_d#1"] {
            assert!(check_group_name(good).is_ok(), "{good}");
        }
        for bad in ["", "a b", "é", "aws/x", "AWS/x", &"a".repeat(513)] {
            assert!(check_group_name(bad).is_err(), "{bad}");
        }
        for bad in ["", "a:b", "a*", &"a".repeat(513)] {
            assert!(check_stream_name(bad).is_err(), "{bad}");
        }
        assert!(check_stream_name("2026/11/24/[$LATEST]0123").is_ok());
    }
}
