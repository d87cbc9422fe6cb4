//! One file per operation on the configuration of asynchronous invocations, and what they share.

mod delete;
mod get;
mod list;
mod put;
mod update;

#[cfg(test)]
pub(super) use {
    delete::DeleteFunctionEventInvokeConfig, get::GetFunctionEventInvokeConfig,
    list::ListFunctionEventInvokeConfigs, put::PutFunctionEventInvokeConfig,
    update::UpdateFunctionEventInvokeConfig,
};

use api::lambda::{DestinationConfig, FunctionEventInvokeConfig, OnFailure, OnSuccess};
use store::Transaction;
use wire::{ApiError, ServiceBuilder};

use crate::error::{self, Failure};
use crate::event::{check_destinations, config_qualifier};
use crate::model::EventConfigRecord;
use crate::name::FunctionRef;
use crate::{Lambda, table};

pub(super) fn register(builder: ServiceBuilder<Lambda>) -> ServiceBuilder<Lambda> {
    builder
        .with::<put::PutFunctionEventInvokeConfig>()
        .with::<update::UpdateFunctionEventInvokeConfig>()
        .with::<get::GetFunctionEventInvokeConfig>()
        .with::<delete::DeleteFunctionEventInvokeConfig>()
        .with::<list::ListFunctionEventInvokeConfigs>()
}

/// The members that both Put and Update have.
#[derive(Clone, Debug)]
struct Given {
    retries: Option<i64>,
    age: Option<i64>,
    destinations: Option<DestinationConfig>,
}

impl Given {
    /// Lays what was given over `record`. An empty ARN takes a destination away.
    fn apply(&self, record: &mut EventConfigRecord) -> Result<(), ApiError> {
        if let Some(retries) = self.retries {
            let least = "Member must have value greater than or equal to 0";
            record.retries_max = Some(number("maximumRetryAttempts", retries, least)?);
        }
        if let Some(age) = self.age {
            let least = "Member must have value greater than or equal to 60";
            record.age_max_s = Some(number("maximumEventAgeInSeconds", age, least)?);
        }
        let filled = |arn: &Option<String>| arn.clone().filter(|arn| !arn.is_empty());
        if let Some(DestinationConfig { on_success, on_failure }) = &self.destinations {
            if let Some(given) = on_success {
                record.on_success = filled(&given.destination);
            }
            if let Some(given) = on_failure {
                record.on_failure = filled(&given.destination);
            }
        }
        Ok(())
    }

    fn is_empty(&self) -> bool {
        let none = |config: &DestinationConfig| config.on_success.is_none() && config.on_failure.is_none();
        self.retries.is_none() && self.age.is_none() && self.destinations.as_ref().is_none_or(none)
    }
}

/// The tables have checked the range.
fn number(member: &str, value: i64, rule: &str) -> Result<u32, ApiError> {
    u32::try_from(value).map_err(|_| error::constraint(&value.to_string(), member, rule))
}

/// 404: there is no such function, version or alias.
async fn check_exists(read: &impl table::Read, name: &FunctionRef) -> Result<(), Failure> {
    match table::resolve(read, name).await {
        Ok(_) => Ok(()),
        Err(failure) => Err(match failure.into_error() {
            missing if missing.code == "ResourceNotFoundException" => {
                error::not_found("The function doesn't exist.").into()
            }
            other => other.into(),
        }),
    }
}

/// Checks the destinations of `record` and stores it. `expected`: what it was made of.
async fn store(
    lambda: &Lambda,
    name: &FunctionRef,
    record: &EventConfigRecord,
    expected: Option<&EventConfigRecord>,
) -> Result<(), ApiError> {
    check_destinations(lambda, &lambda.store.snapshot(), name, record).await?;
    let body = |tx: Transaction| async move {
        check_exists(&tx, name).await?;
        if expected.is_some() && table::find_event_config(&tx, name).await?.as_ref() != expected {
            return Err(
                error::conflict("The configuration was changed at the same time. Please try again.").into()
            );
        }
        table::put_event_config(&tx, name, record);
        Ok(())
    };
    lambda.store.transact::<_, Failure, _, _>(body).await?;
    lambda.changed(name.account, &name.region, &name.name);
    Ok(())
}

fn rendered(name: &FunctionRef, record: EventConfigRecord) -> FunctionEventInvokeConfig {
    FunctionEventInvokeConfig {
        last_modified: Some(record.modified_at),
        function_arn: Some(format!("{}:{}", name.unqualified_arn(), record.qualifier)),
        maximum_retry_attempts: record.retries_max.map(i64::from),
        maximum_event_age_in_seconds: record.age_max_s.map(i64::from),
        destination_config: Some(DestinationConfig {
            on_success: Some(OnSuccess { destination: record.on_success }),
            on_failure: Some(OnFailure { destination: record.on_failure }),
        }),
    }
}

/// A configuration that says nothing.
fn empty(name: &FunctionRef, modified_at: base::Timestamp) -> EventConfigRecord {
    EventConfigRecord {
        qualifier: config_qualifier(name),
        retries_max: None,
        age_max_s: None,
        on_success: None,
        on_failure: None,
        modified_at,
    }
}
