//! ListScheduleGroups: the groups of the account in this region, by name.

use api::scheduler::{ListScheduleGroupsInput, ListScheduleGroupsOutput};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::model::Group;
use crate::paging::page;
use crate::scheduler::Scheduler;
use crate::{keys, names, render};

pub struct ListScheduleGroups;

impl Operation for ListScheduleGroups {
    type Service = Scheduler;
    type Input = ListScheduleGroupsInput;
    type Output = ListScheduleGroupsOutput;
    const SPEC: &'static OperationSpec = &api::scheduler::LIST_SCHEDULE_GROUPS;

    async fn access(
        _: &Scheduler,
        cx: &Context,
        _: &ListScheduleGroupsInput,
    ) -> Result<Vec<Access>, ApiError> {
        Ok(names::group_access(cx, "scheduler:ListScheduleGroups", "*"))
    }

    async fn run(
        scheduler: &Scheduler,
        cx: &Context,
        input: ListScheduleGroupsInput,
    ) -> Result<Reply<ListScheduleGroupsOutput>, ApiError> {
        // The default group is always there, and from now on written down.
        scheduler.group(cx.account, &cx.region, names::DEFAULT_GROUP).await?;
        let wanted =
            |group: &Group| input.name_prefix.as_deref().is_none_or(|prefix| group.name.starts_with(prefix));
        let (snapshot, prefix) = (scheduler.store.snapshot(), keys::groups(cx.account, &cx.region));
        let (found, next_token) =
            page(&snapshot, prefix, input.next_token.as_deref(), input.max_results, wanted).await?;
        let schedule_groups = found.into_iter().map(|group| render::group_summary(cx, group)).collect();
        Ok(ListScheduleGroupsOutput { schedule_groups, next_token }.into())
    }
}
