//! UpdateRole: sets the description and the longest session of a role; what is not given stays.

use api::iam::{UpdateRoleRequest, UpdateRoleResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::keys;
use crate::model::Role;
use crate::ops::{create_role, holder};

pub struct UpdateRole;

impl Operation for UpdateRole {
    type Service = Iam;
    type Input = UpdateRoleRequest;
    type Output = UpdateRoleResponse;
    const SPEC: &'static OperationSpec = &api::iam::UPDATE_ROLE;

    async fn access(iam: &Iam, cx: &Context, input: &UpdateRoleRequest) -> Result<Vec<Access>, ApiError> {
        holder::access::<Role>(iam, cx, "iam:UpdateRole", &input.role_name).await
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: UpdateRoleRequest,
    ) -> Result<Reply<UpdateRoleResponse>, ApiError> {
        let (account, name) = (cx.account, &input.role_name);
        let duration_s =
            input.max_session_duration.map(|seconds| create_role::duration(Some(seconds))).transpose()?;
        let description = &input.description;
        iam.change(|tx| async move {
            let mut role: Role = holder::read(&tx, account, name).await?;
            if description.is_some() {
                role.description = description.clone();
            }
            role.max_session_duration_s = duration_s.unwrap_or(role.max_session_duration_s);
            tx.put_record(keys::role(account, name), &role);
            Ok(())
        })
        .await?;
        Ok(UpdateRoleResponse {}.into())
    }
}
