//! What users and roles have in common: both hold policies, so their policy operations are one code.

use std::collections::BTreeMap;

use api::iam::{AttachedPolicy, Tag};
use base::AccountId;
use store::{Key, Record, Transaction};
use wire::{Access, ApiError, Caller, Context};

use crate::error::{self, Failure};
use crate::iam::Iam;
use crate::ident;
use crate::keys;
use crate::managed;
use crate::model::{AccessKey, ManagedPolicy, Permissions, Role, User};
use crate::policy::{Policy, PolicyKind};

/// AWS's quotas. Sizes are in characters, white space not counted.
pub(crate) const TAGS_MAX: usize = 50;
const ATTACHED_MAX: usize = 10;
const TRUST_POLICY_MAX: usize = 2048;

/// A user or role.
pub(crate) trait Holder: Record + Clone + Send + Sync {
    /// `user` or `role`, as ARNs and messages say it.
    const KIND: &'static str;
    /// Sum of all inline policies, in characters, white space not counted.
    const INLINE_MAX: usize;
    const ATTACHED_QUOTA: &'static str;

    fn key(account: AccountId, name: &str) -> Key;
    fn missing(name: &str) -> ApiError;
    fn arn(&self) -> &str;
    fn permissions(&self) -> &Permissions;
    fn permissions_mut(&mut self) -> &mut Permissions;
}

impl Holder for User {
    const KIND: &'static str = "user";
    const INLINE_MAX: usize = 2048;
    const ATTACHED_QUOTA: &'static str = "PoliciesPerUser";

    fn key(account: AccountId, name: &str) -> Key {
        keys::user(account, name)
    }
    fn missing(name: &str) -> ApiError {
        error::no_such_user(name)
    }
    fn arn(&self) -> &str {
        &self.arn
    }
    fn permissions(&self) -> &Permissions {
        &self.permissions
    }
    fn permissions_mut(&mut self) -> &mut Permissions {
        &mut self.permissions
    }
}

impl Holder for Role {
    const KIND: &'static str = "role";
    const INLINE_MAX: usize = 10_240;
    const ATTACHED_QUOTA: &'static str = "PoliciesPerRole";

    fn key(account: AccountId, name: &str) -> Key {
        keys::role(account, name)
    }
    fn missing(name: &str) -> ApiError {
        error::no_such_role(name)
    }
    fn arn(&self) -> &str {
        &self.arn
    }
    fn permissions(&self) -> &Permissions {
        &self.permissions
    }
    fn permissions_mut(&mut self) -> &mut Permissions {
        &mut self.permissions
    }
}

pub(crate) async fn read<H: Holder>(tx: &Transaction, account: AccountId, name: &str) -> Result<H, Failure> {
    Ok(tx.get_record::<H>(&H::key(account, name)).await?.ok_or_else(|| H::missing(name))?)
}

/// Permission for something about an existing user or role; for one that does not exist, about that name.
pub(crate) async fn access<H: Holder>(
    iam: &Iam,
    cx: &Context,
    action: &'static str,
    name: &str,
) -> Result<Vec<Access>, ApiError> {
    let found: Option<H> = iam
        .store
        .snapshot()
        .get_record(&H::key(cx.account, name))
        .await
        .map_err(|error| error::unavailable(&error))?;
    let arn = match &found {
        Some(holder) => holder.arn().to_owned(),
        None => ident::arn(cx.account.as_str(), H::KIND, "/", name),
    };
    let mut access = Access::new(action, arn);
    if let Some(boundary) = found.as_ref().and_then(|holder| holder.permissions().boundary.clone()) {
        access.conditions.push(("iam:PermissionsBoundary".to_owned(), vec![boundary]));
    }
    Ok(vec![access])
}

/// As [`access`], with the policy as a condition key.
pub(crate) async fn access_with_policy<H: Holder>(
    iam: &Iam,
    cx: &Context,
    action: &'static str,
    name: &str,
    policy_arn: &str,
) -> Result<Vec<Access>, ApiError> {
    let mut all = access::<H>(iam, cx, action, name).await?;
    for access in &mut all {
        access.conditions.push(("iam:PolicyARN".to_owned(), vec![policy_arn.to_owned()]));
    }
    Ok(all)
}

/// Permission to create something.
pub(crate) fn creation(
    cx: &Context,
    action: &'static str,
    kind: &str,
    path: &str,
    name: &str,
    boundary: Option<&str>,
) -> Access {
    let mut access = Access::new(action, ident::arn(cx.account.as_str(), kind, path, name));
    if let Some(boundary) = boundary {
        access.conditions.push(("iam:PermissionsBoundary".to_owned(), vec![boundary.to_owned()]));
    }
    access
}

pub(crate) async fn attach<H: Holder>(
    iam: &Iam,
    account: AccountId,
    name: &str,
    arn: &str,
) -> Result<(), ApiError> {
    iam.change(|tx| async move {
        let mut holder: H = read(&tx, account, name).await?;
        if !exists(&tx, account, arn).await? {
            return Err(error::not_attachable(arn).into());
        }
        let attached = &mut holder.permissions_mut().attached;
        if attached.iter().any(|held| held == arn) {
            return Ok(());
        }
        if attached.len() >= ATTACHED_MAX {
            return Err(error::quota(H::ATTACHED_QUOTA, ATTACHED_MAX).into());
        }
        attached.push(arn.to_owned());
        tx.put_record(H::key(account, name), &holder);
        Ok(())
    })
    .await
}

pub(crate) async fn detach<H: Holder>(
    iam: &Iam,
    account: AccountId,
    name: &str,
    arn: &str,
) -> Result<(), ApiError> {
    iam.change(|tx| async move {
        let mut holder: H = read(&tx, account, name).await?;
        let attached = &mut holder.permissions_mut().attached;
        let before = attached.len();
        attached.retain(|held| held != arn);
        if attached.len() == before {
            return Err(error::no_such_policy(arn).into());
        }
        tx.put_record(H::key(account, name), &holder);
        Ok(())
    })
    .await
}

pub(crate) async fn put_inline<H: Holder>(
    iam: &Iam,
    account: AccountId,
    name: &str,
    policy_name: &str,
    document: &str,
) -> Result<(), ApiError> {
    check_name(policy_name, "policyName")?;
    check_document(document)?;
    iam.change(|tx| async move {
        let mut holder: H = read(&tx, account, name).await?;
        let inline = &mut holder.permissions_mut().inline;
        inline.insert(policy_name.to_owned(), document.to_owned());
        if inline.values().map(|document| size(document)).sum::<usize>() > H::INLINE_MAX {
            let message =
                format!("Maximum policy size of {} bytes exceeded for {} {name}", H::INLINE_MAX, H::KIND);
            return Err(error::limit_exceeded(message).into());
        }
        tx.put_record(H::key(account, name), &holder);
        Ok(())
    })
    .await
}

pub(crate) async fn delete_inline<H: Holder>(
    iam: &Iam,
    account: AccountId,
    name: &str,
    policy_name: &str,
) -> Result<(), ApiError> {
    iam.change(|tx| async move {
        let mut holder: H = read(&tx, account, name).await?;
        if holder.permissions_mut().inline.remove(policy_name).is_none() {
            return Err(error::no_such_inline(H::KIND, policy_name).into());
        }
        tx.put_record(H::key(account, name), &holder);
        Ok(())
    })
    .await
}

pub(crate) fn inline<'a, H: Holder>(holder: &'a H, policy_name: &str) -> Result<&'a str, ApiError> {
    let found = holder.permissions().inline.get(policy_name);
    found.map(String::as_str).ok_or_else(|| error::no_such_inline(H::KIND, policy_name))
}

/// The attached policies whose path begins with `prefix`, by name.
pub(crate) fn attached(permissions: &Permissions, prefix: Option<&str>) -> Vec<AttachedPolicy> {
    let prefix = prefix.unwrap_or("/");
    let mut all: Vec<AttachedPolicy> = permissions
        .attached
        .iter()
        .filter(|arn| path_of(arn).starts_with(prefix))
        .map(|arn| AttachedPolicy {
            policy_name: ident::name_in_arn(arn, "policy").map(|(_, name)| name.to_owned()),
            policy_arn: Some(arn.clone()),
        })
        .collect();
    all.sort_by_cached_key(super::views::attached_key);
    all
}

/// `/service-role/` in `arn:aws:iam::aws:policy/service-role/Name`.
fn path_of(arn: &str) -> &str {
    let resource = arn.splitn(6, ':').nth(5).unwrap_or_default();
    let named = resource.strip_prefix("policy").unwrap_or_default();
    named.rfind('/').map_or("", |end| &named[..=end])
}

/// Whether a managed policy can be attached or used as a boundary in this account.
async fn exists(tx: &Transaction, account: AccountId, arn: &str) -> Result<bool, Failure> {
    if managed::by_arn(arn).is_some() {
        return Ok(true);
    }
    match ident::account_and_name(arn, "policy") {
        Some((owner, name)) if owner == account => {
            let found: Option<ManagedPolicy> = tx.get_record(&keys::policy(owner, name)).await?;
            Ok(found.is_some_and(|policy| policy.arn == arn))
        }
        _ => Ok(false),
    }
}

pub(crate) async fn check_boundary(
    tx: &Transaction,
    account: AccountId,
    arn: Option<&str>,
) -> Result<(), Failure> {
    match arn {
        Some(arn) if !exists(tx, account, arn).await? => Err(ApiError::client(
            "NoSuchEntity",
            404,
            format!("Scope ARN: {arn} does not exist or is not attachable."),
        )
        .into()),
        _ => Ok(()),
    }
}

/// A user or role is deleted only when nothing depends on it any more.
pub(crate) fn check_empty(permissions: &Permissions) -> Result<(), ApiError> {
    if !permissions.attached.is_empty() {
        return Err(error::delete_conflict("Cannot delete entity, must detach all policies first."));
    }
    if !permissions.inline.is_empty() {
        return Err(error::delete_conflict("Cannot delete entity, must delete policies first."));
    }
    Ok(())
}

pub(crate) fn check_document(document: &str) -> Result<(), ApiError> {
    Policy::parse(document, PolicyKind::Identity).map(drop).map_err(|problem| error::malformed(&problem))
}

pub(crate) fn check_trust_policy(document: &str) -> Result<(), ApiError> {
    Policy::parse(document, PolicyKind::Trust).map_err(|problem| error::malformed(&problem))?;
    if size(document) > TRUST_POLICY_MAX {
        return Err(error::quota("ACLSizePerRole", TRUST_POLICY_MAX));
    }
    Ok(())
}

pub(crate) fn size(document: &str) -> usize {
    document.chars().filter(|next| !next.is_whitespace()).count()
}

pub(crate) fn checked_path(path: Option<String>) -> Result<String, ApiError> {
    let path = path.unwrap_or_else(|| "/".to_owned());
    let shaped = path.starts_with('/') && path.ends_with('/') && path.len() <= 512 && !path.contains("//");
    if shaped && path.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(path);
    }
    Err(error::validation(
        "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric \
         characters and/or / characters.",
    ))
}

pub(crate) fn check_name(name: &str, member: &str) -> Result<(), ApiError> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"+=,.@_-".contains(&byte);
    if !name.is_empty() && name.bytes().all(allowed) {
        return Ok(());
    }
    Err(error::validation(format!(
        "The specified value for {member} is invalid. It must contain only alphanumeric characters and/or the \
         following: +=,.@_-"
    )))
}

pub(crate) fn checked_tags(tags: Option<&[Tag]>) -> Result<BTreeMap<String, String>, ApiError> {
    let mut checked = BTreeMap::new();
    for Tag { key, value } in tags.unwrap_or_default() {
        if key.to_ascii_lowercase().starts_with("aws:") {
            return Err(error::invalid_input(
                "Duplicate or reserved tag keys found. Please note that tag keys beginning with aws: are reserved for system use.",
            ));
        }
        if checked.insert(key.clone(), value.clone()).is_some() {
            return Err(error::invalid_input(
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            ));
        }
    }
    if checked.len() > TAGS_MAX {
        return Err(error::quota("TagsPerEntity", TAGS_MAX));
    }
    Ok(checked)
}

/// Whose keys an operation is about.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum KeyOwner {
    Root,
    User(String),
}

impl KeyOwner {
    /// The named user, else the caller.
    pub(crate) fn of(cx: &Context, name: Option<&str>) -> Result<KeyOwner, ApiError> {
        match (name, &cx.caller) {
            (Some(name), _) => Ok(KeyOwner::User(name.to_owned())),
            (None, Caller::User { name, .. }) => Ok(KeyOwner::User(name.clone())),
            (None, Caller::Root { .. }) => Ok(KeyOwner::Root),
            (None, Caller::Session { .. } | Caller::Service { .. } | Caller::Anonymous) => {
                Err(error::validation("Must specify userName when calling with non-User credentials"))
            }
        }
    }

    pub(crate) fn user(&self) -> Option<&str> {
        match self {
            KeyOwner::Root => None,
            KeyOwner::User(name) => Some(name),
        }
    }

    pub(crate) async fn access(
        &self,
        iam: &Iam,
        cx: &Context,
        action: &'static str,
    ) -> Result<Vec<Access>, ApiError> {
        match self {
            KeyOwner::User(name) => access::<User>(iam, cx, action, name).await,
            KeyOwner::Root => Ok(vec![Access::new(action, format!("arn:aws:iam::{}:root", cx.account))]),
        }
    }

    /// One of the owner's keys; another's is as unknown as none.
    pub(crate) async fn key(
        &self,
        tx: &Transaction,
        account: AccountId,
        id: &str,
    ) -> Result<AccessKey, Failure> {
        if let KeyOwner::User(name) = self {
            read::<User>(tx, account, name).await?;
        }
        let found: Option<AccessKey> = tx.get_record(&keys::access_key(id)).await?;
        Ok(found
            .filter(|key| key.account == account && same_user(key.user.as_deref(), self.user()))
            .ok_or_else(|| error::no_such_access_key(id))?)
    }

    /// All keys of the owner, by id.
    pub(crate) async fn keys(&self, iam: &Iam, account: AccountId) -> Result<Vec<AccessKey>, ApiError> {
        if let KeyOwner::User(name) = self {
            iam.user(account, name).await?;
        }
        let all: Vec<AccessKey> = iam.all(Key::new(store::Space::AccessKey)).await?;
        let mine = |key: &AccessKey| key.account == account && same_user(key.user.as_deref(), self.user());
        Ok(all.into_iter().filter(mine).collect())
    }
}

fn same_user(a: Option<&str>, b: Option<&str>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        (None, None) => true,
        _ => false,
    }
}
