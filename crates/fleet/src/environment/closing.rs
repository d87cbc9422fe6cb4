//! The end of an environment, with the phase that extensions have for it.

use std::sync::Arc;

use tokio::sync::oneshot;

use super::Freezer;
use super::logs::Logs;
use super::restore::Family;
use super::session::Session;
use crate::Observer;
use crate::extensions::{Ending, Extensions, Reason, Server};
use crate::launcher::Cell;

/// What is left of an environment that ends.
pub struct Closing {
    pub cell: Arc<dyn Cell>,
    pub extensions: Arc<Extensions>,
    pub freezer: Option<Arc<Freezer>>,
    pub logs: Logs,
    /// What serves the extensions: they ask for their last event.
    pub _served_by: (Option<Server>, Session),
    /// Must not end before it.
    pub _family: Option<Arc<Family>>,
    pub exit: oneshot::Receiver<warden::Exit>,
    /// Gets what extensions print at the end.
    pub observer: Option<Arc<dyn Observer>>,
    pub reason: Reason,
}

impl Closing {
    /// Whether it takes longer than killing everything inside.
    pub fn has_phase(&self) -> bool {
        !self.extensions.is_empty()
    }

    /// Returns when everything inside is gone.
    pub async fn run(mut self) {
        if self.has_phase() {
            if let Some(observer) = self.observer.take() {
                self.logs.attach(observer);
            }
            let exit = &mut self.exit;
            let ended = async move {
                if !exit.is_terminated() {
                    // Who could have reported it is gone, and so is the process.
                    let _ = exit.await;
                }
            };
            let (cell, extensions) = (&self.cell, &*self.extensions);
            let freezer = self.freezer.as_deref();
            Ending { cell, extensions, freezer, reason: self.reason }.run(ended).await;
            self.logs.drain();
        }
        self.cell.destroy().await;
    }
}
