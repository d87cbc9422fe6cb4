//! What a schedule may call. Freehold calls Lambda functions, by their ARN or through the universal target for Lambda's
//! Invoke; every other target is refused by name when the schedule is made.

use base::{AccountId, Arn, Region};
use bytes::Bytes;
use wire::ApiError;

use crate::error;
use crate::seams::Functions;

/// The beginning of universal targets.
const UNIVERSAL: &str = "arn:aws:scheduler:::aws-sdk:";

/// How a target's ARN is to be understood.
enum Kind<'a> {
    /// Called with the schedule's input.
    Function(&'a str),
    /// The schedule's input is the request.
    UniversalInvoke,
}

/// An asynchronous invocation of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Invocation {
    pub(crate) function_arn: String,
    /// `None`: the notification that AWS sends when there is no input.
    pub(crate) payload: Option<Bytes>,
}

fn kind(arn: &str) -> Result<Kind<'_>, ApiError> {
    if let Some(universal) = arn.strip_prefix(UNIVERSAL) {
        return match universal.split_once(':') {
            Some(("lambda", "invoke")) => Ok(Kind::UniversalInvoke),
            Some((service, action)) if !service.is_empty() && !action.is_empty() => {
                Err(error::unsupported(format_args!("{service}:{action} as a target of schedules")))
            }
            _ => Err(error::invalid("Provided Arn is not in correct format.")),
        };
    }
    let parsed: Arn = arn.parse().map_err(|_| error::invalid("Provided Arn is not in correct format."))?;
    match parsed.service.as_str() {
        "lambda" if parsed.resource.starts_with("function:") => Ok(Kind::Function(arn)),
        "lambda" => Err(error::invalid("Provided Arn is not in correct format.")),
        service => Err(error::unsupported(format_args!("{service} as a target of schedules"))),
    }
}

/// What to call for a target.
///
/// # Errors
/// When the target or its input is not valid, or is of a kind that Freehold does not have.
pub(crate) fn invocation(
    functions: &dyn Functions,
    account: AccountId,
    region: &Region,
    arn: &str,
    input: Option<&str>,
) -> Result<Invocation, ApiError> {
    let is_json = |text: &str| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    let (name, payload) = match kind(arn)? {
        Kind::Function(name) => match input {
            Some(text) if !is_json(text) => {
                return Err(error::invalid("The Input of a Lambda target must be valid JSON."));
            }
            input => (name.to_owned(), input.map(|text| Bytes::copy_from_slice(text.as_bytes()))),
        },
        Kind::UniversalInvoke => universal(input)?,
    };
    let function_arn = functions.arn(account, region, &name);
    let function_arn =
        function_arn.ok_or_else(|| error::invalid(format!("{name} is not the name of a function.")))?;
    Ok(Invocation { function_arn, payload })
}

/// The members of Lambda's Invoke that a universal target may give.
fn universal(input: Option<&str>) -> Result<(String, Option<Bytes>), ApiError> {
    let bad = |reason: &str| error::invalid(format!("Invalid RequestJson provided. Reason {reason}"));
    let input = input.ok_or_else(|| bad("Input is required."))?;
    let request: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(input).map_err(|problem| bad(&problem.to_string()))?;
    let (mut name, mut qualifier, mut payload, mut is_event) = (None, None, None, false);
    for (member, value) in request {
        let text = value.as_str().ok_or_else(|| bad(&format!("{member} must be a string.")))?;
        match member.as_str() {
            "FunctionName" => name = Some(text.to_owned()),
            "Qualifier" => qualifier = Some(text.to_owned()),
            "Payload" => payload = Some(Bytes::copy_from_slice(text.as_bytes())),
            "InvocationType" => is_event = text == "Event",
            _ => return Err(bad(&format!("Freehold does not support {member} here."))),
        }
    }
    if !is_event {
        return Err(error::unsupported(
            "InvocationTypes other than Event in universal targets, which schedules would have to wait for",
        ));
    }
    let name = name.ok_or_else(|| bad("FunctionName is required."))?;
    let name = match qualifier {
        Some(qualifier) => format!("{name}:{qualifier}"),
        None => name,
    };
    // Without a payload, Lambda's events are empty objects.
    Ok((name, Some(payload.unwrap_or(Bytes::from_static(b"{}")))))
}
