//! Event source mappings: one file per operation.

mod create_event_source_mapping;
mod delete_event_source_mapping;
mod get_event_source_mapping;
mod list_event_source_mappings;
#[cfg(test)]
mod tests;
mod update_event_source_mapping;

use wire::{Access, ApiError, Context, ServiceBuilder};

use crate::Lambda;
use crate::error::Failure;
use crate::source::{self, table};

pub(super) fn register(builder: ServiceBuilder<Lambda>) -> ServiceBuilder<Lambda> {
    builder
        .with::<create_event_source_mapping::CreateEventSourceMapping>()
        .with::<get_event_source_mapping::GetEventSourceMapping>()
        .with::<list_event_source_mappings::ListEventSourceMappings>()
        .with::<update_event_source_mapping::UpdateEventSourceMapping>()
        .with::<delete_event_source_mapping::DeleteEventSourceMapping>()
}

/// Permission for `action` on a mapping; policies may name its function.
async fn access_to(
    lambda: &Lambda,
    cx: &Context,
    action: &'static str,
    uuid: &str,
) -> Result<Vec<Access>, ApiError> {
    let found = table::find(&lambda.store.snapshot(), cx.account, &cx.region, uuid).await;
    let function = found.map_err(Failure::into_error)?.map(|mapping| mapping.target().arn());
    let conditions = function.map(|arn| ("lambda:FunctionArn".to_owned(), vec![arn]));
    let access = Access::new(action, source::arn(cx.account, &cx.region, uuid));
    Ok(vec![Access { conditions: conditions.into_iter().collect(), ..access }])
}

/// 400: the last change is still under way.
fn in_use(verb: &str) -> ApiError {
    ApiError {
        code: "ResourceInUseException".into(),
        ..crate::error::invalid(format!("Cannot {verb} the event source mapping because it is in use."))
    }
}
