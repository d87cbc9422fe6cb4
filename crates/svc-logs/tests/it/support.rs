//! A service on a scratch store with a clock that stands still, and a way to call operations.

use std::sync::Arc;

use api::logs::{CreateLogGroupRequest, CreateLogStreamRequest, InputLogEvent, PutLogEventsRequest};
use base::{AccountId, ManualClock, Region, RequestId, SystemEntropy, Timestamp};
use store::{Options, Store};
use svc_logs::Logs;
use svc_logs::ops::{CreateLogGroup, CreateLogStream, PutLogEvents};
use wire::{ApiError, Caller, Context, Operation, Reply};

pub const NOW: i64 = 1_795_500_428_000;
pub const HOUR: i64 = 3_600_000;

pub struct World {
    pub logs: Arc<Logs>,
    pub cx: Context,
    pub clock: Arc<ManualClock>,
    _dir: tempfile::TempDir,
}

impl World {
    pub fn new() -> World {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), Options::default()).unwrap();
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(NOW)));
        let logs = Logs::new(store, clock.clone(), Arc::new(SystemEntropy));
        World { logs, cx: context(), clock, _dir: dir }
    }

    pub async fn call<O: Operation<Service = Logs>>(&self, input: O::Input) -> Result<O::Output, ApiError> {
        match O::run(&self.logs, &self.cx, input).await? {
            Reply::Whole(output) => Ok(output),
            Reply::Events(..) => panic!("no operation of this service streams"),
        }
    }

    /// The message of the error that an operation answers with.
    pub async fn refused<O: Operation<Service = Logs>>(&self, input: O::Input) -> String {
        match self.call::<O>(input).await {
            Ok(_) => panic!("{} was not refused", O::SPEC.name),
            Err(error) => format!("{}: {}", error.code, error.message),
        }
    }

    pub async fn group(&self, name: &str) {
        let input = CreateLogGroupRequest { log_group_name: name.into(), ..Default::default() };
        self.call::<CreateLogGroup>(input).await.unwrap();
    }

    pub async fn stream(&self, group: &str, name: &str) {
        let input = CreateLogStreamRequest { log_group_name: group.into(), log_stream_name: name.into() };
        self.call::<CreateLogStream>(input).await.unwrap();
    }

    pub async fn put(&self, group: &str, stream: &str, events: &[(i64, &str)]) {
        self.call::<PutLogEvents>(batch(group, stream, events)).await.unwrap();
    }
}

pub fn batch(group: &str, stream: &str, events: &[(i64, &str)]) -> PutLogEventsRequest {
    PutLogEventsRequest {
        log_group_name: group.into(),
        log_stream_name: stream.into(),
        log_events: events
            .iter()
            .map(|(timestamp, message)| InputLogEvent { timestamp: *timestamp, message: (*message).into() })
            .collect(),
        ..Default::default()
    }
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
