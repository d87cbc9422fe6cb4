//! GetUser: a user; without a name, the caller.

use api::iam::{GetUserRequest, GetUserResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::ops::holder::KeyOwner;
use crate::ops::views;

pub struct GetUser;

impl Operation for GetUser {
    type Service = Iam;
    type Input = GetUserRequest;
    type Output = GetUserResponse;
    const SPEC: &'static OperationSpec = &api::iam::GET_USER;

    async fn access(iam: &Iam, cx: &Context, input: &GetUserRequest) -> Result<Vec<Access>, ApiError> {
        KeyOwner::of(cx, input.user_name.as_deref())?.access(iam, cx, "iam:GetUser").await
    }

    async fn run(iam: &Iam, cx: &Context, input: GetUserRequest) -> Result<Reply<GetUserResponse>, ApiError> {
        let user = match KeyOwner::of(cx, input.user_name.as_deref())? {
            KeyOwner::User(name) => views::user(&iam.user(cx.account, &name).await?),
            KeyOwner::Root => views::root(cx.account),
        };
        Ok(GetUserResponse { user }.into())
    }
}
