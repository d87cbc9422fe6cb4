//! Who calls, with which key, and what the call needs permission for.

use base::{AccountId, BoxFuture};

use crate::{ApiError, Context};

/// The authenticated principal of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// The account's root: every action is allowed unless a resource policy denies it.
    Root {
        account: AccountId,
    },
    User {
        account: AccountId,
        arn: String,
        id: String,
        name: String,
    },
    /// A role session. `session_arn` is `arn:aws:sts::<account>:assumed-role/<role>/<session>`.
    Session {
        account: AccountId,
        role_arn: String,
        session_arn: String,
        id: String,
        /// The policy (JSON) given when the session was made: it limits the role's permissions.
        session_policy: Option<std::sync::Arc<str>>,
    },
    /// Freehold itself on behalf of a service, for example `events.amazonaws.com`.
    Service {
        name: String,
    },
    /// No credentials: public function URLs.
    Anonymous,
}

/// What a key id stands for.
#[derive(Clone)]
pub struct Credential {
    pub secret_access_key: String,
    pub caller: Caller,
}

/// Looks keys up. `None` makes the request fail with `InvalidClientTokenId` (or the protocol's equivalent).
pub trait Credentials: Send + Sync {
    /// `session_token` is required for temporary keys (`ASIA…`) and refused for permanent ones.
    fn find<'a>(
        &'a self,
        access_key_id: &'a str,
        session_token: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Option<Credential>, ApiError>>;
}

/// One permission that an operation needs.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// For example `lambda:InvokeFunction`.
    pub action: &'static str,
    /// The resource's ARN, or `*`.
    pub resource: String,
    /// The resource's own policy document (JSON), where it has one.
    pub resource_policy: Option<String>,
    /// Condition keys of this request beyond the global ones, for example `lambda:FunctionUrlAuthType`.
    pub conditions: Vec<(String, Vec<String>)>,
}

/// Decides. A refusal is an `AccessDeniedException` (or the protocol's equivalent) whose message names the
/// principal, the action and the resource in AWS's words.
pub trait Authorizer: Send + Sync {
    fn authorize<'a>(&'a self, cx: &'a Context, access: &'a Access) -> BoxFuture<'a, Result<(), ApiError>>;
}

impl Caller {
    /// The account that the caller belongs to; services and anonymous callers have none.
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Caller::Root { account } | Caller::User { account, .. } | Caller::Session { account, .. } => {
                Some(*account)
            }
            Caller::Service { .. } | Caller::Anonymous => None,
        }
    }
}

/// The principal's ARN, or what stands for it.
impl std::fmt::Display for Caller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Caller::Root { account } => write!(f, "arn:aws:iam::{account}:root"),
            Caller::User { arn, .. } => f.write_str(arn),
            Caller::Session { session_arn, .. } => f.write_str(session_arn),
            Caller::Service { name } => f.write_str(name),
            Caller::Anonymous => f.write_str("anonymous"),
        }
    }
}

impl Access {
    pub fn new(action: &'static str, resource: impl Into<String>) -> Access {
        Access { action, resource: resource.into(), ..Access::default() }
    }
}
