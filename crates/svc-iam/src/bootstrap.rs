//! The first key of an installation: without one nobody could make another.

use base::AccountId;
use store::StoreError;
use wire::ApiError;

use crate::error::Failure;
use crate::iam::{Iam, everything};
use crate::ident;
use crate::keys;
use crate::model::AccessKey;

/// Why there is no root key.
#[derive(Debug, thiserror::Error)]
pub enum BootstrapError {
    #[error("the root access key id must be 16 to 128 letters, digits or underscores")]
    InvalidId,
    #[error("the root secret access key must be at least 16 printable characters without spaces")]
    InvalidSecret,
    #[error("the root access key id {0} already belongs to a user")]
    Taken(String),
    #[error("the root access key could not be read or stored")]
    Store(#[source] ApiError),
}

impl Iam {
    /// The root access key (id, secret): the given one, else the oldest active one, else a new one. A given key
    /// replaces the one given before; keys made through the API stay.
    pub async fn bootstrap_root(
        &self,
        given: Option<(String, String)>,
    ) -> Result<(String, String), BootstrapError> {
        if let Some((id, secret)) = &given {
            validate(id, secret)?;
        }
        let fresh = match &given {
            Some((id, secret)) => self.seal_key(id.clone(), secret, self.account, None, true),
            None => {
                let secret = ident::secret_access_key(&*self.entropy);
                self.seal_key(ident::access_key_id(&*self.entropy), &secret, self.account, None, false)
            }
        };
        let (fresh, configured, account) = (&fresh, given.is_some(), self.account);
        let key = self
            .change(|tx| async move {
                let roots = root_keys(&tx, account).await?;
                if !configured {
                    let oldest = roots.into_iter().filter(|key| key.active).min_by_key(|key| key.created_at);
                    if let Some(key) = oldest {
                        return Ok(Ok(key));
                    }
                } else {
                    let taken: Option<AccessKey> = tx.get_record(&keys::access_key(&fresh.id)).await?;
                    if taken.is_some_and(|key| key.user.is_some() || key.account != account) {
                        return Ok(Err(BootstrapError::Taken(fresh.id.clone())));
                    }
                    for old in roots.iter().filter(|key| key.configured) {
                        tx.delete(keys::access_key(&old.id));
                    }
                }
                tx.put_record(keys::access_key(&fresh.id), fresh);
                Ok::<_, Failure>(Ok(fresh.clone()))
            })
            .await
            .map_err(BootstrapError::Store)??;
        let secret = self.open_secret(&key).map_err(BootstrapError::Store)?;
        Ok((key.id, secret))
    }
}

/// The root's keys of an account, in the order of their ids.
pub(crate) async fn root_keys(
    tx: &store::Transaction,
    account: AccountId,
) -> Result<Vec<AccessKey>, StoreError> {
    let all = tx.scan_records::<AccessKey>(everything(store::Key::new(store::Space::AccessKey))).await?;
    Ok(all
        .into_iter()
        .map(|(_, key)| key)
        .filter(|key| key.user.is_none() && key.account == account)
        .collect())
}

fn validate(id: &str, secret: &str) -> Result<(), BootstrapError> {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if !(16..=128).contains(&id.len()) || !id.bytes().all(word) || id.starts_with("ASIA") {
        return Err(BootstrapError::InvalidId);
    }
    if secret.len() < 16 || !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(BootstrapError::InvalidSecret);
    }
    Ok(())
}
