//! CreatePolicy: a managed policy of the account, at version v1.

use api::iam::{CreatePolicyRequest, CreatePolicyResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error;
use crate::iam::Iam;
use crate::ident;
use crate::keys;
use crate::model::{ManagedPolicy, PolicyVersion};
use crate::ops::views::PolicyUsage;
use crate::ops::{holder, views};

/// Characters, white space not counted.
const DOCUMENT_MAX: usize = 6144;

pub struct CreatePolicy;

impl Operation for CreatePolicy {
    type Service = Iam;
    type Input = CreatePolicyRequest;
    type Output = CreatePolicyResponse;
    const SPEC: &'static OperationSpec = &api::iam::CREATE_POLICY;

    async fn access(_iam: &Iam, cx: &Context, input: &CreatePolicyRequest) -> Result<Vec<Access>, ApiError> {
        let path = input.path.as_deref().unwrap_or("/");
        Ok(vec![holder::creation(cx, "iam:CreatePolicy", "policy", path, &input.policy_name, None)])
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: CreatePolicyRequest,
    ) -> Result<Reply<CreatePolicyResponse>, ApiError> {
        let path = holder::checked_path(input.path)?;
        holder::check_name(&input.policy_name, "policyName")?;
        holder::check_document(&input.policy_document)?;
        if holder::size(&input.policy_document) > DOCUMENT_MAX {
            return Err(error::quota("PolicySize", DOCUMENT_MAX));
        }
        let now = iam.clock.now();
        let version = PolicyVersion { document: input.policy_document, created_at: now };
        let policy = &ManagedPolicy {
            id: ident::policy_id(&*iam.entropy),
            arn: ident::arn(cx.account.as_str(), "policy", &path, &input.policy_name),
            path,
            description: input.description,
            created_at: now,
            updated_at: now,
            tags: holder::checked_tags(input.tags.as_deref())?,
            default_version: 1,
            versions: [(1, version)].into(),
            name: input.policy_name,
        };
        let account = cx.account;
        iam.change(|tx| async move {
            let key = keys::policy(account, &policy.name);
            if tx.get_record::<ManagedPolicy>(&key).await?.is_some() {
                return Err(error::already_exists(format!(
                    "A policy called {} already exists. Duplicate names are not allowed.",
                    policy.name
                ))
                .into());
            }
            tx.put_record(key, policy);
            Ok(())
        })
        .await?;
        Ok(CreatePolicyResponse { policy: Some(views::policy(policy, PolicyUsage::default())) }.into())
    }
}
