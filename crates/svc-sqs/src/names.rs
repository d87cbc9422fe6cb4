//! How queues are named: by URL, by ARN, by name. Checks what a name may be.

use base::{AccountId, Arn, Region};
use serde::{Deserialize, Serialize};
use wire::{ApiError, Context};

use crate::error;

/// A queue's full name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct QueueName {
    pub account: AccountId,
    pub region: Region,
    pub name: String,
}

impl QueueName {
    pub fn arn(&self) -> String {
        Arn::aws("sqs", self.region.as_str(), self.account.as_str(), self.name.clone()).to_string()
    }

    /// `None` when the text isn't a queue's ARN.
    pub fn from_arn(text: &str) -> Option<QueueName> {
        let arn: Arn = text.parse().ok()?;
        let named = arn.service == "sqs" && is_name(&arn.resource);
        let account = arn.account.parse().ok()?;
        named.then(|| QueueName { account, region: Region::new(&arn.region), name: arn.resource })
    }

    pub(crate) fn is_fifo(&self) -> bool {
        self.name.ends_with(".fifo")
    }
}

/// The queue that a URL names: the last two parts of its path. As on AWS the host doesn't matter.
pub(crate) fn from_url(cx: &Context, url: &str) -> Result<QueueName, ApiError> {
    let mut parts = url.trim_end_matches('/').rsplit('/');
    let (name, account) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    match account.parse() {
        Ok(account) if is_name(name) => {
            Ok(QueueName { account, region: cx.region.clone(), name: name.to_owned() })
        }
        _ => Err(error::bad_address(url)),
    }
}

/// A queue's URL as this caller reaches it.
pub(crate) fn url(cx: &Context, queue: &QueueName) -> String {
    let scheme = if cx.secure { "https" } else { "http" };
    format!("{scheme}://{}/{}/{}", cx.host, queue.account, queue.name)
}

pub(crate) fn own(cx: &Context, name: &str) -> QueueName {
    QueueName { account: cx.account, region: cx.region.clone(), name: name.to_owned() }
}

fn is_name(text: &str) -> bool {
    let stem = text.strip_suffix(".fifo").unwrap_or(text);
    (1..=80).contains(&text.len())
        && !stem.is_empty()
        && stem.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

pub(crate) fn check(name: &str) -> Result<(), ApiError> {
    if is_name(name) { Ok(()) } else { Err(error::bad_queue_name()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_come_back() {
        let name = QueueName::from_arn("arn:aws:sqs:us-east-1:000000000000:q.fifo").unwrap();
        assert_eq!(name.arn(), "arn:aws:sqs:us-east-1:000000000000:q.fifo");
        assert!(name.is_fifo());
        for bad in ["arn:aws:sqs:us-east-1:000000000000:a/b", "arn:aws:sns:us-east-1:000000000000:q", "q"] {
            assert_eq!(QueueName::from_arn(bad), None, "{bad}");
        }
    }

    #[test]
    fn names_are_short_and_plain() {
        for good in ["a", "A-b_9", "x.fifo", &"q".repeat(80)] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", ".fifo", "a.b", "a b", "ä", &"q".repeat(81)] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
