//! The token service from outside: operations, and the life of a session token.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use api::sts::*;
use base::{AccountId, BoxFuture, ManualClock, Region, RequestId, SystemEntropy, Timestamp};
use store::{Options, Store};
use svc_sts::ops::*;
use svc_sts::{IssueError, RoleFacts, Roles, Sts};
use wire::{ApiError, Caller, Context, Operation, Reply};

const ROLE: &str = "arn:aws:iam::000000000000:role/path/r";
const NOW: i64 = 1_795_500_428_000;
const DAY: Duration = Duration::from_secs(24 * 3600);

/// One role, which a test can take away or replace.
struct OneRole(Mutex<Option<RoleFacts>>);

impl Roles for OneRole {
    fn find<'a>(&'a self, role_arn: &'a str) -> BoxFuture<'a, Result<Option<RoleFacts>, ApiError>> {
        let found = self.0.lock().unwrap().clone().filter(|role| role.arn == role_arn);
        Box::pin(async move { Ok(found) })
    }

    fn check_policy(&self, document: &str) -> Result<(), String> {
        if document.starts_with('{') { Ok(()) } else { Err("Syntax errors in policy.".into()) }
    }
}

struct World {
    sts: Arc<Sts>,
    store: Store,
    clock: Arc<ManualClock>,
    roles: Arc<OneRole>,
    _dir: tempfile::TempDir,
}

fn role(id: &str) -> RoleFacts {
    RoleFacts {
        arn: ROLE.into(),
        id: id.into(),
        name: "r".into(),
        account: AccountId::DEFAULT,
        trust_policy: "trust".into(),
        max_session_duration_s: 7200,
    }
}

impl World {
    async fn new() -> World {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), Options::default()).unwrap();
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(NOW)));
        let roles = Arc::new(OneRole(Mutex::new(Some(role("AROA1")))));
        let sts = open(&store, &clock, &roles, [7; 32]).await;
        World { sts, store, clock, roles, _dir: dir }
    }

    async fn call<O: Operation<Service = Sts>>(
        &self,
        caller: Caller,
        input: O::Input,
    ) -> Result<O::Output, ApiError> {
        match O::run(&self.sts, &context(caller), input).await? {
            Reply::Whole(output) => Ok(output),
            Reply::Events(..) => panic!("no operation of this service streams"),
        }
    }

    async fn refused(&self, caller: Caller, input: AssumeRoleRequest) -> String {
        self.call::<AssumeRole>(caller, input).await.unwrap_err().to_string()
    }
}

async fn open(store: &Store, clock: &Arc<ManualClock>, roles: &Arc<OneRole>, master: [u8; 32]) -> Arc<Sts> {
    Sts::open(store.clone(), clock.clone(), Arc::new(SystemEntropy), master, roles.clone()).await.unwrap()
}

fn root() -> Caller {
    Caller::Root { account: AccountId::DEFAULT }
}

fn user() -> Caller {
    Caller::User {
        account: AccountId::DEFAULT,
        arn: "arn:aws:iam::000000000000:user/me".into(),
        id: "AIDA1".into(),
        name: "me".into(),
    }
}

fn session(session_policy: Option<&str>) -> Caller {
    Caller::Session {
        account: AccountId::DEFAULT,
        role_arn: ROLE.into(),
        session_arn: "arn:aws:sts::000000000000:assumed-role/r/name".into(),
        id: "AROA1:name".into(),
        session_policy: session_policy.map(Into::into),
    }
}

fn context(caller: Caller) -> Context {
    Context {
        request_id: RequestId::new(&SystemEntropy),
        account: AccountId::DEFAULT,
        region: Region::new("us-east-1"),
        caller,
        source_ip: None,
        user_agent: String::new(),
        host: "127.0.0.1:4566".into(),
        secure: false,
        received_at: Timestamp::from_millis(NOW),
        headers: Default::default(),
    }
}

fn assume() -> AssumeRoleRequest {
    AssumeRoleRequest { role_arn: ROLE.into(), role_session_name: "name".into(), ..Default::default() }
}

#[tokio::test]
async fn caller_identity() {
    let world = World::new().await;
    #[rustfmt::skip]
    let table = [
        (root(), "000000000000", "arn:aws:iam::000000000000:root"),
        (user(), "AIDA1", "arn:aws:iam::000000000000:user/me"),
        (session(None), "AROA1:name", "arn:aws:sts::000000000000:assumed-role/r/name"),
    ];
    for (caller, id, arn) in table {
        let cx = context(caller.clone());
        let needed = GetCallerIdentity::access(&world.sts, &cx, &Default::default()).await.unwrap();
        assert!(needed.is_empty(), "everybody may ask");
        let answer = world.call::<GetCallerIdentity>(caller, Default::default()).await.unwrap();
        assert_eq!(answer.user_id.as_deref(), Some(id));
        assert_eq!(answer.arn.as_deref(), Some(arn));
        assert_eq!(answer.account.as_deref(), Some("000000000000"));
    }
    for caller in [Caller::Anonymous, Caller::Service { name: "x.amazonaws.com".into() }] {
        let refused = world.call::<GetCallerIdentity>(caller, Default::default()).await.unwrap_err();
        assert_eq!(refused.code, "AccessDenied");
    }
}

#[tokio::test]
async fn assuming_a_role() {
    let world = World::new().await;
    let policy = r#"{"Version":"2012-10-17"}"#;
    let input = AssumeRoleRequest { policy: Some(policy.into()), duration_seconds: Some(900), ..assume() };
    let answer = world.call::<AssumeRole>(user(), input).await.unwrap();
    let assumed = answer.assumed_role_user.unwrap();
    assert_eq!(assumed.arn, "arn:aws:sts::000000000000:assumed-role/r/name");
    assert_eq!(assumed.assumed_role_id, "AROA1:name");
    assert_eq!(answer.packed_policy_size, Some(2));
    let given = answer.credentials.unwrap();
    assert!(given.access_key_id.starts_with("ASIA") && given.access_key_id.len() == 20);
    assert_eq!(given.secret_access_key.len(), 40);
    assert_eq!(given.expiration.as_millis(), NOW + 900_000);
    let opened = world.sts.open_session(&given.access_key_id, &given.session_token).await.unwrap().unwrap();
    assert_eq!(opened.secret_access_key, given.secret_access_key);
    assert_eq!(opened.caller, session(Some(policy)));

    // What the authorizer is asked: the trust policy, and what the request says about itself.
    let input = AssumeRoleRequest { external_id: Some("x1".into()), ..assume() };
    let access = AssumeRole::access(&world.sts, &context(user()), &input).await.unwrap().remove(0);
    assert_eq!((access.action, access.resource.as_str()), ("sts:AssumeRole", ROLE));
    assert_eq!(access.resource_policy.as_deref(), Some("trust"));
    assert!(access.conditions.contains(&("sts:ExternalId".into(), vec!["x1".into()])));
    let unknown = AssumeRoleRequest { role_arn: format!("{ROLE}x"), ..assume() };
    let access = AssumeRole::access(&world.sts, &context(user()), &unknown).await.unwrap().remove(0);
    assert_eq!(access.resource_policy, None);
}

#[tokio::test]
async fn refused_assumptions() {
    let world = World::new().await;
    let tag = || Tag { key: "k".into(), value: "v".into() };
    #[rustfmt::skip]
    let table = [
        (AssumeRoleRequest { role_arn: "r".into(), ..assume() }, "ValidationError: r is invalid"),
        (AssumeRoleRequest { role_arn: "arn:aws:iam::000000000000:user/me".into(), ..assume() }, "ValidationError: arn:aws:iam::000000000000:user/me is invalid"),
        (AssumeRoleRequest { duration_seconds: Some(7201), ..assume() }, "ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role."),
        (AssumeRoleRequest { policy: Some("no".into()), ..assume() }, "MalformedPolicyDocument: Syntax errors in policy."),
        (AssumeRoleRequest { policy: Some(format!("{{{}", "x".repeat(2048))), ..assume() }, "PackedPolicyTooLarge: Serialized token too large for session"),
        (AssumeRoleRequest { tags: Some(vec![tag()]), ..assume() }, "ValidationError: Freehold does not support Tags yet. Remove the parameter from the request."),
        (AssumeRoleRequest { policy_arns: Some(vec![Default::default()]), ..assume() }, "ValidationError: Freehold does not support PolicyArns yet. Remove the parameter from the request."),
        (AssumeRoleRequest { source_identity: Some("x".into()), ..assume() }, "ValidationError: Freehold does not support SourceIdentity yet. Remove the parameter from the request."),
        (AssumeRoleRequest { serial_number: Some("x".into()), ..assume() }, "ValidationError: Freehold does not support SerialNumber and TokenCode yet. Remove the parameter from the request."),
    ];
    for (input, refused) in table {
        assert_eq!(world.refused(user(), input).await, refused);
    }
    let bad_name = AssumeRoleRequest { role_session_name: "a b".into(), ..assume() };
    assert!(world.refused(user(), bad_name).await.contains("at 'roleSessionName'"));
    let long = AssumeRoleRequest { duration_seconds: Some(7200), ..assume() };
    assert!(world.refused(session(None), long).await.contains("role chaining"));
    *world.roles.0.lock().unwrap() = None;
    assert!(world.refused(user(), assume()).await.starts_with("AccessDenied: "));
}

#[tokio::test]
async fn own_sessions() {
    let world = World::new().await;
    let seconds = |duration| GetSessionTokenRequest { duration_seconds: duration, ..Default::default() };
    for (caller, asked, granted_s) in [
        (user(), None, 43_200),
        (user(), Some(900), 900),
        (user(), Some(129_600), 129_600),
        (root(), None, 3600),
        (root(), Some(1000), 1000),
    ] {
        let answer = world.call::<GetSessionToken>(caller.clone(), seconds(asked)).await.unwrap();
        let given = answer.credentials.unwrap();
        assert_eq!(given.expiration.as_millis(), NOW + granted_s * 1000);
        let opened = world.sts.open_session(&given.access_key_id, &given.session_token).await.unwrap();
        assert_eq!(opened.unwrap().caller, caller);
    }
    for bad in [899, 129_601] {
        let refused = world.call::<GetSessionToken>(user(), seconds(Some(bad))).await.unwrap_err();
        assert!(refused.message.contains("at 'durationSeconds'"), "{refused}");
    }
    let refused = world.call::<GetSessionToken>(session(None), seconds(None)).await.unwrap_err();
    assert_eq!(refused.to_string(), "AccessDenied: Cannot call GetSessionToken with session credentials");
    let mfa = GetSessionTokenRequest { token_code: Some("123456".into()), ..Default::default() };
    assert!(world.call::<GetSessionToken>(user(), mfa).await.unwrap_err().message.contains("multi-factor"));
}

#[tokio::test]
async fn a_token_opens_only_while_it_should() {
    let world = World::new().await;
    let given = world.sts.issue_for_role(ROLE, "name", Duration::from_secs(3600)).await.unwrap();
    let other = world.sts.issue_for_role(ROLE, "name", Duration::from_secs(3600)).await.unwrap();
    let open_with = async |id: &str, token: &str| world.sts.open_session(id, token).await;
    let (id, token) = (&given.access_key_id, &given.session_token);
    assert_eq!(open_with(id, token).await.unwrap().unwrap().caller, session(None));
    assert!(open_with(&other.access_key_id, token).await.unwrap().is_none(), "another session's key");
    for forged in ["", "x", "AAAA", &token[..token.len() - 4]] {
        assert!(open_with(id, forged).await.unwrap().is_none(), "{forged}");
    }

    // The same store after a restart; another master key opens nothing.
    let again = open(&world.store, &world.clock, &world.roles, [7; 32]).await;
    assert!(again.open_session(id, token).await.unwrap().is_some());

    // A role made anew under the same name is another role.
    *world.roles.0.lock().unwrap() = Some(role("AROA2"));
    assert!(open_with(id, token).await.unwrap().is_none());
    *world.roles.0.lock().unwrap() = None;
    assert!(open_with(id, token).await.unwrap().is_none());
    *world.roles.0.lock().unwrap() = Some(role("AROA1"));

    world.clock.advance(Duration::from_secs(3600) - Duration::from_millis(1));
    assert!(open_with(id, token).await.unwrap().is_some());
    world.clock.advance(Duration::from_millis(1));
    let expired = open_with(id, token).await.unwrap_err();
    assert_eq!(expired.to_string(), "ExpiredToken: The security token included in the request is expired");
}

#[tokio::test]
async fn sealing_keys_rotate() {
    let world = World::new().await;
    let stored = async || {
        let scan = store::Scan::prefix(store::Key::new(store::Space::SessionKey));
        world.store.snapshot().scan(scan).await.unwrap().len()
    };
    assert_eq!(stored().await, 1);
    world.clock.advance(7 * DAY - Duration::from_secs(1));
    let old = world.sts.issue_for_role(ROLE, "name", Duration::from_secs(36 * 3600)).await.unwrap();
    assert_eq!(stored().await, 1);
    world.clock.advance(Duration::from_secs(1));
    let new = world.sts.issue_for_role(ROLE, "name", Duration::from_secs(3600)).await.unwrap();
    assert_eq!(stored().await, 2, "a week old: replaced");
    for given in [&old, &new] {
        assert!(world.sts.open_session(&given.access_key_id, &given.session_token).await.unwrap().is_some());
    }
    world.clock.advance(7 * DAY);
    world.sts.issue_for_role(ROLE, "name", Duration::from_secs(3600)).await.unwrap();
    assert_eq!(stored().await, 2, "the first is of no use any more");
    assert!(world.sts.open_session(&old.access_key_id, &old.session_token).await.unwrap().is_none());
}

#[tokio::test]
async fn another_nodes_key_is_found() {
    let world = World::new().await;
    let other = open(&world.store, &world.clock, &world.roles, [7; 32]).await;
    world.clock.advance(7 * DAY);
    let given = other.issue_for_role(ROLE, "name", Duration::from_secs(3600)).await.unwrap();
    assert!(world.sts.open_session(&given.access_key_id, &given.session_token).await.unwrap().is_some());
}

#[tokio::test]
async fn sealing_keys_are_sealed_themselves() {
    let world = World::new().await;
    let given = world.sts.issue_for_role(ROLE, "name", Duration::from_secs(3600)).await.unwrap();
    let stranger = open(&world.store, &world.clock, &world.roles, [8; 32]).await;
    assert!(stranger.open_session(&given.access_key_id, &given.session_token).await.unwrap().is_none());
    assert!(stranger.issue_for_role(ROLE, "name", Duration::from_secs(3600)).await.is_err());
}

#[tokio::test]
async fn no_credentials_for_an_unknown_role() {
    let world = World::new().await;
    let problem = world.sts.issue_for_role("arn:aws:iam::000000000000:role/none", "name", DAY).await.err();
    assert!(matches!(problem, Some(IssueError::NoSuchRole(_))));
}
