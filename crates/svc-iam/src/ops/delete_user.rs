//! DeleteUser: removes a user that has neither policies nor keys left.

use api::Empty;
use api::iam::DeleteUserRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error;
use crate::iam::Iam;
use crate::keys;
use crate::model::User;
use crate::ops::holder;

pub struct DeleteUser;

impl Operation for DeleteUser {
    type Service = Iam;
    type Input = DeleteUserRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::iam::DELETE_USER;

    async fn access(iam: &Iam, cx: &Context, input: &DeleteUserRequest) -> Result<Vec<Access>, ApiError> {
        holder::access::<User>(iam, cx, "iam:DeleteUser", &input.user_name).await
    }

    async fn run(iam: &Iam, cx: &Context, input: DeleteUserRequest) -> Result<Reply<Empty>, ApiError> {
        let (account, name) = (cx.account, &input.user_name);
        iam.change(|tx| async move {
            let user: User = holder::read(&tx, account, name).await?;
            holder::check_empty(&user.permissions)?;
            if !user.access_keys.is_empty() {
                return Err(
                    error::delete_conflict("Cannot delete entity, must delete access keys first.").into()
                );
            }
            tx.delete(keys::user(account, name));
            Ok(())
        })
        .await?;
        Ok(Empty {}.into())
    }
}
