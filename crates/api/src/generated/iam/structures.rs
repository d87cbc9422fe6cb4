//! AWS Identity and Access Management: its structures as Rust types. Written by `cargo xtask codegen`; do not edit.

use crate::convert;
use base::Timestamp;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccessKey {
    pub user_name: String,
    pub access_key_id: String,
    pub status: String,
    pub secret_access_key: String,
    pub create_date: Option<Timestamp>,
}
convert!(AccessKey, [
    user_name "UserName", access_key_id "AccessKeyId", status "Status",
    secret_access_key "SecretAccessKey",
], [create_date "CreateDate"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccessKeyMetadata {
    pub user_name: Option<String>,
    pub access_key_id: Option<String>,
    pub status: Option<String>,
    pub create_date: Option<Timestamp>,
}
convert!(AccessKeyMetadata, [], [
    user_name "UserName", access_key_id "AccessKeyId", status "Status", create_date "CreateDate",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachRolePolicyRequest {
    pub role_name: String,
    pub policy_arn: String,
}
convert!(AttachRolePolicyRequest, [
    role_name "RoleName", policy_arn "PolicyArn",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachUserPolicyRequest {
    pub user_name: String,
    pub policy_arn: String,
}
convert!(AttachUserPolicyRequest, [
    user_name "UserName", policy_arn "PolicyArn",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachedPermissionsBoundary {
    pub permissions_boundary_type: Option<String>,
    pub permissions_boundary_arn: Option<String>,
}
convert!(AttachedPermissionsBoundary, [], [
    permissions_boundary_type "PermissionsBoundaryType",
    permissions_boundary_arn "PermissionsBoundaryArn",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachedPolicy {
    pub policy_name: Option<String>,
    pub policy_arn: Option<String>,
}
convert!(AttachedPolicy, [], [
    policy_name "PolicyName", policy_arn "PolicyArn",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConcurrentModificationException {
    pub message: Option<String>,
}
convert!(ConcurrentModificationException, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateAccessKeyRequest {
    pub user_name: Option<String>,
}
convert!(CreateAccessKeyRequest, [], [user_name "UserName"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateAccessKeyResponse {
    pub access_key: AccessKey,
}
convert!(CreateAccessKeyResponse, [access_key "AccessKey"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreatePolicyRequest {
    pub policy_name: String,
    pub path: Option<String>,
    pub policy_document: String,
    pub description: Option<String>,
    pub tags: Option<Vec<Tag>>,
}
convert!(CreatePolicyRequest, [
    policy_name "PolicyName", policy_document "PolicyDocument",
], [
    path "Path", description "Description", tags "Tags",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreatePolicyResponse {
    pub policy: Option<Policy>,
}
convert!(CreatePolicyResponse, [], [policy "Policy"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateRoleRequest {
    pub path: Option<String>,
    pub role_name: String,
    pub assume_role_policy_document: String,
    pub description: Option<String>,
    pub max_session_duration: Option<i64>,
    pub permissions_boundary: Option<String>,
    pub tags: Option<Vec<Tag>>,
}
convert!(CreateRoleRequest, [
    role_name "RoleName", assume_role_policy_document "AssumeRolePolicyDocument",
], [
    path "Path", description "Description", max_session_duration "MaxSessionDuration",
    permissions_boundary "PermissionsBoundary", tags "Tags",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateRoleResponse {
    pub role: Role,
}
convert!(CreateRoleResponse, [role "Role"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateUserRequest {
    pub path: Option<String>,
    pub user_name: String,
    pub permissions_boundary: Option<String>,
    pub tags: Option<Vec<Tag>>,
}
convert!(CreateUserRequest, [user_name "UserName"], [
    path "Path", permissions_boundary "PermissionsBoundary", tags "Tags",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateUserResponse {
    pub user: Option<User>,
}
convert!(CreateUserResponse, [], [user "User"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteAccessKeyRequest {
    pub user_name: Option<String>,
    pub access_key_id: String,
}
convert!(DeleteAccessKeyRequest, [access_key_id "AccessKeyId"], [user_name "UserName"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteConflictException {
    pub message: Option<String>,
}
convert!(DeleteConflictException, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeletePolicyRequest {
    pub policy_arn: String,
}
convert!(DeletePolicyRequest, [policy_arn "PolicyArn"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteRolePolicyRequest {
    pub role_name: String,
    pub policy_name: String,
}
convert!(DeleteRolePolicyRequest, [
    role_name "RoleName", policy_name "PolicyName",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteRoleRequest {
    pub role_name: String,
}
convert!(DeleteRoleRequest, [role_name "RoleName"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteUserPolicyRequest {
    pub user_name: String,
    pub policy_name: String,
}
convert!(DeleteUserPolicyRequest, [
    user_name "UserName", policy_name "PolicyName",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteUserRequest {
    pub user_name: String,
}
convert!(DeleteUserRequest, [user_name "UserName"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DetachRolePolicyRequest {
    pub role_name: String,
    pub policy_arn: String,
}
convert!(DetachRolePolicyRequest, [
    role_name "RoleName", policy_arn "PolicyArn",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DetachUserPolicyRequest {
    pub user_name: String,
    pub policy_arn: String,
}
convert!(DetachUserPolicyRequest, [
    user_name "UserName", policy_arn "PolicyArn",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntityAlreadyExistsException {
    pub message: Option<String>,
}
convert!(EntityAlreadyExistsException, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetPolicyRequest {
    pub policy_arn: String,
}
convert!(GetPolicyRequest, [policy_arn "PolicyArn"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetPolicyResponse {
    pub policy: Option<Policy>,
}
convert!(GetPolicyResponse, [], [policy "Policy"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetPolicyVersionRequest {
    pub policy_arn: String,
    pub version_id: String,
}
convert!(GetPolicyVersionRequest, [
    policy_arn "PolicyArn", version_id "VersionId",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetPolicyVersionResponse {
    pub policy_version: Option<PolicyVersion>,
}
convert!(GetPolicyVersionResponse, [], [policy_version "PolicyVersion"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetRolePolicyRequest {
    pub role_name: String,
    pub policy_name: String,
}
convert!(GetRolePolicyRequest, [
    role_name "RoleName", policy_name "PolicyName",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetRolePolicyResponse {
    pub role_name: String,
    pub policy_name: String,
    pub policy_document: String,
}
convert!(GetRolePolicyResponse, [
    role_name "RoleName", policy_name "PolicyName", policy_document "PolicyDocument",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetRoleRequest {
    pub role_name: String,
}
convert!(GetRoleRequest, [role_name "RoleName"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetRoleResponse {
    pub role: Role,
}
convert!(GetRoleResponse, [role "Role"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetUserPolicyRequest {
    pub user_name: String,
    pub policy_name: String,
}
convert!(GetUserPolicyRequest, [
    user_name "UserName", policy_name "PolicyName",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetUserPolicyResponse {
    pub user_name: String,
    pub policy_name: String,
    pub policy_document: String,
}
convert!(GetUserPolicyResponse, [
    user_name "UserName", policy_name "PolicyName", policy_document "PolicyDocument",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetUserRequest {
    pub user_name: Option<String>,
}
convert!(GetUserRequest, [], [user_name "UserName"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetUserResponse {
    pub user: User,
}
convert!(GetUserResponse, [user "User"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InstanceProfile {
    pub path: String,
    pub instance_profile_name: String,
    pub instance_profile_id: String,
    pub arn: String,
    pub create_date: Timestamp,
    pub roles: Vec<Role>,
    pub tags: Option<Vec<Tag>>,
}
convert!(InstanceProfile, [
    path "Path", instance_profile_name "InstanceProfileName", instance_profile_id "InstanceProfileId",
    arn "Arn", create_date "CreateDate", roles "Roles",
], [tags "Tags"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvalidInputException {
    pub message: Option<String>,
}
convert!(InvalidInputException, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LimitExceededException {
    pub message: Option<String>,
}
convert!(LimitExceededException, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAccessKeysRequest {
    pub user_name: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListAccessKeysRequest, [], [
    user_name "UserName", marker "Marker", max_items "MaxItems",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAccessKeysResponse {
    pub access_key_metadata: Vec<AccessKeyMetadata>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}
convert!(ListAccessKeysResponse, [
    access_key_metadata "AccessKeyMetadata",
], [
    is_truncated "IsTruncated", marker "Marker",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAttachedRolePoliciesRequest {
    pub role_name: String,
    pub path_prefix: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListAttachedRolePoliciesRequest, [role_name "RoleName"], [
    path_prefix "PathPrefix", marker "Marker", max_items "MaxItems",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAttachedRolePoliciesResponse {
    pub attached_policies: Option<Vec<AttachedPolicy>>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}
convert!(ListAttachedRolePoliciesResponse, [], [
    attached_policies "AttachedPolicies", is_truncated "IsTruncated", marker "Marker",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAttachedUserPoliciesRequest {
    pub user_name: String,
    pub path_prefix: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListAttachedUserPoliciesRequest, [user_name "UserName"], [
    path_prefix "PathPrefix", marker "Marker", max_items "MaxItems",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAttachedUserPoliciesResponse {
    pub attached_policies: Option<Vec<AttachedPolicy>>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}
convert!(ListAttachedUserPoliciesResponse, [], [
    attached_policies "AttachedPolicies", is_truncated "IsTruncated", marker "Marker",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListInstanceProfilesForRoleRequest {
    pub role_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListInstanceProfilesForRoleRequest, [role_name "RoleName"], [marker "Marker", max_items "MaxItems"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListInstanceProfilesForRoleResponse {
    pub instance_profiles: Vec<InstanceProfile>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}
convert!(ListInstanceProfilesForRoleResponse, [instance_profiles "InstanceProfiles"], [
    is_truncated "IsTruncated", marker "Marker",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPoliciesRequest {
    pub scope: Option<String>,
    pub only_attached: Option<bool>,
    pub path_prefix: Option<String>,
    pub policy_usage_filter: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListPoliciesRequest, [], [
    scope "Scope", only_attached "OnlyAttached", path_prefix "PathPrefix",
    policy_usage_filter "PolicyUsageFilter", marker "Marker", max_items "MaxItems",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPoliciesResponse {
    pub policies: Option<Vec<Policy>>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}
convert!(ListPoliciesResponse, [], [
    policies "Policies", is_truncated "IsTruncated", marker "Marker",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPolicyVersionsRequest {
    pub policy_arn: String,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListPolicyVersionsRequest, [policy_arn "PolicyArn"], [marker "Marker", max_items "MaxItems"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPolicyVersionsResponse {
    pub versions: Option<Vec<PolicyVersion>>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}
convert!(ListPolicyVersionsResponse, [], [
    versions "Versions", is_truncated "IsTruncated", marker "Marker",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRolePoliciesRequest {
    pub role_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListRolePoliciesRequest, [role_name "RoleName"], [marker "Marker", max_items "MaxItems"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRolePoliciesResponse {
    pub policy_names: Vec<String>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}
convert!(ListRolePoliciesResponse, [policy_names "PolicyNames"], [
    is_truncated "IsTruncated", marker "Marker",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRoleTagsRequest {
    pub role_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListRoleTagsRequest, [role_name "RoleName"], [marker "Marker", max_items "MaxItems"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRoleTagsResponse {
    pub tags: Vec<Tag>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}
convert!(ListRoleTagsResponse, [tags "Tags"], [
    is_truncated "IsTruncated", marker "Marker",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRolesRequest {
    pub path_prefix: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListRolesRequest, [], [
    path_prefix "PathPrefix", marker "Marker", max_items "MaxItems",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRolesResponse {
    pub roles: Vec<Role>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}
convert!(ListRolesResponse, [roles "Roles"], [
    is_truncated "IsTruncated", marker "Marker",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListUserPoliciesRequest {
    pub user_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListUserPoliciesRequest, [user_name "UserName"], [marker "Marker", max_items "MaxItems"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListUserPoliciesResponse {
    pub policy_names: Vec<String>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}
convert!(ListUserPoliciesResponse, [policy_names "PolicyNames"], [
    is_truncated "IsTruncated", marker "Marker",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListUsersRequest {
    pub path_prefix: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListUsersRequest, [], [
    path_prefix "PathPrefix", marker "Marker", max_items "MaxItems",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListUsersResponse {
    pub users: Vec<User>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}
convert!(ListUsersResponse, [users "Users"], [
    is_truncated "IsTruncated", marker "Marker",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct MalformedPolicyDocumentException {
    pub message: Option<String>,
}
convert!(MalformedPolicyDocumentException, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NoSuchEntityException {
    pub message: Option<String>,
}
convert!(NoSuchEntityException, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    pub policy_name: Option<String>,
    pub policy_id: Option<String>,
    pub arn: Option<String>,
    pub path: Option<String>,
    pub default_version_id: Option<String>,
    pub attachment_count: Option<i64>,
    pub permissions_boundary_usage_count: Option<i64>,
    pub is_attachable: Option<bool>,
    pub description: Option<String>,
    pub create_date: Option<Timestamp>,
    pub update_date: Option<Timestamp>,
    pub tags: Option<Vec<Tag>>,
}
convert!(Policy, [], [
    policy_name "PolicyName", policy_id "PolicyId", arn "Arn", path "Path",
    default_version_id "DefaultVersionId", attachment_count "AttachmentCount",
    permissions_boundary_usage_count "PermissionsBoundaryUsageCount", is_attachable "IsAttachable",
    description "Description", create_date "CreateDate", update_date "UpdateDate", tags "Tags",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyNotAttachableException {
    pub message: Option<String>,
}
convert!(PolicyNotAttachableException, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyVersion {
    pub document: Option<String>,
    pub version_id: Option<String>,
    pub is_default_version: Option<bool>,
    pub create_date: Option<Timestamp>,
}
convert!(PolicyVersion, [], [
    document "Document", version_id "VersionId", is_default_version "IsDefaultVersion",
    create_date "CreateDate",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutRolePolicyRequest {
    pub role_name: String,
    pub policy_name: String,
    pub policy_document: String,
}
convert!(PutRolePolicyRequest, [
    role_name "RoleName", policy_name "PolicyName", policy_document "PolicyDocument",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutUserPolicyRequest {
    pub user_name: String,
    pub policy_name: String,
    pub policy_document: String,
}
convert!(PutUserPolicyRequest, [
    user_name "UserName", policy_name "PolicyName", policy_document "PolicyDocument",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Role {
    pub path: String,
    pub role_name: String,
    pub role_id: String,
    pub arn: String,
    pub create_date: Timestamp,
    pub assume_role_policy_document: Option<String>,
    pub description: Option<String>,
    pub max_session_duration: Option<i64>,
    pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    pub tags: Option<Vec<Tag>>,
    pub role_last_used: Option<RoleLastUsed>,
    pub source_role_template: Option<SourceRoleTemplate>,
}
convert!(Role, [
    path "Path", role_name "RoleName", role_id "RoleId", arn "Arn", create_date "CreateDate",
], [
    assume_role_policy_document "AssumeRolePolicyDocument", description "Description",
    max_session_duration "MaxSessionDuration", permissions_boundary "PermissionsBoundary", tags "Tags",
    role_last_used "RoleLastUsed", source_role_template "SourceRoleTemplate",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoleLastUsed {
    pub last_used_date: Option<Timestamp>,
    pub region: Option<String>,
}
convert!(RoleLastUsed, [], [
    last_used_date "LastUsedDate", region "Region",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServiceFailureException {
    pub message: Option<String>,
}
convert!(ServiceFailureException, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceRoleTemplate {
    pub template_arn: String,
    pub template_minor_version: i64,
}
convert!(SourceRoleTemplate, [
    template_arn "TemplateArn", template_minor_version "TemplateMinorVersion",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tag {
    pub key: String,
    pub value: String,
}
convert!(Tag, [key "Key", value "Value"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagRoleRequest {
    pub role_name: String,
    pub tags: Vec<Tag>,
}
convert!(TagRoleRequest, [role_name "RoleName", tags "Tags"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnmodifiableEntityException {
    pub message: Option<String>,
}
convert!(UnmodifiableEntityException, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UntagRoleRequest {
    pub role_name: String,
    pub tag_keys: Vec<String>,
}
convert!(UntagRoleRequest, [
    role_name "RoleName", tag_keys "TagKeys",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateAccessKeyRequest {
    pub user_name: Option<String>,
    pub access_key_id: String,
    pub status: String,
}
convert!(UpdateAccessKeyRequest, [
    access_key_id "AccessKeyId", status "Status",
], [user_name "UserName"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateAssumeRolePolicyRequest {
    pub role_name: String,
    pub policy_document: String,
}
convert!(UpdateAssumeRolePolicyRequest, [
    role_name "RoleName", policy_document "PolicyDocument",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateRoleDescriptionRequest {
    pub role_name: String,
    pub description: String,
}
convert!(UpdateRoleDescriptionRequest, [
    role_name "RoleName", description "Description",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateRoleDescriptionResponse {
    pub role: Option<Role>,
}
convert!(UpdateRoleDescriptionResponse, [], [role "Role"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateRoleRequest {
    pub role_name: String,
    pub description: Option<String>,
    pub max_session_duration: Option<i64>,
}
convert!(UpdateRoleRequest, [role_name "RoleName"], [
    description "Description", max_session_duration "MaxSessionDuration",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateRoleResponse {}
convert!(UpdateRoleResponse, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct User {
    pub path: String,
    pub user_name: String,
    pub user_id: String,
    pub arn: String,
    pub create_date: Timestamp,
    pub password_last_used: Option<Timestamp>,
    pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    pub tags: Option<Vec<Tag>>,
}
convert!(User, [
    path "Path", user_name "UserName", user_id "UserId", arn "Arn", create_date "CreateDate",
], [
    password_last_used "PasswordLastUsed", permissions_boundary "PermissionsBoundary", tags "Tags",
]);
