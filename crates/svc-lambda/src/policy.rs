//! Resource policies: statements as Lambda writes them from AddPermission's parameters, and the document around them.

use std::fmt::Write as _;

use api::lambda::{AddLayerVersionPermissionRequest, AddPermissionRequest};
use serde_json::{Map, Value, json};
use wire::ApiError;

use crate::error::{conflict, invalid, layer_revision_mismatch, not_found, policy_too_long};
use crate::limits::POLICY_BYTES_MAX;
use crate::model::PolicyRecord;

const INVOKE_URL: &str = "lambda:InvokeFunctionUrl";

/// The statement that a request asks for. `resource` is the function's ARN, with the qualifier if the request has one.
pub(crate) fn statement(request: &AddPermissionRequest, resource: &str) -> Result<Value, ApiError> {
    if request.function_url_auth_type.is_some() && request.action != INVOKE_URL {
        return Err(invalid("FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action"));
    }
    let mut statement = json!({
        "Sid": request.statement_id,
        "Effect": "Allow",
        "Principal": principal(&request.principal)?,
        "Action": request.action,
        "Resource": resource,
    });
    let condition = condition(request);
    if !condition.is_empty() {
        statement["Condition"] = Value::Object(condition);
    }
    Ok(statement)
}

/// The statement that gives a layer version to others.
pub(crate) fn layer_statement(
    request: &AddLayerVersionPermissionRequest,
    resource: &str,
) -> Result<Value, ApiError> {
    let mut statement = json!({
        "Sid": request.statement_id,
        "Effect": "Allow",
        "Principal": principal(&request.principal)?,
        "Action": request.action,
        "Resource": resource,
    });
    if let Some(organization) = &request.organization_id {
        if request.principal != "*" {
            return Err(invalid("OrganizationId can only be set when the principal is *."));
        }
        statement["Condition"] = json!({ "StringEquals": { "aws:PrincipalOrgID": organization } });
    }
    Ok(statement)
}

/// 412 unless the caller's revision, where it gave one, is the present one.
pub(crate) fn check_layer_revision(given: Option<&str>, present: &str) -> Result<(), ApiError> {
    match given {
        Some(given) if given != present => Err(layer_revision_mismatch()),
        _ => Ok(()),
    }
}

fn principal(text: &str) -> Result<Value, ApiError> {
    let account = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    let service = text.ends_with(".amazonaws.com") || text.ends_with(".amazon.com");
    let host = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-';
    match text {
        "*" => Ok(json!("*")),
        _ if account => Ok(json!({ "AWS": format!("arn:aws:iam::{text}:root") })),
        _ if is_iam_arn(text) => Ok(json!({ "AWS": text })),
        _ if service && text.bytes().all(host) => Ok(json!({ "Service": text })),
        _ => Err(invalid("The provided principal was invalid. Please check the principal and try again.")),
    }
}

/// Accounts, users, roles and their sessions.
fn is_iam_arn(text: &str) -> bool {
    let Ok(arn) = text.parse::<base::Arn>() else { return false };
    let known = ["user/", "role/", "assumed-role/", "federated-user/"];
    matches!(arn.service.as_str(), "iam" | "sts")
        && arn.account.parse::<base::AccountId>().is_ok()
        && (arn.resource == "root" || known.iter().any(|kind| arn.resource.starts_with(kind)))
}

fn condition(request: &AddPermissionRequest) -> Map<String, Value> {
    let mut equals = Map::new();
    for (key, value) in [
        ("AWS:SourceAccount", &request.source_account),
        ("lambda:EventSourceToken", &request.event_source_token),
        ("lambda:FunctionUrlAuthType", &request.function_url_auth_type),
        ("aws:PrincipalOrgID", &request.principal_org_id),
    ] {
        if let Some(value) = value {
            equals.insert(key.into(), json!(value));
        }
    }
    let mut condition = Map::new();
    if !equals.is_empty() {
        condition.insert("StringEquals".into(), Value::Object(equals));
    }
    if let Some(via_url) = request.invoked_via_function_url {
        condition.insert("Bool".into(), json!({ "lambda:InvokedViaFunctionUrl": via_url.to_string() }));
    }
    if let Some(source) = &request.source_arn {
        condition.insert("ArnLike".into(), json!({ "AWS:SourceArn": source }));
    }
    condition
}

/// Adds a statement; ids are unique within a policy, and the document is limited.
pub(crate) fn add(policy: &mut PolicyRecord, id: &str, statement: Value) -> Result<(), ApiError> {
    if policy.statements.iter().any(|(existing, _)| existing == id) {
        return Err(conflict(format!(
            "The statement id ({id}) provided already exists. Please provide a new statement id, or remove the \
             existing statement."
        )));
    }
    policy.statements.push((id.to_owned(), statement));
    let size = document(policy).len();
    if size > POLICY_BYTES_MAX { Err(policy_too_long(size, POLICY_BYTES_MAX)) } else { Ok(()) }
}

/// Removes a statement by id.
pub(crate) fn remove(policy: &mut PolicyRecord, id: &str) -> Result<(), ApiError> {
    let before = policy.statements.len();
    policy.statements.retain(|(existing, _)| existing != id);
    if policy.statements.len() == before {
        return Err(not_found(format!("Statement {id} is not found in resource policy.")));
    }
    Ok(())
}

/// The whole document, as GetPolicy returns it and the authorizer reads it.
pub(crate) fn document(policy: &PolicyRecord) -> String {
    let statements: Vec<_> = policy.statements.iter().map(|(_, statement)| text(statement)).collect();
    format!(r#"{{"Version":"2012-10-17","Id":"default","Statement":[{}]}}"#, statements.join(","))
}

/// One statement with its members in AWS's order.
pub(crate) fn text(statement: &Value) -> String {
    let mut text = String::from("{");
    for member in ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"] {
        if let Some(value) = statement.get(member) {
            let comma = if text.len() > 1 { "," } else { "" };
            let _ = write!(text, "{comma}\"{member}\":{value}");
        }
    }
    text.push('}');
    text
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn request(action: &str, principal: &str) -> AddPermissionRequest {
        AddPermissionRequest {
            function_name: "f".into(),
            statement_id: "s".into(),
            action: action.into(),
            principal: principal.into(),
            ..AddPermissionRequest::default()
        }
    }

    fn check(request: AddPermissionRequest, expected: Expect) {
        let resource = "arn:aws:lambda:us-east-1:000000000000:function:f";
        let written = match statement(&request, resource) {
            Ok(statement) => text(&statement),
            Err(error) => error.to_string(),
        };
        expected.assert_eq(&written);
    }

    #[test]
    fn statements_are_written_as_lambda_writes_them() {
        check(
            AddPermissionRequest {
                source_arn: Some("arn:aws:s3:::bucket".into()),
                source_account: Some("123456789012".into()),
                ..request("lambda:InvokeFunction", "s3.amazonaws.com")
            },
            expect![[
                r#"{"Sid":"s","Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:us-east-1:000000000000:function:f","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::bucket"},"StringEquals":{"AWS:SourceAccount":"123456789012"}}}"#
            ]],
        );
        check(
            AddPermissionRequest {
                function_url_auth_type: Some("NONE".into()),
                ..request("lambda:InvokeFunctionUrl", "*")
            },
            expect![[
                r#"{"Sid":"s","Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunctionUrl","Resource":"arn:aws:lambda:us-east-1:000000000000:function:f","Condition":{"StringEquals":{"lambda:FunctionUrlAuthType":"NONE"}}}"#
            ]],
        );
        check(
            AddPermissionRequest {
                invoked_via_function_url: Some(true),
                ..request("lambda:InvokeFunction", "*")
            },
            expect![[
                r#"{"Sid":"s","Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:us-east-1:000000000000:function:f","Condition":{"Bool":{"lambda:InvokedViaFunctionUrl":"true"}}}"#
            ]],
        );
        check(
            AddPermissionRequest {
                principal_org_id: Some("o-abcdefghij".into()),
                ..request("lambda:GetFunction", "210987654321")
            },
            expect![[
                r#"{"Sid":"s","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:root"},"Action":"lambda:GetFunction","Resource":"arn:aws:lambda:us-east-1:000000000000:function:f","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abcdefghij"}}}"#
            ]],
        );
        check(
            AddPermissionRequest {
                event_source_token: Some("amzn1.ask.skill".into()),
                ..request("lambda:InvokeFunction", "alexa-appkit.amazon.com")
            },
            expect![[
                r#"{"Sid":"s","Effect":"Allow","Principal":{"Service":"alexa-appkit.amazon.com"},"Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:us-east-1:000000000000:function:f","Condition":{"StringEquals":{"lambda:EventSourceToken":"amzn1.ask.skill"}}}"#
            ]],
        );
        check(
            request("lambda:*", "arn:aws:iam::210987654321:role/deploy"),
            expect![[
                r#"{"Sid":"s","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:role/deploy"},"Action":"lambda:*","Resource":"arn:aws:lambda:us-east-1:000000000000:function:f"}"#
            ]],
        );
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for principal in ["", "somebody", "12345678901", "arn:aws:s3:::bucket", "evil.com/.amazonaws.com"] {
            check(
                request("lambda:InvokeFunction", principal),
                expect![
                    "InvalidParameterValueException: The provided principal was invalid. Please check the principal and try again."
                ],
            );
        }
        check(
            AddPermissionRequest {
                function_url_auth_type: Some("NONE".into()),
                ..request("lambda:InvokeFunction", "*")
            },
            expect![
                "InvalidParameterValueException: FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action"
            ],
        );
    }

    #[test]
    fn ids_are_unique_and_the_document_is_limited() {
        let mut policy = PolicyRecord::default();
        let statement = json!({ "Sid": "a", "Resource": "x".repeat(9_000) });
        add(&mut policy, "a", statement.clone()).unwrap();
        assert_eq!(
            add(&mut policy, "a", statement.clone()).unwrap_err().to_string(),
            "ResourceConflictException: The statement id (a) provided already exists. Please provide a new \
             statement id, or remove the existing statement."
        );
        add(&mut policy, "b", statement.clone()).unwrap();
        let refused = add(&mut policy, "c", statement).unwrap_err();
        assert_eq!(refused.code, "PolicyLengthExceededException");
        remove(&mut policy, "b").unwrap();
        let refused = remove(&mut policy, "b").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "ResourceNotFoundException: Statement b is not found in resource policy."
        );
    }
}
