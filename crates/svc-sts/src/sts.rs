//! The service's state: issues sessions and opens their tokens.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use base::{AccountId, BoxFuture, Clock, Entropy, Timestamp};
use store::{Store, StoreError};
use wire::{ApiError, Caller};

use crate::error;
use crate::model::{Claims, Principal};
use crate::ring::{OpenKey, Ring};
use crate::token::{self, Sealed};

/// The roles, as this service sees them. Implemented by IAM, wired by the binary.
pub trait Roles: Send + Sync {
    /// The role with exactly this ARN.
    fn find<'a>(&'a self, role_arn: &'a str) -> BoxFuture<'a, Result<Option<RoleFacts>, ApiError>>;

    /// Whether a session policy follows the policy language; if not, why, in AWS's words.
    fn check_policy(&self, document: &str) -> Result<(), String>;
}

/// A role that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleFacts {
    pub arn: String,
    /// `AROA…`: a role made later under the same name has another.
    pub id: String,
    pub name: String,
    pub account: AccountId,
    pub trust_policy: String,
    pub max_session_duration_s: u32,
}

/// Temporary credentials.
#[derive(Clone, PartialEq, Eq)]
pub struct Issued {
    pub access_key_id: String,
    pub secret_access_key: String,
    pub session_token: String,
    pub expires_at: Timestamp,
}

/// What a session token stands for.
#[derive(Clone, Debug)]
pub struct OpenedSession {
    pub secret_access_key: String,
    pub caller: Caller,
}

/// Why there are no credentials for a role.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    #[error("there is no role {0}")]
    NoSuchRole(String),
    #[error("the role or the sealing keys cannot be read")]
    Unavailable(#[source] ApiError),
}

/// The token service of an installation.
pub struct Sts {
    store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    master: [u8; 32],
    pub(crate) roles: Arc<dyn Roles>,
    ring: RwLock<Ring>,
}

const ID_ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const SECRET_ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

impl Sts {
    /// Reads the sealing keys, which `master` opens; makes the first one on a new store.
    pub async fn open(
        store: Store,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        master: [u8; 32],
        roles: Arc<dyn Roles>,
    ) -> Result<Arc<Sts>, StoreError> {
        let ring = Ring::load(&store, &master, clock.now(), &*entropy).await?;
        Ok(Arc::new(Sts { store, clock, entropy, master, roles, ring: RwLock::new(ring) }))
    }

    /// Credentials that act as a role, without asking its trust policy: for Freehold itself, which has asked
    /// when the role was given to the function. `duration` may be at most 36 hours.
    pub async fn issue_for_role(
        &self,
        role_arn: &str,
        session_name: &str,
        duration: Duration,
    ) -> Result<Issued, IssueError> {
        let role = self.roles.find(role_arn).await.map_err(IssueError::Unavailable)?;
        let role = role.ok_or_else(|| IssueError::NoSuchRole(role_arn.to_owned()))?;
        self.issue(role_principal(&role, session_name), duration, None).await.map_err(IssueError::Unavailable)
    }

    pub(crate) async fn issue(
        &self,
        principal: Principal,
        duration: Duration,
        session_policy: Option<String>,
    ) -> Result<Issued, ApiError> {
        let now = self.clock.now();
        let expires_at = now.saturating_add(duration.min(crate::ring::SESSION_MAX));
        let key = self.current_key(now).await?;
        let access_key_id = format!("ASIA{}", self.entropy.token(16, ID_ALPHABET));
        let secret_access_key = self.entropy.token(40, SECRET_ALPHABET);
        let claims =
            Claims { secret_access_key: secret_access_key.clone(), principal, expires_at, session_policy };
        let session_token = token::encode(key.id, &key.bytes, &access_key_id, &claims, &*self.entropy);
        Ok(Issued { access_key_id, secret_access_key, session_token, expires_at })
    }

    /// Opens a session token. `None`: not one of ours, not of this access key, or its role is gone. Expired
    /// ones are an `ExpiredToken` error.
    pub async fn open_session(
        &self,
        access_key_id: &str,
        session_token: &str,
    ) -> Result<Option<OpenedSession>, ApiError> {
        let Some(sealed) = Sealed::parse(session_token) else { return Ok(None) };
        let Some(key) = self.key(sealed.key_id).await? else { return Ok(None) };
        let Some(claims) = sealed.open(&key.bytes, access_key_id) else { return Ok(None) };
        if claims.expires_at <= self.clock.now() {
            return Err(error::expired());
        }
        if let Principal::Role { role_arn, role_id, .. } = &claims.principal {
            let role = self.roles.find(role_arn).await?;
            if role.is_none_or(|role| role.id != *role_id) {
                return Ok(None);
            }
        }
        let secret_access_key = claims.secret_access_key.clone();
        Ok(Some(OpenedSession { secret_access_key, caller: claims.caller() }))
    }

    async fn current_key(&self, now: Timestamp) -> Result<OpenKey, ApiError> {
        if let Some(key) = self.remembered().current(now) {
            return Ok(key.clone());
        }
        let ring = self.reload().await?;
        ring.current(now).cloned().ok_or_else(|| {
            tracing::error!("no session key can be used");
            ApiError::server("InternalFailure", 500, "Session tokens cannot be sealed.")
        })
    }

    async fn key(&self, id: u64) -> Result<Option<OpenKey>, ApiError> {
        if let Some(key) = self.remembered().by_id(id) {
            return Ok(Some(key.clone()));
        }
        // Another node may have made it. An invented id costs one read, so look before rotating anything.
        let known = self.store.snapshot().get(&crate::keys::sealing_key(id)).await.map_err(error::store)?;
        if known.is_none() {
            return Ok(None);
        }
        Ok(self.reload().await?.by_id(id).cloned())
    }

    async fn reload(&self) -> Result<Ring, ApiError> {
        let loaded = Ring::load(&self.store, &self.master, self.clock.now(), &*self.entropy).await;
        let ring = loaded.map_err(error::store)?;
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = ring.clone();
        Ok(ring)
    }

    fn remembered(&self) -> Ring {
        self.ring.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

pub(crate) fn role_principal(role: &RoleFacts, session_name: &str) -> Principal {
    Principal::Role {
        account: role.account,
        role_arn: role.arn.clone(),
        session_arn: format!("arn:aws:sts::{}:assumed-role/{}/{session_name}", role.account, role.name),
        role_id: role.id.clone(),
        session_name: session_name.to_owned(),
    }
}
