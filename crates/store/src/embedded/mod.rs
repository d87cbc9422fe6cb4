//! The embedded engine: fjall keeps the bytes; one writer thread of ours orders, validates and groups the
//! commits, because an engine's own durable commit syncs once per transaction.

mod database;
mod failure;
mod journal;
mod manifest;
mod window;
mod writer;

use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

use arc_swap::ArcSwap;
use base::BoxFuture;
use bytes::Bytes;
use tokio::sync::oneshot;

use crate::embedded::database::{Database, Published};
use crate::embedded::writer::{Audience, Request, Writer};
use crate::engine::{Commit, CommitError, Engine, EngineSnapshot};
use crate::feed::Feeds;
use crate::files::DataDir;
use crate::watch::Registry;
use crate::{CommitSeq, Feed, OpenError, Options, StoreError, Watch};

pub(crate) struct Embedded {
    published: Arc<ArcSwap<Published>>,
    watches: Arc<Registry>,
    feeds: Arc<Feeds>,
    /// Taken when the engine closes: the writer ends when nobody can submit any more.
    requests: Option<mpsc::Sender<Request>>,
    writer: Option<JoinHandle<()>>,
}

impl Embedded {
    pub(crate) fn open(directory: DataDir, options: &Options) -> Result<Embedded, OpenError> {
        let (database, last) = Database::open(directory, options)?;
        let database = Arc::new(database);
        let published = Arc::new(ArcSwap::from_pointee(Published::now(&database, last)));
        let watches = Arc::new(Registry::default());
        let feeds = Arc::new(Feeds::default());
        let (requests, inbox) = mpsc::channel();
        let disk_reserve = options.disk_reserve.as_bytes();
        let path = database.path().to_owned();
        let audience = Audience { watches: Arc::clone(&watches), feeds: Arc::clone(&feeds) };
        let writer = Writer::new(database, Arc::clone(&published), audience, last, disk_reserve);
        let writer = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || writer.run(&inbox))
            .map_err(|error| OpenError::io(&path, error))?;
        Ok(Embedded { published, watches, feeds, requests: Some(requests), writer: Some(writer) })
    }
}

impl Engine for Embedded {
    fn snapshot(&self) -> Arc<dyn EngineSnapshot> {
        self.published.load_full()
    }

    fn commit(&self, commit: Commit) -> BoxFuture<'_, Result<CommitSeq, CommitError>> {
        Box::pin(async move {
            let (reply, answer) = oneshot::channel();
            let sent =
                self.requests.as_ref().is_some_and(|inbox| inbox.send(Request { commit, reply }).is_ok());
            if !sent {
                return Err(CommitError::Failed(StoreError::Closed));
            }
            answer.await.unwrap_or(Err(CommitError::Failed(StoreError::Closed)))
        })
    }

    fn watch(&self, prefix: Bytes) -> Watch {
        self.watches.watch(prefix)
    }

    fn feed(&self, prefixes: Vec<Bytes>, capacity: usize) -> Feed {
        self.feeds.feed(prefixes, capacity)
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        self.requests = None;
        if let Some(writer) = self.writer.take() {
            // An answer can wake, and so drop, the task that held the last handle: then this is the writer,
            // which ends by itself.
            if writer.thread().id() != std::thread::current().id() && writer.join().is_err() {
                tracing::error!("the store's writer thread panicked");
            }
        }
        self.watches.close();
    }
}
