//! TagResource: adds tags to a function, or replaces their values.

use api::Empty;
use api::lambda::TagResourceRequest;
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::{Failure, invalid};
use crate::name::FunctionRef;
use crate::tags::{self, Tags};
use crate::{Lambda, table};

pub(crate) struct TagResource;

impl Operation for TagResource {
    type Service = Lambda;
    type Input = TagResourceRequest;
    type Output = Empty;
    const SPEC: &'static shape::OperationSpec = &api::lambda::TAG_RESOURCE;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let name = lambda.tagged(cx, &input.resource)?;
        let mut needed = lambda.access_to_function(cx, "lambda:TagResource", &name.unqualified_arn()).await?;
        for access in &mut needed {
            access.conditions.extend(tags::conditions(&input.tags));
        }
        Ok(needed)
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.tagged(cx, &input.resource)?;
        if input.tags.is_empty() {
            return Err(invalid("An error occurred and the request cannot be processed."));
        }
        let body = |tx: Transaction| tag(tx, &name, &input.tags);
        lambda.store.transact::<_, Failure, _, _>(body).await?;
        Ok(Empty {}.into())
    }
}

async fn tag(tx: Transaction, name: &FunctionRef, added: &Tags) -> Result<(), Failure> {
    let mut function = table::function(&tx, name).await?;
    tags::check(&function.tags, added)?;
    function.tags.extend(added.clone());
    table::put_function(&tx, &function);
    Ok(())
}
