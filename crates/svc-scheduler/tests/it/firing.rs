//! What a due time causes: nothing lost, nothing doubled, nothing after the end.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use api::scheduler::{
    CreateScheduleInput, DeleteScheduleInput, FlexibleTimeWindow, GetScheduleInput, GetScheduleOutput,
    Target, UpdateScheduleInput,
};
use base::{AccountId, BoxFuture, Clock, Region, RequestId, SystemClock, SystemEntropy, Timestamp};
use bytes::Bytes;
use courier::Courier;
use store::Store;
use svc_scheduler::ops::{CreateSchedule, DeleteSchedule, GetSchedule, UpdateSchedule};
use svc_scheduler::{Functions, InvokeProblem, Parts, RoleProblem, Roles, Scheduler};
use tokio::sync::watch;
use wire::{ApiError, Caller, Context, Operation, Reply};

const ARN: &str = "arn:aws:lambda:us-east-1:000000000000:function:f";
const ROLE: &str = "arn:aws:iam::000000000000:role/r";

/// Allows everything but what a role named `denied` wants.
struct AnyRole;

impl Roles for AnyRole {
    fn check<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<(), RoleProblem>> {
        Box::pin(async { Ok(()) })
    }

    fn allows<'a>(
        &'a self,
        role: &'a str,
        _: &'static str,
        _: &'a str,
    ) -> BoxFuture<'a, Result<bool, RoleProblem>> {
        Box::pin(async move { Ok(!role.ends_with("denied")) })
    }
}

#[derive(Default)]
struct Calls(watch::Sender<Vec<String>>);

impl Functions for Calls {
    fn arn(&self, _: AccountId, _: &Region, name: &str) -> Option<String> {
        Some(name.to_owned())
    }

    fn invoke<'a>(
        &'a self,
        _: &'a str,
        payload: Bytes,
        _: &'a str,
    ) -> BoxFuture<'a, Result<(), InvokeProblem>> {
        self.0.send_modify(|calls| calls.push(String::from_utf8_lossy(&payload).into_owned()));
        Box::pin(async { Ok(()) })
    }
}

/// One life of the server.
struct Life {
    scheduler: Arc<Scheduler>,
    courier: Courier,
    calls: Arc<Calls>,
}

impl Life {
    fn begin(dir: &Path) -> Life {
        let store = Store::open(dir, store::Options::default()).unwrap();
        let (clock, entropy) = (Arc::new(SystemClock::new()), Arc::new(SystemEntropy));
        let courier =
            Courier::new(store.clone(), clock.clone(), entropy.clone(), courier::Options::default());
        let calls = Arc::new(Calls::default());
        let parts = Parts {
            store,
            clock,
            entropy,
            courier: courier.clone(),
            roles: Arc::new(AnyRole),
            functions: calls.clone(),
        };
        Life { scheduler: Scheduler::new(parts), courier, calls }
    }

    async fn run<O: Operation<Service = Scheduler>>(&self, input: O::Input) -> Result<O::Output, ApiError> {
        match O::run(&self.scheduler, &context(), input).await? {
            Reply::Whole(output) => Ok(output),
            Reply::Events(..) => panic!("no operation of this service streams"),
        }
    }

    async fn shown(&self, name: &str) -> Result<GetScheduleOutput, ApiError> {
        self.run::<GetSchedule>(GetScheduleInput { name: name.into(), group_name: None }).await
    }

    /// Waits until functions have been called this often.
    async fn called(&self, times: usize) -> Vec<String> {
        let mut calls = self.calls.0.subscribe();
        calls.wait_for(|calls| calls.len() >= times).await.unwrap().clone()
    }

    async fn is_gone(&self, name: &str) {
        while self.shown(name).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
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
        received_at: now(),
        headers: Default::default(),
    }
}

fn now() -> Timestamp {
    SystemClock::new().now()
}

fn request(name: &str, expression: &str) -> CreateScheduleInput {
    CreateScheduleInput {
        name: name.into(),
        schedule_expression: expression.into(),
        target: Target {
            arn: ARN.into(),
            role_arn: ROLE.into(),
            input: Some(format!("\"{name}\"")),
            ..Target::default()
        },
        flexible_time_window: FlexibleTimeWindow { mode: "OFF".into(), maximum_window_in_minutes: None },
        ..CreateScheduleInput::default()
    }
}

/// A rate that was due for the first time some minutes ago, and several times since.
fn overdue(name: &str) -> CreateScheduleInput {
    let start = Timestamp::from_millis(now().as_millis() - 200_000);
    CreateScheduleInput { start_date: Some(start), ..request(name, "rate(1 minute)") }
}

fn soon() -> String {
    now().saturating_add(Duration::from_secs(1)).strftime("at(%Y-%m-%dT%H:%M:%S)")
}

/// The due time that follows is due: what was accepted before it has been handled by then.
async fn marker(life: &Life) {
    life.run::<CreateSchedule>(request("marker", "rate(1 day)")).await.unwrap();
    let mut calls = life.calls.0.subscribe();
    calls.wait_for(|calls| calls.iter().any(|call| call == "\"marker\"")).await.unwrap();
}

#[tokio::test]
async fn what_was_missed_while_down_is_made_up_for_once() {
    let dir = tempfile::tempdir().unwrap();
    let before = Life::begin(dir.path());
    before.run::<CreateSchedule>(overdue("late")).await.unwrap();
    drop(before);
    let after = Life::begin(dir.path());
    after.courier.start();
    assert_eq!(after.called(1).await, ["\"late\""]);
    marker(&after).await;
    assert_eq!(after.called(2).await, ["\"late\"", "\"marker\""]);
    after.courier.stop().await;
}

#[tokio::test]
async fn a_schedule_that_is_done_is_deleted_if_asked() {
    let dir = tempfile::tempdir().unwrap();
    let life = Life::begin(dir.path());
    life.courier.start();
    let once =
        CreateScheduleInput { action_after_completion: Some("DELETE".into()), ..request("once", &soon()) };
    life.run::<CreateSchedule>(once).await.unwrap();
    life.run::<CreateSchedule>(request("stays", &soon())).await.unwrap();
    let mut calls = life.called(2).await;
    calls.sort();
    assert_eq!(calls, ["\"once\"", "\"stays\""]);
    life.is_gone("once").await;
    assert!(life.shown("stays").await.is_ok());
    life.courier.stop().await;
}

#[tokio::test]
async fn a_refusal_ends_the_call_and_completes_the_schedule() {
    let dir = tempfile::tempdir().unwrap();
    let life = Life::begin(dir.path());
    life.courier.start();
    let mut once = request("once", &soon());
    once.action_after_completion = Some("DELETE".into());
    once.target.role_arn = format!("{ROLE}/denied");
    life.run::<CreateSchedule>(once).await.unwrap();
    life.is_gone("once").await;
    assert!(life.calls.0.borrow().is_empty());
    life.courier.stop().await;
}

#[tokio::test]
async fn timers_of_what_was_changed_or_deleted_mean_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let life = Life::begin(dir.path());
    life.run::<CreateSchedule>(overdue("deleted")).await.unwrap();
    life.run::<CreateSchedule>(overdue("again")).await.unwrap();
    life.run::<CreateSchedule>(overdue("disabled")).await.unwrap();
    life.run::<CreateSchedule>(overdue("described")).await.unwrap();
    for name in ["deleted", "again"] {
        let delete = DeleteScheduleInput { name: name.into(), ..DeleteScheduleInput::default() };
        life.run::<DeleteSchedule>(delete).await.unwrap();
    }
    life.run::<CreateSchedule>(request("again", "rate(1 day)")).await.unwrap();
    let update = |name: &str, state: Option<&str>| {
        let CreateScheduleInput { name, schedule_expression, target, flexible_time_window, .. } =
            request(name, "rate(1 minute)");
        UpdateScheduleInput {
            name,
            schedule_expression,
            target,
            flexible_time_window,
            state: state.map(str::to_owned),
            description: Some("changed".into()),
            ..UpdateScheduleInput::default()
        }
    };
    let start = life.shown("described").await.unwrap().start_date;
    life.run::<UpdateSchedule>(update("disabled", Some("DISABLED"))).await.unwrap();
    let described = UpdateScheduleInput { start_date: start, ..update("described", None) };
    life.run::<UpdateSchedule>(described).await.unwrap();
    life.courier.start();
    marker(&life).await;
    let mut calls = life.called(3).await;
    calls.sort();
    assert_eq!(calls, ["\"again\"", "\"described\"", "\"marker\""]);
    life.courier.stop().await;
}
