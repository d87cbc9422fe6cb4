//! A service on a scratch store, and a way to call operations as the wire layer does: asking for access first.

use std::sync::Arc;

use api::iam::*;
use base::{AccountId, ManualClock, Region, RequestId, SystemEntropy, Timestamp};
use store::{Options, Store};
use svc_iam::ops::*;
use svc_iam::{Iam, MasterKey};
use wire::{Access, ApiError, Authorizer, Caller, Context, Operation, Reply};

pub const ACCOUNT: &str = "000000000000";
pub const TRUST_LAMBDA: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
pub const ALLOW_INVOKE: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":"*"}]}"#;

pub struct World {
    pub iam: Arc<Iam>,
    pub store: Store,
    pub _dir: tempfile::TempDir,
}

impl World {
    pub fn new() -> World {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), Options::default()).unwrap();
        let iam = service(&store, MasterKey::new([7; 32]));
        World { iam, store, _dir: dir }
    }

    /// As root.
    pub async fn call<O: Operation<Service = Iam>>(&self, input: O::Input) -> Result<O::Output, ApiError> {
        self.call_as::<O>(root(), input).await
    }

    pub async fn call_as<O: Operation<Service = Iam>>(
        &self,
        caller: Caller,
        input: O::Input,
    ) -> Result<O::Output, ApiError> {
        let cx = context(caller);
        for access in O::access(&self.iam, &cx, &input).await? {
            self.iam.authorize(&cx, &access).await?;
        }
        match O::run(&self.iam, &cx, input).await? {
            Reply::Whole(output) => Ok(output),
            Reply::Events(..) => panic!("no operation of this service streams"),
        }
    }

    pub async fn refused<O: Operation<Service = Iam>>(&self, input: O::Input) -> String {
        match self.call::<O>(input).await {
            Ok(_) => panic!("{} was not refused", O::SPEC.name),
            Err(error) => format!("{}: {}", error.code, error.message),
        }
    }

    pub async fn user(&self, name: &str) -> Caller {
        let input = CreateUserRequest { user_name: name.into(), ..Default::default() };
        let user = self.call::<CreateUser>(input).await.unwrap().user.unwrap();
        Caller::User { account: AccountId::DEFAULT, arn: user.arn, id: user.user_id, name: user.user_name }
    }

    pub async fn role(&self, name: &str, trust: &str) -> Role {
        let input = CreateRoleRequest {
            role_name: name.into(),
            assume_role_policy_document: trust.into(),
            ..Default::default()
        };
        self.call::<CreateRole>(input).await.unwrap().role
    }

    pub async fn allow_user(&self, name: &str, document: &str) {
        let input = PutUserPolicyRequest {
            user_name: name.into(),
            policy_name: "p".into(),
            policy_document: document.into(),
        };
        self.call::<PutUserPolicy>(input).await.unwrap();
    }

    /// Empty when allowed, else the refusal.
    pub async fn judge(&self, caller: &Caller, access: Access) -> String {
        match self.iam.authorize(&context(caller.clone()), &access).await {
            Ok(()) => String::new(),
            Err(error) => format!("{} {}: {}", error.http_status, error.code, error.message),
        }
    }
}

pub fn service(store: &Store, master: MasterKey) -> Arc<Iam> {
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_795_500_428_000)));
    Iam::new(store.clone(), clock, Arc::new(SystemEntropy), AccountId::DEFAULT, master)
}

pub fn root() -> Caller {
    Caller::Root { account: AccountId::DEFAULT }
}

pub fn session(role: &Role, policy: Option<&str>) -> Caller {
    Caller::Session {
        account: AccountId::DEFAULT,
        role_arn: role.arn.clone(),
        session_arn: format!("arn:aws:sts::{ACCOUNT}:assumed-role/{}/s", role.role_name),
        id: format!("{}:s", role.role_id),
        session_policy: policy.map(Into::into),
    }
}

pub fn context(caller: Caller) -> Context {
    Context {
        request_id: RequestId::new(&SystemEntropy),
        account: AccountId::DEFAULT,
        region: Region::new("us-east-1"),
        caller,
        source_ip: Some("203.0.113.7".parse().unwrap()),
        user_agent: "aws-cli/1.0".into(),
        host: "127.0.0.1:4566".into(),
        secure: false,
        received_at: Timestamp::from_millis(1_795_500_428_000),
        headers: Default::default(),
    }
}
