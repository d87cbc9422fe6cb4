//! The service's shared state, and how buses, rules and targets are found.

use std::sync::Arc;

use base::{Arn, Clock};
use store::{Scan, Snapshot, Store, Transaction};
use wire::{ApiError, Context};

use crate::error::{self, Failure};
use crate::keys;
use crate::model::{Bus, Rule, Target};
use crate::names::DEFAULT;

/// What the platform can deliver events to beside event buses. The binary wires it: services don't know each other.
pub trait Targets: Send + Sync {
    /// Whether resources of this kind take events. The resource itself need not exist.
    fn takes(&self, arn: &Arn) -> bool;
}

/// The event buses of all accounts of an installation.
pub struct Events {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) targets: Arc<dyn Targets>,
}

impl Events {
    pub fn new(store: Store, clock: Arc<dyn Clock>, targets: Arc<dyn Targets>) -> Arc<Events> {
        Arc::new(Events { store, clock, targets })
    }

    pub(crate) async fn change<T, F, Fut>(&self, body: F) -> Result<T, ApiError>
    where
        F: FnMut(Transaction) -> Fut + Send,
        Fut: Future<Output = Result<T, Failure>> + Send,
        T: Send,
    {
        self.store.transact(body).await.map_err(ApiError::from)
    }

    pub(crate) async fn bus(&self, at: &Snapshot, cx: &Context, name: &str) -> Result<Bus, ApiError> {
        let found = at.get_record(&keys::bus(cx.account, &cx.region, name)).await;
        existing(found.map_err(error::unavailable)?, name)
    }

    pub(crate) async fn rule(
        &self,
        at: &Snapshot,
        cx: &Context,
        bus: &str,
        name: &str,
    ) -> Result<Rule, ApiError> {
        let found = at.get_record(&keys::rule(cx.account, &cx.region, bus, name)).await;
        match found.map_err(error::unavailable)? {
            Some(rule) => Ok(rule),
            None => {
                self.bus(at, cx, bus).await?;
                Err(error::no_such_rule(name, bus))
            }
        }
    }

    /// All rules of a bus by name.
    pub(crate) async fn rules(&self, at: &Snapshot, cx: &Context, bus: &str) -> Result<Vec<Rule>, ApiError> {
        let found = at.scan_records(Scan::prefix(keys::rules(cx.account, &cx.region, bus))).await;
        Ok(found.map_err(error::unavailable)?.into_iter().map(|(_, rule)| rule).collect())
    }

    /// All targets of a rule by id.
    pub(crate) async fn targets(
        &self,
        at: &Snapshot,
        cx: &Context,
        bus: &str,
        rule: &str,
    ) -> Result<Vec<Target>, ApiError> {
        let found = at.scan_records(Scan::prefix(keys::targets(cx.account, &cx.region, bus, rule))).await;
        Ok(found.map_err(error::unavailable)?.into_iter().map(|(_, target)| target).collect())
    }
}

pub(crate) async fn bus_in(tx: &Transaction, cx: &Context, name: &str) -> Result<Bus, Failure> {
    Ok(existing(tx.get_record(&keys::bus(cx.account, &cx.region, name)).await?, name)?)
}

pub(crate) async fn rule_in(tx: &Transaction, cx: &Context, bus: &str, name: &str) -> Result<Rule, Failure> {
    match tx.get_record(&keys::rule(cx.account, &cx.region, bus, name)).await? {
        Some(rule) => Ok(rule),
        None => {
            bus_in(tx, cx, bus).await?;
            Err(error::no_such_rule(name, bus).into())
        }
    }
}

/// The default bus exists without a record, until something about it is changed.
fn existing(found: Option<Bus>, name: &str) -> Result<Bus, ApiError> {
    match found {
        Some(bus) => Ok(bus),
        None if name == DEFAULT => Ok(Bus {
            name: DEFAULT.to_owned(),
            created_at: None,
            modified_at: None,
            description: None,
            dead_letter_arn: None,
            policy: None,
            tags: Default::default(),
        }),
        None => Err(error::no_such_bus(name)),
    }
}
