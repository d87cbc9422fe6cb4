//! DeleteRole: removes a role that has no policies left. Its sessions end with it.

use api::Empty;
use api::iam::DeleteRoleRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::keys;
use crate::model::Role;
use crate::ops::holder;

pub struct DeleteRole;

impl Operation for DeleteRole {
    type Service = Iam;
    type Input = DeleteRoleRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::iam::DELETE_ROLE;

    async fn access(iam: &Iam, cx: &Context, input: &DeleteRoleRequest) -> Result<Vec<Access>, ApiError> {
        holder::access::<Role>(iam, cx, "iam:DeleteRole", &input.role_name).await
    }

    async fn run(iam: &Iam, cx: &Context, input: DeleteRoleRequest) -> Result<Reply<Empty>, ApiError> {
        let (account, name) = (cx.account, &input.role_name);
        iam.change(|tx| async move {
            let role: Role = holder::read(&tx, account, name).await?;
            holder::check_empty(&role.permissions)?;
            tx.delete(keys::role(account, name));
            Ok(())
        })
        .await?;
        Ok(Empty {}.into())
    }
}
