//! Weighs all policies that have a say in a request, in AWS's order: any explicit denial wins; then the
//! resource's own policy, the identity's policies, the boundary and the session policy each have their part.

use wire::Caller;

use super::document::Policy;
use super::judge::{Grant, Question, Verdict};

/// The policies of one request.
#[derive(Clone, Copy, Debug, Default)]
pub struct Policies<'a> {
    /// Inline and attached policies of the user or role. Empty for roots, services and the anonymous.
    pub identity: &'a [std::sync::Arc<Policy>],
    pub boundary: Option<&'a Policy>,
    pub session: Option<&'a Policy>,
    pub resource: Option<&'a Policy>,
    /// Roles can be assumed only by whom their trust policy names, whatever identity policies say.
    pub resource_must_allow: bool,
    /// The resource belongs to another account than the caller.
    pub cross_account: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Allowed,
    Denied(Denial),
}

/// Why not: a policy that says no, or a kind of policy none of which says yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    Explicit(Source),
    Implicit(Source),
}

/// A kind of policy, as AWS's messages name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Identity,
    Boundary,
    Session,
    Resource,
}

impl Source {
    /// With its article, for "with an explicit deny in …".
    pub fn with_article(self) -> &'static str {
        match self {
            Source::Identity => "an identity-based policy",
            Source::Boundary => "a permissions boundary",
            Source::Session => "a session policy",
            Source::Resource => "a resource-based policy",
        }
    }

    /// Bare, for "because no … allows".
    pub fn name(self) -> &'static str {
        match self {
            Source::Identity => "identity-based policy",
            Source::Boundary => "permissions boundary",
            Source::Session => "session policy",
            Source::Resource => "resource-based policy",
        }
    }
}

/// Decides about one request.
pub fn decide(question: &Question, policies: &Policies) -> Decision {
    let identity = strongest(policies.identity.iter().map(|policy| policy.judge_identity(question)));
    let judged = |policy: Option<&Policy>| policy.map(|policy| policy.judge_identity(question));
    let boundary = judged(policies.boundary);
    let session = judged(policies.session);
    let resource = policies.resource.map_or(Verdict::Silent, |policy| policy.judge_resource(question));

    let denials = [
        (identity, Source::Identity),
        (resource, Source::Resource),
        (boundary.unwrap_or(Verdict::Silent), Source::Boundary),
        (session.unwrap_or(Verdict::Silent), Source::Session),
    ];
    for (verdict, source) in denials {
        if verdict == Verdict::Deny {
            return Decision::Denied(Denial::Explicit(source));
        }
    }

    let granted = match resource {
        Verdict::Allow(grant) => Some(grant),
        Verdict::Silent | Verdict::Deny => None,
    };
    let refused = |source| Decision::Denied(Denial::Implicit(source));
    match question.caller {
        Caller::Service { .. } | Caller::Anonymous => match granted {
            Some(_) => Decision::Allowed,
            None => refused(Source::Resource),
        },
        Caller::Root { .. } => match granted {
            None if policies.cross_account || policies.resource_must_allow => refused(Source::Resource),
            _ => Decision::Allowed,
        },
        Caller::User { .. } | Caller::Session { .. } => {
            let limits = [(boundary, Source::Boundary), (session, Source::Session)];
            let limited = limits.iter().find(|(verdict, _)| *verdict == Some(Verdict::Silent));
            let by_identity = matches!(identity, Verdict::Allow(_));
            if policies.cross_account {
                return match (by_identity, granted, limited) {
                    (false, ..) => refused(Source::Identity),
                    (_, None, _) => refused(Source::Resource),
                    (.., Some((_, source))) => refused(*source),
                    _ => Decision::Allowed,
                };
            }
            match granted {
                // Named by the resource itself: nothing that merely fails to allow can take that away.
                Some(Grant::Caller) => return Decision::Allowed,
                None if policies.resource_must_allow => return refused(Source::Resource),
                Some(Grant::Role) => {}
                Some(Grant::Account) | None if by_identity => {}
                Some(Grant::Account) | None => return refused(Source::Identity),
            }
            limited.map_or(Decision::Allowed, |(_, source)| refused(*source))
        }
    }
}

fn strongest(verdicts: impl Iterator<Item = Verdict>) -> Verdict {
    let mut strongest = Verdict::Silent;
    for verdict in verdicts {
        match (verdict, strongest) {
            (Verdict::Deny, _) => return Verdict::Deny,
            (Verdict::Allow(_), _) => strongest = verdict,
            (Verdict::Silent, _) => {}
        }
    }
    strongest
}
