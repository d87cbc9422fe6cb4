//! PutRetentionPolicy: events older than so many days are deleted.

use api::Empty;
use api::logs::PutRetentionPolicyRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::logs::Logs;
use crate::names;
use crate::ops::retention;

pub struct PutRetentionPolicy;

impl Operation for PutRetentionPolicy {
    type Service = Logs;
    type Input = PutRetentionPolicyRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::logs::PUT_RETENTION_POLICY;

    async fn access(
        _: &Logs,
        cx: &Context,
        input: &PutRetentionPolicyRequest,
    ) -> Result<Vec<Access>, ApiError> {
        Ok(names::access(cx, "logs:PutRetentionPolicy", &input.log_group_name, ""))
    }

    async fn run(
        logs: &Logs,
        cx: &Context,
        input: PutRetentionPolicyRequest,
    ) -> Result<Reply<Empty>, ApiError> {
        let days = retention::checked(input.retention_in_days)?;
        retention::set(logs, cx, &input.log_group_name, Some(days)).await?;
        Ok(Empty {}.into())
    }
}
