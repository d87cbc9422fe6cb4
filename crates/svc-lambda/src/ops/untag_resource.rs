//! UntagResource: removes tags from a function.

use api::Empty;
use api::lambda::UntagResourceRequest;
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::Failure;
use crate::name::FunctionRef;
use crate::{Lambda, table};

pub(crate) struct UntagResource;

impl Operation for UntagResource {
    type Service = Lambda;
    type Input = UntagResourceRequest;
    type Output = Empty;
    const SPEC: &'static shape::OperationSpec = &api::lambda::UNTAG_RESOURCE;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let name = lambda.tagged(cx, &input.resource)?;
        lambda.access_to_function(cx, "lambda:UntagResource", &name.unqualified_arn()).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.tagged(cx, &input.resource)?;
        let body = |tx: Transaction| untag(tx, &name, &input.tag_keys);
        lambda.store.transact::<_, Failure, _, _>(body).await?;
        Ok(Empty {}.into())
    }
}

/// Removing a tag that isn't there succeeds.
async fn untag(tx: Transaction, name: &FunctionRef, keys: &[String]) -> Result<(), Failure> {
    let mut function = table::function(&tx, name).await?;
    function.tags.retain(|key, _| !keys.contains(key));
    table::put_function(&tx, &function);
    Ok(())
}
