//! AWS Identity and Access Management: the service and its operations. Written by `cargo xtask codegen`; do not edit.

pub mod errors;
mod structures;
pub mod tables;

use shape::{OperationSpec, Protocol, ServiceSpec};

pub use structures::*;

pub static SERVICE: ServiceSpec = ServiceSpec {
    id: "iam",
    signing_name: "iam",
    protocol: Protocol::AwsQuery,
    api_version: "2010-05-08",
    target_prefix: None,
    xml_namespace: Some("https://iam.amazonaws.com/doc/2010-05-08/"),
    query_compatible: None,
    operations: &[
        &ATTACH_ROLE_POLICY,
        &ATTACH_USER_POLICY,
        &CREATE_ACCESS_KEY,
        &CREATE_POLICY,
        &CREATE_ROLE,
        &CREATE_USER,
        &DELETE_ACCESS_KEY,
        &DELETE_POLICY,
        &DELETE_ROLE,
        &DELETE_ROLE_POLICY,
        &DELETE_USER,
        &DELETE_USER_POLICY,
        &DETACH_ROLE_POLICY,
        &DETACH_USER_POLICY,
        &GET_POLICY,
        &GET_POLICY_VERSION,
        &GET_ROLE,
        &GET_ROLE_POLICY,
        &GET_USER,
        &GET_USER_POLICY,
        &LIST_ACCESS_KEYS,
        &LIST_ATTACHED_ROLE_POLICIES,
        &LIST_ATTACHED_USER_POLICIES,
        &LIST_INSTANCE_PROFILES_FOR_ROLE,
        &LIST_POLICIES,
        &LIST_POLICY_VERSIONS,
        &LIST_ROLE_POLICIES,
        &LIST_ROLE_TAGS,
        &LIST_ROLES,
        &LIST_USER_POLICIES,
        &LIST_USERS,
        &PUT_ROLE_POLICY,
        &PUT_USER_POLICY,
        &TAG_ROLE,
        &UNTAG_ROLE,
        &UPDATE_ACCESS_KEY,
        &UPDATE_ASSUME_ROLE_POLICY,
        &UPDATE_ROLE,
        &UPDATE_ROLE_DESCRIPTION,
    ],
    unsupported: &[
        ("AcceptDelegationRequest", "POST", "/"),
        ("AcquireRole", "POST", "/"),
        ("AddClientIDToOpenIDConnectProvider", "POST", "/"),
        ("AddRoleToInstanceProfile", "POST", "/"),
        ("AddUserToGroup", "POST", "/"),
        ("AssociateDelegationRequest", "POST", "/"),
        ("AttachGroupPolicy", "POST", "/"),
        ("ChangePassword", "POST", "/"),
        ("CreateAccountAlias", "POST", "/"),
        ("CreateDelegationRequest", "POST", "/"),
        ("CreateGroup", "POST", "/"),
        ("CreateInstanceProfile", "POST", "/"),
        ("CreateLoginProfile", "POST", "/"),
        ("CreateOpenIDConnectProvider", "POST", "/"),
        ("CreatePolicyVersion", "POST", "/"),
        ("CreateSAMLProvider", "POST", "/"),
        ("CreateServiceLinkedRole", "POST", "/"),
        ("CreateServiceSpecificCredential", "POST", "/"),
        ("CreateVirtualMFADevice", "POST", "/"),
        ("DeactivateMFADevice", "POST", "/"),
        ("DeleteAccountAlias", "POST", "/"),
        ("DeleteAccountPasswordPolicy", "POST", "/"),
        ("DeleteGroup", "POST", "/"),
        ("DeleteGroupPolicy", "POST", "/"),
        ("DeleteInstanceProfile", "POST", "/"),
        ("DeleteLoginProfile", "POST", "/"),
        ("DeleteOpenIDConnectProvider", "POST", "/"),
        ("DeletePolicyVersion", "POST", "/"),
        ("DeleteRolePermissionsBoundary", "POST", "/"),
        ("DeleteSAMLProvider", "POST", "/"),
        ("DeleteSSHPublicKey", "POST", "/"),
        ("DeleteServerCertificate", "POST", "/"),
        ("DeleteServiceLinkedRole", "POST", "/"),
        ("DeleteServiceSpecificCredential", "POST", "/"),
        ("DeleteSigningCertificate", "POST", "/"),
        ("DeleteUserPermissionsBoundary", "POST", "/"),
        ("DeleteVirtualMFADevice", "POST", "/"),
        ("DetachGroupPolicy", "POST", "/"),
        ("DisableOrganizationsRootCredentialsManagement", "POST", "/"),
        ("DisableOrganizationsRootSessions", "POST", "/"),
        ("DisableOutboundWebIdentityFederation", "POST", "/"),
        ("EnableMFADevice", "POST", "/"),
        ("EnableOrganizationsRootCredentialsManagement", "POST", "/"),
        ("EnableOrganizationsRootSessions", "POST", "/"),
        ("EnableOutboundWebIdentityFederation", "POST", "/"),
        ("GenerateCredentialReport", "POST", "/"),
        ("GenerateOrganizationsAccessReport", "POST", "/"),
        ("GenerateServiceLastAccessedDetails", "POST", "/"),
        ("GetAccessKeyLastUsed", "POST", "/"),
        ("GetAccountAuthorizationDetails", "POST", "/"),
        ("GetAccountPasswordPolicy", "POST", "/"),
        ("GetAccountProperties", "POST", "/"),
        ("GetAccountSummary", "POST", "/"),
        ("GetContextKeysForCustomPolicy", "POST", "/"),
        ("GetContextKeysForPrincipalPolicy", "POST", "/"),
        ("GetCredentialReport", "POST", "/"),
        ("GetDelegationRequest", "POST", "/"),
        ("GetGroup", "POST", "/"),
        ("GetGroupPolicy", "POST", "/"),
        ("GetHumanReadableSummary", "POST", "/"),
        ("GetInstanceProfile", "POST", "/"),
        ("GetLoginProfile", "POST", "/"),
        ("GetMFADevice", "POST", "/"),
        ("GetOpenIDConnectProvider", "POST", "/"),
        ("GetOrganizationsAccessReport", "POST", "/"),
        ("GetOutboundWebIdentityFederationInfo", "POST", "/"),
        ("GetRoleTemplateVersion", "POST", "/"),
        ("GetSAMLProvider", "POST", "/"),
        ("GetSSHPublicKey", "POST", "/"),
        ("GetServerCertificate", "POST", "/"),
        ("GetServiceLastAccessedDetails", "POST", "/"),
        ("GetServiceLastAccessedDetailsWithEntities", "POST", "/"),
        ("GetServiceLinkedRoleDeletionStatus", "POST", "/"),
        ("ListAccountAliases", "POST", "/"),
        ("ListAttachedGroupPolicies", "POST", "/"),
        ("ListDelegationRequests", "POST", "/"),
        ("ListEntitiesForPolicy", "POST", "/"),
        ("ListGroupPolicies", "POST", "/"),
        ("ListGroups", "POST", "/"),
        ("ListGroupsForUser", "POST", "/"),
        ("ListInstanceProfileTags", "POST", "/"),
        ("ListInstanceProfiles", "POST", "/"),
        ("ListMFADeviceTags", "POST", "/"),
        ("ListMFADevices", "POST", "/"),
        ("ListOpenIDConnectProviderTags", "POST", "/"),
        ("ListOpenIDConnectProviders", "POST", "/"),
        ("ListOrganizationsFeatures", "POST", "/"),
        ("ListPoliciesGrantingServiceAccess", "POST", "/"),
        ("ListPolicyTags", "POST", "/"),
        ("ListSAMLProviderTags", "POST", "/"),
        ("ListSAMLProviders", "POST", "/"),
        ("ListSSHPublicKeys", "POST", "/"),
        ("ListServerCertificateTags", "POST", "/"),
        ("ListServerCertificates", "POST", "/"),
        ("ListServiceSpecificCredentials", "POST", "/"),
        ("ListSigningCertificates", "POST", "/"),
        ("ListUserTags", "POST", "/"),
        ("ListVirtualMFADevices", "POST", "/"),
        ("PutAccountProperties", "POST", "/"),
        ("PutGroupPolicy", "POST", "/"),
        ("PutRolePermissionsBoundary", "POST", "/"),
        ("PutUserPermissionsBoundary", "POST", "/"),
        ("RejectDelegationRequest", "POST", "/"),
        ("RemoveClientIDFromOpenIDConnectProvider", "POST", "/"),
        ("RemoveRoleFromInstanceProfile", "POST", "/"),
        ("RemoveUserFromGroup", "POST", "/"),
        ("ResetServiceSpecificCredential", "POST", "/"),
        ("ResyncMFADevice", "POST", "/"),
        ("SendDelegationToken", "POST", "/"),
        ("SetDefaultPolicyVersion", "POST", "/"),
        ("SetSecurityTokenServicePreferences", "POST", "/"),
        ("SimulateCustomPolicy", "POST", "/"),
        ("SimulatePrincipalPolicy", "POST", "/"),
        ("TagInstanceProfile", "POST", "/"),
        ("TagMFADevice", "POST", "/"),
        ("TagOpenIDConnectProvider", "POST", "/"),
        ("TagPolicy", "POST", "/"),
        ("TagSAMLProvider", "POST", "/"),
        ("TagServerCertificate", "POST", "/"),
        ("TagUser", "POST", "/"),
        ("UntagInstanceProfile", "POST", "/"),
        ("UntagMFADevice", "POST", "/"),
        ("UntagOpenIDConnectProvider", "POST", "/"),
        ("UntagPolicy", "POST", "/"),
        ("UntagSAMLProvider", "POST", "/"),
        ("UntagServerCertificate", "POST", "/"),
        ("UntagUser", "POST", "/"),
        ("UpdateAccountPasswordPolicy", "POST", "/"),
        ("UpdateDelegationRequest", "POST", "/"),
        ("UpdateGroup", "POST", "/"),
        ("UpdateLoginProfile", "POST", "/"),
        ("UpdateOpenIDConnectProviderThumbprint", "POST", "/"),
        ("UpdateSAMLProvider", "POST", "/"),
        ("UpdateSSHPublicKey", "POST", "/"),
        ("UpdateServerCertificate", "POST", "/"),
        ("UpdateServiceSpecificCredential", "POST", "/"),
        ("UpdateSigningCertificate", "POST", "/"),
        ("UpdateUser", "POST", "/"),
        ("UploadSSHPublicKey", "POST", "/"),
        ("UploadServerCertificate", "POST", "/"),
        ("UploadSigningCertificate", "POST", "/"),
    ],
};

pub static ATTACH_ROLE_POLICY: OperationSpec = OperationSpec {
    name: "AttachRolePolicy",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::ATTACH_ROLE_POLICY_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::UNMODIFIABLE_ENTITY_EXCEPTION,
        &errors::POLICY_NOT_ATTACHABLE_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static ATTACH_USER_POLICY: OperationSpec = OperationSpec {
    name: "AttachUserPolicy",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::ATTACH_USER_POLICY_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::POLICY_NOT_ATTACHABLE_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static CREATE_ACCESS_KEY: OperationSpec = OperationSpec {
    name: "CreateAccessKey",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::CREATE_ACCESS_KEY_REQUEST,
    output: &tables::CREATE_ACCESS_KEY_RESPONSE,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static CREATE_POLICY: OperationSpec = OperationSpec {
    name: "CreatePolicy",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::CREATE_POLICY_REQUEST,
    output: &tables::CREATE_POLICY_RESPONSE,
    errors: &[
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::ENTITY_ALREADY_EXISTS_EXCEPTION,
        &errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static CREATE_ROLE: OperationSpec = OperationSpec {
    name: "CreateRole",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::CREATE_ROLE_REQUEST,
    output: &tables::CREATE_ROLE_RESPONSE,
    errors: &[
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::ENTITY_ALREADY_EXISTS_EXCEPTION,
        &errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static CREATE_USER: OperationSpec = OperationSpec {
    name: "CreateUser",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::CREATE_USER_REQUEST,
    output: &tables::CREATE_USER_RESPONSE,
    errors: &[
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::ENTITY_ALREADY_EXISTS_EXCEPTION,
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static DELETE_ACCESS_KEY: OperationSpec = OperationSpec {
    name: "DeleteAccessKey",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DELETE_ACCESS_KEY_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static DELETE_POLICY: OperationSpec = OperationSpec {
    name: "DeletePolicy",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DELETE_POLICY_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::DELETE_CONFLICT_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static DELETE_ROLE: OperationSpec = OperationSpec {
    name: "DeleteRole",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DELETE_ROLE_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::DELETE_CONFLICT_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::UNMODIFIABLE_ENTITY_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static DELETE_ROLE_POLICY: OperationSpec = OperationSpec {
    name: "DeleteRolePolicy",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DELETE_ROLE_POLICY_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::UNMODIFIABLE_ENTITY_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static DELETE_USER: OperationSpec = OperationSpec {
    name: "DeleteUser",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DELETE_USER_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::DELETE_CONFLICT_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static DELETE_USER_POLICY: OperationSpec = OperationSpec {
    name: "DeleteUserPolicy",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DELETE_USER_POLICY_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static DETACH_ROLE_POLICY: OperationSpec = OperationSpec {
    name: "DetachRolePolicy",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DETACH_ROLE_POLICY_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::UNMODIFIABLE_ENTITY_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static DETACH_USER_POLICY: OperationSpec = OperationSpec {
    name: "DetachUserPolicy",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DETACH_USER_POLICY_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static GET_POLICY: OperationSpec = OperationSpec {
    name: "GetPolicy",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::GET_POLICY_REQUEST,
    output: &tables::GET_POLICY_RESPONSE,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static GET_POLICY_VERSION: OperationSpec = OperationSpec {
    name: "GetPolicyVersion",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::GET_POLICY_VERSION_REQUEST,
    output: &tables::GET_POLICY_VERSION_RESPONSE,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static GET_ROLE: OperationSpec = OperationSpec {
    name: "GetRole",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::GET_ROLE_REQUEST,
    output: &tables::GET_ROLE_RESPONSE,
    errors: &[&errors::NO_SUCH_ENTITY_EXCEPTION, &errors::SERVICE_FAILURE_EXCEPTION],
};

pub static GET_ROLE_POLICY: OperationSpec = OperationSpec {
    name: "GetRolePolicy",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::GET_ROLE_POLICY_REQUEST,
    output: &tables::GET_ROLE_POLICY_RESPONSE,
    errors: &[&errors::NO_SUCH_ENTITY_EXCEPTION, &errors::SERVICE_FAILURE_EXCEPTION],
};

pub static GET_USER: OperationSpec = OperationSpec {
    name: "GetUser",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::GET_USER_REQUEST,
    output: &tables::GET_USER_RESPONSE,
    errors: &[&errors::NO_SUCH_ENTITY_EXCEPTION, &errors::SERVICE_FAILURE_EXCEPTION],
};

pub static GET_USER_POLICY: OperationSpec = OperationSpec {
    name: "GetUserPolicy",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::GET_USER_POLICY_REQUEST,
    output: &tables::GET_USER_POLICY_RESPONSE,
    errors: &[&errors::NO_SUCH_ENTITY_EXCEPTION, &errors::SERVICE_FAILURE_EXCEPTION],
};

pub static LIST_ACCESS_KEYS: OperationSpec = OperationSpec {
    name: "ListAccessKeys",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_ACCESS_KEYS_REQUEST,
    output: &tables::LIST_ACCESS_KEYS_RESPONSE,
    errors: &[&errors::NO_SUCH_ENTITY_EXCEPTION, &errors::SERVICE_FAILURE_EXCEPTION],
};

pub static LIST_ATTACHED_ROLE_POLICIES: OperationSpec = OperationSpec {
    name: "ListAttachedRolePolicies",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_ATTACHED_ROLE_POLICIES_REQUEST,
    output: &tables::LIST_ATTACHED_ROLE_POLICIES_RESPONSE,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static LIST_ATTACHED_USER_POLICIES: OperationSpec = OperationSpec {
    name: "ListAttachedUserPolicies",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_ATTACHED_USER_POLICIES_REQUEST,
    output: &tables::LIST_ATTACHED_USER_POLICIES_RESPONSE,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static LIST_INSTANCE_PROFILES_FOR_ROLE: OperationSpec = OperationSpec {
    name: "ListInstanceProfilesForRole",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_INSTANCE_PROFILES_FOR_ROLE_REQUEST,
    output: &tables::LIST_INSTANCE_PROFILES_FOR_ROLE_RESPONSE,
    errors: &[&errors::NO_SUCH_ENTITY_EXCEPTION, &errors::SERVICE_FAILURE_EXCEPTION],
};

pub static LIST_POLICIES: OperationSpec = OperationSpec {
    name: "ListPolicies",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_POLICIES_REQUEST,
    output: &tables::LIST_POLICIES_RESPONSE,
    errors: &[&errors::SERVICE_FAILURE_EXCEPTION],
};

pub static LIST_POLICY_VERSIONS: OperationSpec = OperationSpec {
    name: "ListPolicyVersions",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_POLICY_VERSIONS_REQUEST,
    output: &tables::LIST_POLICY_VERSIONS_RESPONSE,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static LIST_ROLE_POLICIES: OperationSpec = OperationSpec {
    name: "ListRolePolicies",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_ROLE_POLICIES_REQUEST,
    output: &tables::LIST_ROLE_POLICIES_RESPONSE,
    errors: &[&errors::NO_SUCH_ENTITY_EXCEPTION, &errors::SERVICE_FAILURE_EXCEPTION],
};

pub static LIST_ROLE_TAGS: OperationSpec = OperationSpec {
    name: "ListRoleTags",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_ROLE_TAGS_REQUEST,
    output: &tables::LIST_ROLE_TAGS_RESPONSE,
    errors: &[&errors::NO_SUCH_ENTITY_EXCEPTION, &errors::SERVICE_FAILURE_EXCEPTION],
};

pub static LIST_ROLES: OperationSpec = OperationSpec {
    name: "ListRoles",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_ROLES_REQUEST,
    output: &tables::LIST_ROLES_RESPONSE,
    errors: &[&errors::SERVICE_FAILURE_EXCEPTION],
};

pub static LIST_USER_POLICIES: OperationSpec = OperationSpec {
    name: "ListUserPolicies",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_USER_POLICIES_REQUEST,
    output: &tables::LIST_USER_POLICIES_RESPONSE,
    errors: &[&errors::NO_SUCH_ENTITY_EXCEPTION, &errors::SERVICE_FAILURE_EXCEPTION],
};

pub static LIST_USERS: OperationSpec = OperationSpec {
    name: "ListUsers",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_USERS_REQUEST,
    output: &tables::LIST_USERS_RESPONSE,
    errors: &[&errors::SERVICE_FAILURE_EXCEPTION],
};

pub static PUT_ROLE_POLICY: OperationSpec = OperationSpec {
    name: "PutRolePolicy",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::PUT_ROLE_POLICY_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION,
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::UNMODIFIABLE_ENTITY_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static PUT_USER_POLICY: OperationSpec = OperationSpec {
    name: "PutUserPolicy",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::PUT_USER_POLICY_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION,
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static TAG_ROLE: OperationSpec = OperationSpec {
    name: "TagRole",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::TAG_ROLE_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static UNTAG_ROLE: OperationSpec = OperationSpec {
    name: "UntagRole",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::UNTAG_ROLE_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static UPDATE_ACCESS_KEY: OperationSpec = OperationSpec {
    name: "UpdateAccessKey",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::UPDATE_ACCESS_KEY_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
    ],
};

pub static UPDATE_ASSUME_ROLE_POLICY: OperationSpec = OperationSpec {
    name: "UpdateAssumeRolePolicy",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::UPDATE_ASSUME_ROLE_POLICY_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::UNMODIFIABLE_ENTITY_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static UPDATE_ROLE: OperationSpec = OperationSpec {
    name: "UpdateRole",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::UPDATE_ROLE_REQUEST,
    output: &tables::UPDATE_ROLE_RESPONSE,
    errors: &[
        &errors::UNMODIFIABLE_ENTITY_EXCEPTION,
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};

pub static UPDATE_ROLE_DESCRIPTION: OperationSpec = OperationSpec {
    name: "UpdateRoleDescription",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::UPDATE_ROLE_DESCRIPTION_REQUEST,
    output: &tables::UPDATE_ROLE_DESCRIPTION_RESPONSE,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::UNMODIFIABLE_ENTITY_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
};
