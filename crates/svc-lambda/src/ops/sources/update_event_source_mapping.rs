//! UpdateEventSourceMapping: other settings, another function, on or off.

use api::lambda::{EventSourceMappingConfiguration, UpdateEventSourceMappingRequest};
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use super::{access_to, in_use};
use crate::Lambda;
use crate::error::Failure;
use crate::source::{self, MappingRecord, Phase, table};

pub(super) struct UpdateEventSourceMapping;

impl Operation for UpdateEventSourceMapping {
    type Service = Lambda;
    type Input = UpdateEventSourceMappingRequest;
    type Output = EventSourceMappingConfiguration;
    const SPEC: &'static shape::OperationSpec = &api::lambda::UPDATE_EVENT_SOURCE_MAPPING;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let mut access = access_to(lambda, cx, "lambda:UpdateEventSourceMapping", &input.uuid).await?;
        if let Some(function) = &input.function_name {
            // A policy that is about functions must allow the one before and the one after.
            let arn = lambda.name(cx, function, None)?.arn();
            let mut after = access.clone();
            for access in &mut after {
                access.conditions = vec![("lambda:FunctionArn".to_owned(), vec![arn.clone()])];
            }
            access.extend(after);
        }
        Ok(access)
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        source::check_updated(&input)?;
        let snapshot = lambda.store.snapshot();
        let now = table::get(&snapshot, cx.account, &cx.region, &input.uuid).await;
        let now = now.map_err(Failure::into_error)?;
        let target = match &input.function_name {
            Some(function) => lambda.name(cx, function, None)?,
            None => now.target(),
        };
        source::check_owner(cx, &target)?;
        let settings = source::updated(&now.settings, &input)?;
        let version = source::function_of(&snapshot, &target).await?;
        source::check_queue(lambda, &version, &now.source_arn, &settings).await?;
        let phase = match (now.settings.enabled, settings.enabled) {
            (false, true) => Phase::Enabling,
            (true, false) => Phase::Disabling,
            _ => Phase::Updating,
        };
        let updated = MappingRecord {
            function: target.name,
            qualifier: target.qualifier.map(|qualifier| qualifier.to_string()).unwrap_or_default(),
            phase,
            settings,
            modified_at: cx.received_at,
            revision: now.revision + 1,
            ..now.clone()
        };
        let body = |tx: Transaction| update(tx, &now, &updated);
        lambda.store.transact::<_, Failure, _, _>(body).await?;
        Ok(source::render(lambda, &updated).into())
    }
}

async fn update(tx: Transaction, seen: &MappingRecord, updated: &MappingRecord) -> Result<(), Failure> {
    let now = table::get(&tx, seen.account, &seen.region, &seen.uuid).await?;
    // Somebody else's change since then is one that is under way, or has just been.
    if !now.phase.is_settled() || now.revision != seen.revision {
        return Err(in_use("update").into());
    }
    table::check_unique(&tx, updated).await?;
    table::put(&tx, updated);
    Ok(())
}
