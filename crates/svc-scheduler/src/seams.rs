//! What the scheduler needs from other services, as traits that the binary wires.

use base::{AccountId, BoxFuture, Region};
use bytes::Bytes;

/// Why a role can't be a schedule's execution role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoleProblem {
    /// There is no such role, or its trust policy does not let `scheduler.amazonaws.com` assume it.
    NotAssumable,
    Unavailable(String),
}

/// IAM, as the scheduler sees it.
pub trait Roles: Send + Sync {
    /// Whether the scheduler may assume this role.
    fn check<'a>(&'a self, role_arn: &'a str) -> BoxFuture<'a, Result<(), RoleProblem>>;

    /// Whether who has assumed this role may do this.
    fn allows<'a>(
        &'a self,
        role_arn: &'a str,
        action: &'static str,
        resource: &'a str,
    ) -> BoxFuture<'a, Result<bool, RoleProblem>>;
}

/// Why a function could not be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvokeProblem {
    /// Another attempt would fail the same way.
    Refused { code: String, message: String },
    /// Another time it may succeed.
    Failed { code: String, message: String },
}

/// Lambda, as the scheduler sees it.
pub trait Functions: Send + Sync {
    /// The ARN of a function that is named by name, partial ARN or ARN; `None` when it is no such name. The function need
    /// not exist.
    fn arn(&self, account: AccountId, region: &Region, name: &str) -> Option<String>;

    /// Returns when the invocation is accepted, durably. `source` is the schedule's ARN.
    fn invoke<'a>(
        &'a self,
        function_arn: &'a str,
        payload: Bytes,
        source: &'a str,
    ) -> BoxFuture<'a, Result<(), InvokeProblem>>;
}
