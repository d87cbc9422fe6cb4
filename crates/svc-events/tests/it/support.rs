//! A service on a scratch store with a clock that stands still, and a way to call operations.

use std::sync::Arc;

use api::events::{CreateEventBusRequest, PutRuleRequest};
use base::{AccountId, Arn, ManualClock, Region, RequestId, SystemEntropy, Timestamp};
use store::{Options, Store};
use svc_events::ops::{CreateEventBus, PutRule};
use svc_events::{Events, Targets};
use wire::{ApiError, Caller, Context, Operation, Reply};

pub const NOW: i64 = 1_795_500_428_000;
pub const PATTERN: &str = r#"{"source":["app"]}"#;

pub struct World {
    events: Arc<Events>,
    pub cx: Context,
    _dir: tempfile::TempDir,
}

struct Functions;

impl Targets for Functions {
    fn takes(&self, arn: &Arn) -> bool {
        arn.service == "lambda"
    }
}

impl World {
    pub fn new() -> World {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), Options::default()).unwrap();
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(NOW)));
        World { events: Events::new(store, clock, Arc::new(Functions)), cx: context(), _dir: dir }
    }

    pub async fn call<O: Operation<Service = Events>>(&self, input: O::Input) -> Result<O::Output, ApiError> {
        match O::run(&self.events, &self.cx, input).await? {
            Reply::Whole(output) => Ok(output),
            Reply::Events(..) => panic!("no operation of this service streams"),
        }
    }

    /// The error that an operation answers with.
    pub async fn refused<O: Operation<Service = Events>>(&self, input: O::Input) -> String {
        match self.call::<O>(input).await {
            Ok(_) => panic!("{} was not refused", O::SPEC.name),
            Err(error) => format!("{}: {}", error.code, error.message),
        }
    }

    pub async fn bus(&self, name: &str) {
        let input = CreateEventBusRequest { name: name.into(), ..Default::default() };
        self.call::<CreateEventBus>(input).await.unwrap();
    }

    pub async fn rule(&self, bus: Option<&str>, name: &str) {
        self.call::<PutRule>(rule(bus, name)).await.unwrap();
    }
}

pub fn rule(bus: Option<&str>, name: &str) -> PutRuleRequest {
    PutRuleRequest {
        name: name.into(),
        event_bus_name: bus.map(str::to_owned),
        event_pattern: Some(PATTERN.into()),
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
