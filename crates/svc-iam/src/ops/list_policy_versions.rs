//! ListPolicyVersions: the versions of a managed policy, newest first, without their documents, as on AWS.

use api::iam::{ListPolicyVersionsRequest, ListPolicyVersionsResponse, PolicyVersion};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error;
use crate::iam::Iam;
use crate::managed;
use crate::ops::page::Page;

pub struct ListPolicyVersions;

impl Operation for ListPolicyVersions {
    type Service = Iam;
    type Input = ListPolicyVersionsRequest;
    type Output = ListPolicyVersionsResponse;
    const SPEC: &'static OperationSpec = &api::iam::LIST_POLICY_VERSIONS;

    async fn access(
        _iam: &Iam,
        _cx: &Context,
        input: &ListPolicyVersionsRequest,
    ) -> Result<Vec<Access>, ApiError> {
        Ok(vec![Access::new("iam:ListPolicyVersions", input.policy_arn.clone())])
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: ListPolicyVersionsRequest,
    ) -> Result<Reply<ListPolicyVersionsResponse>, ApiError> {
        let arn = &input.policy_arn;
        let versions: Vec<(u32, PolicyVersion)> = match managed::by_arn(arn) {
            // Of AWS's policies, only the version in force is known.
            Some(known) => {
                let version = PolicyVersion {
                    version_id: Some(known.version.clone()),
                    is_default_version: Some(true),
                    create_date: Some(known.updated_at),
                    ..PolicyVersion::default()
                };
                vec![(1, version)]
            }
            None => {
                let policy = iam.customer_policy(cx.account, arn).await?;
                let policy = policy.ok_or_else(|| error::no_such_policy(arn))?;
                let shown = |(number, version): (&u32, &crate::model::PolicyVersion)| {
                    let shown = PolicyVersion {
                        version_id: Some(format!("v{number}")),
                        is_default_version: Some(*number == policy.default_version),
                        create_date: Some(version.created_at),
                        ..PolicyVersion::default()
                    };
                    (*number, shown)
                };
                policy.versions.iter().rev().map(shown).collect()
            }
        };
        // Pages go upwards by their key; versions go down.
        let page = Page::of(versions, input.marker.as_deref(), input.max_items, |(number, _)| {
            format!("{:010}", u32::MAX - number)
        });
        Ok(ListPolicyVersionsResponse {
            versions: Some(page.items.into_iter().map(|(_, version)| version).collect()),
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        }
        .into())
    }
}
