//! AddPermission and RemovePermission: statements of a queue's policy by label.

use serde_json::{Value, json};
use wire::ApiError;

use crate::error;

/// AWS's limit of actions in one statement.
const ACTIONS_MAX: usize = 7;

/// The actions that can be given to others, without the service's prefix.
const ACTIONS: [&str; 8] = [
    "*",
    "SendMessage",
    "ReceiveMessage",
    "DeleteMessage",
    "ChangeMessageVisibility",
    "GetQueueAttributes",
    "GetQueueUrl",
    "ListDeadLetterSourceQueues",
];

/// A queue's policy with one statement more.
pub(crate) fn add(
    policy: Option<&str>,
    arn: &str,
    label: &str,
    accounts: &[String],
    actions: &[String],
) -> Result<String, ApiError> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if label.is_empty() || label.len() > 80 || !label.bytes().all(plain) {
        return Err(error::invalid(
            label,
            "Label",
            "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.",
        ));
    }
    if accounts.is_empty() {
        return Err(error::missing("AWSAccountIds"));
    }
    if actions.is_empty() {
        return Err(error::missing("Actions"));
    }
    if actions.len() > ACTIONS_MAX {
        return Err(error::over_limit(format!(
            "{} Actions were found, maximum allowed is {ACTIONS_MAX}.",
            actions.len()
        )));
    }
    if let Some(bad) = actions.iter().find(|action| !ACTIONS.contains(&action.as_str())) {
        return Err(error::invalid(
            &format!("SQS:{bad}"),
            "ActionName",
            "Please refer to the appropriate WSDL for a list of valid actions.",
        ));
    }
    if let Some(bad) = accounts.iter().find(|account| account.parse::<base::AccountId>().is_err()) {
        return Err(error::invalid(bad, "PrincipalId", "Unable to verify."));
    }
    let mut document = parsed(policy, arn);
    let statements = statements(&mut document);
    if statements.iter().any(|statement| statement["Sid"] == label) {
        return Err(error::invalid(label, "Label", "Already exists."));
    }
    let principals: Vec<_> = accounts.iter().map(|account| format!("arn:aws:iam::{account}:root")).collect();
    let actions: Vec<_> = actions.iter().map(|action| format!("SQS:{action}")).collect();
    statements.push(json!({
        "Sid": label,
        "Effect": "Allow",
        "Principal": { "AWS": one_or_all(principals) },
        "Action": one_or_all(actions),
        "Resource": arn,
    }));
    Ok(document.to_string())
}

/// A queue's policy with one statement less; `None` when nothing is left.
pub(crate) fn remove(policy: Option<&str>, arn: &str, label: &str) -> Result<Option<String>, ApiError> {
    let mut document = parsed(policy, arn);
    let statements = statements(&mut document);
    let before = statements.len();
    statements.retain(|statement| statement["Sid"] != label);
    if statements.len() == before {
        return Err(error::invalid(label, "Label", "can't find label on existing policy."));
    }
    let empty = statements.is_empty();
    Ok((!empty).then(|| document.to_string()))
}

fn one_or_all(mut texts: Vec<String>) -> Value {
    if texts.len() == 1 { Value::String(texts.remove(0)) } else { json!(texts) }
}

fn parsed(policy: Option<&str>, arn: &str) -> Value {
    let found = policy.and_then(|text| serde_json::from_str::<Value>(text).ok()).filter(Value::is_object);
    found.unwrap_or_else(
        || json!({ "Version": "2012-10-17", "Id": format!("{arn}/SQSDefaultPolicy"), "Statement": [] }),
    )
}

/// A policy's statements; a single one need not be in a list.
fn statements(document: &mut Value) -> &mut Vec<Value> {
    let found = document["Statement"].take();
    document["Statement"] = match found {
        Value::Array(list) => Value::Array(list),
        Value::Null => json!([]),
        one => json!([one]),
    };
    document["Statement"].as_array_mut().expect("it was just made a list")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:sqs:us-east-1:000000000000:q";

    #[test]
    fn labels_come_and_go() {
        let account = ["123456789012".to_owned()];
        let one = add(None, ARN, "a", &account, &["SendMessage".into()]).unwrap();
        let two = add(Some(&one), ARN, "b", &account, &["*".into(), "GetQueueUrl".into()]).unwrap();
        assert!(add(Some(&two), ARN, "b", &account, &["*".into()]).is_err());
        let left = remove(Some(&two), ARN, "a").unwrap().unwrap();
        let left: Value = serde_json::from_str(&left).unwrap();
        assert_eq!(left["Statement"][0]["Action"], json!(["SQS:*", "SQS:GetQueueUrl"]));
        assert_eq!(left["Statement"].as_array().unwrap().len(), 1);
        assert_eq!(remove(Some(&one), ARN, "a").unwrap(), None);
        assert!(remove(None, ARN, "a").is_err());
    }

    #[test]
    fn only_some_actions_can_be_given() {
        let account = ["123456789012".to_owned()];
        assert!(add(None, ARN, "a", &account, &["DeleteQueue".into()]).is_err());
        assert!(add(None, ARN, "a", &["someone".into()], &["SendMessage".into()]).is_err());
        assert!(add(None, ARN, "a b", &account, &["SendMessage".into()]).is_err());
    }
}
