//! Managed policies and their attachment.

use api::iam::*;
use svc_iam::ops::*;

use crate::support::{ALLOW_INVOKE, TRUST_LAMBDA, World};

const BASIC: &str = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

fn create(name: &str) -> CreatePolicyRequest {
    CreatePolicyRequest {
        policy_name: name.into(),
        policy_document: ALLOW_INVOKE.into(),
        ..Default::default()
    }
}

fn attach(arn: &str) -> AttachRolePolicyRequest {
    AttachRolePolicyRequest { role_name: "r".into(), policy_arn: arn.into() }
}

fn detach(arn: &str) -> DetachRolePolicyRequest {
    DetachRolePolicyRequest { role_name: "r".into(), policy_arn: arn.into() }
}

#[tokio::test]
async fn life_of_a_policy() {
    let world = World::new();
    let input =
        CreatePolicyRequest { path: Some("/x/".into()), description: Some("d".into()), ..create("p") };
    let policy = world.call::<CreatePolicy>(input).await.unwrap().policy.unwrap();
    let arn = policy.arn.clone().unwrap();
    assert_eq!(arn, "arn:aws:iam::000000000000:policy/x/p");
    assert_eq!((policy.default_version_id.as_deref(), policy.attachment_count), (Some("v1"), Some(0)));
    let get = GetPolicyRequest { policy_arn: arn.clone() };
    assert_eq!(world.call::<GetPolicy>(get.clone()).await.unwrap().policy, Some(policy));
    let version = |id: &str| GetPolicyVersionRequest { policy_arn: arn.clone(), version_id: id.into() };
    let found = world.call::<GetPolicyVersion>(version("v1")).await.unwrap().policy_version.unwrap();
    assert_eq!(found.is_default_version, Some(true));
    let list = |arn: &str| ListPolicyVersionsRequest { policy_arn: arn.into(), ..Default::default() };
    for known in [arn.as_str(), BASIC] {
        let listed = world.call::<ListPolicyVersions>(list(known)).await.unwrap();
        let versions = listed.versions.unwrap();
        assert_eq!((versions.len(), listed.is_truncated), (1, Some(false)));
        assert_eq!((versions[0].is_default_version, versions[0].document.as_deref()), (Some(true), None));
    }
    let unknown = "arn:aws:iam::000000000000:policy/none";
    let refused = format!("NoSuchEntity: Policy {unknown} was not found.");
    assert_eq!(world.refused::<ListPolicyVersions>(list(unknown)).await, refused);
    assert!(found.document.unwrap().contains("lambda%3AInvokeFunction"));
    for bad in ["v2", "1", "vx"] {
        let refused =
            format!("NoSuchEntity: Policy {arn} version {bad} does not exist or is not attachable.");
        assert_eq!(world.refused::<GetPolicyVersion>(version(bad)).await, refused);
    }
    assert_eq!(
        world.refused::<CreatePolicy>(create("P")).await,
        "EntityAlreadyExists: A policy called P already exists. Duplicate names are not allowed."
    );
    let bad = CreatePolicyRequest { policy_document: "{}".into(), ..create("q") };
    assert_eq!(world.refused::<CreatePolicy>(bad).await, "MalformedPolicyDocument: Syntax errors in policy.");
    let large = ALLOW_INVOKE.replace("\"Effect\"", &format!("\"Sid\":\"{}\",\"Effect\"", "x".repeat(6144)));
    let large = CreatePolicyRequest { policy_document: large, ..create("q") };
    assert_eq!(
        world.refused::<CreatePolicy>(large).await,
        "LimitExceeded: Cannot exceed quota for PolicySize: 6144"
    );

    world.role("r", TRUST_LAMBDA).await;
    world.call::<AttachRolePolicy>(attach(&arn)).await.unwrap();
    let used = world.call::<GetPolicy>(get.clone()).await.unwrap().policy.unwrap();
    assert_eq!(used.attachment_count, Some(1));
    let delete = DeletePolicyRequest { policy_arn: arn.clone() };
    assert_eq!(
        world.refused::<DeletePolicy>(delete.clone()).await,
        "DeleteConflict: Cannot delete a policy attached to entities."
    );
    world.call::<DetachRolePolicy>(detach(&arn)).await.unwrap();
    world.call::<DeletePolicy>(delete.clone()).await.unwrap();
    let missing = format!("NoSuchEntity: Policy {arn} was not found.");
    assert_eq!(world.refused::<DeletePolicy>(delete).await, missing);
    assert_eq!(world.refused::<GetPolicy>(get).await, missing);
}

#[tokio::test]
async fn policies_of_aws() {
    let world = World::new();
    let get = GetPolicyRequest { policy_arn: BASIC.into() };
    let policy = world.call::<GetPolicy>(get).await.unwrap().policy.unwrap();
    assert_eq!(policy.policy_name.as_deref(), Some("AWSLambdaBasicExecutionRole"));
    let version =
        GetPolicyVersionRequest { policy_arn: BASIC.into(), version_id: policy.default_version_id.unwrap() };
    let found = world.call::<GetPolicyVersion>(version).await.unwrap().policy_version.unwrap();
    assert!(found.document.unwrap().contains("logs%3APutLogEvents"));
    let delete = DeletePolicyRequest { policy_arn: BASIC.into() };
    assert!(world.refused::<DeletePolicy>(delete).await.starts_with("AccessDenied: "));
    let unknown = GetPolicyRequest { policy_arn: "arn:aws:iam::aws:policy/Nothing".into() };
    assert_eq!(
        world.refused::<GetPolicy>(unknown).await,
        "NoSuchEntity: Policy arn:aws:iam::aws:policy/Nothing was not found."
    );
}

#[tokio::test]
async fn attaching() {
    let world = World::new();
    world.role("r", TRUST_LAMBDA).await;
    world.call::<AttachRolePolicy>(attach(BASIC)).await.unwrap();
    world.call::<AttachRolePolicy>(attach(BASIC)).await.unwrap();
    let admin = "arn:aws:iam::aws:policy/AdministratorAccess";
    world.call::<AttachRolePolicy>(attach(admin)).await.unwrap();
    let list = |prefix: Option<&str>| ListAttachedRolePoliciesRequest {
        role_name: "r".into(),
        path_prefix: prefix.map(str::to_owned),
        ..Default::default()
    };
    let arns = async |input| {
        let page = world.call::<ListAttachedRolePolicies>(input).await.unwrap();
        page.attached_policies
            .unwrap()
            .into_iter()
            .map(|policy| policy.policy_arn.unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(arns(list(None)).await, [admin, BASIC]);
    assert_eq!(arns(list(Some("/service-role/"))).await, [BASIC]);

    for unknown in [
        "arn:aws:iam::aws:policy/Nothing",
        "arn:aws:iam::000000000000:policy/none",
        "arn:aws:iam::111111111111:policy/p",
        "no arn at all.....x",
    ] {
        let refused = format!("NoSuchEntity: Policy {unknown} does not exist or is not attachable.");
        assert_eq!(world.refused::<AttachRolePolicy>(attach(unknown)).await, refused);
    }
    let elsewhere = AttachRolePolicyRequest { role_name: "none".into(), policy_arn: BASIC.into() };
    assert_eq!(
        world.refused::<AttachRolePolicy>(elsewhere).await,
        "NoSuchEntity: The role with name none cannot be found."
    );
    for number in 0..8 {
        let arn = world
            .call::<CreatePolicy>(create(&format!("p{number}")))
            .await
            .unwrap()
            .policy
            .unwrap()
            .arn
            .unwrap();
        world.call::<AttachRolePolicy>(attach(&arn)).await.unwrap();
    }
    let more = attach("arn:aws:iam::aws:policy/PowerUserAccess");
    assert_eq!(
        world.refused::<AttachRolePolicy>(more).await,
        "LimitExceeded: Cannot exceed quota for PoliciesPerRole: 10"
    );

    assert_eq!(
        world.refused::<DeleteRole>(DeleteRoleRequest { role_name: "r".into() }).await,
        "DeleteConflict: Cannot delete entity, must detach all policies first."
    );
    world.call::<DetachRolePolicy>(detach(BASIC)).await.unwrap();
    assert_eq!(
        world.refused::<DetachRolePolicy>(detach(BASIC)).await,
        format!("NoSuchEntity: Policy {BASIC} was not found.")
    );

    world.user("u").await;
    let user = AttachUserPolicyRequest { user_name: "u".into(), policy_arn: admin.into() };
    world.call::<AttachUserPolicy>(user).await.unwrap();
    let list = ListAttachedUserPoliciesRequest { user_name: "u".into(), ..Default::default() };
    assert_eq!(
        world.call::<ListAttachedUserPolicies>(list).await.unwrap().attached_policies.unwrap().len(),
        1
    );
    let user = DetachUserPolicyRequest { user_name: "u".into(), policy_arn: admin.into() };
    world.call::<DetachUserPolicy>(user).await.unwrap();
}

#[tokio::test]
async fn listing_policies() {
    let world = World::new();
    world.role("r", TRUST_LAMBDA).await;
    world.call::<CreatePolicy>(create("mine")).await.unwrap();
    world.call::<AttachRolePolicy>(attach(BASIC)).await.unwrap();
    let count = async |input: ListPoliciesRequest| {
        let mut total = 0;
        let mut marker = None;
        loop {
            let input = ListPoliciesRequest { marker, max_items: Some(7), ..input.clone() };
            let page = world.call::<ListPolicies>(input).await.unwrap();
            total += page.policies.unwrap().len();
            marker = page.marker;
            if marker.is_none() {
                return total;
            }
        }
    };
    let scope = |scope: &str| ListPoliciesRequest { scope: Some(scope.into()), ..Default::default() };
    assert_eq!(count(scope("Local")).await, 1);
    assert_eq!(count(scope("AWS")).await + 1, count(Default::default()).await);
    assert_eq!(count(ListPoliciesRequest { only_attached: Some(true), ..Default::default() }).await, 1);
    let used =
        ListPoliciesRequest { policy_usage_filter: Some("PermissionsBoundary".into()), ..Default::default() };
    assert_eq!(count(used).await, 0);
}
