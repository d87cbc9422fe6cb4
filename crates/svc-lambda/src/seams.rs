//! What Lambda needs from other services, as traits that the binary wires: a service never depends on another.

use base::{AccountId, Arn, BoxFuture, Region, Timestamp};
use bytes::Bytes;

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
    /// Whether a function that runs as this role may do this; `resource_policy` is the resource's own (JSON), where it has
    /// one.
    fn allows<'a>(
        &'a self,
        role_arn: &'a str,
        action: &'static str,
        resource: &'a str,
        resource_policy: Option<String>,
    ) -> BoxFuture<'a, Result<bool, RoleProblem>>;
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

/// Why nothing can be sent to a destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DestinationProblem {
    /// Freehold does not have this service.
    Unsupported(String),
    NotFound,
    /// Another time it may succeed.
    Failed(String),
}

/// What became of an event, or the event itself, on its way to a destination.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    /// Qualified ARN of the function.
    pub source: &'a str,
    /// The function's execution role, whose permission has been checked.
    pub role: &'a str,
    pub target: &'a Arn,
    /// JSON: the invocation record; of a dead letter, the event.
    pub body: Bytes,
    /// Message attributes of a dead letter.
    pub attributes: Vec<(&'static str, String)>,
    /// The record of a success: on a bus, it is told in the detail type.
    pub success: bool,
}

/// Queues, topics, buses and buckets, as Lambda sees them. Other functions are Lambda's own matter.
pub trait Destinations: Send + Sync {
    /// Whether anything can be sent there.
    fn check(&self, target: &Arn) -> Result<(), DestinationProblem>;

    /// Returns when the message is durable there. It may come twice.
    fn send<'a>(&'a self, message: Message<'a>) -> BoxFuture<'a, Result<(), DestinationProblem>>;
}
