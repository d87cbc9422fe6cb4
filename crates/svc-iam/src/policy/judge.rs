//! Judges one policy against one request.

use wire::Caller;

use super::Facts;
use super::document::{Effect, Policy, Principal, Selection, Statement};
use super::pattern::{Pattern, matches_action};

/// What is asked of a policy.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// For example `lambda:InvokeFunction`.
    pub action: &'a str,
    /// An ARN, or `*`.
    pub resource: &'a str,
    pub caller: &'a Caller,
    pub facts: &'a Facts,
}

/// What a policy says; an explicit denial outweighs everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Silent,
    Allow(Grant),
    Deny,
}

/// To whom an allowing statement spoke, weakest first: it decides which other policies still have a say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grant {
    /// The caller's account: that account's identity policies must allow it too.
    Account,
    /// The caller's role, or everybody: session policies and boundaries still limit it.
    Role,
    /// The caller by name (user, session, service), or an identity policy, which names nobody.
    Caller,
}

impl Policy {
    /// Judges an identity, session or boundary policy: principals play no part.
    pub fn judge_identity(&self, question: &Question) -> Verdict {
        self.judge(question, |_| Some(Grant::Caller))
    }

    /// Judges a resource or trust policy: only statements about the caller count.
    pub fn judge_resource(&self, question: &Question) -> Verdict {
        self.judge(question, |statement| spoken_to(statement, question.caller))
    }

    fn judge(&self, question: &Question, grant: impl Fn(&Statement) -> Option<Grant>) -> Verdict {
        let mut allowed = None;
        for statement in &self.statements {
            let Some(granted) = grant(statement) else { continue };
            if !self.applies(statement, question) {
                continue;
            }
            match statement.effect {
                Effect::Deny => return Verdict::Deny,
                Effect::Allow => allowed = allowed.max(Some(granted)),
            }
        }
        allowed.map_or(Verdict::Silent, Verdict::Allow)
    }

    fn applies(&self, statement: &Statement, question: &Question) -> bool {
        statement.actions.selects(|pattern| matches_action(pattern, question.action))
            && statement.resources.as_ref().is_none_or(|resources| self.covers(resources, question))
            && statement.conditions.iter().all(|condition| condition.holds(self.variables, question.facts))
    }

    fn covers(&self, resources: &Selection<String>, question: &Question) -> bool {
        resources.selects(|pattern| {
            pattern == "*"
                || Pattern::compile(pattern, self.variables, question.facts)
                    .is_some_and(|pattern| pattern.matches_arn(question.resource))
        })
    }
}

/// Whether, and as whom, a statement speaks to the caller.
fn spoken_to(statement: &Statement, caller: &Caller) -> Option<Grant> {
    match statement.principals.as_ref()? {
        Selection::Of(principals) => principals.iter().filter_map(|principal| names(principal, caller)).max(),
        // Whoever is not named: an account in the list exempts only its root, as naming a user exempts only it.
        Selection::Not(principals) => {
            let exempt = principals
                .iter()
                .filter_map(|principal| names(principal, caller))
                .any(|grant| grant >= Grant::Role || matches!(caller, Caller::Root { .. }));
            (!exempt).then_some(Grant::Role)
        }
    }
}

fn names(principal: &Principal, caller: &Caller) -> Option<Grant> {
    match (principal, caller) {
        // A service acts only for who named it: "everybody" means identities.
        (Principal::Everyone, Caller::Service { .. }) => None,
        (Principal::Everyone, _) => Some(Grant::Role),
        (Principal::Service(wanted), Caller::Service { name }) => (wanted == name).then_some(Grant::Caller),
        (
            Principal::Account(wanted),
            Caller::Root { account } | Caller::User { account, .. } | Caller::Session { account, .. },
        ) => (wanted == account.as_str()).then_some(Grant::Account),
        (Principal::Arn(wanted), Caller::User { arn, .. }) => (wanted == arn).then_some(Grant::Caller),
        (Principal::Arn(wanted), Caller::Session { role_arn, session_arn, .. }) => {
            if wanted == session_arn {
                Some(Grant::Caller)
            } else {
                (wanted == role_arn).then_some(Grant::Role)
            }
        }
        _ => None,
    }
}
