//! DeleteEventSourceMapping: receives nothing more; the mapping goes when the batches that are under way have ended.

use api::lambda::{DeleteEventSourceMappingRequest, EventSourceMappingConfiguration};
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use super::{access_to, in_use};
use crate::Lambda;
use crate::error::Failure;
use crate::source::{self, MappingRecord, Phase, table};

pub(super) struct DeleteEventSourceMapping;

impl Operation for DeleteEventSourceMapping {
    type Service = Lambda;
    type Input = DeleteEventSourceMappingRequest;
    type Output = EventSourceMappingConfiguration;
    const SPEC: &'static shape::OperationSpec = &api::lambda::DELETE_EVENT_SOURCE_MAPPING;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        access_to(lambda, cx, "lambda:DeleteEventSourceMapping", &input.uuid).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let body = |tx: Transaction| delete(tx, cx, &input.uuid);
        let deleting = lambda.store.transact::<_, Failure, _, _>(body).await?;
        Ok(source::render(lambda, &deleting).into())
    }
}

async fn delete(tx: Transaction, cx: &Context, uuid: &str) -> Result<MappingRecord, Failure> {
    let now = table::get(&tx, cx.account, &cx.region, uuid).await?;
    if !now.phase.is_settled() {
        return Err(in_use("delete").into());
    }
    let deleting = MappingRecord {
        phase: Phase::Deleting,
        modified_at: cx.received_at,
        revision: now.revision + 1,
        ..now
    };
    table::put(&tx, &deleting);
    Ok(deleting)
}
