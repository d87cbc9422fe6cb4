//! Access keys, the root's first key, and finding the owner of a key.

use std::sync::Arc;

use api::iam::*;
use base::{AccountId, BoxFuture};
use svc_iam::ops::*;
use svc_iam::{BootstrapError, MasterKey, Session, SessionTokens};
use wire::{ApiError, Caller, Credentials};

use crate::support::{World, root, service};

fn of(name: &str) -> CreateAccessKeyRequest {
    CreateAccessKeyRequest { user_name: Some(name.into()) }
}

#[tokio::test]
async fn life_of_a_key() {
    let world = World::new();
    let user = world.user("u").await;
    let key = world.call::<CreateAccessKey>(of("u")).await.unwrap().access_key;
    assert!(key.access_key_id.starts_with("AKIA") && key.access_key_id.len() == 20);
    assert_eq!(key.secret_access_key.len(), 40);
    let find = async || world.iam.find(&key.access_key_id, None).await.unwrap();
    let found = find().await.unwrap();
    assert_eq!((found.secret_access_key, found.caller), (key.secret_access_key.clone(), user));

    let switch = |status: &str| UpdateAccessKeyRequest {
        user_name: Some("u".into()),
        access_key_id: key.access_key_id.clone(),
        status: status.into(),
    };
    world.call::<UpdateAccessKey>(switch("Inactive")).await.unwrap();
    assert!(find().await.is_none(), "an inactive key is refused at once");
    let list = ListAccessKeysRequest { user_name: Some("u".into()), ..Default::default() };
    let keys = world.call::<ListAccessKeys>(list.clone()).await.unwrap().access_key_metadata;
    assert_eq!((keys.len(), keys[0].status.as_deref()), (1, Some("Inactive")));
    world.call::<UpdateAccessKey>(switch("Active")).await.unwrap();
    assert!(find().await.is_some());
    assert!(world.refused::<UpdateAccessKey>(switch("Expired")).await.starts_with("ValidationError: "));

    world.call::<CreateAccessKey>(of("u")).await.unwrap();
    assert_eq!(
        world.refused::<CreateAccessKey>(of("u")).await,
        "LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2"
    );
    assert_eq!(
        world.refused::<DeleteUser>(DeleteUserRequest { user_name: "u".into() }).await,
        "DeleteConflict: Cannot delete entity, must delete access keys first."
    );
    world.user("other").await;
    let delete = |user: &str| DeleteAccessKeyRequest {
        user_name: Some(user.into()),
        access_key_id: key.access_key_id.clone(),
    };
    let missing = format!("NoSuchEntity: The Access Key with id {} cannot be found.", key.access_key_id);
    assert_eq!(world.refused::<DeleteAccessKey>(delete("other")).await, missing, "another user's key");
    world.call::<DeleteAccessKey>(delete("u")).await.unwrap();
    assert!(find().await.is_none());
    assert_eq!(world.refused::<DeleteAccessKey>(delete("u")).await, missing);
    assert_eq!(world.refused::<UpdateAccessKey>(switch("Active")).await, missing);
    assert_eq!(world.call::<ListAccessKeys>(list).await.unwrap().access_key_metadata.len(), 1);
    assert_eq!(
        world.refused::<CreateAccessKey>(of("none")).await,
        "NoSuchEntity: The user with name none cannot be found."
    );
}

#[tokio::test]
async fn secrets_are_sealed_on_disk() {
    let world = World::new();
    world.user("u").await;
    let key = world.call::<CreateAccessKey>(of("u")).await.unwrap().access_key;
    let space = store::Scan::prefix(store::Key::new(store::Space::AccessKey));
    for (_, value) in world.store.snapshot().scan(space).await.unwrap() {
        let text = String::from_utf8_lossy(&value).into_owned();
        assert!(text.contains(&key.access_key_id) && !text.contains(&key.secret_access_key), "{text}");
    }
    // With another master key nothing opens, and that is an error, not a wrong secret.
    let stranger = service(&world.store, MasterKey::new([8; 32]));
    assert_eq!(stranger.find(&key.access_key_id, None).await.err().unwrap().http_status, 500);
}

#[tokio::test]
async fn unknown_and_mismatched_keys() {
    let world = World::new();
    world.user("u").await;
    let key = world.call::<CreateAccessKey>(of("u")).await.unwrap().access_key;
    assert!(world.iam.find("AKIANOBODY0000000000", None).await.unwrap().is_none());
    assert!(
        world.iam.find(&key.access_key_id, Some("token")).await.unwrap().is_none(),
        "permanent with a token"
    );
    assert!(
        world.iam.find("ASIA0000000000000000", None).await.unwrap().is_none(),
        "temporary without a token"
    );
    assert!(
        world.iam.find("ASIA0000000000000000", Some("t")).await.unwrap().is_none(),
        "nobody opens tokens yet"
    );
}

struct OneSession(Caller);

impl SessionTokens for OneSession {
    fn open<'a>(&'a self, id: &'a str, token: &'a str) -> BoxFuture<'a, Result<Option<Session>, ApiError>> {
        let session = Session { secret_access_key: "secret".into(), caller: self.0.clone() };
        Box::pin(async move { Ok((id == "ASIA0000000000000000" && token == "token").then_some(session)) })
    }
}

#[tokio::test]
async fn temporary_keys_end_with_their_user() {
    let world = World::new();
    let user = world.user("u").await;
    world.iam.connect_sessions(Arc::new(OneSession(user.clone())));
    let find = async |token| world.iam.find("ASIA0000000000000000", Some(token)).await.unwrap();
    assert_eq!(find("token").await.unwrap().caller, user);
    assert!(find("forged").await.is_none());
    world.call::<DeleteUser>(DeleteUserRequest { user_name: "u".into() }).await.unwrap();
    assert!(find("token").await.is_none());
    world.user("u").await;
    assert!(find("token").await.is_none(), "a new user of the same name is another");
}

#[tokio::test]
async fn the_root_key() {
    let world = World::new();
    let (id, secret) = world.iam.bootstrap_root(None).await.unwrap();
    assert_eq!((id.len(), secret.len()), (20, 40));
    assert_eq!(world.iam.find(&id, None).await.unwrap().unwrap().caller, root());
    assert_eq!(
        world.iam.bootstrap_root(None).await.unwrap(),
        (id.clone(), secret),
        "the next start finds it"
    );

    let given = |id: &str, secret: &str| Some((id.to_owned(), secret.to_owned()));
    let first = given("CONFIGURED_KEY_1", "secret-secret-secret-1");
    assert_eq!(Some(world.iam.bootstrap_root(first.clone()).await.unwrap()), first);
    assert_eq!(Some(world.iam.bootstrap_root(first.clone()).await.unwrap()), first);
    let second = given("CONFIGURED_KEY_2", "secret-secret-secret-2");
    world.iam.bootstrap_root(second).await.unwrap();
    assert!(
        world.iam.find("CONFIGURED_KEY_1", None).await.unwrap().is_none(),
        "the configuration names another"
    );
    assert!(world.iam.find("CONFIGURED_KEY_2", None).await.unwrap().is_some());
    assert!(world.iam.find(&id, None).await.unwrap().is_some(), "a key that was made stays");
    let changed = given("CONFIGURED_KEY_2", "another-secret-of-it");
    world.iam.bootstrap_root(changed).await.unwrap();
    let found = world.iam.find("CONFIGURED_KEY_2", None).await.unwrap().unwrap();
    assert_eq!(found.secret_access_key, "another-secret-of-it");

    for bad in ["short", "with space in it 123", "ASIA000000000000"] {
        let error = world.iam.bootstrap_root(given(bad, "secret-secret-secret")).await.unwrap_err();
        assert!(matches!(error, BootstrapError::InvalidId), "{bad}");
    }
    for bad in ["short", "with space in the secret"] {
        let error = world.iam.bootstrap_root(given("CONFIGURED_KEY_1", bad)).await.unwrap_err();
        assert!(matches!(error, BootstrapError::InvalidSecret), "{bad}");
    }
    world.user("u").await;
    let key = world.call::<CreateAccessKey>(of("u")).await.unwrap().access_key;
    let error =
        world.iam.bootstrap_root(given(&key.access_key_id, "secret-secret-secret")).await.unwrap_err();
    assert!(matches!(error, BootstrapError::Taken(_)));
}

#[tokio::test]
async fn callers_manage_their_own_keys() {
    let world = World::new();
    let user = world.user("u").await;
    let own = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*AccessKey*","Resource":"arn:aws:iam::*:user/${aws:username}"}]}"#;
    world.allow_user("u", own).await;
    world.user("other").await;
    let key = world.call_as::<CreateAccessKey>(user.clone(), Default::default()).await.unwrap().access_key;
    assert_eq!(key.user_name, "u");
    let refused = world.call_as::<CreateAccessKey>(user, of("other")).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.http_status), ("AccessDenied", 403));
    let root_key = world.call::<CreateAccessKey>(Default::default()).await.unwrap().access_key;
    let found = world.iam.find(&root_key.access_key_id, None).await.unwrap().unwrap();
    assert_eq!(found.caller, Caller::Root { account: AccountId::DEFAULT });
}
