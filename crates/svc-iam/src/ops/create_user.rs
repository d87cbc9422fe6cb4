//! CreateUser: a user, without keys and without permissions.

use api::iam::{CreateUserRequest, CreateUserResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error;
use crate::iam::Iam;
use crate::ident;
use crate::keys;
use crate::model::{Permissions, User};
use crate::ops::{holder, views};

pub struct CreateUser;

impl Operation for CreateUser {
    type Service = Iam;
    type Input = CreateUserRequest;
    type Output = CreateUserResponse;
    const SPEC: &'static OperationSpec = &api::iam::CREATE_USER;

    async fn access(_iam: &Iam, cx: &Context, input: &CreateUserRequest) -> Result<Vec<Access>, ApiError> {
        let path = input.path.as_deref().unwrap_or("/");
        Ok(vec![holder::creation(
            cx,
            "iam:CreateUser",
            "user",
            path,
            &input.user_name,
            input.permissions_boundary.as_deref(),
        )])
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: CreateUserRequest,
    ) -> Result<Reply<CreateUserResponse>, ApiError> {
        let path = holder::checked_path(input.path)?;
        holder::check_name(&input.user_name, "userName")?;
        let arn = ident::arn(cx.account.as_str(), "user", &path, &input.user_name);
        let user = &User {
            id: ident::user_id(&*iam.entropy),
            arn,
            path,
            created_at: iam.clock.now(),
            permissions: Permissions { boundary: input.permissions_boundary, ..Permissions::default() },
            tags: holder::checked_tags(input.tags.as_deref())?,
            access_keys: Vec::new(),
            name: input.user_name,
        };
        let account = cx.account;
        iam.change(|tx| async move {
            let key = keys::user(account, &user.name);
            if tx.get_record::<User>(&key).await?.is_some() {
                return Err(
                    error::already_exists(format!("User with name {} already exists.", user.name)).into()
                );
            }
            holder::check_boundary(&tx, account, user.permissions.boundary.as_deref()).await?;
            tx.put_record(key, user);
            Ok(())
        })
        .await?;
        Ok(CreateUserResponse { user: Some(views::user(user)) }.into())
    }
}
