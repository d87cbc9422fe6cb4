//! What a function says of a batch (`ReportBatchItemFailures`), by AWS's rules. Pure.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::Value;

use super::batch::Item;

/// Which items have failed, by index, when the function answered with this.
///
/// All has gone well when the answer is `null`, `{}`, or has no failures in its list, or no list. Everything has failed
/// when it is not JSON or not an object, its list is none, or an entry names no item of the batch: what the function means is
/// not known then, and nothing may be lost. In a group, whatever comes after an item that has failed has failed, too.
pub(crate) fn failed(items: &[&Item], answer: &[u8]) -> Vec<bool> {
    let Some(named) = named(answer) else { return vec![true; items.len()] };
    let known: HashSet<&str> = items.iter().map(|item| item.id.as_str()).collect();
    if named.iter().any(|id| !known.contains(id.as_str())) {
        return vec![true; items.len()];
    }
    let mut stopped: HashSet<Arc<str>> = HashSet::new();
    let verdict = items.iter().map(|item| {
        let after = item.group.as_ref().is_some_and(|group| stopped.contains(group));
        let failed = after || named.contains(&item.id);
        if failed && let Some(group) = &item.group {
            stopped.insert(Arc::clone(group));
        }
        failed
    });
    verdict.collect()
}

/// The ids in the answer; `None` when it cannot be understood.
fn named(answer: &[u8]) -> Option<HashSet<String>> {
    let list = match serde_json::from_slice(answer).ok()? {
        Value::Null => return Some(HashSet::new()),
        Value::Object(mut members) => match members.remove("batchItemFailures") {
            None | Some(Value::Null) => return Some(HashSet::new()),
            Some(Value::Array(list)) => list,
            Some(_) => return None,
        },
        _ => return None,
    };
    let ids = list.into_iter().map(|entry| match entry.get("itemIdentifier") {
        Some(Value::String(id)) if !id.is_empty() => Some(id.clone()),
        _ => None,
    });
    ids.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ids: &[(&str, Option<&str>)], answer: &str) -> String {
        let items: Vec<_> = ids
            .iter()
            .map(|(id, group)| Item { id: (*id).into(), group: group.map(Arc::from), json: vec![] })
            .collect();
        let failed = failed(&items.iter().collect::<Vec<_>>(), answer.as_bytes());
        ids.iter().zip(failed).filter(|(_, failed)| *failed).map(|((id, _), _)| *id).collect()
    }

    #[test]
    fn answers_are_understood_as_on_aws() {
        let ids = [("a", None), ("b", None), ("c", None)];
        for good in
            ["null", "{}", r#"{"batchItemFailures":[]}"#, r#"{"batchItemFailures":null}"#, r#"{"x":1}"#]
        {
            assert_eq!(check(&ids, good), "", "{good}");
        }
        for bad in [
            "",
            "nonsense",
            r#""ok""#,
            "[]",
            r#"{"batchItemFailures":"b"}"#,
            r#"{"batchItemFailures":[{"itemIdentifier":""}]}"#,
            r#"{"batchItemFailures":[{"itemIdentifier":null}]}"#,
            r#"{"batchItemFailures":[{"id":"b"}]}"#,
            r#"{"batchItemFailures":["b"]}"#,
            r#"{"batchItemFailures":[{"itemIdentifier":"z"}]}"#,
        ] {
            assert_eq!(check(&ids, bad), "abc", "{bad}");
        }
        assert_eq!(check(&ids, r#"{"batchItemFailures":[{"itemIdentifier":"b"}]}"#), "b");
    }

    #[test]
    fn a_group_stops_at_its_first_failure() {
        let ids = [("a", Some("1")), ("b", Some("2")), ("c", Some("1")), ("d", Some("2")), ("e", Some("1"))];
        assert_eq!(check(&ids, r#"{"batchItemFailures":[{"itemIdentifier":"c"}]}"#), "ce");
    }
}
