//! Users and roles, their inline policies and tags.

use api::iam::*;
use svc_iam::ops::*;

use crate::support::{ALLOW_INVOKE, TRUST_LAMBDA, World};

fn create_role(name: &str) -> CreateRoleRequest {
    CreateRoleRequest {
        role_name: name.into(),
        assume_role_policy_document: TRUST_LAMBDA.into(),
        ..Default::default()
    }
}

fn create_user(name: &str) -> CreateUserRequest {
    CreateUserRequest { user_name: name.into(), ..Default::default() }
}

fn tag(key: &str, value: &str) -> Tag {
    Tag { key: key.into(), value: value.into() }
}

#[tokio::test]
async fn life_of_a_role() {
    let world = World::new();
    let input = CreateRoleRequest {
        path: Some("/service/".into()),
        description: Some("for tests".into()),
        max_session_duration: Some(7200),
        tags: Some(vec![tag("team", "a")]),
        ..create_role("exec")
    };
    let role = world.call::<CreateRole>(input).await.unwrap().role;
    assert_eq!(role.arn, "arn:aws:iam::000000000000:role/service/exec");
    assert!(role.role_id.starts_with("AROA") && role.role_id.len() == 21);
    let get = GetRoleRequest { role_name: "EXEC".into() };
    let found = world.call::<GetRole>(get).await.unwrap().role;
    assert_eq!(found, role, "names are found without regard to case");
    assert_eq!(found.max_session_duration, Some(7200));
    assert_eq!(found.tags, Some(vec![tag("team", "a")]));
    let document = found.assume_role_policy_document.unwrap();
    assert!(document.starts_with("%7B%22Version%22%3A%222012-10-17%22"), "{document}");

    assert_eq!(
        world.refused::<CreateRole>(create_role("Exec")).await,
        "EntityAlreadyExists: Role with name Exec already exists."
    );
    let update = |document: &str| UpdateAssumeRolePolicyRequest {
        role_name: "exec".into(),
        policy_document: document.into(),
    };
    let everybody = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}"#;
    world.call::<UpdateAssumeRolePolicy>(update(everybody)).await.unwrap();
    assert_eq!(
        world.refused::<UpdateAssumeRolePolicy>(update("{")).await,
        "MalformedPolicyDocument: This policy contains invalid Json"
    );
    let found = world.call::<GetRole>(GetRoleRequest { role_name: "exec".into() }).await.unwrap().role;
    assert!(found.assume_role_policy_document.unwrap().contains("%22Principal%22%3A%22%2A%22"));

    let delete = DeleteRoleRequest { role_name: "exec".into() };
    world.call::<DeleteRole>(delete.clone()).await.unwrap();
    let missing = "NoSuchEntity: The role with name exec cannot be found.";
    assert_eq!(world.refused::<DeleteRole>(delete).await, missing);
    assert_eq!(world.refused::<GetRole>(GetRoleRequest { role_name: "exec".into() }).await, missing);
    assert_eq!(world.refused::<UpdateAssumeRolePolicy>(update(everybody)).await, missing);
}

#[tokio::test]
async fn a_role_is_changed() {
    let world = World::new();
    world.call::<CreateRole>(create_role("r")).await.unwrap();
    let update = |description: Option<&str>, seconds| UpdateRoleRequest {
        role_name: "r".into(),
        description: description.map(Into::into),
        max_session_duration: seconds,
    };
    world.call::<UpdateRole>(update(Some("new"), None)).await.unwrap();
    world.call::<UpdateRole>(update(None, Some(7200))).await.unwrap();
    let found = world.call::<GetRole>(GetRoleRequest { role_name: "r".into() }).await.unwrap().role;
    assert_eq!((found.description.as_deref(), found.max_session_duration), (Some("new"), Some(7200)));
    let describe =
        |name: &str| UpdateRoleDescriptionRequest { role_name: name.into(), description: "newer".into() };
    let role = world.call::<UpdateRoleDescription>(describe("r")).await.unwrap().role.unwrap();
    assert_eq!((role.description.as_deref(), role.max_session_duration), (Some("newer"), Some(7200)));

    let profiles =
        |name: &str| ListInstanceProfilesForRoleRequest { role_name: name.into(), ..Default::default() };
    let found = world.call::<ListInstanceProfilesForRole>(profiles("r")).await.unwrap();
    assert_eq!((found.instance_profiles.len(), found.is_truncated), (0, Some(false)));
    let missing = "NoSuchEntity: The role with name x cannot be found.";
    assert_eq!(world.refused::<ListInstanceProfilesForRole>(profiles("x")).await, missing);
    assert_eq!(world.refused::<UpdateRoleDescription>(describe("x")).await, missing);
    let absent = UpdateRoleRequest { role_name: "x".into(), ..update(None, None) };
    assert_eq!(world.refused::<UpdateRole>(absent).await, missing);
}

#[tokio::test]
async fn refused_roles() {
    let world = World::new();
    let large = TRUST_LAMBDA
        .replace("sts:AssumeRole\"", &format!("sts:AssumeRole\",\"Sid\":\"{}\"", "x".repeat(2048)));
    #[rustfmt::skip]
    let table: Vec<(CreateRoleRequest, &str)> = vec![
        (create_role("a b"), "ValidationError: The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-"),
        (create_role(""), "ValidationError: The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-"),
        (CreateRoleRequest { path: Some("x".into()), ..create_role("r") }, "ValidationError: The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters."),
        (CreateRoleRequest { assume_role_policy_document: "no".into(), ..create_role("r") }, "MalformedPolicyDocument: This policy contains invalid Json"),
        (CreateRoleRequest { assume_role_policy_document: ALLOW_INVOKE.into(), ..create_role("r") }, "MalformedPolicyDocument: AssumeRolePolicyDocument must specify a principal."),
        (CreateRoleRequest { assume_role_policy_document: large, ..create_role("r") }, "LimitExceeded: Cannot exceed quota for ACLSizePerRole: 2048"),
        (CreateRoleRequest { max_session_duration: Some(60), ..create_role("r") }, "ValidationError: The requested MaxSessionDuration must be between 3600 and 43200 seconds."),
        (CreateRoleRequest { permissions_boundary: Some("arn:aws:iam::000000000000:policy/none".into()), ..create_role("r") }, "NoSuchEntity: Scope ARN: arn:aws:iam::000000000000:policy/none does not exist or is not attachable."),
        (CreateRoleRequest { tags: Some(vec![tag("a", "1"), tag("a", "2")]), ..create_role("r") }, "InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive."),
        (CreateRoleRequest { tags: Some((0..51).map(|at| tag(&format!("k{at}"), "")).collect()), ..create_role("r") }, "LimitExceeded: Cannot exceed quota for TagsPerEntity: 50"),
    ];
    for (input, refused) in table {
        assert_eq!(world.refused::<CreateRole>(input).await, refused);
    }
    assert!(world.call::<ListRoles>(Default::default()).await.unwrap().roles.is_empty());
}

#[tokio::test]
async fn life_of_a_user() {
    let world = World::new();
    let input = CreateUserRequest { path: Some("/dev/".into()), ..create_user("me") };
    let user = world.call::<CreateUser>(input).await.unwrap().user.unwrap();
    assert_eq!(user.arn, "arn:aws:iam::000000000000:user/dev/me");
    assert!(user.user_id.starts_with("AIDA"));
    let get = GetUserRequest { user_name: Some("me".into()) };
    assert_eq!(world.call::<GetUser>(get).await.unwrap().user, user);
    assert_eq!(
        world.refused::<CreateUser>(create_user("ME")).await,
        "EntityAlreadyExists: User with name ME already exists."
    );
    assert!(world.refused::<CreateUser>(create_user("a/b")).await.starts_with("ValidationError: "));
    let root = world.call::<GetUser>(Default::default()).await.unwrap().user;
    assert_eq!(root.arn, "arn:aws:iam::000000000000:root");

    world.allow_user("me", ALLOW_INVOKE).await;
    let delete = DeleteUserRequest { user_name: "me".into() };
    assert_eq!(
        world.refused::<DeleteUser>(delete.clone()).await,
        "DeleteConflict: Cannot delete entity, must delete policies first."
    );
    let inline = DeleteUserPolicyRequest { user_name: "me".into(), policy_name: "p".into() };
    world.call::<DeleteUserPolicy>(inline.clone()).await.unwrap();
    assert_eq!(
        world.refused::<DeleteUserPolicy>(inline).await,
        "NoSuchEntity: The user policy with name p cannot be found."
    );
    world.call::<DeleteUser>(delete.clone()).await.unwrap();
    let missing = "NoSuchEntity: The user with name me cannot be found.";
    assert_eq!(world.refused::<DeleteUser>(delete).await, missing);
    assert_eq!(world.refused::<GetUser>(GetUserRequest { user_name: Some("me".into()) }).await, missing);
}

#[tokio::test]
async fn lists_are_paged_and_filtered_by_path() {
    let world = World::new();
    for name in ["c", "A", "b"] {
        let path = Some(if name == "b" { "/x/" } else { "/" }.to_owned());
        world
            .call::<CreateRole>(CreateRoleRequest { path: path.clone(), ..create_role(name) })
            .await
            .unwrap();
        world.call::<CreateUser>(CreateUserRequest { path, ..create_user(name) }).await.unwrap();
    }
    let page =
        world.call::<ListRoles>(ListRolesRequest { max_items: Some(2), ..Default::default() }).await.unwrap();
    assert_eq!(page.roles.iter().map(|role| role.role_name.as_str()).collect::<Vec<_>>(), ["A", "b"]);
    assert_eq!(page.is_truncated, Some(true));
    assert!(page.roles[0].assume_role_policy_document.is_some());
    let next = ListRolesRequest { max_items: Some(2), marker: page.marker, ..Default::default() };
    let page = world.call::<ListRoles>(next).await.unwrap();
    assert_eq!(page.roles.iter().map(|role| role.role_name.as_str()).collect::<Vec<_>>(), ["c"]);
    assert_eq!((page.is_truncated, page.marker), (Some(false), None));

    let below = ListUsersRequest { path_prefix: Some("/x/".into()), ..Default::default() };
    let page = world.call::<ListUsers>(below).await.unwrap();
    assert_eq!(page.users.iter().map(|user| user.user_name.as_str()).collect::<Vec<_>>(), ["b"]);
}

#[tokio::test]
async fn inline_policies_of_a_role() {
    let world = World::new();
    world.role("r", TRUST_LAMBDA).await;
    let put = |name: &str, document: &str| PutRolePolicyRequest {
        role_name: "r".into(),
        policy_name: name.into(),
        policy_document: document.into(),
    };
    world.call::<PutRolePolicy>(put("b", ALLOW_INVOKE)).await.unwrap();
    world.call::<PutRolePolicy>(put("a", ALLOW_INVOKE)).await.unwrap();
    let get = |name: &str| GetRolePolicyRequest { role_name: "r".into(), policy_name: name.into() };
    let found = world.call::<GetRolePolicy>(get("a")).await.unwrap();
    assert!(found.policy_document.starts_with("%7B%22Version%22"));
    assert_eq!(
        world.refused::<GetRolePolicy>(get("c")).await,
        "NoSuchEntity: The role policy with name c cannot be found."
    );
    let list = ListRolePoliciesRequest { role_name: "r".into(), ..Default::default() };
    assert_eq!(world.call::<ListRolePolicies>(list).await.unwrap().policy_names, ["a", "b"]);
    assert_eq!(
        world.refused::<PutRolePolicy>(put("x", "{}")).await,
        "MalformedPolicyDocument: Syntax errors in policy."
    );
    let large = ALLOW_INVOKE.replace("\"Effect\"", &format!("\"Sid\":\"{}\",\"Effect\"", "x".repeat(10_000)));
    assert_eq!(
        world.refused::<PutRolePolicy>(put("x", &large)).await,
        "LimitExceeded: Maximum policy size of 10240 bytes exceeded for role r"
    );
    let spaced = ALLOW_INVOKE.replace(',', &format!(",{}", " ".repeat(10_000)));
    world.call::<PutRolePolicy>(put("spaced", &spaced)).await.unwrap();

    assert_eq!(
        world.refused::<DeleteRole>(DeleteRoleRequest { role_name: "r".into() }).await,
        "DeleteConflict: Cannot delete entity, must delete policies first."
    );
    for name in ["a", "b", "spaced"] {
        let delete = DeleteRolePolicyRequest { role_name: "r".into(), policy_name: name.into() };
        world.call::<DeleteRolePolicy>(delete).await.unwrap();
    }
    world.call::<DeleteRole>(DeleteRoleRequest { role_name: "r".into() }).await.unwrap();
}

#[tokio::test]
async fn inline_policies_of_a_user() {
    let world = World::new();
    world.user("u").await;
    world.allow_user("u", ALLOW_INVOKE).await;
    let get = GetUserPolicyRequest { user_name: "u".into(), policy_name: "p".into() };
    assert_eq!(world.call::<GetUserPolicy>(get).await.unwrap().user_name, "u");
    let list = ListUserPoliciesRequest { user_name: "u".into(), ..Default::default() };
    assert_eq!(world.call::<ListUserPolicies>(list).await.unwrap().policy_names, ["p"]);
    let elsewhere = ListUserPoliciesRequest { user_name: "none".into(), ..Default::default() };
    assert_eq!(
        world.refused::<ListUserPolicies>(elsewhere).await,
        "NoSuchEntity: The user with name none cannot be found."
    );
}

#[tokio::test]
async fn tags_of_a_role() {
    let world = World::new();
    world.role("r", TRUST_LAMBDA).await;
    let add = |tags| TagRoleRequest { role_name: "r".into(), tags };
    world.call::<TagRole>(add(vec![tag("b", "1"), tag("a", "1")])).await.unwrap();
    world.call::<TagRole>(add(vec![tag("a", "2")])).await.unwrap();
    let list = ListRoleTagsRequest { role_name: "r".into(), ..Default::default() };
    assert_eq!(world.call::<ListRoleTags>(list.clone()).await.unwrap().tags, [tag("a", "2"), tag("b", "1")]);
    let remove = UntagRoleRequest { role_name: "r".into(), tag_keys: vec!["a".into(), "zzz".into()] };
    world.call::<UntagRole>(remove).await.unwrap();
    assert_eq!(world.call::<ListRoleTags>(list).await.unwrap().tags, [tag("b", "1")]);
    let many = (0..50).map(|at| tag(&format!("k{at}"), "")).collect();
    assert_eq!(
        world.refused::<TagRole>(add(many)).await,
        "LimitExceeded: Cannot exceed quota for TagsPerRole: 50"
    );
    assert!(world.refused::<TagRole>(add(vec![tag("aws:x", "")])).await.contains("reserved"));
}
