//! AWS Identity and Access Management: descriptions of its structures. Written by `cargo xtask codegen`; do not edit.

use shape::{ANY_STRING, Kind, ListSpec, MemberSpec, NumberRange, Shape, StringSpec, StructureSpec};

pub static ACCESS_KEY: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("UserName", "userNameType", Kind::String(&USER_NAME_TYPE)).required(),
        MemberSpec::new("AccessKeyId", "accessKeyIdType", Kind::String(&ACCESS_KEY_ID_TYPE)).required(),
        MemberSpec::new("Status", "statusType", Kind::String(&STATUS_TYPE)).required(),
        MemberSpec::new("SecretAccessKey", "accessKeySecretType", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("CreateDate", "dateType", Kind::Timestamp),
    ],
    ..StructureSpec::new("AccessKey")
};

pub static ACCESS_KEY_METADATA: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("UserName", "userNameType", Kind::String(&USER_NAME_TYPE)),
        MemberSpec::new("AccessKeyId", "accessKeyIdType", Kind::String(&ACCESS_KEY_ID_TYPE)),
        MemberSpec::new("Status", "statusType", Kind::String(&STATUS_TYPE)),
        MemberSpec::new("CreateDate", "dateType", Kind::Timestamp),
    ],
    ..StructureSpec::new("AccessKeyMetadata")
};

pub static ATTACH_ROLE_POLICY_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("RoleName", "roleNameType", Kind::String(&ROLE_NAME_TYPE)).required(),
        MemberSpec::new("PolicyArn", "arnType", Kind::String(&ARN_TYPE)).required(),
    ],
    ..StructureSpec::new("AttachRolePolicyRequest")
};

pub static ATTACH_USER_POLICY_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("UserName", "userNameType", Kind::String(&USER_NAME_TYPE)).required(),
        MemberSpec::new("PolicyArn", "arnType", Kind::String(&ARN_TYPE)).required(),
    ],
    ..StructureSpec::new("AttachUserPolicyRequest")
};

pub static ATTACHED_PERMISSIONS_BOUNDARY: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new(
            "PermissionsBoundaryType",
            "PermissionsBoundaryAttachmentType",
            Kind::String(&PERMISSIONS_BOUNDARY_ATTACHMENT_TYPE),
        ),
        MemberSpec::new("PermissionsBoundaryArn", "arnType", Kind::String(&ARN_TYPE)),
    ],
    ..StructureSpec::new("AttachedPermissionsBoundary")
};

pub static ATTACHED_POLICY: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("PolicyName", "policyNameType", Kind::String(&POLICY_NAME_TYPE)),
        MemberSpec::new("PolicyArn", "arnType", Kind::String(&ARN_TYPE)),
    ],
    ..StructureSpec::new("AttachedPolicy")
};

pub static CONCURRENT_MODIFICATION_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ConcurrentModificationMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("ConcurrentModificationException")
};

pub static CREATE_ACCESS_KEY_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("UserName", "existingUserNameType", Kind::String(&EXISTING_USER_NAME_TYPE))],
    ..StructureSpec::new("CreateAccessKeyRequest")
};

pub static CREATE_ACCESS_KEY_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("CreateAccessKeyResult"),
    members: &[MemberSpec::new("AccessKey", "AccessKey", Kind::Structure(&ACCESS_KEY)).required()],
    ..StructureSpec::new("CreateAccessKeyResponse")
};

pub static CREATE_POLICY_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("PolicyName", "policyNameType", Kind::String(&POLICY_NAME_TYPE)).required(),
        MemberSpec::new("Path", "policyPathType", Kind::String(&POLICY_PATH_TYPE)),
        MemberSpec::new("PolicyDocument", "policyDocumentType", Kind::String(&POLICY_DOCUMENT_TYPE))
            .required(),
        MemberSpec::new("Description", "policyDescriptionType", Kind::String(&POLICY_DESCRIPTION_TYPE)),
        MemberSpec::new("Tags", "tagListType", Kind::List(&TAG_LIST_TYPE)),
    ],
    ..StructureSpec::new("CreatePolicyRequest")
};

pub static CREATE_POLICY_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("CreatePolicyResult"),
    members: &[MemberSpec::new("Policy", "Policy", Kind::Structure(&POLICY))],
    ..StructureSpec::new("CreatePolicyResponse")
};

pub static CREATE_ROLE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Path", "pathType", Kind::String(&PATH_TYPE)),
        MemberSpec::new("RoleName", "roleNameType", Kind::String(&ROLE_NAME_TYPE)).required(),
        MemberSpec::new(
            "AssumeRolePolicyDocument",
            "policyDocumentType",
            Kind::String(&POLICY_DOCUMENT_TYPE),
        )
        .required(),
        MemberSpec::new("Description", "roleDescriptionType", Kind::String(&ROLE_DESCRIPTION_TYPE)),
        MemberSpec::new(
            "MaxSessionDuration",
            "roleMaxSessionDurationType",
            Kind::Integer(NumberRange::new(Some(3600), Some(43200))),
        ),
        MemberSpec::new("PermissionsBoundary", "arnType", Kind::String(&ARN_TYPE)),
        MemberSpec::new("Tags", "tagListType", Kind::List(&TAG_LIST_TYPE)),
    ],
    ..StructureSpec::new("CreateRoleRequest")
};

pub static CREATE_ROLE_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("CreateRoleResult"),
    members: &[MemberSpec::new("Role", "Role", Kind::Structure(&ROLE)).required()],
    ..StructureSpec::new("CreateRoleResponse")
};

pub static CREATE_USER_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Path", "pathType", Kind::String(&PATH_TYPE)),
        MemberSpec::new("UserName", "userNameType", Kind::String(&USER_NAME_TYPE)).required(),
        MemberSpec::new("PermissionsBoundary", "arnType", Kind::String(&ARN_TYPE)),
        MemberSpec::new("Tags", "tagListType", Kind::List(&TAG_LIST_TYPE)),
    ],
    ..StructureSpec::new("CreateUserRequest")
};

pub static CREATE_USER_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("CreateUserResult"),
    members: &[MemberSpec::new("User", "User", Kind::Structure(&USER))],
    ..StructureSpec::new("CreateUserResponse")
};

pub static DELETE_ACCESS_KEY_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("UserName", "existingUserNameType", Kind::String(&EXISTING_USER_NAME_TYPE)),
        MemberSpec::new("AccessKeyId", "accessKeyIdType", Kind::String(&ACCESS_KEY_ID_TYPE)).required(),
    ],
    ..StructureSpec::new("DeleteAccessKeyRequest")
};

pub static DELETE_CONFLICT_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "deleteConflictMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("DeleteConflictException")
};

pub static DELETE_POLICY_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("PolicyArn", "arnType", Kind::String(&ARN_TYPE)).required()],
    ..StructureSpec::new("DeletePolicyRequest")
};

pub static DELETE_ROLE_POLICY_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("RoleName", "roleNameType", Kind::String(&ROLE_NAME_TYPE)).required(),
        MemberSpec::new("PolicyName", "policyNameType", Kind::String(&POLICY_NAME_TYPE)).required(),
    ],
    ..StructureSpec::new("DeleteRolePolicyRequest")
};

pub static DELETE_ROLE_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("RoleName", "roleNameType", Kind::String(&ROLE_NAME_TYPE)).required()],
    ..StructureSpec::new("DeleteRoleRequest")
};

pub static DELETE_USER_POLICY_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("UserName", "existingUserNameType", Kind::String(&EXISTING_USER_NAME_TYPE))
            .required(),
        MemberSpec::new("PolicyName", "policyNameType", Kind::String(&POLICY_NAME_TYPE)).required(),
    ],
    ..StructureSpec::new("DeleteUserPolicyRequest")
};

pub static DELETE_USER_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("UserName", "existingUserNameType", Kind::String(&EXISTING_USER_NAME_TYPE))
        .required()],
    ..StructureSpec::new("DeleteUserRequest")
};

pub static DETACH_ROLE_POLICY_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("RoleName", "roleNameType", Kind::String(&ROLE_NAME_TYPE)).required(),
        MemberSpec::new("PolicyArn", "arnType", Kind::String(&ARN_TYPE)).required(),
    ],
    ..StructureSpec::new("DetachRolePolicyRequest")
};

pub static DETACH_USER_POLICY_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("UserName", "userNameType", Kind::String(&USER_NAME_TYPE)).required(),
        MemberSpec::new("PolicyArn", "arnType", Kind::String(&ARN_TYPE)).required(),
    ],
    ..StructureSpec::new("DetachUserPolicyRequest")
};

pub static ENTITY_ALREADY_EXISTS_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "entityAlreadyExistsMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("EntityAlreadyExistsException")
};

pub static GET_POLICY_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("PolicyArn", "arnType", Kind::String(&ARN_TYPE)).required()],
    ..StructureSpec::new("GetPolicyRequest")
};

pub static GET_POLICY_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("GetPolicyResult"),
    members: &[MemberSpec::new("Policy", "Policy", Kind::Structure(&POLICY))],
    ..StructureSpec::new("GetPolicyResponse")
};

pub static GET_POLICY_VERSION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("PolicyArn", "arnType", Kind::String(&ARN_TYPE)).required(),
        MemberSpec::new("VersionId", "policyVersionIdType", Kind::String(&POLICY_VERSION_ID_TYPE)).required(),
    ],
    ..StructureSpec::new("GetPolicyVersionRequest")
};

pub static GET_POLICY_VERSION_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("GetPolicyVersionResult"),
    members: &[MemberSpec::new("PolicyVersion", "PolicyVersion", Kind::Structure(&POLICY_VERSION))],
    ..StructureSpec::new("GetPolicyVersionResponse")
};

pub static GET_ROLE_POLICY_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("RoleName", "roleNameType", Kind::String(&ROLE_NAME_TYPE)).required(),
        MemberSpec::new("PolicyName", "policyNameType", Kind::String(&POLICY_NAME_TYPE)).required(),
    ],
    ..StructureSpec::new("GetRolePolicyRequest")
};

pub static GET_ROLE_POLICY_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("GetRolePolicyResult"),
    members: &[
        MemberSpec::new("RoleName", "roleNameType", Kind::String(&ROLE_NAME_TYPE)).required(),
        MemberSpec::new("PolicyName", "policyNameType", Kind::String(&POLICY_NAME_TYPE)).required(),
        MemberSpec::new("PolicyDocument", "policyDocumentType", Kind::String(&POLICY_DOCUMENT_TYPE))
            .required(),
    ],
    ..StructureSpec::new("GetRolePolicyResponse")
};

pub static GET_ROLE_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("RoleName", "roleNameType", Kind::String(&ROLE_NAME_TYPE)).required()],
    ..StructureSpec::new("GetRoleRequest")
};

pub static GET_ROLE_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("GetRoleResult"),
    members: &[MemberSpec::new("Role", "Role", Kind::Structure(&ROLE)).required()],
    ..StructureSpec::new("GetRoleResponse")
};

pub static GET_USER_POLICY_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("UserName", "existingUserNameType", Kind::String(&EXISTING_USER_NAME_TYPE))
            .required(),
        MemberSpec::new("PolicyName", "policyNameType", Kind::String(&POLICY_NAME_TYPE)).required(),
    ],
    ..StructureSpec::new("GetUserPolicyRequest")
};

pub static GET_USER_POLICY_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("GetUserPolicyResult"),
    members: &[
        MemberSpec::new("UserName", "existingUserNameType", Kind::String(&EXISTING_USER_NAME_TYPE))
            .required(),
        MemberSpec::new("PolicyName", "policyNameType", Kind::String(&POLICY_NAME_TYPE)).required(),
        MemberSpec::new("PolicyDocument", "policyDocumentType", Kind::String(&POLICY_DOCUMENT_TYPE))
            .required(),
    ],
    ..StructureSpec::new("GetUserPolicyResponse")
};

pub static GET_USER_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("UserName", "existingUserNameType", Kind::String(&EXISTING_USER_NAME_TYPE))],
    ..StructureSpec::new("GetUserRequest")
};

pub static GET_USER_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("GetUserResult"),
    members: &[MemberSpec::new("User", "User", Kind::Structure(&USER)).required()],
    ..StructureSpec::new("GetUserResponse")
};

pub static INSTANCE_PROFILE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Path", "pathType", Kind::String(&PATH_TYPE)).required(),
        MemberSpec::new(
            "InstanceProfileName",
            "instanceProfileNameType",
            Kind::String(&INSTANCE_PROFILE_NAME_TYPE),
        )
        .required(),
        MemberSpec::new("InstanceProfileId", "idType", Kind::String(&ID_TYPE)).required(),
        MemberSpec::new("Arn", "arnType", Kind::String(&ARN_TYPE)).required(),
        MemberSpec::new("CreateDate", "dateType", Kind::Timestamp).required(),
        MemberSpec::new("Roles", "roleListType", Kind::List(&ROLE_LIST_TYPE)).required(),
        MemberSpec::new("Tags", "tagListType", Kind::List(&TAG_LIST_TYPE)),
    ],
    ..StructureSpec::new("InstanceProfile")
};

pub static INVALID_INPUT_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "invalidInputMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("InvalidInputException")
};

pub static LIMIT_EXCEEDED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "limitExceededMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("LimitExceededException")
};

pub static LIST_ACCESS_KEYS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("UserName", "existingUserNameType", Kind::String(&EXISTING_USER_NAME_TYPE)),
        MemberSpec::new("Marker", "markerType", Kind::String(&MARKER_TYPE)),
        MemberSpec::new("MaxItems", "maxItemsType", Kind::Integer(NumberRange::new(Some(1), Some(1000)))),
    ],
    ..StructureSpec::new("ListAccessKeysRequest")
};

pub static LIST_ACCESS_KEYS_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("ListAccessKeysResult"),
    members: &[
        MemberSpec::new(
            "AccessKeyMetadata",
            "accessKeyMetadataListType",
            Kind::List(&ACCESS_KEY_METADATA_LIST_TYPE),
        )
        .required(),
        MemberSpec::new("IsTruncated", "booleanType", Kind::Boolean),
        MemberSpec::new("Marker", "responseMarkerType", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ListAccessKeysResponse")
};

pub static LIST_ATTACHED_ROLE_POLICIES_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("RoleName", "roleNameType", Kind::String(&ROLE_NAME_TYPE)).required(),
        MemberSpec::new("PathPrefix", "policyPathType", Kind::String(&POLICY_PATH_TYPE)),
        MemberSpec::new("Marker", "markerType", Kind::String(&MARKER_TYPE)),
        MemberSpec::new("MaxItems", "maxItemsType", Kind::Integer(NumberRange::new(Some(1), Some(1000)))),
    ],
    ..StructureSpec::new("ListAttachedRolePoliciesRequest")
};

pub static LIST_ATTACHED_ROLE_POLICIES_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("ListAttachedRolePoliciesResult"),
    members: &[
        MemberSpec::new(
            "AttachedPolicies",
            "attachedPoliciesListType",
            Kind::List(&ATTACHED_POLICIES_LIST_TYPE),
        ),
        MemberSpec::new("IsTruncated", "booleanType", Kind::Boolean),
        MemberSpec::new("Marker", "responseMarkerType", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ListAttachedRolePoliciesResponse")
};

pub static LIST_ATTACHED_USER_POLICIES_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("UserName", "userNameType", Kind::String(&USER_NAME_TYPE)).required(),
        MemberSpec::new("PathPrefix", "policyPathType", Kind::String(&POLICY_PATH_TYPE)),
        MemberSpec::new("Marker", "markerType", Kind::String(&MARKER_TYPE)),
        MemberSpec::new("MaxItems", "maxItemsType", Kind::Integer(NumberRange::new(Some(1), Some(1000)))),
    ],
    ..StructureSpec::new("ListAttachedUserPoliciesRequest")
};

pub static LIST_ATTACHED_USER_POLICIES_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("ListAttachedUserPoliciesResult"),
    members: &[
        MemberSpec::new(
            "AttachedPolicies",
            "attachedPoliciesListType",
            Kind::List(&ATTACHED_POLICIES_LIST_TYPE),
        ),
        MemberSpec::new("IsTruncated", "booleanType", Kind::Boolean),
        MemberSpec::new("Marker", "responseMarkerType", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ListAttachedUserPoliciesResponse")
};

pub static LIST_INSTANCE_PROFILES_FOR_ROLE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("RoleName", "roleNameType", Kind::String(&ROLE_NAME_TYPE)).required(),
        MemberSpec::new("Marker", "markerType", Kind::String(&MARKER_TYPE)),
        MemberSpec::new("MaxItems", "maxItemsType", Kind::Integer(NumberRange::new(Some(1), Some(1000)))),
    ],
    ..StructureSpec::new("ListInstanceProfilesForRoleRequest")
};

pub static LIST_INSTANCE_PROFILES_FOR_ROLE_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("ListInstanceProfilesForRoleResult"),
    members: &[
        MemberSpec::new(
            "InstanceProfiles",
            "instanceProfileListType",
            Kind::List(&INSTANCE_PROFILE_LIST_TYPE),
        )
        .required(),
        MemberSpec::new("IsTruncated", "booleanType", Kind::Boolean),
        MemberSpec::new("Marker", "responseMarkerType", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ListInstanceProfilesForRoleResponse")
};

pub static LIST_POLICIES_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Scope", "policyScopeType", Kind::String(&POLICY_SCOPE_TYPE)),
        MemberSpec::new("OnlyAttached", "booleanType", Kind::Boolean),
        MemberSpec::new("PathPrefix", "policyPathType", Kind::String(&POLICY_PATH_TYPE)),
        MemberSpec::new("PolicyUsageFilter", "PolicyUsageType", Kind::String(&POLICY_USAGE_TYPE)),
        MemberSpec::new("Marker", "markerType", Kind::String(&MARKER_TYPE)),
        MemberSpec::new("MaxItems", "maxItemsType", Kind::Integer(NumberRange::new(Some(1), Some(1000)))),
    ],
    ..StructureSpec::new("ListPoliciesRequest")
};

pub static LIST_POLICIES_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("ListPoliciesResult"),
    members: &[
        MemberSpec::new("Policies", "policyListType", Kind::List(&POLICY_LIST_TYPE)),
        MemberSpec::new("IsTruncated", "booleanType", Kind::Boolean),
        MemberSpec::new("Marker", "responseMarkerType", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ListPoliciesResponse")
};

pub static LIST_POLICY_VERSIONS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("PolicyArn", "arnType", Kind::String(&ARN_TYPE)).required(),
        MemberSpec::new("Marker", "markerType", Kind::String(&MARKER_TYPE)),
        MemberSpec::new("MaxItems", "maxItemsType", Kind::Integer(NumberRange::new(Some(1), Some(1000)))),
    ],
    ..StructureSpec::new("ListPolicyVersionsRequest")
};

pub static LIST_POLICY_VERSIONS_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("ListPolicyVersionsResult"),
    members: &[
        MemberSpec::new(
            "Versions",
            "policyDocumentVersionListType",
            Kind::List(&POLICY_DOCUMENT_VERSION_LIST_TYPE),
        ),
        MemberSpec::new("IsTruncated", "booleanType", Kind::Boolean),
        MemberSpec::new("Marker", "responseMarkerType", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ListPolicyVersionsResponse")
};

pub static LIST_ROLE_POLICIES_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("RoleName", "roleNameType", Kind::String(&ROLE_NAME_TYPE)).required(),
        MemberSpec::new("Marker", "markerType", Kind::String(&MARKER_TYPE)),
        MemberSpec::new("MaxItems", "maxItemsType", Kind::Integer(NumberRange::new(Some(1), Some(1000)))),
    ],
    ..StructureSpec::new("ListRolePoliciesRequest")
};

pub static LIST_ROLE_POLICIES_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("ListRolePoliciesResult"),
    members: &[
        MemberSpec::new("PolicyNames", "policyNameListType", Kind::List(&POLICY_NAME_LIST_TYPE)).required(),
        MemberSpec::new("IsTruncated", "booleanType", Kind::Boolean),
        MemberSpec::new("Marker", "responseMarkerType", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ListRolePoliciesResponse")
};

pub static LIST_ROLE_TAGS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("RoleName", "roleNameType", Kind::String(&ROLE_NAME_TYPE)).required(),
        MemberSpec::new("Marker", "markerType", Kind::String(&MARKER_TYPE)),
        MemberSpec::new("MaxItems", "maxItemsType", Kind::Integer(NumberRange::new(Some(1), Some(1000)))),
    ],
    ..StructureSpec::new("ListRoleTagsRequest")
};

pub static LIST_ROLE_TAGS_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("ListRoleTagsResult"),
    members: &[
        MemberSpec::new("Tags", "tagListType", Kind::List(&TAG_LIST_TYPE)).required(),
        MemberSpec::new("IsTruncated", "booleanType", Kind::Boolean),
        MemberSpec::new("Marker", "responseMarkerType", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ListRoleTagsResponse")
};

pub static LIST_ROLES_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("PathPrefix", "pathPrefixType", Kind::String(&PATH_PREFIX_TYPE)),
        MemberSpec::new("Marker", "markerType", Kind::String(&MARKER_TYPE)),
        MemberSpec::new("MaxItems", "maxItemsType", Kind::Integer(NumberRange::new(Some(1), Some(1000)))),
    ],
    ..StructureSpec::new("ListRolesRequest")
};

pub static LIST_ROLES_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("ListRolesResult"),
    members: &[
        MemberSpec::new("Roles", "roleListType", Kind::List(&ROLE_LIST_TYPE)).required(),
        MemberSpec::new("IsTruncated", "booleanType", Kind::Boolean),
        MemberSpec::new("Marker", "responseMarkerType", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ListRolesResponse")
};

pub static LIST_USER_POLICIES_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("UserName", "existingUserNameType", Kind::String(&EXISTING_USER_NAME_TYPE))
            .required(),
        MemberSpec::new("Marker", "markerType", Kind::String(&MARKER_TYPE)),
        MemberSpec::new("MaxItems", "maxItemsType", Kind::Integer(NumberRange::new(Some(1), Some(1000)))),
    ],
    ..StructureSpec::new("ListUserPoliciesRequest")
};

pub static LIST_USER_POLICIES_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("ListUserPoliciesResult"),
    members: &[
        MemberSpec::new("PolicyNames", "policyNameListType", Kind::List(&POLICY_NAME_LIST_TYPE)).required(),
        MemberSpec::new("IsTruncated", "booleanType", Kind::Boolean),
        MemberSpec::new("Marker", "responseMarkerType", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ListUserPoliciesResponse")
};

pub static LIST_USERS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("PathPrefix", "pathPrefixType", Kind::String(&PATH_PREFIX_TYPE)),
        MemberSpec::new("Marker", "markerType", Kind::String(&MARKER_TYPE)),
        MemberSpec::new("MaxItems", "maxItemsType", Kind::Integer(NumberRange::new(Some(1), Some(1000)))),
    ],
    ..StructureSpec::new("ListUsersRequest")
};

pub static LIST_USERS_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("ListUsersResult"),
    members: &[
        MemberSpec::new("Users", "userListType", Kind::List(&USER_LIST_TYPE)).required(),
        MemberSpec::new("IsTruncated", "booleanType", Kind::Boolean),
        MemberSpec::new("Marker", "responseMarkerType", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ListUsersResponse")
};

pub static MALFORMED_POLICY_DOCUMENT_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "malformedPolicyDocumentMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("MalformedPolicyDocumentException")
};

pub static NO_SUCH_ENTITY_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "noSuchEntityMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("NoSuchEntityException")
};

pub static PERMISSIONS_BOUNDARY_ATTACHMENT_TYPE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["PermissionsBoundaryPolicy"] };

pub static POLICY: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("PolicyName", "policyNameType", Kind::String(&POLICY_NAME_TYPE)),
        MemberSpec::new("PolicyId", "idType", Kind::String(&ID_TYPE)),
        MemberSpec::new("Arn", "arnType", Kind::String(&ARN_TYPE)),
        MemberSpec::new("Path", "policyPathType", Kind::String(&POLICY_PATH_TYPE)),
        MemberSpec::new("DefaultVersionId", "policyVersionIdType", Kind::String(&POLICY_VERSION_ID_TYPE)),
        MemberSpec::new("AttachmentCount", "attachmentCountType", Kind::Integer(NumberRange::ANY)),
        MemberSpec::new(
            "PermissionsBoundaryUsageCount",
            "attachmentCountType",
            Kind::Integer(NumberRange::ANY),
        ),
        MemberSpec::new("IsAttachable", "booleanType", Kind::Boolean),
        MemberSpec::new("Description", "policyDescriptionType", Kind::String(&POLICY_DESCRIPTION_TYPE)),
        MemberSpec::new("CreateDate", "dateType", Kind::Timestamp),
        MemberSpec::new("UpdateDate", "dateType", Kind::Timestamp),
        MemberSpec::new("Tags", "tagListType", Kind::List(&TAG_LIST_TYPE)),
    ],
    ..StructureSpec::new("Policy")
};

pub static POLICY_NOT_ATTACHABLE_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "policyNotAttachableMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("PolicyNotAttachableException")
};

pub static POLICY_USAGE_TYPE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["PermissionsPolicy", "PermissionsBoundary"] };

pub static POLICY_VERSION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Document", "policyDocumentType", Kind::String(&POLICY_DOCUMENT_TYPE)),
        MemberSpec::new("VersionId", "policyVersionIdType", Kind::String(&POLICY_VERSION_ID_TYPE)),
        MemberSpec::new("IsDefaultVersion", "booleanType", Kind::Boolean),
        MemberSpec::new("CreateDate", "dateType", Kind::Timestamp),
    ],
    ..StructureSpec::new("PolicyVersion")
};

pub static PUT_ROLE_POLICY_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("RoleName", "roleNameType", Kind::String(&ROLE_NAME_TYPE)).required(),
        MemberSpec::new("PolicyName", "policyNameType", Kind::String(&POLICY_NAME_TYPE)).required(),
        MemberSpec::new("PolicyDocument", "policyDocumentType", Kind::String(&POLICY_DOCUMENT_TYPE))
            .required(),
    ],
    ..StructureSpec::new("PutRolePolicyRequest")
};

pub static PUT_USER_POLICY_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("UserName", "existingUserNameType", Kind::String(&EXISTING_USER_NAME_TYPE))
            .required(),
        MemberSpec::new("PolicyName", "policyNameType", Kind::String(&POLICY_NAME_TYPE)).required(),
        MemberSpec::new("PolicyDocument", "policyDocumentType", Kind::String(&POLICY_DOCUMENT_TYPE))
            .required(),
    ],
    ..StructureSpec::new("PutUserPolicyRequest")
};

pub static ROLE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Path", "pathType", Kind::String(&PATH_TYPE)).required(),
        MemberSpec::new("RoleName", "roleNameType", Kind::String(&ROLE_NAME_TYPE)).required(),
        MemberSpec::new("RoleId", "idType", Kind::String(&ID_TYPE)).required(),
        MemberSpec::new("Arn", "arnType", Kind::String(&ARN_TYPE)).required(),
        MemberSpec::new("CreateDate", "dateType", Kind::Timestamp).required(),
        MemberSpec::new(
            "AssumeRolePolicyDocument",
            "policyDocumentType",
            Kind::String(&POLICY_DOCUMENT_TYPE),
        ),
        MemberSpec::new("Description", "roleDescriptionType", Kind::String(&ROLE_DESCRIPTION_TYPE)),
        MemberSpec::new(
            "MaxSessionDuration",
            "roleMaxSessionDurationType",
            Kind::Integer(NumberRange::new(Some(3600), Some(43200))),
        ),
        MemberSpec::new(
            "PermissionsBoundary",
            "AttachedPermissionsBoundary",
            Kind::Structure(&ATTACHED_PERMISSIONS_BOUNDARY),
        ),
        MemberSpec::new("Tags", "tagListType", Kind::List(&TAG_LIST_TYPE)),
        MemberSpec::new("RoleLastUsed", "RoleLastUsed", Kind::Structure(&ROLE_LAST_USED)),
        MemberSpec::new("SourceRoleTemplate", "SourceRoleTemplate", Kind::Structure(&SOURCE_ROLE_TEMPLATE)),
    ],
    ..StructureSpec::new("Role")
};

pub static ROLE_LAST_USED: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("LastUsedDate", "dateType", Kind::Timestamp),
        MemberSpec::new("Region", "stringType", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("RoleLastUsed")
};

pub static SERVICE_FAILURE_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "serviceFailureExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("ServiceFailureException")
};

pub static SOURCE_ROLE_TEMPLATE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("TemplateArn", "arnType", Kind::String(&ARN_TYPE)).required(),
        MemberSpec::new("TemplateMinorVersion", "integerType", Kind::Integer(NumberRange::ANY)).required(),
    ],
    ..StructureSpec::new("SourceRoleTemplate")
};

pub static TAG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Key", "tagKeyType", Kind::String(&TAG_KEY_TYPE)).required(),
        MemberSpec::new("Value", "tagValueType", Kind::String(&TAG_VALUE_TYPE)).required(),
    ],
    ..StructureSpec::new("Tag")
};

pub static TAG_ROLE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("RoleName", "roleNameType", Kind::String(&ROLE_NAME_TYPE)).required(),
        MemberSpec::new("Tags", "tagListType", Kind::List(&TAG_LIST_TYPE)).required(),
    ],
    ..StructureSpec::new("TagRoleRequest")
};

pub static UNMODIFIABLE_ENTITY_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "unmodifiableEntityMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("UnmodifiableEntityException")
};

pub static UNTAG_ROLE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("RoleName", "roleNameType", Kind::String(&ROLE_NAME_TYPE)).required(),
        MemberSpec::new("TagKeys", "tagKeyListType", Kind::List(&TAG_KEY_LIST_TYPE)).required(),
    ],
    ..StructureSpec::new("UntagRoleRequest")
};

pub static UPDATE_ACCESS_KEY_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("UserName", "existingUserNameType", Kind::String(&EXISTING_USER_NAME_TYPE)),
        MemberSpec::new("AccessKeyId", "accessKeyIdType", Kind::String(&ACCESS_KEY_ID_TYPE)).required(),
        MemberSpec::new("Status", "statusType", Kind::String(&STATUS_TYPE)).required(),
    ],
    ..StructureSpec::new("UpdateAccessKeyRequest")
};

pub static UPDATE_ASSUME_ROLE_POLICY_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("RoleName", "roleNameType", Kind::String(&ROLE_NAME_TYPE)).required(),
        MemberSpec::new("PolicyDocument", "policyDocumentType", Kind::String(&POLICY_DOCUMENT_TYPE))
            .required(),
    ],
    ..StructureSpec::new("UpdateAssumeRolePolicyRequest")
};

pub static UPDATE_ROLE_DESCRIPTION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("RoleName", "roleNameType", Kind::String(&ROLE_NAME_TYPE)).required(),
        MemberSpec::new("Description", "roleDescriptionType", Kind::String(&ROLE_DESCRIPTION_TYPE))
            .required(),
    ],
    ..StructureSpec::new("UpdateRoleDescriptionRequest")
};

pub static UPDATE_ROLE_DESCRIPTION_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("UpdateRoleDescriptionResult"),
    members: &[MemberSpec::new("Role", "Role", Kind::Structure(&ROLE))],
    ..StructureSpec::new("UpdateRoleDescriptionResponse")
};

pub static UPDATE_ROLE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("RoleName", "roleNameType", Kind::String(&ROLE_NAME_TYPE)).required(),
        MemberSpec::new("Description", "roleDescriptionType", Kind::String(&ROLE_DESCRIPTION_TYPE)),
        MemberSpec::new(
            "MaxSessionDuration",
            "roleMaxSessionDurationType",
            Kind::Integer(NumberRange::new(Some(3600), Some(43200))),
        ),
    ],
    ..StructureSpec::new("UpdateRoleRequest")
};

pub static UPDATE_ROLE_RESPONSE: StructureSpec =
    StructureSpec { result_wrapper: Some("UpdateRoleResult"), ..StructureSpec::new("UpdateRoleResponse") };

pub static USER: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Path", "pathType", Kind::String(&PATH_TYPE)).required(),
        MemberSpec::new("UserName", "userNameType", Kind::String(&USER_NAME_TYPE)).required(),
        MemberSpec::new("UserId", "idType", Kind::String(&ID_TYPE)).required(),
        MemberSpec::new("Arn", "arnType", Kind::String(&ARN_TYPE)).required(),
        MemberSpec::new("CreateDate", "dateType", Kind::Timestamp).required(),
        MemberSpec::new("PasswordLastUsed", "dateType", Kind::Timestamp),
        MemberSpec::new(
            "PermissionsBoundary",
            "AttachedPermissionsBoundary",
            Kind::Structure(&ATTACHED_PERMISSIONS_BOUNDARY),
        ),
        MemberSpec::new("Tags", "tagListType", Kind::List(&TAG_LIST_TYPE)),
    ],
    ..StructureSpec::new("User")
};

pub static ACCESS_KEY_ID_TYPE: StringSpec =
    StringSpec { min: Some(16), max: Some(128), pattern: Some(r#"[\w]+"#), values: &[] };

pub static ACCESS_KEY_METADATA_LIST_TYPE: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "AccessKeyMetadata", kind: Kind::Structure(&ACCESS_KEY_METADATA) },
    member_name: "member",
    flattened: false,
};

pub static ARN_TYPE: StringSpec = StringSpec { min: Some(20), max: Some(2048), pattern: None, values: &[] };

pub static ATTACHED_POLICIES_LIST_TYPE: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "AttachedPolicy", kind: Kind::Structure(&ATTACHED_POLICY) },
    member_name: "member",
    flattened: false,
};

pub static EXISTING_USER_NAME_TYPE: StringSpec =
    StringSpec { min: Some(1), max: Some(128), pattern: Some(r#"[\w+=,.@-]+"#), values: &[] };

pub static ID_TYPE: StringSpec =
    StringSpec { min: Some(16), max: Some(128), pattern: Some(r#"[\w]+"#), values: &[] };

pub static INSTANCE_PROFILE_LIST_TYPE: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "InstanceProfile", kind: Kind::Structure(&INSTANCE_PROFILE) },
    member_name: "member",
    flattened: false,
};

pub static INSTANCE_PROFILE_NAME_TYPE: StringSpec =
    StringSpec { min: Some(1), max: Some(128), pattern: Some(r#"[\w+=,.@-]+"#), values: &[] };

pub static MARKER_TYPE: StringSpec =
    StringSpec { min: Some(1), max: Some(320), pattern: Some(r#"[\u0020-\u00FF]+"#), values: &[] };

pub static PATH_PREFIX_TYPE: StringSpec =
    StringSpec { min: Some(1), max: Some(512), pattern: Some(r#"\u002F[\u0021-\u007F]*"#), values: &[] };

pub static PATH_TYPE: StringSpec = StringSpec {
    min: Some(1),
    max: Some(512),
    pattern: Some(r#"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)"#),
    values: &[],
};

pub static POLICY_DESCRIPTION_TYPE: StringSpec =
    StringSpec { min: None, max: Some(1000), pattern: None, values: &[] };

pub static POLICY_DOCUMENT_TYPE: StringSpec = StringSpec {
    min: Some(1),
    max: Some(131072),
    pattern: Some(r#"[\u0009\u000A\u000D\u0020-\u00FF]+"#),
    values: &[],
};

pub static POLICY_DOCUMENT_VERSION_LIST_TYPE: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "PolicyVersion", kind: Kind::Structure(&POLICY_VERSION) },
    member_name: "member",
    flattened: false,
};

pub static POLICY_LIST_TYPE: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "Policy", kind: Kind::Structure(&POLICY) },
    member_name: "member",
    flattened: false,
};

pub static POLICY_NAME_LIST_TYPE: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "policyNameType", kind: Kind::String(&POLICY_NAME_TYPE) },
    member_name: "member",
    flattened: false,
};

pub static POLICY_NAME_TYPE: StringSpec =
    StringSpec { min: Some(1), max: Some(128), pattern: Some(r#"[\w+=,.@-]+"#), values: &[] };

pub static POLICY_PATH_TYPE: StringSpec = StringSpec {
    min: Some(1),
    max: Some(512),
    pattern: Some(r#"((/[A-Za-z0-9\.,\+@=_-]+)*)/"#),
    values: &[],
};

pub static POLICY_SCOPE_TYPE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["All", "AWS", "Local"] };

pub static POLICY_VERSION_ID_TYPE: StringSpec =
    StringSpec { min: None, max: None, pattern: Some(r#"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?"#), values: &[] };

pub static ROLE_DESCRIPTION_TYPE: StringSpec = StringSpec {
    min: None,
    max: Some(1000),
    pattern: Some(r#"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*"#),
    values: &[],
};

pub static ROLE_LIST_TYPE: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "Role", kind: Kind::Structure(&ROLE) },
    member_name: "member",
    flattened: false,
};

pub static ROLE_NAME_TYPE: StringSpec =
    StringSpec { min: Some(1), max: Some(64), pattern: Some(r#"[\w+=,.@-]+"#), values: &[] };

pub static STATUS_TYPE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["Active", "Inactive", "Expired"] };

pub static TAG_KEY_LIST_TYPE: ListSpec = ListSpec {
    min: None,
    max: Some(50),
    member: Shape { name: "tagKeyType", kind: Kind::String(&TAG_KEY_TYPE) },
    member_name: "member",
    flattened: false,
};

pub static TAG_KEY_TYPE: StringSpec =
    StringSpec { min: Some(1), max: Some(128), pattern: Some(r#"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"#), values: &[] };

pub static TAG_LIST_TYPE: ListSpec = ListSpec {
    min: None,
    max: Some(50),
    member: Shape { name: "Tag", kind: Kind::Structure(&TAG) },
    member_name: "member",
    flattened: false,
};

pub static TAG_VALUE_TYPE: StringSpec =
    StringSpec { min: Some(0), max: Some(256), pattern: Some(r#"[\p{L}\p{Z}\p{N}_.:/=+\-@]*"#), values: &[] };

pub static USER_LIST_TYPE: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "User", kind: Kind::Structure(&USER) },
    member_name: "member",
    flattened: false,
};

pub static USER_NAME_TYPE: StringSpec =
    StringSpec { min: Some(1), max: Some(64), pattern: Some(r#"[\w+=,.@-]+"#), values: &[] };
