//! The judge with real users, roles and policies, and its words.

use api::iam::*;
use svc_iam::RoleProblem;
use svc_iam::ops::*;
use wire::{Access, Caller};

use crate::support::{ALLOW_INVOKE, TRUST_LAMBDA, World, root, service, session};

const FUNCTION: &str = "arn:aws:lambda:us-east-1:000000000000:function:f";
const DENY_INVOKE: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"lambda:InvokeFunction","Resource":"*"}]}"#;

fn invoke() -> Access {
    Access::new("lambda:InvokeFunction", FUNCTION)
}

fn invoke_with(policy: &str) -> Access {
    Access { resource_policy: Some(policy.to_owned()), ..invoke() }
}

fn resource_policy(principal: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Id":"default","Statement":[{{"Sid":"s","Effect":"Allow","Principal":{principal},"Action":"lambda:InvokeFunction","Resource":"{FUNCTION}"}}]}}"#
    )
}

#[tokio::test]
async fn refusals_are_in_awss_words() {
    let world = World::new();
    let user = world.user("me").await;
    let who = "403 AccessDeniedException: User: arn:aws:iam::000000000000:user/me is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:000000000000:function:f";
    assert_eq!(
        world.judge(&user, invoke()).await,
        format!("{who} because no identity-based policy allows the lambda:InvokeFunction action")
    );
    world.allow_user("me", DENY_INVOKE).await;
    assert_eq!(
        world.judge(&user, invoke()).await,
        format!("{who} with an explicit deny in an identity-based policy")
    );
    world.allow_user("me", ALLOW_INVOKE).await;
    assert_eq!(world.judge(&user, invoke()).await, "");
    let denied = resource_policy(r#"{"AWS":"*"}"#).replace("Allow", "Deny");
    assert_eq!(
        world.judge(&user, invoke_with(&denied)).await,
        format!("{who} with an explicit deny in a resource-based policy")
    );
    assert_eq!(
        world.judge(&user, Access::new("iam:CreateUser", "arn:aws:iam::000000000000:user/x")).await,
        "403 AccessDenied: User: arn:aws:iam::000000000000:user/me is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::000000000000:user/x because no identity-based policy allows the iam:CreateUser action"
    );
    let elsewhere = Access::new("lambda:InvokeFunction", FUNCTION.replace("000000000000", "111111111111"));
    assert!(
        world
            .judge(&user, elsewhere)
            .await
            .ends_with("because no resource-based policy allows the lambda:InvokeFunction action")
    );
    assert_eq!(world.judge(&root(), invoke()).await, "");
    assert!(world.judge(&root(), invoke_with(&denied)).await.contains("000000000000:root is not authorized"));
}

#[tokio::test]
async fn sessions_have_their_roles_permissions() {
    let world = World::new();
    let role = world.role("r", TRUST_LAMBDA).await;
    let caller = session(&role, None);
    assert!(world.judge(&caller, invoke()).await.starts_with(
        "403 AccessDeniedException: User: arn:aws:sts::000000000000:assumed-role/r/s is not authorized to perform:"
    ));
    let attach = AttachRolePolicyRequest {
        role_name: "r".into(),
        policy_arn: "arn:aws:iam::aws:policy/service-role/AWSLambdaRole".into(),
    };
    world.call::<AttachRolePolicy>(attach).await.unwrap();
    assert_eq!(world.judge(&caller, invoke()).await, "");
    assert_eq!(world.judge(&session(&role, Some(ALLOW_INVOKE)), invoke()).await, "");
    let other = ALLOW_INVOKE.replace("lambda:InvokeFunction", "s3:*");
    assert!(
        world
            .judge(&session(&role, Some(&other)), invoke())
            .await
            .ends_with("because no session policy allows the lambda:InvokeFunction action")
    );
    assert!(
        world
            .judge(&session(&role, Some(DENY_INVOKE)), invoke())
            .await
            .ends_with("with an explicit deny in a session policy")
    );
    // A session policy that does not parse allows nothing.
    assert!(world.judge(&session(&role, Some("{")), invoke()).await.starts_with("500 "));
}

#[tokio::test]
async fn services_and_the_anonymous_need_the_resources_policy() {
    let world = World::new();
    let events = Caller::Service { name: "events.amazonaws.com".into() };
    assert!(world.judge(&events, invoke()).await.contains("User: events.amazonaws.com is not authorized"));
    let policy = resource_policy(r#"{"Service":"events.amazonaws.com"}"#);
    assert_eq!(world.judge(&events, invoke_with(&policy)).await, "");
    let conditional = policy.replace(
        r#""Action""#,
        r#""Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:events:us-east-1:000000000000:rule/*"}},"Action""#,
    );
    let from = |arn: &str| Access {
        conditions: vec![("aws:SourceArn".into(), vec![arn.into()])],
        ..invoke_with(&conditional)
    };
    assert_eq!(world.judge(&events, from("arn:aws:events:us-east-1:000000000000:rule/x")).await, "");
    assert_ne!(world.judge(&events, from("arn:aws:events:us-east-1:111111111111:rule/x")).await, "");
    assert_ne!(world.judge(&events, invoke_with(&conditional)).await, "");
    assert_eq!(world.judge(&Caller::Anonymous, invoke_with(&resource_policy("\"*\""))).await, "");
    assert_ne!(world.judge(&Caller::Anonymous, invoke_with(&policy)).await, "");
    assert_ne!(world.judge(&Caller::Anonymous, invoke()).await, "");
    // A stored policy that cannot be read refuses rather than allows.
    assert!(world.judge(&events, invoke_with("{")).await.starts_with("500 ServiceFailure"));
}

#[tokio::test]
async fn global_condition_keys() {
    let world = World::new();
    let user = world.user("me").await;
    #[rustfmt::skip]
    let table = [
        (r#"{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}"#, true),
        (r#"{"IpAddress":{"aws:SourceIp":"198.51.100.0/24"}}"#, false),
        (r#"{"StringEquals":{"aws:username":"me"}}"#, true),
        (r#"{"StringEquals":{"aws:PrincipalAccount":"000000000000"}}"#, true),
        (r#"{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::*:user/me"}}"#, true),
        (r#"{"StringEquals":{"aws:RequestedRegion":["eu-west-1","us-east-1"]}}"#, true),
        (r#"{"StringNotEquals":{"aws:RequestedRegion":"us-east-1"}}"#, false),
        (r#"{"Bool":{"aws:SecureTransport":"true"}}"#, false),
        (r#"{"StringLike":{"aws:UserAgent":"aws-cli/*"}}"#, true),
        (r#"{"StringLike":{"aws:userid":"AIDA*"}}"#, true),
        (r#"{"DateGreaterThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"}}"#, true),
        (r#"{"NumericLessThan":{"aws:EpochTime":"1000000000"}}"#, false),
        (r#"{"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}"#, true),
        (r#"{"StringEquals":{"lambda:FunctionUrlAuthType":"AWS_IAM"}}"#, true),
        (r#"{"Null":{"aws:SourceArn":"true"}}"#, true),
    ];
    for (condition, allowed) in table {
        let document =
            ALLOW_INVOKE.replace(r#""Resource""#, &format!(r#""Condition":{condition},"Resource""#));
        world.allow_user("me", &document).await;
        let access = Access {
            conditions: vec![("lambda:FunctionUrlAuthType".into(), vec!["AWS_IAM".into()])],
            ..invoke()
        };
        assert_eq!(world.judge(&user, access).await.is_empty(), allowed, "{condition}");
    }
}

#[tokio::test]
async fn changes_count_at_once() {
    let world = World::new();
    let user = world.user("me").await;
    let policy = CreatePolicyRequest {
        policy_name: "p".into(),
        policy_document: ALLOW_INVOKE.into(),
        ..Default::default()
    };
    let arn = world.call::<CreatePolicy>(policy).await.unwrap().policy.unwrap().arn.unwrap();
    for _ in 0..5 {
        assert_ne!(world.judge(&user, invoke()).await, "");
        let attach = AttachUserPolicyRequest { user_name: "me".into(), policy_arn: arn.clone() };
        world.call::<AttachUserPolicy>(attach).await.unwrap();
        assert_eq!(world.judge(&user, invoke()).await, "");
        let detach = DetachUserPolicyRequest { user_name: "me".into(), policy_arn: arn.clone() };
        world.call::<DetachUserPolicy>(detach).await.unwrap();
    }
    // Another node's change arrives through the store.
    let other = service(&world.store, svc_iam::MasterKey::new([7; 32]));
    let elsewhere = World { iam: other, store: world.store.clone(), _dir: tempfile::tempdir().unwrap() };
    assert_ne!(elsewhere.judge(&user, invoke()).await, "");
    world.allow_user("me", ALLOW_INVOKE).await;
    while !elsewhere.judge(&user, invoke()).await.is_empty() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn boundaries_limit() {
    let world = World::new();
    let policy = |name: &str, document: &str| CreatePolicyRequest {
        policy_name: name.into(),
        policy_document: document.into(),
        ..Default::default()
    };
    let only_s3 = ALLOW_INVOKE.replace("lambda:InvokeFunction", "s3:*");
    let arn = world.call::<CreatePolicy>(policy("s3", &only_s3)).await.unwrap().policy.unwrap().arn.unwrap();
    let input = CreateUserRequest {
        user_name: "me".into(),
        permissions_boundary: Some(arn.clone()),
        ..Default::default()
    };
    let user = world.call::<CreateUser>(input).await.unwrap().user.unwrap();
    assert_eq!(user.permissions_boundary.unwrap().permissions_boundary_arn, Some(arn.clone()));
    let caller = Caller::User {
        account: base::AccountId::DEFAULT,
        arn: user.arn,
        id: user.user_id,
        name: user.user_name,
    };
    world.allow_user("me", ALLOW_INVOKE).await;
    assert!(
        world
            .judge(&caller, invoke())
            .await
            .ends_with("because no permissions boundary allows the lambda:InvokeFunction action")
    );
    let used = world.refused::<DeletePolicy>(DeletePolicyRequest { policy_arn: arn }).await;
    assert_eq!(used, "DeleteConflict: Cannot delete a policy attached to entities.");
}

#[tokio::test]
async fn who_may_assume_a_role() {
    let world = World::new();
    let role = world.role("r", TRUST_LAMBDA).await;
    let checked = world.iam.assume_check(&role.arn, "lambda.amazonaws.com").await.unwrap();
    assert_eq!((checked.name.as_str(), checked.id), ("r", role.role_id.clone()));
    let problem = world.iam.assume_check(&role.arn, "ec2.amazonaws.com").await.unwrap_err();
    assert!(matches!(problem, RoleProblem::NotAssumable { .. }));
    for unknown in ["arn:aws:iam::000000000000:role/x", "arn:aws:iam::000000000000:role/path/r", "r", ""] {
        let problem = world.iam.assume_check(unknown, "lambda.amazonaws.com").await.unwrap_err();
        assert!(matches!(problem, RoleProblem::NotFound(_)), "{unknown}");
    }

    // A trust policy is asked like a resource policy, and must allow.
    let me = world.user("me").await;
    let assume = |trust: &str| Access {
        resource_policy: Some(trust.to_owned()),
        ..Access::new("sts:AssumeRole", role.arn.clone())
    };
    let trust = |principal: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{principal},"Action":"sts:AssumeRole"}}}}"#
        )
    };
    let refused = "403 AccessDenied: User: arn:aws:iam::000000000000:user/me is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::000000000000:role/r";
    assert_eq!(world.judge(&me, assume(TRUST_LAMBDA)).await, refused);
    world.allow_user("me", &ALLOW_INVOKE.replace("lambda:InvokeFunction", "sts:AssumeRole")).await;
    assert_eq!(world.judge(&me, assume(TRUST_LAMBDA)).await, refused, "an identity policy is not enough");
    assert_eq!(world.judge(&me, assume(&trust(r#"{"AWS":"000000000000"}"#))).await, "");
    assert_eq!(world.judge(&root(), assume(&trust(r#"{"AWS":"000000000000"}"#))).await, "");
    assert_ne!(world.judge(&root(), assume(TRUST_LAMBDA)).await, "");
    assert_ne!(world.judge(&root(), Access::new("sts:AssumeRole", role.arn.clone())).await, "");
}
