//! The configuration of a function's asynchronous invocations: what may be in it, and what it comes to.

use base::Arn;
use store::{Snapshot, StoreError};
use wire::ApiError;

use super::destination::{action, missing_permission};
use crate::error::{self, Failure, invalid, unsupported};
use crate::model::{EventConfigRecord, VersionRecord};
use crate::name::{FunctionRef, Qualifier};
use crate::seams::DestinationProblem;
use crate::{Lambda, table};

/// Under which qualifier a name's configuration is kept.
pub(crate) fn config_qualifier(name: &FunctionRef) -> String {
    name.qualifier.clone().unwrap_or(Qualifier::Latest).to_string()
}

/// 404: nothing is configured.
pub(crate) fn config_not_found(name: &FunctionRef) -> ApiError {
    let arn = super::record::qualified_arn(name);
    error::not_found(format!("The function {arn} doesn't have an EventInvokeConfig"))
}

/// What a function wants to be done with the outcomes of its events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct EventSettings {
    pub role: String,
    pub on_success: Option<String>,
    pub on_failure: Option<String>,
    pub dead_letter: Option<String>,
}

impl EventSettings {
    fn of(version: &VersionRecord, config: Option<&EventConfigRecord>) -> EventSettings {
        EventSettings {
            role: version.role.clone(),
            on_success: config.and_then(|config| config.on_success.clone()),
            on_failure: config.and_then(|config| config.on_failure.clone()),
            dead_letter: version.dead_letter.clone(),
        }
    }
}

impl Lambda {
    /// `None`: the function is gone.
    pub(super) async fn event_settings(
        &self,
        name: &FunctionRef,
    ) -> Result<Option<EventSettings>, StoreError> {
        if let Ok(resolved) = self.resolve(name).await {
            let executable = resolved.choose(&*self.entropy);
            return Ok(Some(EventSettings::of(&executable.version, resolved.events.as_ref())));
        }
        // It cannot run now, or is gone.
        let snapshot = self.store.snapshot();
        let Ok((_, version)) = table::resolve(&snapshot, name).await else { return Ok(None) };
        let config = table::find_event_config(&snapshot, name).await.map_err(|_| StoreError::Closed)?;
        Ok(Some(EventSettings::of(&version, config.as_ref())))
    }
}

/// Refuses destinations that records cannot be sent to.
pub(crate) async fn check_destinations(
    lambda: &Lambda,
    snapshot: &Snapshot,
    name: &FunctionRef,
    config: &EventConfigRecord,
) -> Result<(), ApiError> {
    let (_, version) = table::resolve(snapshot, name).await.map_err(Failure::into_error)?;
    for (text, is_success) in [(&config.on_success, true), (&config.on_failure, false)] {
        let Some(text) = text else { continue };
        let arn = text.parse::<Arn>().map_err(|_| invalid_arn(text))?;
        // Buckets take failures only.
        if action(&arn.service).is_none() || (is_success && arn.service == "s3") {
            return Err(invalid_config(config));
        }
        if arn.service == "lambda" {
            check_function(snapshot, name, text).await?;
        } else {
            check_service(lambda, &arn)?;
        }
        check_role(lambda, &version.role, &arn).await?;
    }
    Ok(())
}

/// Refuses a dead-letter target that events cannot be sent to.
pub(crate) async fn check_dead_letter(lambda: &Lambda, role: &str, text: &str) -> Result<(), ApiError> {
    if !text.starts_with("arn:") {
        return Err(invalid("Invalid dead letter ARN: ARNs must start with 'arn:'"));
    }
    let arn = text
        .parse::<Arn>()
        .map_err(|_| invalid(format!("The provided dead letter ARN {text} is invalid.")))?;
    if arn.service != "sqs" && arn.service != "sns" {
        return Err(invalid(format!(
            "The dead letter target {text} is invalid: it must be an Amazon SQS queue or an Amazon SNS topic."
        )));
    }
    check_service(lambda, &arn)?;
    match lambda.may_send(role, &arn).await {
        Ok(true) => Ok(()),
        Ok(false) => {
            let call = action(&arn.service).map_or("", |(_, call)| call);
            let service = arn.service.to_uppercase();
            Err(invalid(format!(
                "The provided execution role does not have permissions to call {call} on {service}"
            )))
        }
        Err(problem) => Err(error::internal(&format!("{problem:?}"))),
    }
}

async fn check_function(snapshot: &Snapshot, name: &FunctionRef, text: &str) -> Result<(), ApiError> {
    let target = FunctionRef::parse(text, None, name.account, &name.region).map_err(|_| invalid_arn(text))?;
    let itself =
        FunctionRef { qualifier: None, ..target.clone() } == FunctionRef { qualifier: None, ..name.clone() };
    if itself {
        return Err(invalid("You can't specify the function as a destination for itself."));
    }
    table::resolve(snapshot, &target).await.map(drop).map_err(|_| invalid_arn(text))
}

fn check_service(lambda: &Lambda, arn: &Arn) -> Result<(), ApiError> {
    match lambda.destinations.check(arn) {
        Ok(()) => Ok(()),
        Err(DestinationProblem::Unsupported(service)) => {
            Err(unsupported(&format!("{service} as a destination")))
        }
        Err(DestinationProblem::NotFound) => Err(invalid_arn(&arn.to_string())),
        Err(DestinationProblem::Failed(why)) => Err(error::internal(&why)),
    }
}

async fn check_role(lambda: &Lambda, role: &str, arn: &Arn) -> Result<(), ApiError> {
    match lambda.may_send(role, arn).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(invalid(missing_permission(arn))),
        Err(problem) => Err(error::internal(&format!("{problem:?}"))),
    }
}

fn invalid_arn(text: &str) -> ApiError {
    invalid(format!("The destination ARN {text} is invalid."))
}

fn invalid_config(config: &EventConfigRecord) -> ApiError {
    let part = |name: &str, destination: &Option<String>| match destination {
        Some(arn) => format!("{name}(destination={arn})"),
        None => "null".to_owned(),
    };
    invalid(format!(
        "The provided destination config DestinationConfig(onSuccess={}, onFailure={}) is invalid.",
        part("OnSuccess", &config.on_success),
        part("OnFailure", &config.on_failure)
    ))
}
