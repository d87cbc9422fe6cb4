//! CreateEventSourceMapping: from now on a function is given what a queue gets.

use api::lambda::{CreateEventSourceMappingRequest, EventSourceMappingConfiguration};
use base::RequestId;
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::{self, Failure};
use crate::source::{self, MappingRecord, Phase, table};
use crate::{Lambda, tags};

pub(super) struct CreateEventSourceMapping;

impl Operation for CreateEventSourceMapping {
    type Service = Lambda;
    type Input = CreateEventSourceMappingRequest;
    type Output = EventSourceMappingConfiguration;
    const SPEC: &'static shape::OperationSpec = &api::lambda::CREATE_EVENT_SOURCE_MAPPING;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let name = lambda.name(cx, &input.function_name, None)?;
        let mut conditions = input.tags.as_ref().map(tags::conditions).unwrap_or_default();
        conditions.push(("lambda:FunctionArn".to_owned(), vec![name.arn()]));
        Ok(vec![Access { conditions, ..Access::new("lambda:CreateEventSourceMapping", "*") }])
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        source::check_created(&input)?;
        let source_arn = input.event_source_arn.clone().unwrap_or_default();
        source::check_source(&source_arn, &cx.region)?;
        let name = lambda.name(cx, &input.function_name, None)?;
        source::check_owner(cx, &name)?;
        let settings = source::created(&input)?;
        let version = source::function_of(&lambda.store.snapshot(), &name).await?;
        if version.is_per_tenant {
            return Err(error::invalid(
                "Event source mappings are not supported for functions enabled with tenancy configuration.",
            ));
        }
        source::check_queue(lambda, &version, &source_arn, &settings).await?;
        let mapping = MappingRecord {
            uuid: RequestId::new(&*lambda.entropy).to_string(),
            account: cx.account,
            region: cx.region.clone(),
            function: name.name,
            qualifier: name.qualifier.map(|qualifier| qualifier.to_string()).unwrap_or_default(),
            source_arn,
            phase: Phase::Creating,
            settings,
            modified_at: cx.received_at,
            revision: 0,
        };
        let body = |tx: Transaction| create(tx, &mapping);
        lambda.store.transact::<_, Failure, _, _>(body).await?;
        Ok(source::render(lambda, &mapping).into())
    }
}

async fn create(tx: Transaction, mapping: &MappingRecord) -> Result<(), Failure> {
    // It may have been deleted since it was looked at.
    source::function_of(&tx, &mapping.target()).await?;
    table::check_unique(&tx, mapping).await?;
    table::put(&tx, mapping);
    Ok(())
}
