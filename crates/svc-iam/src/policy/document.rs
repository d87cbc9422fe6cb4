//! A parsed policy document.

use super::condition::Condition;
use super::pattern::Variables;

/// A policy: statements that are judged independently of their order.
#[derive(Clone, Debug)]
pub struct Policy {
    pub(crate) variables: Variables,
    pub(crate) statements: Vec<Statement>,
}

impl Policy {
    /// A policy that says nothing.
    pub(crate) fn silent() -> Policy {
        Policy { variables: Variables::Replaced, statements: Vec::new() }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub(crate) effect: Effect,
    /// Absent in identity policies.
    pub(crate) principals: Option<Selection<Principal>>,
    pub(crate) actions: Selection<String>,
    /// Absent in trust policies: the role itself.
    pub(crate) resources: Option<Selection<String>>,
    pub(crate) conditions: Vec<Condition>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Allow,
    Deny,
}

/// `Action` or `NotAction`, and likewise for resources and principals.
#[derive(Clone, Debug)]
pub(crate) enum Selection<T> {
    Of(Vec<T>),
    Not(Vec<T>),
}

/// Who a resource policy speaks about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Principal {
    /// `"*"`
    Everyone,
    /// An account id or its root ARN: everybody whom that account permits.
    Account(String),
    /// A user, role or session ARN.
    Arn(String),
    Service(String),
    Federated(String),
    CanonicalUser(String),
}

/// Which rules a document has to follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyKind {
    /// Attached to a user or role, or given for a session: no principals, resources required.
    Identity,
    /// A role's trust policy: principals required, resources forbidden, only STS actions.
    Trust,
    /// Attached to a resource such as a function.
    Resource,
}

/// Why a document was refused, in AWS's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Malformed(pub String);

impl Malformed {
    pub(crate) fn syntax() -> Malformed {
        Malformed("Syntax errors in policy.".into())
    }
}

impl<T> Selection<T> {
    pub(crate) fn items(&self) -> &[T] {
        match self {
            Selection::Of(items) | Selection::Not(items) => items,
        }
    }

    pub(crate) fn selects(&self, mut matches: impl FnMut(&T) -> bool) -> bool {
        match self {
            Selection::Of(items) => items.iter().any(matches),
            Selection::Not(items) => !items.iter().any(&mut matches),
        }
    }
}
