//! CreateRole: a role with its trust policy.

use api::iam::{CreateRoleRequest, CreateRoleResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error;
use crate::iam::Iam;
use crate::ident;
use crate::keys;
use crate::model::{Permissions, Role};
use crate::ops::{holder, views};

pub struct CreateRole;

impl Operation for CreateRole {
    type Service = Iam;
    type Input = CreateRoleRequest;
    type Output = CreateRoleResponse;
    const SPEC: &'static OperationSpec = &api::iam::CREATE_ROLE;

    async fn access(_iam: &Iam, cx: &Context, input: &CreateRoleRequest) -> Result<Vec<Access>, ApiError> {
        let path = input.path.as_deref().unwrap_or("/");
        Ok(vec![holder::creation(
            cx,
            "iam:CreateRole",
            "role",
            path,
            &input.role_name,
            input.permissions_boundary.as_deref(),
        )])
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: CreateRoleRequest,
    ) -> Result<Reply<CreateRoleResponse>, ApiError> {
        let path = holder::checked_path(input.path)?;
        holder::check_name(&input.role_name, "roleName")?;
        holder::check_trust_policy(&input.assume_role_policy_document)?;
        let arn = ident::arn(cx.account.as_str(), "role", &path, &input.role_name);
        let role = &Role {
            id: ident::role_id(&*iam.entropy),
            arn,
            path,
            created_at: iam.clock.now(),
            description: input.description,
            trust_policy: input.assume_role_policy_document,
            max_session_duration_s: duration(input.max_session_duration)?,
            permissions: Permissions { boundary: input.permissions_boundary, ..Permissions::default() },
            tags: holder::checked_tags(input.tags.as_deref())?,
            name: input.role_name,
        };
        let account = cx.account;
        iam.change(|tx| async move {
            let key = keys::role(account, &role.name);
            if tx.get_record::<Role>(&key).await?.is_some() {
                return Err(
                    error::already_exists(format!("Role with name {} already exists.", role.name)).into()
                );
            }
            holder::check_boundary(&tx, account, role.permissions.boundary.as_deref()).await?;
            tx.put_record(key, role);
            Ok(())
        })
        .await?;
        Ok(CreateRoleResponse { role: views::role(role) }.into())
    }
}

/// One hour unless asked for otherwise, up to twelve.
pub(super) fn duration(seconds: Option<i64>) -> Result<u32, ApiError> {
    match seconds {
        None => Ok(3600),
        Some(seconds) => {
            u32::try_from(seconds).ok().filter(|seconds| (3600..=43_200).contains(seconds)).ok_or_else(|| {
                error::validation("The requested MaxSessionDuration must be between 3600 and 43200 seconds.")
            })
        }
    }
}
