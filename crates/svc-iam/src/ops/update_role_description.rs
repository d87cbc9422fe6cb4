//! UpdateRoleDescription: sets the description of a role and answers the role.

use api::iam::{UpdateRoleDescriptionRequest, UpdateRoleDescriptionResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::keys;
use crate::model::Role;
use crate::ops::{holder, views};

pub struct UpdateRoleDescription;

impl Operation for UpdateRoleDescription {
    type Service = Iam;
    type Input = UpdateRoleDescriptionRequest;
    type Output = UpdateRoleDescriptionResponse;
    const SPEC: &'static OperationSpec = &api::iam::UPDATE_ROLE_DESCRIPTION;

    async fn access(
        iam: &Iam,
        cx: &Context,
        input: &UpdateRoleDescriptionRequest,
    ) -> Result<Vec<Access>, ApiError> {
        holder::access::<Role>(iam, cx, "iam:UpdateRoleDescription", &input.role_name).await
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: UpdateRoleDescriptionRequest,
    ) -> Result<Reply<UpdateRoleDescriptionResponse>, ApiError> {
        let (account, name, description) = (cx.account, &input.role_name, &input.description);
        let role = iam
            .change(|tx| async move {
                let mut role: Role = holder::read(&tx, account, name).await?;
                role.description = Some(description.clone());
                tx.put_record(keys::role(account, name), &role);
                Ok(role)
            })
            .await?;
        Ok(UpdateRoleDescriptionResponse { role: Some(views::role(&role)) }.into())
    }
}
