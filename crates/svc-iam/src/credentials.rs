//! Finds the secret and the principal of an access key id.

use std::sync::Arc;

use base::{AccountId, BoxFuture};
use wire::{ApiError, Caller, Credential, Credentials};

use crate::error;
use crate::iam::Iam;
use crate::keys;
use crate::model::AccessKey;

/// Opens the session tokens of temporary keys. Implemented by the token service, wired by the binary.
pub trait SessionTokens: Send + Sync {
    /// `None`: the token is not one of ours, or does not belong to this key. An expired one is an
    /// `ExpiredToken` error.
    fn open<'a>(
        &'a self,
        access_key_id: &'a str,
        session_token: &'a str,
    ) -> BoxFuture<'a, Result<Option<Session>, ApiError>>;
}

/// A session token's contents.
#[derive(Clone, Debug)]
pub struct Session {
    pub secret_access_key: String,
    pub caller: Caller,
}

impl Credentials for Iam {
    fn find<'a>(
        &'a self,
        access_key_id: &'a str,
        session_token: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Option<Credential>, ApiError>> {
        Box::pin(async move {
            match (access_key_id.starts_with("ASIA"), session_token) {
                (true, Some(token)) => self.temporary(access_key_id, token).await,
                (false, None) => self.permanent(access_key_id).await,
                (true, None) | (false, Some(_)) => Ok(None),
            }
        })
    }
}

impl Iam {
    async fn temporary(&self, id: &str, token: &str) -> Result<Option<Credential>, ApiError> {
        let Some(sessions) = self.sessions.get() else { return Ok(None) };
        let Some(session) = sessions.open(id, token).await? else { return Ok(None) };
        // A session ends with its principal.
        let known = match &session.caller {
            Caller::User { account, name, id, .. } => self.user_exists(*account, name, id).await?,
            _ => true,
        };
        Ok(known
            .then_some(Credential { secret_access_key: session.secret_access_key, caller: session.caller }))
    }

    async fn user_exists(&self, account: AccountId, name: &str, id: &str) -> Result<bool, ApiError> {
        match self.user(account, name).await {
            Ok(user) => Ok(user.id == id),
            Err(missing) if missing.http_status == 404 => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn permanent(&self, id: &str) -> Result<Option<Credential>, ApiError> {
        if let Some(credential) = self.cache.credential(id) {
            return Ok(Some(credential));
        }
        let began = self.cache.begin();
        let key: Option<AccessKey> = self
            .store
            .snapshot()
            .get_record(&keys::access_key(id))
            .await
            .map_err(|error| error::unavailable(&error))?;
        let Some(key) = key.filter(|key| key.active) else { return Ok(None) };
        let caller = match &key.user {
            None => Caller::Root { account: key.account },
            Some(name) => {
                let user = self.user(key.account, name).await?;
                Caller::User { account: key.account, arn: user.arn, id: user.id, name: user.name }
            }
        };
        let credential = Credential { secret_access_key: self.open_secret(&key)?, caller };
        self.cache.remember_credential(began, id, credential.clone());
        Ok(Some(credential))
    }

    pub(crate) fn open_secret(&self, key: &AccessKey) -> Result<String, ApiError> {
        self.master.open(&key.id, &key.sealed_secret).ok_or_else(|| {
            tracing::error!(
                access_key = key.id,
                "a secret key does not open: the master key file was replaced?"
            );
            ApiError::server("ServiceFailure", 500, "The secret of this access key cannot be read.")
        })
    }

    /// A new key with its secret, sealed.
    pub(crate) fn seal_key(
        &self,
        id: String,
        secret: &str,
        account: AccountId,
        user: Option<String>,
        configured: bool,
    ) -> AccessKey {
        AccessKey {
            sealed_secret: self.master.seal(&id, secret, &*self.entropy),
            id,
            account,
            user,
            configured,
            active: true,
            created_at: self.clock.now(),
        }
    }
}

/// Lets the binary pass one `Arc` for both roles.
impl Iam {
    /// This service as the wire layer's key finder.
    pub fn credentials(self: &Arc<Iam>) -> Arc<dyn Credentials> {
        self.clone()
    }

    /// This service as the wire layer's judge.
    pub fn authorizer(self: &Arc<Iam>) -> Arc<dyn wire::Authorizer> {
        self.clone()
    }
}
