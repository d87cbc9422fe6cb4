//! Lambda's operations, one file each.

mod invoke;
mod invoke_with_response_stream;

pub(crate) use invoke::Invoke;
pub(crate) use invoke_with_response_stream::InvokeWithResponseStream;

use wire::{Access, ApiError, Context};

use crate::name::FunctionRef;
use crate::{Lambda, error};

/// The function that an invocation names.
fn target(cx: &Context, function: &str, qualifier: Option<&str>) -> Result<FunctionRef, ApiError> {
    FunctionRef::parse(function, qualifier, cx.account, &cx.region)
        .map_err(|problem| error::invalid_name(problem, function, &cx.region))
}

/// The permission that running it needs.
async fn invoke_access(service: &Lambda, name: &FunctionRef) -> Result<Vec<Access>, ApiError> {
    let resource_policy = service.policy_document(name).await?;
    Ok(vec![Access { resource_policy, ..Access::new("lambda:InvokeFunction", name.arn()) }])
}

#[cfg(test)]
mod tests;
