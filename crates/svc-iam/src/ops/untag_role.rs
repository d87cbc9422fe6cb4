//! UntagRole: removes tags of a role; a key it has not is no error.

use api::Empty;
use api::iam::UntagRoleRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::keys;
use crate::model::Role;
use crate::ops::holder;

pub struct UntagRole;

impl Operation for UntagRole {
    type Service = Iam;
    type Input = UntagRoleRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::iam::UNTAG_ROLE;

    async fn access(iam: &Iam, cx: &Context, input: &UntagRoleRequest) -> Result<Vec<Access>, ApiError> {
        holder::access::<Role>(iam, cx, "iam:UntagRole", &input.role_name).await
    }

    async fn run(iam: &Iam, cx: &Context, input: UntagRoleRequest) -> Result<Reply<Empty>, ApiError> {
        let (account, name, removed) = (cx.account, &input.role_name, &input.tag_keys);
        iam.change(|tx| async move {
            let mut role: Role = holder::read(&tx, account, name).await?;
            role.tags.retain(|key, _| !removed.contains(key));
            tx.put_record(keys::role(account, name), &role);
            Ok(())
        })
        .await?;
        Ok(Empty {}.into())
    }
}
