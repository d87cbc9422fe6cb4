//! GetPolicyVersion: a version of a managed policy with its document, URL-encoded as on AWS.

use api::iam::{GetPolicyVersionRequest, GetPolicyVersionResponse, PolicyVersion};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error;
use crate::iam::Iam;
use crate::ident;
use crate::managed;

pub struct GetPolicyVersion;

impl Operation for GetPolicyVersion {
    type Service = Iam;
    type Input = GetPolicyVersionRequest;
    type Output = GetPolicyVersionResponse;
    const SPEC: &'static OperationSpec = &api::iam::GET_POLICY_VERSION;

    async fn access(
        _iam: &Iam,
        _cx: &Context,
        input: &GetPolicyVersionRequest,
    ) -> Result<Vec<Access>, ApiError> {
        Ok(vec![Access::new("iam:GetPolicyVersion", input.policy_arn.clone())])
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: GetPolicyVersionRequest,
    ) -> Result<Reply<GetPolicyVersionResponse>, ApiError> {
        let arn = &input.policy_arn;
        let missing = || error::no_such_version(arn, &input.version_id);
        let version = match managed::by_arn(arn) {
            Some(known) if known.version == input.version_id => PolicyVersion {
                document: Some(ident::url_encode(&known.document)),
                version_id: Some(known.version.clone()),
                is_default_version: Some(true),
                create_date: Some(known.updated_at),
            },
            Some(_) => return Err(missing()),
            None => {
                let policy = iam.customer_policy(cx.account, arn).await?;
                let policy = policy.ok_or_else(|| error::no_such_policy(arn))?;
                let number = input.version_id.strip_prefix('v').and_then(|number| number.parse().ok());
                let (number, version) = number
                    .and_then(|number: u32| policy.versions.get_key_value(&number))
                    .ok_or_else(missing)?;
                PolicyVersion {
                    document: Some(ident::url_encode(&version.document)),
                    version_id: Some(format!("v{number}")),
                    is_default_version: Some(*number == policy.default_version),
                    create_date: Some(version.created_at),
                }
            }
        };
        Ok(GetPolicyVersionResponse { policy_version: Some(version) }.into())
    }
}
