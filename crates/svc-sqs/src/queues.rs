//! The service's shared state, how queues are found, and the interface for Freehold's other services.

use std::sync::Arc;

use base::{Clock, Entropy};
use store::{CommitSeq, Store, Transaction};
use wire::{Access, ApiError, Context};

use crate::active::{Active, Registry};
use crate::error::{self, Failure};
use crate::keys;
use crate::model::Queue;
use crate::names::{self, QueueName};

/// Checks policies for SQS, which doesn't know their language.
pub trait Policies: Send + Sync {
    /// What is wrong with a queue's policy document.
    fn check(&self, document: &str) -> Result<(), String>;
}

/// The queues of all accounts of an installation. A cheap handle.
///
/// Other services use it without HTTP: [`Queues::outbox`] sends within their own transactions, [`Queues::receive`],
/// [`Queues::delete`] and [`Queues::change_visibility`] consume. Permissions are the callers' business.
#[derive(Clone)]
pub struct Queues {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) policies: Arc<dyn Policies>,
    registry: Arc<Registry>,
}

impl Queues {
    /// Call [`Queues::resume`] once, before requests, and [`Queues::sweep`] now and then.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        policies: Arc<dyn Policies>,
    ) -> Arc<Queues> {
        Arc::new(Queues { store, clock, entropy, policies, registry: Arc::default() })
    }

    pub(crate) async fn change<T, F, Fut>(&self, body: F) -> Result<T, ApiError>
    where
        F: FnMut(Transaction) -> Fut + Send,
        Fut: Future<Output = Result<T, Failure>> + Send,
        T: Send,
    {
        self.store.transact(body).await.map_err(ApiError::from)
    }

    pub(crate) async fn change_seq<T, F, Fut>(&self, body: F) -> Result<(T, CommitSeq), ApiError>
    where
        F: FnMut(Transaction) -> Fut + Send,
        Fut: Future<Output = Result<T, Failure>> + Send,
        T: Send,
    {
        self.store.transact_seq(body).await.map_err(ApiError::from)
    }

    pub(crate) async fn lookup(&self, name: &QueueName) -> Result<Option<Queue>, ApiError> {
        self.store.snapshot().get_record(&keys::queue(name)).await.map_err(error::unavailable)
    }

    pub(crate) async fn queue(&self, name: &QueueName) -> Result<Queue, ApiError> {
        self.lookup(name).await?.ok_or_else(error::no_such_queue)
    }

    pub(crate) async fn queue_at(&self, cx: &Context, url: &str) -> Result<Queue, ApiError> {
        self.queue(&names::from_url(cx, url)?).await
    }

    /// What an operation on one queue needs: the action, on the queue, whose own policy has a say.
    pub(crate) async fn access(
        &self,
        cx: &Context,
        action: &'static str,
        url: &str,
    ) -> Result<Vec<Access>, ApiError> {
        self.access_to(action, &names::from_url(cx, url)?).await
    }

    pub(crate) async fn access_to(
        &self,
        action: &'static str,
        name: &QueueName,
    ) -> Result<Vec<Access>, ApiError> {
        let resource_policy = self.lookup(name).await?.and_then(|queue| queue.settings.policy);
        Ok(vec![Access { resource_policy, ..Access::new(action, name.arn()) }])
    }

    /// The queue's part in memory, made if it isn't there.
    pub(crate) fn active(&self, queue: &Queue) -> Arc<Active> {
        self.registry.get(&self.store, &self.clock, queue)
    }

    pub(crate) fn active_if_used(&self, place: u64) -> Option<Arc<Active>> {
        self.registry.find(place)
    }

    /// Ends all waiting for messages, for a server that stops.
    pub fn shut_down(&self) {
        self.registry.shut_down();
    }

    pub(crate) fn is_ending(&self) -> bool {
        self.registry.is_ending()
    }

    /// The messages at `place` are gone.
    pub(crate) fn forget(&self, place: u64) {
        self.registry.close(place);
    }
}

/// The queue as a transaction sees it.
pub(crate) async fn queue_in(tx: &Transaction, name: &QueueName) -> Result<Queue, Failure> {
    Ok(tx.get_record(&keys::queue(name)).await?.ok_or_else(error::no_such_queue)?)
}
