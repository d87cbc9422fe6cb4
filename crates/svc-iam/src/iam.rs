//! The service's shared state, and how its records are read and changed.

use std::sync::{Arc, OnceLock};

use base::{AccountId, Clock, Entropy};
use store::{Scan, Store, Transaction};
use wire::ApiError;

use crate::cache::Cache;
use crate::credentials::SessionTokens;
use crate::error::{self, Failure};
use crate::keys;
use crate::model::{ManagedPolicy, Role, User};
use crate::seal::MasterKey;

/// IAM of all accounts of an installation.
pub struct Iam {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    /// The account whose root key is made at first start.
    pub(crate) account: AccountId,
    pub(crate) master: MasterKey,
    pub(crate) cache: Arc<Cache>,
    pub(crate) sessions: OnceLock<Arc<dyn SessionTokens>>,
}

impl Iam {
    /// Must be called within a tokio runtime: a task follows the store to forget what others have changed.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        account: AccountId,
        master: MasterKey,
    ) -> Arc<Iam> {
        let cache = Arc::new(Cache::default());
        cache.follow(&store);
        Arc::new(Iam { store, clock, entropy, account, master, cache, sessions: OnceLock::new() })
    }

    /// Tells IAM who can open session tokens. Until then temporary keys are unknown. Only the first call counts.
    pub fn connect_sessions(&self, sessions: Arc<dyn SessionTokens>) {
        if self.sessions.set(sessions).is_err() {
            tracing::warn!("session tokens were already connected; the first connection stays");
        }
    }

    /// Runs a transaction. What it changed counts for every request that begins after this returns.
    pub(crate) async fn change<T, F, Fut>(&self, body: F) -> Result<T, ApiError>
    where
        F: FnMut(Transaction) -> Fut + Send,
        Fut: Future<Output = Result<T, Failure>> + Send,
        T: Send,
    {
        let outcome = self.store.transact(body).await;
        self.cache.forget();
        outcome.map_err(ApiError::from)
    }

    pub(crate) async fn user(&self, account: AccountId, name: &str) -> Result<User, ApiError> {
        let found = self.store.snapshot().get_record(&keys::user(account, name)).await;
        found.map_err(|error| error::unavailable(&error))?.ok_or_else(|| error::no_such_user(name))
    }

    pub(crate) async fn role(&self, account: AccountId, name: &str) -> Result<Role, ApiError> {
        let found = self.store.snapshot().get_record(&keys::role(account, name)).await;
        found.map_err(|error| error::unavailable(&error))?.ok_or_else(|| error::no_such_role(name))
    }

    /// All records whose key begins with `prefix`.
    pub(crate) async fn all<R: store::Record>(&self, prefix: store::Key) -> Result<Vec<R>, ApiError> {
        let found = self.store.snapshot().scan_records(everything(prefix)).await;
        Ok(found.map_err(|error| error::unavailable(&error))?.into_iter().map(|(_, record)| record).collect())
    }

    pub(crate) async fn customer_policy(
        &self,
        account: AccountId,
        arn: &str,
    ) -> Result<Option<ManagedPolicy>, ApiError> {
        let Some((owner, name)) = crate::ident::account_and_name(arn, "policy") else { return Ok(None) };
        let found = self.store.snapshot().get_record(&keys::policy(owner, name)).await;
        let found: Option<ManagedPolicy> = found.map_err(|error| error::unavailable(&error))?;
        Ok(found.filter(|policy| policy.arn == arn && owner == account))
    }
}

/// A scan of a whole prefix, in order.
pub(crate) fn everything(prefix: store::Key) -> Scan {
    Scan { range: prefix.prefix_range(), reverse: false, limit: usize::MAX }
}
