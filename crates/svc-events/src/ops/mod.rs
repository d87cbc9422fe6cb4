//! The operations, one file each; the first four modules hold what several of them share.

use std::sync::Arc;

use wire::Service;

use crate::events::Events;

mod bus_settings;
mod page;
mod resource_tags;
mod rules;

mod create_event_bus;
mod delete_event_bus;
mod delete_rule;
mod describe_event_bus;
mod describe_rule;
mod disable_rule;
mod enable_rule;
mod list_event_buses;
mod list_rule_names_by_target;
mod list_rules;
mod list_tags_for_resource;
mod list_targets_by_rule;
mod put_permission;
mod put_rule;
mod put_targets;
mod remove_permission;
mod remove_targets;
mod tag_resource;
mod test_event_pattern;
mod untag_resource;
mod update_event_bus;

pub use create_event_bus::CreateEventBus;
pub use delete_event_bus::DeleteEventBus;
pub use delete_rule::DeleteRule;
pub use describe_event_bus::DescribeEventBus;
pub use describe_rule::DescribeRule;
pub use disable_rule::DisableRule;
pub use enable_rule::EnableRule;
pub use list_event_buses::ListEventBuses;
pub use list_rule_names_by_target::ListRuleNamesByTarget;
pub use list_rules::ListRules;
pub use list_tags_for_resource::ListTagsForResource;
pub use list_targets_by_rule::ListTargetsByRule;
pub use put_permission::PutPermission;
pub use put_rule::PutRule;
pub use put_targets::PutTargets;
pub use remove_permission::RemovePermission;
pub use remove_targets::RemoveTargets;
pub use tag_resource::TagResource;
pub use test_event_pattern::TestEventPattern;
pub use untag_resource::UntagResource;
pub use update_event_bus::UpdateEventBus;

/// EventBridge's table of operations.
pub fn service(events: Arc<Events>) -> Service {
    Service::builder(&api::events::SERVICE, events)
        .with::<CreateEventBus>()
        .with::<DeleteEventBus>()
        .with::<DeleteRule>()
        .with::<DescribeEventBus>()
        .with::<DescribeRule>()
        .with::<DisableRule>()
        .with::<EnableRule>()
        .with::<ListEventBuses>()
        .with::<ListRuleNamesByTarget>()
        .with::<ListRules>()
        .with::<ListTagsForResource>()
        .with::<ListTargetsByRule>()
        .with::<PutPermission>()
        .with::<PutRule>()
        .with::<PutTargets>()
        .with::<RemovePermission>()
        .with::<RemoveTargets>()
        .with::<TagResource>()
        .with::<TestEventPattern>()
        .with::<UntagResource>()
        .with::<UpdateEventBus>()
        .build()
}
