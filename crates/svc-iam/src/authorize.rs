//! The judge of every request: gathers the policies that have a say, and words the refusal as AWS does.

use std::sync::Arc;

use base::{AccountId, Arn, BoxFuture};
use store::Record;
use wire::{Access, ApiError, Authorizer, Caller, Context};

use crate::cache::Principal;
use crate::error;
use crate::iam::Iam;
use crate::ident;
use crate::keys;
use crate::managed;
use crate::model::{ManagedPolicy, Permissions, Role, User};
use crate::policy::{self, Decision, Denial, Facts, Policies, Policy, PolicyKind, Question, Source};

impl Authorizer for Iam {
    fn authorize<'a>(&'a self, cx: &'a Context, access: &'a Access) -> BoxFuture<'a, Result<(), ApiError>> {
        Box::pin(self.judge(cx, access))
    }
}

impl Iam {
    async fn judge(&self, cx: &Context, access: &Access) -> Result<(), ApiError> {
        let assumes_role = access.action == "sts:AssumeRole";
        let owner = owner_of(&access.resource).unwrap_or(cx.account);
        let cross_account = account_of(&cx.caller).is_some_and(|account| account != owner);
        let is_root = matches!(cx.caller, Caller::Root { .. });
        if is_root && !cross_account && !assumes_role && access.resource_policy.is_none() {
            return Ok(());
        }
        let principal = self.principal(&cx.caller).await?;
        let resource = match &access.resource_policy {
            Some(text) => {
                let kind = if assumes_role { PolicyKind::Trust } else { PolicyKind::Resource };
                Some(self.parsed(text, kind)?)
            }
            None => None,
        };
        let session = match &cx.caller {
            Caller::Session { session_policy: Some(text), .. } => {
                Some(self.parsed(text, PolicyKind::Identity)?)
            }
            _ => None,
        };
        let facts = facts(cx, access, owner, &principal.facts);
        let question =
            Question { action: access.action, resource: &access.resource, caller: &cx.caller, facts: &facts };
        let decision = policy::decide(
            &question,
            &Policies {
                identity: &principal.identity,
                boundary: principal.boundary.as_deref(),
                session: session.as_deref(),
                resource: resource.as_deref(),
                resource_must_allow: assumes_role,
                cross_account,
            },
        );
        match decision {
            Decision::Allowed => Ok(()),
            Decision::Denied(denial) => Err(refusal(cx, access, denial)),
        }
    }

    /// A resource's or session's document; it was checked when it was stored, so a bad one is our fault.
    fn parsed(&self, text: &str, kind: PolicyKind) -> Result<Arc<Policy>, ApiError> {
        if let Some(policy) = self.cache.document(text) {
            return Ok(policy);
        }
        let policy = Arc::new(Policy::parse(text, kind).map_err(unreadable)?);
        self.cache.remember_document(text, policy.clone());
        Ok(policy)
    }

    async fn principal(&self, caller: &Caller) -> Result<Arc<Principal>, ApiError> {
        let arn = match caller {
            Caller::User { arn, .. } => arn,
            Caller::Session { role_arn, .. } => role_arn,
            Caller::Root { .. } | Caller::Service { .. } | Caller::Anonymous => return Ok(Arc::default()),
        };
        if let Some(principal) = self.cache.principal(arn) {
            return Ok(principal);
        }
        let began = self.cache.begin();
        let principal = Arc::new(self.load(caller).await?);
        self.cache.remember_principal(began, arn, principal.clone());
        Ok(principal)
    }

    /// A user or role that is gone has no policies, so nothing is allowed.
    async fn load(&self, caller: &Caller) -> Result<Principal, ApiError> {
        let (permissions, tags) = match caller {
            Caller::User { account, arn, name, .. } => {
                match self.find::<User>(keys::user(*account, name)).await?.filter(|user| user.arn == *arn) {
                    Some(user) => (user.permissions, user.tags),
                    None => return Ok(Principal::default()),
                }
            }
            Caller::Session { role_arn, .. } => {
                let Some((account, name)) = ident::account_and_name(role_arn, "role") else {
                    return Ok(Principal::default());
                };
                match self.find::<Role>(keys::role(account, name)).await?.filter(|role| role.arn == *role_arn)
                {
                    Some(role) => (role.permissions, role.tags),
                    None => return Ok(Principal::default()),
                }
            }
            Caller::Root { .. } | Caller::Service { .. } | Caller::Anonymous => {
                return Ok(Principal::default());
            }
        };
        let mut principal = self.resolve(&permissions).await?;
        for (key, value) in tags {
            principal.facts.set(&format!("aws:PrincipalTag/{key}"), value);
        }
        Ok(principal)
    }

    async fn resolve(&self, permissions: &Permissions) -> Result<Principal, ApiError> {
        let mut principal = Principal::default();
        for document in permissions.inline.values() {
            let policy = Policy::parse(document, PolicyKind::Identity).map_err(unreadable)?;
            principal.identity.push(Arc::new(policy));
        }
        for arn in &permissions.attached {
            principal.identity.extend(self.managed(arn).await?);
        }
        if let Some(arn) = &permissions.boundary {
            // A boundary that cannot be found allows nothing.
            principal.boundary = Some(self.managed(arn).await?.unwrap_or_else(|| Arc::new(Policy::silent())));
        }
        Ok(principal)
    }

    async fn managed(&self, arn: &str) -> Result<Option<Arc<Policy>>, ApiError> {
        if let Some(known) = managed::by_arn(arn) {
            return Ok(Some(known.parsed.clone()));
        }
        let Some((account, name)) = ident::account_and_name(arn, "policy") else { return Ok(None) };
        let found: Option<ManagedPolicy> = self.find(keys::policy(account, name)).await?;
        let document = found.as_ref().and_then(|policy| policy.versions.get(&policy.default_version));
        match document {
            Some(version) => {
                let policy = Policy::parse(&version.document, PolicyKind::Identity).map_err(unreadable)?;
                Ok(Some(Arc::new(policy)))
            }
            None => Ok(None),
        }
    }

    async fn find<R: Record>(&self, key: store::Key) -> Result<Option<R>, ApiError> {
        self.store.snapshot().get_record(&key).await.map_err(|error| error::unavailable(&error))
    }
}

/// A stored document that no longer parses refuses the request: what it would deny is unknown.
fn unreadable(malformed: policy::Malformed) -> ApiError {
    error::unavailable(&malformed)
}

fn account_of(caller: &Caller) -> Option<AccountId> {
    match caller {
        Caller::Root { account } | Caller::User { account, .. } | Caller::Session { account, .. } => {
            Some(*account)
        }
        Caller::Service { .. } | Caller::Anonymous => None,
    }
}

/// The account in a resource's ARN; buckets and `*` have none.
fn owner_of(resource: &str) -> Option<AccountId> {
    resource.parse::<Arn>().ok()?.account.parse().ok()
}

/// The caller as messages and `aws:PrincipalArn`-like keys name it.
fn name_of(caller: &Caller) -> String {
    match caller {
        Caller::Root { account } => format!("arn:aws:iam::{account}:root"),
        Caller::User { arn, .. } => arn.clone(),
        Caller::Session { session_arn, .. } => session_arn.clone(),
        Caller::Service { name } => name.clone(),
        Caller::Anonymous => "anonymous".to_owned(),
    }
}

/// The global condition keys, and those that the operation adds.
fn facts(cx: &Context, access: &Access, owner: AccountId, principal: &Facts) -> Facts {
    let mut facts = principal.clone();
    facts.set("aws:CurrentTime", cx.received_at.iso8601_millis());
    facts.set("aws:EpochTime", (cx.received_at.as_millis() / 1000).to_string());
    facts.set("aws:SecureTransport", cx.secure.to_string());
    facts.set("aws:RequestedRegion", cx.region.as_str());
    facts.set("aws:ResourceAccount", owner.as_str());
    facts.set("aws:ViaAWSService", "false");
    if let Some(address) = cx.source_ip {
        facts.set("aws:SourceIp", address.to_canonical().to_string());
    }
    if !cx.user_agent.is_empty() {
        facts.set("aws:UserAgent", cx.user_agent.clone());
    }
    if let Some(referer) = cx.headers.get(http::header::REFERER).and_then(|value| value.to_str().ok()) {
        facts.set("aws:Referer", referer);
    }
    if let Some(account) = account_of(&cx.caller) {
        facts.set("aws:PrincipalAccount", account.as_str());
    }
    facts.set("aws:PrincipalIsAWSService", matches!(cx.caller, Caller::Service { .. }).to_string());
    match &cx.caller {
        Caller::Root { account } => {
            facts.set("aws:PrincipalArn", name_of(&cx.caller));
            facts.set("aws:PrincipalType", "Account");
            facts.set("aws:userid", account.as_str());
        }
        Caller::User { arn, id, name, .. } => {
            facts.set("aws:PrincipalArn", arn.clone());
            facts.set("aws:PrincipalType", "User");
            facts.set("aws:userid", id.clone());
            facts.set("aws:username", name.clone());
        }
        // The role, not the session: so that one condition covers all of its sessions.
        Caller::Session { role_arn, id, .. } => {
            facts.set("aws:PrincipalArn", role_arn.clone());
            facts.set("aws:PrincipalType", "AssumedRole");
            facts.set("aws:userid", id.clone());
        }
        Caller::Service { name } => facts.set("aws:PrincipalServiceName", name.clone()),
        Caller::Anonymous => facts.set("aws:PrincipalType", "Anonymous"),
    }
    for (key, values) in &access.conditions {
        facts.set_all(key, values.clone());
    }
    facts
}

fn refusal(cx: &Context, access: &Access, denial: Denial) -> ApiError {
    let Access { action, resource, .. } = access;
    let because = match denial {
        // As on AWS, who is not trusted by a role is not told what would help.
        Denial::Implicit(Source::Resource) if *action == "sts:AssumeRole" => String::new(),
        Denial::Implicit(source) => format!(" because no {} allows the {action} action", source.name()),
        Denial::Explicit(source) => format!(" with an explicit deny in {}", source.with_article()),
    };
    let message = format!(
        "User: {} is not authorized to perform: {action} on resource: {resource}{because}",
        name_of(&cx.caller)
    );
    // The code is the protocol's: these services speak the query protocol.
    let code = match action.split_once(':') {
        Some(("iam" | "sts", _)) => "AccessDenied",
        _ => "AccessDeniedException",
    };
    ApiError::client(code, 403, message)
}
