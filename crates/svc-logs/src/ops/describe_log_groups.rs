//! DescribeLogGroups: the groups of the account in this region, by name.

use api::logs::{DescribeLogGroupsRequest, DescribeLogGroupsResponse, LogGroup};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use std::collections::HashSet;

use store::Scan;

use crate::error;
use crate::keys;
use crate::logs::Logs;
use crate::model::Group;
use crate::names;
use crate::sweep::stored_bytes;

pub struct DescribeLogGroups;

/// AWS's default and largest page.
const LIMIT: i64 = 50;

impl Operation for DescribeLogGroups {
    type Service = Logs;
    type Input = DescribeLogGroupsRequest;
    type Output = DescribeLogGroupsResponse;
    const SPEC: &'static OperationSpec = &api::logs::DESCRIBE_LOG_GROUPS;

    async fn access(_: &Logs, cx: &Context, _: &DescribeLogGroupsRequest) -> Result<Vec<Access>, ApiError> {
        Ok(names::access(cx, "logs:DescribeLogGroups", "", ""))
    }

    async fn run(
        logs: &Logs,
        cx: &Context,
        input: DescribeLogGroupsRequest,
    ) -> Result<Reply<DescribeLogGroupsResponse>, ApiError> {
        if input.include_linked_accounts == Some(true) || input.account_identifiers.is_some() {
            return Err(error::unsupported("accountIdentifiers and includeLinkedAccounts"));
        }
        if input.log_group_name_prefix.is_some() && input.log_group_name_pattern.is_some() {
            return Err(error::invalid(
                "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.",
            ));
        }
        let identifiers = match input.log_group_identifiers {
            Some(list) => Some(
                list.iter().map(|it| names::group_in_identifier(it)).collect::<Result<HashSet<_>, _>>()?,
            ),
            None => None,
        };
        let wanted = |group: &Group| {
            input.log_group_name_prefix.as_deref().is_none_or(|prefix| group.name.starts_with(prefix))
                && input.log_group_name_pattern.as_deref().is_none_or(|part| group.name.contains(part))
                && input.log_group_class.as_deref().is_none_or(|class| group.class == class)
                && identifiers.as_ref().is_none_or(|names| names.contains(&group.name))
                && input.next_token.as_deref().is_none_or(|last| group.name.as_str() > last)
        };
        let snapshot = logs.store.snapshot();
        let scan = Scan::prefix(keys::groups(cx.account, &cx.region));
        let all = snapshot.scan_records::<Group>(scan).await.map_err(error::unavailable)?;
        let mut rest = all.into_iter().map(|(_, group)| group).filter(wanted).peekable();
        let limit = usize::try_from(input.limit.unwrap_or(LIMIT).clamp(1, LIMIT)).unwrap_or(1);
        let mut groups = Vec::new();
        for group in rest.by_ref().take(limit) {
            let bytes = stored_bytes(&snapshot, group.id).await.map_err(error::unavailable)?;
            groups.push(view(cx, group, bytes));
        }
        let next_token = match rest.peek() {
            Some(_) => groups.last().and_then(|group| group.log_group_name.clone()),
            None => None,
        };
        Ok(DescribeLogGroupsResponse { log_groups: Some(groups), next_token }.into())
    }
}

fn view(cx: &Context, group: Group, stored_bytes: u64) -> LogGroup {
    let arn = names::group_arn(cx.account, &cx.region, &group.name);
    LogGroup {
        log_group_name: Some(group.name),
        creation_time: Some(group.created_at.as_millis()),
        retention_in_days: group.retention_days.map(i64::from),
        metric_filter_count: Some(0),
        arn: Some(format!("{arn}:*")),
        stored_bytes: i64::try_from(stored_bytes).ok(),
        log_group_class: Some(group.class),
        log_group_arn: Some(arn),
        ..LogGroup::default()
    }
}
