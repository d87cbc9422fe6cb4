//! DeleteRetentionPolicy: events are kept for ever again.

use api::Empty;
use api::logs::DeleteRetentionPolicyRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::logs::Logs;
use crate::names;
use crate::ops::retention;

pub struct DeleteRetentionPolicy;

impl Operation for DeleteRetentionPolicy {
    type Service = Logs;
    type Input = DeleteRetentionPolicyRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::logs::DELETE_RETENTION_POLICY;

    async fn access(
        _: &Logs,
        cx: &Context,
        input: &DeleteRetentionPolicyRequest,
    ) -> Result<Vec<Access>, ApiError> {
        Ok(names::access(cx, "logs:DeleteRetentionPolicy", &input.log_group_name, ""))
    }

    async fn run(
        logs: &Logs,
        cx: &Context,
        input: DeleteRetentionPolicyRequest,
    ) -> Result<Reply<Empty>, ApiError> {
        retention::set(logs, cx, &input.log_group_name, None).await?;
        Ok(Empty {}.into())
    }
}
