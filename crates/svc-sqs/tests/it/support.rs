//! A service on a scratch store with a clock that stands still, and a way to call operations.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use api::sqs::*;
use base::{AccountId, ManualClock, Region, RequestId, SystemEntropy, Timestamp};
use store::{Options, Store};
use svc_sqs::ops::*;
use svc_sqs::{Policies, Queues};
use wire::{ApiError, Caller, Context, Operation, Reply};

pub const NOW: i64 = 1_795_500_428_000;

pub struct World {
    pub queues: Arc<Queues>,
    pub store: Store,
    pub cx: Context,
    pub clock: Arc<ManualClock>,
    runtime: Option<tokio::runtime::Runtime>,
    dir: tempfile::TempDir,
}

struct AnyObject;

impl Policies for AnyObject {
    fn check(&self, document: &str) -> Result<(), String> {
        let parsed = serde_json::from_str::<serde_json::Map<_, serde_json::Value>>(document);
        parsed.map(drop).map_err(|problem| problem.to_string())
    }
}

fn open(dir: &std::path::Path, clock: &Arc<ManualClock>) -> (Store, Arc<Queues>) {
    let store = Store::open(dir, Options::default()).unwrap();
    let queues = Queues::new(store.clone(), clock.clone(), Arc::new(SystemEntropy), Arc::new(AnyObject));
    (store, queues)
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

impl World {
    pub fn new() -> World {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(NOW)));
        let (store, queues) = open(dir.path(), &clock);
        World { queues, store, cx: context(), clock, runtime: Some(runtime()), dir }
    }

    /// As a new process on the same disk: everything in memory is gone, with it every task.
    pub fn reopen(self) -> World {
        let World { queues, store, cx, clock, runtime: old, dir } = self;
        drop(old);
        drop(queues);
        drop(store);
        let (store, queues) = open(dir.path(), &clock);
        World { queues, store, cx, clock, runtime: Some(runtime()), dir }
    }

    pub fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.as_ref().expect("it is there until the end").block_on(work)
    }

    pub fn spawn<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> tokio::task::JoinHandle<T> {
        self.runtime.as_ref().expect("it is there until the end").spawn(work)
    }

    pub fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    pub fn call<O: Operation<Service = Queues>>(&self, input: O::Input) -> Result<O::Output, ApiError> {
        match self.run(O::run(&self.queues, &self.cx, input))? {
            Reply::Whole(output) => Ok(output),
            Reply::Events(..) => panic!("no operation of this service streams"),
        }
    }

    /// The code of the error that an operation answers with.
    pub fn refused<O: Operation<Service = Queues>>(&self, input: O::Input) -> String {
        match self.call::<O>(input) {
            Ok(_) => panic!("{} was not refused", O::SPEC.name),
            Err(error) => error.code,
        }
    }

    /// Gives the queue's URL.
    pub fn queue(&self, name: &str, attributes: &[(&str, &str)]) -> String {
        self.call::<CreateQueue>(create(name, attributes)).unwrap().queue_url.unwrap()
    }

    pub fn set(&self, url: &str, attributes: &[(&str, &str)]) {
        let input = SetQueueAttributesRequest { queue_url: url.into(), attributes: texts(attributes) };
        self.call::<SetQueueAttributes>(input).unwrap();
    }

    pub fn send(&self, url: &str, body: &str) -> SendMessageResult {
        self.call::<SendMessage>(message(url, body)).unwrap()
    }

    pub fn receive(&self, url: &str, max: i64) -> Vec<Message> {
        let input = ReceiveMessageRequest {
            queue_url: url.into(),
            max_number_of_messages: Some(max),
            attribute_names: Some(vec!["All".into()]),
            message_attribute_names: Some(vec!["All".into()]),
            ..Default::default()
        };
        self.call::<ReceiveMessage>(input).unwrap().messages.unwrap_or_default()
    }

    pub fn bodies(&self, url: &str, max: i64) -> Vec<String> {
        self.receive(url, max).into_iter().map(|message| message.body.unwrap()).collect()
    }

    pub fn delete(&self, url: &str, message: &Message) {
        self.call::<DeleteMessage>(deletion(url, message)).unwrap();
    }

    pub fn visibility(&self, url: &str, message: &Message, seconds: i64) -> Result<Empty, ApiError> {
        self.call::<ChangeMessageVisibility>(ChangeMessageVisibilityRequest {
            queue_url: url.into(),
            receipt_handle: message.receipt_handle.clone().unwrap(),
            visibility_timeout: seconds,
        })
    }

    pub fn attributes(&self, url: &str) -> BTreeMap<String, String> {
        let input =
            GetQueueAttributesRequest { queue_url: url.into(), attribute_names: Some(vec!["All".into()]) };
        self.call::<GetQueueAttributes>(input).unwrap().attributes.unwrap()
    }

    /// Ready, delayed, in flight.
    pub fn counts(&self, url: &str) -> (u64, u64, u64) {
        let all = self.attributes(url);
        let number = |name: &str| all[&format!("ApproximateNumberOfMessages{name}")].parse().unwrap();
        (number(""), number("Delayed"), number("NotVisible"))
    }
}

pub use api::Empty;

pub fn arn(name: &str) -> String {
    format!("arn:aws:sqs:us-east-1:000000000000:{name}")
}

pub fn texts(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

pub fn create(name: &str, attributes: &[(&str, &str)]) -> CreateQueueRequest {
    CreateQueueRequest { queue_name: name.into(), attributes: Some(texts(attributes)), ..Default::default() }
}

pub fn message(url: &str, body: &str) -> SendMessageRequest {
    SendMessageRequest { queue_url: url.into(), message_body: body.into(), ..Default::default() }
}

pub fn deletion(url: &str, message: &Message) -> DeleteMessageRequest {
    DeleteMessageRequest { queue_url: url.into(), receipt_handle: message.receipt_handle.clone().unwrap() }
}

fn context() -> Context {
    Context {
        request_id: RequestId::new(&SystemEntropy),
        account: AccountId::DEFAULT,
        region: Region::new("us-east-1"),
        caller: Caller::Root { account: AccountId::DEFAULT },
        source_ip: None,
        user_agent: String::new(),
        host: "127.0.0.1:4566".into(),
        secure: false,
        received_at: Timestamp::from_millis(NOW),
        headers: Default::default(),
    }
}
