//! A bus's policy: who else may send events, changed statement by statement.

use api::events::Condition;
use serde_json::{Value, json};
use wire::ApiError;

use crate::error;
use crate::limits::POLICY_LEN_MAX;

/// A whole policy, checked for its form.
pub(crate) fn whole(policy: &str) -> Result<String, ApiError> {
    let parsed: Value =
        serde_json::from_str(policy).map_err(|_| error::invalid("Parameter Policy is not valid JSON."))?;
    let statements = match parsed.get("Statement") {
        Some(Value::Array(statements)) => statements.as_slice(),
        Some(statement @ Value::Object(_)) => std::slice::from_ref(statement),
        _ => return Err(error::invalid("Parameter Policy is not valid: it has no Statement.")),
    };
    for statement in statements {
        for member in ["Effect", "Principal", "Action", "Resource"] {
            if statement.get(member).is_none() {
                let message = format!("Parameter Policy is not valid: a statement has no {member}.");
                return Err(error::invalid(message));
            }
        }
    }
    fitting(parsed)
}

/// A policy with one statement more, in place of the one that had its id.
pub(crate) fn with(
    policy: Option<&str>,
    bus_arn: &str,
    id: &str,
    principal: &str,
    condition: Option<&Condition>,
) -> Result<String, ApiError> {
    let principal = match principal {
        "*" => json!("*"),
        account => json!({ "AWS": format!("arn:aws:iam::{account}:root") }),
    };
    let mut statement = json!({
        "Sid": id, "Effect": "Allow", "Principal": principal, "Action": "events:PutEvents", "Resource": bus_arn,
    });
    if let Some(Condition { r#type, key, value }) = condition {
        if r#type != "StringEquals" || key != "aws:PrincipalOrgID" {
            return Err(error::invalid(
                "Provided condition is not supported: Type must be StringEquals and Key aws:PrincipalOrgID.",
            ));
        }
        if let Some(members) = statement.as_object_mut() {
            members.insert("Condition".to_owned(), json!({ r#type: { key: value } }));
        }
    }
    let mut statements = statements(policy);
    statements.retain(|known| sid(known) != Some(id));
    statements.push(statement);
    fitting(document(statements))
}

/// A policy with one statement less; `None` when that was its last.
pub(crate) fn without(policy: &str, id: &str) -> Result<Option<String>, ApiError> {
    let mut statements = statements(Some(policy));
    let before = statements.len();
    statements.retain(|known| sid(known) != Some(id));
    if statements.len() == before {
        return Err(error::not_found("Statement with the provided id does not exist."));
    }
    Ok((!statements.is_empty()).then(|| document(statements).to_string()))
}

fn sid(statement: &Value) -> Option<&str> {
    statement.get("Sid").and_then(Value::as_str)
}

fn statements(policy: Option<&str>) -> Vec<Value> {
    let parsed = policy.and_then(|policy| serde_json::from_str::<Value>(policy).ok());
    match parsed.and_then(|mut policy| policy.get_mut("Statement").map(Value::take)) {
        Some(Value::Array(statements)) => statements,
        Some(statement) => vec![statement],
        None => Vec::new(),
    }
}

fn document(statements: Vec<Value>) -> Value {
    json!({ "Version": "2012-10-17", "Statement": statements })
}

fn fitting(policy: Value) -> Result<String, ApiError> {
    let policy = policy.to_string();
    if policy.len() > POLICY_LEN_MAX {
        return Err(ApiError::client(
            "PolicyLengthExceededException",
            400,
            format!("The policy is longer than {POLICY_LEN_MAX} bytes."),
        ));
    }
    Ok(policy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_come_and_go() {
        let arn = "arn:aws:events:us-east-1:000000000000:event-bus/default";
        let one = with(None, arn, "a", "111111111111", None).unwrap();
        assert!(one.contains("arn:aws:iam::111111111111:root") && one.contains(arn));
        let two = with(Some(&one), arn, "b", "*", None).unwrap();
        let replaced = with(Some(&two), arn, "a", "*", None).unwrap();
        assert!(!replaced.contains("111111111111") && replaced.contains("\"b\""));
        let rest = without(&replaced, "a").unwrap().unwrap();
        assert_eq!(without(&rest, "b").unwrap(), None);
        assert_eq!(without(&rest, "c").unwrap_err().code, "ResourceNotFoundException");
    }

    #[test]
    fn whole_policies() {
        let good =
            r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"events:PutEvents","Resource":"*"}}"#;
        assert!(whole(good).is_ok());
        for bad in ["", "[]", "{}", r#"{"Statement":[{"Effect":"Allow"}]}"#] {
            assert_eq!(whole(bad).unwrap_err().code, "ValidationException", "{bad}");
        }
        let long = good.replace("events:PutEvents", &"x".repeat(POLICY_LEN_MAX));
        assert_eq!(whole(&long).unwrap_err().code, "PolicyLengthExceededException");
    }
}
