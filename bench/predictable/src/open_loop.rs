//! Makes the invocations at their times, whatever the server does. Latency counts from the time at which an invocation
//! was due, so that a server that stalls is charged for everybody whom it kept waiting.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base::{Clock, SystemClock};
use bytes::Bytes;
use http::Method;
use tokio::sync::mpsc;

use crate::arrivals::Arrival;
use bench_common::client::{Client, Failure, Target};

/// One invocation that was made.
#[derive(Clone, Debug)]
pub struct Sample {
    pub function: String,
    /// What the function itself takes, in milliseconds.
    pub service_ms: f64,
    /// From when it was due until the answer was there.
    pub latency_ms: f64,
    /// How late this program was in making it; part of the latency.
    pub lag_ms: f64,
    pub request_id: Option<String>,
    pub result: Result<(), String>,
}

/// Runs them all; returns when each is answered.
///
/// # Errors
/// When the server can't be connected to.
pub async fn run(target: &Target, arrivals: Vec<Arrival>) -> Result<Vec<Sample>, Failure> {
    let connections = Connections::new(target);
    // Its readings mean nothing to another clock.
    let clock = Arc::clone(&connections.clock);
    let begin = clock.monotonic();
    let (due, mut made) = mpsc::unbounded_channel();
    // A thread of its own: the runtime's timer counts in whole milliseconds.
    let pacer = std::thread::spawn(move || pace(&clock, begin, arrivals, &due));
    let mut tasks = tokio::task::JoinSet::new();
    while let Some(arrival) = made.recv().await {
        let connections = connections.clone();
        let at = begin + Duration::from_secs_f64(arrival.at);
        tasks.spawn(async move { connections.invoke(arrival, at).await });
    }
    pacer.join().map_err(|_| "the pacing thread panicked")?;
    let mut samples = Vec::new();
    while let Some(sample) = tasks.join_next().await {
        samples.push(sample??);
    }
    Ok(samples)
}

fn pace(clock: &SystemClock, begin: Duration, arrivals: Vec<Arrival>, due: &mpsc::UnboundedSender<Arrival>) {
    for arrival in arrivals {
        let at = begin + Duration::from_secs_f64(arrival.at);
        let left = at.saturating_sub(clock.monotonic());
        #[expect(
            clippy::disallowed_methods,
            reason = "arrivals are paced in real time, finer than milliseconds"
        )]
        if !left.is_zero() {
            std::thread::sleep(left);
        }
        if due.send(arrival).is_err() {
            return;
        }
    }
}

/// As many connections as invocations are under way.
#[derive(Clone)]
pub struct Connections {
    target: Target,
    idle: Arc<Mutex<Vec<Client>>>,
    pub clock: Arc<SystemClock>,
}

impl Connections {
    pub fn new(target: &Target) -> Connections {
        Connections { target: target.clone(), idle: Arc::default(), clock: Arc::new(SystemClock::new()) }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Client>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One invocation that was due at this time of [`Connections::clock`]'s.
    ///
    /// # Errors
    /// When the server can't be connected to, or ends the connection.
    pub async fn invoke(&self, arrival: Arrival, due: Duration) -> Result<Sample, Failure> {
        let clock = &self.clock;
        let lag = clock.monotonic().saturating_sub(due);
        let connected = self.idle().pop();
        let mut client = match connected {
            Some(client) => client,
            None => Client::connect(&self.target).await?,
        };
        let path = format!("/2015-03-31/functions/{}/invocations", arrival.function);
        let payload = format!(r#"{{"cpu_ms":{},"sleep_ms":{}}}"#, arrival.cpu_ms, arrival.sleep_ms);
        let request =
            client.request("lambda", Method::POST, &path, "application/json", Bytes::from(payload))?;
        let (parts, body) = client.send(request).await?;
        let latency = clock.monotonic().saturating_sub(due);
        self.idle().push(client);
        let header =
            |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let result = match parts.status.as_u16() {
            200 if header("x-amz-function-error").is_none() => Ok(()),
            429 => {
                let document: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
                Err(format!("throttle: {}", document["Reason"].as_str().unwrap_or("no reason")))
            }
            status => Err(format!("failure: {status}")),
        };
        let millis = |duration: Duration| duration.as_secs_f64() * 1000.0;
        Ok(Sample {
            function: arrival.function,
            service_ms: arrival.cpu_ms + arrival.sleep_ms,
            latency_ms: millis(latency),
            lag_ms: millis(lag),
            request_id: header("x-amzn-requestid"),
            result,
        })
    }
}
