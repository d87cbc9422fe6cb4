//! DeletePolicy: removes a managed policy of the account that nothing uses.

use api::Empty;
use api::iam::DeletePolicyRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error;
use crate::iam::Iam;
use crate::ident;
use crate::keys;
use crate::managed;
use crate::model::ManagedPolicy;
use crate::ops::views::Usage;

pub struct DeletePolicy;

impl Operation for DeletePolicy {
    type Service = Iam;
    type Input = DeletePolicyRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::iam::DELETE_POLICY;

    async fn access(_iam: &Iam, _cx: &Context, input: &DeletePolicyRequest) -> Result<Vec<Access>, ApiError> {
        Ok(vec![Access::new("iam:DeletePolicy", input.policy_arn.clone())])
    }

    async fn run(iam: &Iam, cx: &Context, input: DeletePolicyRequest) -> Result<Reply<Empty>, ApiError> {
        let (account, arn) = (cx.account, &input.policy_arn);
        if managed::by_arn(arn).is_some() {
            return Err(ApiError::client(
                "AccessDenied",
                403,
                format!("Cannot delete the AWS managed policy {arn}."),
            ));
        }
        let missing = || error::no_such_policy(arn);
        let (owner, name) = ident::account_and_name(arn, "policy").ok_or_else(missing)?;
        iam.change(|tx| async move {
            let key = keys::policy(owner, name);
            let found = tx.get_record::<ManagedPolicy>(&key).await?;
            let policy = found.filter(|policy| policy.arn == *arn && owner == account).ok_or_else(missing)?;
            if Usage::within(&tx, account).await?.of(arn).any() {
                return Err(error::delete_conflict("Cannot delete a policy attached to entities.").into());
            }
            if policy.versions.len() > 1 {
                return Err(error::delete_conflict(
                    "This policy has more than one version. Before you delete a policy, you must delete the \
                     policy's versions. The default version is deleted with the policy.",
                )
                .into());
            }
            tx.delete(key);
            Ok(())
        })
        .await?;
        Ok(Empty {}.into())
    }
}
