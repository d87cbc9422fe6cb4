//! Stored records as the API shows them.

use std::collections::{BTreeMap, HashMap};

use api::iam;
use base::{AccountId, Timestamp};
use store::Transaction;
use wire::ApiError;

use crate::error::Failure;
use crate::iam::{Iam, everything};
use crate::ident;
use crate::keys;
use crate::managed::AwsPolicy;
use crate::model::{AccessKey, ManagedPolicy, Permissions, Role, User};

pub(crate) fn user(user: &User) -> iam::User {
    iam::User {
        permissions_boundary: boundary(&user.permissions),
        tags: some_tags(&user.tags),
        ..user_listed(user)
    }
}

/// Lists leave out the boundary and the tags, as on AWS.
pub(crate) fn user_listed(user: &User) -> iam::User {
    iam::User {
        path: user.path.clone(),
        user_name: user.name.clone(),
        user_id: user.id.clone(),
        arn: user.arn.clone(),
        create_date: user.created_at,
        ..iam::User::default()
    }
}

/// The account's root as GetUser shows it.
pub(crate) fn root(account: AccountId) -> iam::User {
    iam::User {
        path: "/".to_owned(),
        user_name: "root".to_owned(),
        user_id: account.to_string(),
        arn: format!("arn:aws:iam::{account}:root"),
        create_date: Timestamp::default(),
        ..iam::User::default()
    }
}

pub(crate) fn role(role: &Role) -> iam::Role {
    iam::Role {
        permissions_boundary: boundary(&role.permissions),
        tags: some_tags(&role.tags),
        role_last_used: Some(iam::RoleLastUsed::default()),
        ..role_listed(role)
    }
}

pub(crate) fn role_listed(role: &Role) -> iam::Role {
    iam::Role {
        path: role.path.clone(),
        role_name: role.name.clone(),
        role_id: role.id.clone(),
        arn: role.arn.clone(),
        create_date: role.created_at,
        assume_role_policy_document: Some(ident::url_encode(&role.trust_policy)),
        description: role.description.clone(),
        max_session_duration: Some(i64::from(role.max_session_duration_s)),
        ..iam::Role::default()
    }
}

fn boundary(permissions: &Permissions) -> Option<iam::AttachedPermissionsBoundary> {
    permissions.boundary.as_ref().map(|arn| iam::AttachedPermissionsBoundary {
        permissions_boundary_type: Some("Policy".to_owned()),
        permissions_boundary_arn: Some(arn.clone()),
    })
}

pub(crate) fn tags(tags: &BTreeMap<String, String>) -> Vec<iam::Tag> {
    tags.iter().map(|(key, value)| iam::Tag { key: key.clone(), value: value.clone() }).collect()
}

fn some_tags(all: &BTreeMap<String, String>) -> Option<Vec<iam::Tag>> {
    (!all.is_empty()).then(|| tags(all))
}

pub(crate) fn access_key(key: AccessKey) -> iam::AccessKeyMetadata {
    iam::AccessKeyMetadata {
        user_name: Some(key.user.unwrap_or_else(|| "root".to_owned())),
        access_key_id: Some(key.id),
        status: Some(if key.active { "Active" } else { "Inactive" }.to_owned()),
        create_date: Some(key.created_at),
    }
}

pub(crate) fn policy(policy: &ManagedPolicy, usage: PolicyUsage) -> iam::Policy {
    iam::Policy {
        description: policy.description.clone(),
        tags: some_tags(&policy.tags),
        ..policy_listed(policy, usage)
    }
}

pub(crate) fn policy_listed(policy: &ManagedPolicy, usage: PolicyUsage) -> iam::Policy {
    iam::Policy {
        policy_name: Some(policy.name.clone()),
        policy_id: Some(policy.id.clone()),
        arn: Some(policy.arn.clone()),
        path: Some(policy.path.clone()),
        default_version_id: Some(format!("v{}", policy.default_version)),
        attachment_count: Some(usage.attachments),
        permissions_boundary_usage_count: Some(usage.boundaries),
        is_attachable: Some(true),
        create_date: Some(policy.created_at),
        update_date: Some(policy.updated_at),
        ..iam::Policy::default()
    }
}

pub(crate) fn aws_policy(policy: &AwsPolicy, usage: PolicyUsage) -> iam::Policy {
    iam::Policy {
        policy_name: Some(policy.name.clone()),
        policy_id: Some(policy.id.clone()),
        arn: Some(policy.arn.clone()),
        path: Some(policy.path.clone()),
        default_version_id: Some(policy.version.clone()),
        attachment_count: Some(usage.attachments),
        permissions_boundary_usage_count: Some(usage.boundaries),
        is_attachable: Some(true),
        create_date: Some(policy.created_at),
        update_date: Some(policy.updated_at),
        ..iam::Policy::default()
    }
}

/// What policies are sorted and paged by.
pub(crate) fn policy_key(policy: &iam::Policy) -> String {
    let part = |text: &Option<String>| text.clone().unwrap_or_default();
    format!("{} {}", part(&policy.policy_name).to_ascii_lowercase(), part(&policy.arn))
}

pub(crate) fn attached_key(policy: &iam::AttachedPolicy) -> String {
    let part = |text: &Option<String>| text.clone().unwrap_or_default();
    format!("{} {}", part(&policy.policy_name).to_ascii_lowercase(), part(&policy.policy_arn))
}

/// How often each managed policy is used in an account. Counted when asked: an account has few users and roles,
/// and a count kept beside them could only be wrong.
#[derive(Default)]
pub(crate) struct Usage(HashMap<String, PolicyUsage>);

#[derive(Clone, Copy, Default)]
pub(crate) struct PolicyUsage {
    attachments: i64,
    boundaries: i64,
}

impl PolicyUsage {
    pub(crate) fn any(self) -> bool {
        self.attachments + self.boundaries > 0
    }
}

impl Usage {
    pub(crate) async fn all(iam: &Iam, account: AccountId) -> Result<Usage, ApiError> {
        let users = iam.all::<User>(keys::users(account)).await?;
        let roles = iam.all::<Role>(keys::roles(account)).await?;
        Ok(Usage::count(&users, &roles))
    }

    /// Within a transaction, so that nothing is attached between the check and the deletion.
    pub(crate) async fn within(tx: &Transaction, account: AccountId) -> Result<Usage, Failure> {
        let users = tx.scan_records::<User>(everything(keys::users(account))).await?;
        let roles = tx.scan_records::<Role>(everything(keys::roles(account))).await?;
        let users: Vec<_> = users.into_iter().map(|(_, user)| user).collect();
        let roles: Vec<_> = roles.into_iter().map(|(_, role)| role).collect();
        Ok(Usage::count(&users, &roles))
    }

    fn count(users: &[User], roles: &[Role]) -> Usage {
        let mut usage = Usage::default();
        let users = users.iter().map(|user| &user.permissions);
        for permissions in users.chain(roles.iter().map(|role| &role.permissions)) {
            for arn in &permissions.attached {
                usage.0.entry(arn.clone()).or_default().attachments += 1;
            }
            if let Some(arn) = &permissions.boundary {
                usage.0.entry(arn.clone()).or_default().boundaries += 1;
            }
        }
        usage
    }

    pub(crate) fn of(&self, arn: &str) -> PolicyUsage {
        self.0.get(arn).copied().unwrap_or_default()
    }
}
