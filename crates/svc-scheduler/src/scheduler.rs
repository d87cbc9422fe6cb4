//! The service's shared state.

use std::sync::Arc;

use base::{AccountId, Clock, Entropy, Region};
use courier::Courier;
use store::{Store, Transaction};
use wire::ApiError;

use crate::error::{self, Failure};
use crate::model::Schedule;
use crate::seams::{Functions, Roles};
use crate::{call, fire, keys};

/// What the scheduler is made of.
pub struct Parts {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    /// Not started yet.
    pub courier: Courier,
    pub roles: Arc<dyn Roles>,
    pub functions: Arc<dyn Functions>,
}

/// The schedules of all accounts of an installation.
pub struct Scheduler {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) courier: Courier,
    pub(crate) roles: Arc<dyn Roles>,
    pub(crate) functions: Arc<dyn Functions>,
}

impl Scheduler {
    /// Call it before the courier is started, so that due times find their handler.
    pub fn new(parts: Parts) -> Arc<Scheduler> {
        let Parts { store, clock, entropy, courier, roles, functions } = parts;
        let scheduler = Arc::new(Scheduler { store, clock, entropy, courier, roles, functions });
        let weak = Arc::downgrade(&scheduler);
        scheduler.courier.register(fire::KIND, Arc::new(fire::Ticks(weak.clone())));
        scheduler.courier.register(call::KIND, Arc::new(call::Calls(weak)));
        scheduler
    }

    pub(crate) async fn change<T, F, Fut>(&self, body: F) -> Result<T, ApiError>
    where
        F: FnMut(Transaction) -> Fut + Send,
        Fut: Future<Output = Result<T, Failure>> + Send,
        T: Send,
    {
        self.store.transact(body).await.map_err(ApiError::from)
    }

    pub(crate) async fn find(
        &self,
        account: AccountId,
        region: &Region,
        group: &str,
        name: &str,
    ) -> Result<Option<Schedule>, ApiError> {
        let key = keys::schedule(account, region, group, name);
        self.store.snapshot().get_record(&key).await.map_err(error::unavailable)
    }
}
