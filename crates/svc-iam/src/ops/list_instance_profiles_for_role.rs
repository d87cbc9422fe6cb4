//! ListInstanceProfilesForRole: the instance profiles with a role. There is no EC2 here and no operation that makes a profile.

use api::iam::{ListInstanceProfilesForRoleRequest, ListInstanceProfilesForRoleResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::model::Role;
use crate::ops::holder;

pub struct ListInstanceProfilesForRole;

impl Operation for ListInstanceProfilesForRole {
    type Service = Iam;
    type Input = ListInstanceProfilesForRoleRequest;
    type Output = ListInstanceProfilesForRoleResponse;
    const SPEC: &'static OperationSpec = &api::iam::LIST_INSTANCE_PROFILES_FOR_ROLE;

    async fn access(
        iam: &Iam,
        cx: &Context,
        input: &ListInstanceProfilesForRoleRequest,
    ) -> Result<Vec<Access>, ApiError> {
        holder::access::<Role>(iam, cx, "iam:ListInstanceProfilesForRole", &input.role_name).await
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: ListInstanceProfilesForRoleRequest,
    ) -> Result<Reply<ListInstanceProfilesForRoleResponse>, ApiError> {
        iam.role(cx.account, &input.role_name).await?;
        Ok(ListInstanceProfilesForRoleResponse { is_truncated: Some(false), ..Default::default() }.into())
    }
}
