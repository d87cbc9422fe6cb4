//! UpdateAssumeRolePolicy: replaces the trust policy of a role.

use api::Empty;
use api::iam::UpdateAssumeRolePolicyRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::keys;
use crate::model::Role;
use crate::ops::holder;

pub struct UpdateAssumeRolePolicy;

impl Operation for UpdateAssumeRolePolicy {
    type Service = Iam;
    type Input = UpdateAssumeRolePolicyRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::iam::UPDATE_ASSUME_ROLE_POLICY;

    async fn access(
        iam: &Iam,
        cx: &Context,
        input: &UpdateAssumeRolePolicyRequest,
    ) -> Result<Vec<Access>, ApiError> {
        holder::access::<Role>(iam, cx, "iam:UpdateAssumeRolePolicy", &input.role_name).await
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: UpdateAssumeRolePolicyRequest,
    ) -> Result<Reply<Empty>, ApiError> {
        let (account, name, document) = (cx.account, &input.role_name, &input.policy_document);
        holder::check_trust_policy(document)?;
        iam.change(|tx| async move {
            let mut role: Role = holder::read(&tx, account, name).await?;
            role.trust_policy = document.clone();
            tx.put_record(keys::role(account, name), &role);
            Ok(())
        })
        .await?;
        Ok(Empty {}.into())
    }
}
