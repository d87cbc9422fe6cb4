//! What Lambda needs from other services, as traits that the binary wires: a service never depends on another.

use base::{AccountId, BoxFuture, Region, Timestamp};

use crate::model::CodePackage;

/// The execution role's temporary credentials.
#[derive(Clone, Debug)]
pub struct RoleCredentials {
    pub access_key_id: String,
    pub secret_access_key: String,
    pub session_token: String,
    pub expires_at: Timestamp,
}

/// Why a role can't be a function's execution role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoleProblem {
    NotFound,
    /// Its trust policy does not let `lambda.amazonaws.com` assume it.
    NotAssumable,
    Unavailable(String),
}

/// IAM and STS, as Lambda sees them.
pub trait Roles: Send + Sync {
    fn check<'a>(&'a self, role_arn: &'a str) -> BoxFuture<'a, Result<(), RoleProblem>>;
    fn credentials<'a>(
        &'a self,
        role_arn: &'a str,
        session_name: &'a str,
    ) -> BoxFuture<'a, Result<RoleCredentials, RoleProblem>>;
}

/// CloudWatch Logs, as Lambda sees it. Appending never blocks an invocation; events are durable soon after, in order.
pub trait LogSink: Send + Sync {
    fn append(
        &self,
        account: AccountId,
        region: &Region,
        group: &str,
        stream: &str,
        events: Vec<(Timestamp, String)>,
    );
}

/// Where a function's code can be downloaded: a link that carries its own, short-lived signature.
pub trait CodeUrls: Send + Sync {
    /// An absolute URL of this server, as the caller of `cx` reaches it, that answers with the package's zip.
    fn url(&self, cx: &wire::Context, package: &CodePackage) -> String;
}
