//! The operations, one file each; `tags` holds what three of them share.

use std::sync::Arc;

use wire::{ApiError, Context, Service};

use crate::error;
use crate::model::Target;
use crate::scheduler::Scheduler;
use crate::seams::RoleProblem;
use crate::target::invocation;

mod tags;

mod create_schedule;
mod create_schedule_group;
mod delete_schedule;
mod delete_schedule_group;
mod get_schedule;
mod get_schedule_group;
mod list_schedule_groups;
mod list_schedules;
mod list_tags_for_resource;
mod tag_resource;
mod untag_resource;
mod update_schedule;

pub use create_schedule::CreateSchedule;
pub use create_schedule_group::CreateScheduleGroup;
pub use delete_schedule::DeleteSchedule;
pub use delete_schedule_group::DeleteScheduleGroup;
pub use get_schedule::GetSchedule;
pub use get_schedule_group::GetScheduleGroup;
pub use list_schedule_groups::ListScheduleGroups;
pub use list_schedules::ListSchedules;
pub use list_tags_for_resource::ListTagsForResource;
pub use tag_resource::TagResource;
pub use untag_resource::UntagResource;
pub use update_schedule::UpdateSchedule;

/// EventBridge Scheduler's table of operations.
pub fn service(scheduler: Arc<Scheduler>) -> Service {
    Service::builder(&api::scheduler::SERVICE, scheduler)
        .with::<CreateSchedule>()
        .with::<CreateScheduleGroup>()
        .with::<DeleteSchedule>()
        .with::<DeleteScheduleGroup>()
        .with::<GetSchedule>()
        .with::<GetScheduleGroup>()
        .with::<ListScheduleGroups>()
        .with::<ListSchedules>()
        .with::<ListTagsForResource>()
        .with::<TagResource>()
        .with::<UntagResource>()
        .with::<UpdateSchedule>()
        .build()
}

/// Whether the target is one that can be called, and its role one that the scheduler may assume. As on AWS, what the role
/// allows is looked at when the target is called, and not before.
async fn check_target(scheduler: &Scheduler, cx: &Context, target: &Target) -> Result<(), ApiError> {
    let input = target.input.as_deref();
    invocation(&*scheduler.functions, cx.account, &cx.region, &target.arn, input)?;
    scheduler.roles.check(&target.role).await.map_err(|problem| match problem {
        RoleProblem::NotAssumable => error::not_assumable(),
        RoleProblem::Unavailable(why) => error::unavailable(why),
    })
}
