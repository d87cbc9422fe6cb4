//! The operations, one file each; what users and roles share is in `holder`, paging in `page`.

use std::sync::Arc;

use wire::Service;

use crate::iam::Iam;

mod holder;
mod page;
mod views;

mod attach_role_policy;
mod attach_user_policy;
mod create_access_key;
mod create_policy;
mod create_role;
mod create_user;
mod delete_access_key;
mod delete_policy;
mod delete_role;
mod delete_role_policy;
mod delete_user;
mod delete_user_policy;
mod detach_role_policy;
mod detach_user_policy;
mod get_policy;
mod get_policy_version;
mod get_role;
mod get_role_policy;
mod get_user;
mod get_user_policy;
mod list_access_keys;
mod list_attached_role_policies;
mod list_attached_user_policies;
mod list_instance_profiles_for_role;
mod list_policies;
mod list_policy_versions;
mod list_role_policies;
mod list_role_tags;
mod list_roles;
mod list_user_policies;
mod list_users;
mod put_role_policy;
mod put_user_policy;
mod tag_role;
mod untag_role;
mod update_access_key;
mod update_assume_role_policy;
mod update_role;
mod update_role_description;

pub use attach_role_policy::AttachRolePolicy;
pub use attach_user_policy::AttachUserPolicy;
pub use create_access_key::CreateAccessKey;
pub use create_policy::CreatePolicy;
pub use create_role::CreateRole;
pub use create_user::CreateUser;
pub use delete_access_key::DeleteAccessKey;
pub use delete_policy::DeletePolicy;
pub use delete_role::DeleteRole;
pub use delete_role_policy::DeleteRolePolicy;
pub use delete_user::DeleteUser;
pub use delete_user_policy::DeleteUserPolicy;
pub use detach_role_policy::DetachRolePolicy;
pub use detach_user_policy::DetachUserPolicy;
pub use get_policy::GetPolicy;
pub use get_policy_version::GetPolicyVersion;
pub use get_role::GetRole;
pub use get_role_policy::GetRolePolicy;
pub use get_user::GetUser;
pub use get_user_policy::GetUserPolicy;
pub use list_access_keys::ListAccessKeys;
pub use list_attached_role_policies::ListAttachedRolePolicies;
pub use list_attached_user_policies::ListAttachedUserPolicies;
pub use list_instance_profiles_for_role::ListInstanceProfilesForRole;
pub use list_policies::ListPolicies;
pub use list_policy_versions::ListPolicyVersions;
pub use list_role_policies::ListRolePolicies;
pub use list_role_tags::ListRoleTags;
pub use list_roles::ListRoles;
pub use list_user_policies::ListUserPolicies;
pub use list_users::ListUsers;
pub use put_role_policy::PutRolePolicy;
pub use put_user_policy::PutUserPolicy;
pub use tag_role::TagRole;
pub use untag_role::UntagRole;
pub use update_access_key::UpdateAccessKey;
pub use update_assume_role_policy::UpdateAssumeRolePolicy;
pub use update_role::UpdateRole;
pub use update_role_description::UpdateRoleDescription;

/// IAM's table of operations.
pub fn service(iam: Arc<Iam>) -> Service {
    Service::builder(&api::iam::SERVICE, iam)
        .with::<AttachRolePolicy>()
        .with::<AttachUserPolicy>()
        .with::<CreateAccessKey>()
        .with::<CreatePolicy>()
        .with::<CreateRole>()
        .with::<CreateUser>()
        .with::<DeleteAccessKey>()
        .with::<DeletePolicy>()
        .with::<DeleteRole>()
        .with::<DeleteRolePolicy>()
        .with::<DeleteUser>()
        .with::<DeleteUserPolicy>()
        .with::<DetachRolePolicy>()
        .with::<DetachUserPolicy>()
        .with::<GetPolicy>()
        .with::<GetPolicyVersion>()
        .with::<GetRole>()
        .with::<GetRolePolicy>()
        .with::<GetUser>()
        .with::<GetUserPolicy>()
        .with::<ListAccessKeys>()
        .with::<ListAttachedRolePolicies>()
        .with::<ListAttachedUserPolicies>()
        .with::<ListInstanceProfilesForRole>()
        .with::<ListPolicies>()
        .with::<ListPolicyVersions>()
        .with::<ListRolePolicies>()
        .with::<ListRoleTags>()
        .with::<ListRoles>()
        .with::<ListUserPolicies>()
        .with::<ListUsers>()
        .with::<PutRolePolicy>()
        .with::<PutUserPolicy>()
        .with::<TagRole>()
        .with::<UntagRole>()
        .with::<UpdateAccessKey>()
        .with::<UpdateAssumeRolePolicy>()
        .with::<UpdateRole>()
        .with::<UpdateRoleDescription>()
        .build()
}
