//! GetPolicy: the resource policy of a function, version or alias.

use api::lambda::{GetPolicyRequest, GetPolicyResponse};
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::{self, Failure};
use crate::{Lambda, policy, table};

pub(crate) struct GetPolicy;

impl Operation for GetPolicy {
    type Service = Lambda;
    type Input = GetPolicyRequest;
    type Output = GetPolicyResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::GET_POLICY;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        lambda.access_to(cx, "lambda:GetPolicy", &input.function_name, input.qualifier.as_deref()).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.name(cx, &input.function_name, input.qualifier.as_deref())?;
        let snapshot = lambda.store.snapshot();
        table::resolve(&snapshot, &name).await.map_err(Failure::into_error)?;
        let found = table::find_policy(&snapshot, &name).await.map_err(Failure::into_error)?;
        let found = found.ok_or_else(error::resource_not_found)?;
        let document = policy::document(&found);
        Ok(GetPolicyResponse { policy: Some(document), revision_id: Some(found.revision_id) }.into())
    }
}
