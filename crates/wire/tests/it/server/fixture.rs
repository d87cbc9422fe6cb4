//! A small platform to test against: three services, one user, and a client that writes raw HTTP.

use std::sync::{Arc, Mutex};

use api::lambda::{InvocationRequest, InvocationResponse};
use base::{BoxFuture, Clock, ManualClock, Timestamp};
use bytes::Bytes;
use http::request::Parts;
use shape::{OperationSpec, ServiceSpec, Value};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::sync::mpsc;
use wire::sigv4::{SigningKey, sign};
use wire::{
    Access, ApiError, Authorizer, Caller, Context, Credential, Credentials, Limits, Operation, Origin, Reply,
    Server, ServerBuilder, Service,
};

pub const ID: &str = "AKIDEXAMPLE";
pub const SECRET: &str = "secret";
/// Small, so that a test can exceed it.
pub const INVOKE_BYTES_MAX: usize = 64 * 1024;

static LAMBDA: ServiceSpec = ServiceSpec {
    id: "lambda",
    signing_name: "lambda",
    protocol: shape::Protocol::RestJson1,
    api_version: "2015-03-31",
    target_prefix: None,
    xml_namespace: None,
    query_compatible: None,
    operations: &[&api::lambda::INVOKE, &api::lambda::INVOKE_WITH_RESPONSE_STREAM],
    unsupported: &[("PublishLayerVersion", "POST", "/2018-10-31/layers/{LayerName}/versions")],
};

static STS: ServiceSpec = ServiceSpec {
    id: "sts",
    signing_name: "sts",
    protocol: shape::Protocol::AwsQuery,
    api_version: "2011-06-15",
    target_prefix: None,
    xml_namespace: Some("https://sts.amazonaws.com/doc/2011-06-15/"),
    query_compatible: None,
    operations: &[&api::sts::GET_CALLER_IDENTITY],
    unsupported: &[("AssumeRoot", "POST", "/")],
};

static LOGS: ServiceSpec = ServiceSpec {
    id: "logs",
    signing_name: "logs",
    protocol: shape::Protocol::AwsJson1_1,
    api_version: "2014-03-28",
    target_prefix: Some("Logs_20140328"),
    xml_namespace: None,
    query_compatible: None,
    operations: &[&api::logs::DESCRIBE_LOG_GROUPS],
    unsupported: &[("StartQuery", "POST", "/")],
};

/// What the operations share with the tests.
#[derive(Default)]
pub struct State {
    /// The events of the next response stream.
    pub events: Mutex<Option<mpsc::Receiver<Value>>>,
    /// What `Invoke` of the function `wait` waits for.
    pub released: tokio::sync::Notify,
    /// Tells that it waits.
    pub waiting: tokio::sync::Notify,
}

struct Invoke;

impl Operation for Invoke {
    type Service = State;
    type Input = InvocationRequest;
    type Output = InvocationResponse;
    const SPEC: &'static OperationSpec = &api::lambda::INVOKE;
    const BODY_BYTES_MAX: usize = INVOKE_BYTES_MAX;
    const ACTION: &'static str = "InvokeFunction";

    async fn access(_: &State, _: &Context, input: &InvocationRequest) -> Result<Vec<Access>, ApiError> {
        Ok(vec![Access::new("lambda:InvokeFunction", input.function_name.clone())])
    }

    async fn run(
        state: &State,
        _: &Context,
        input: InvocationRequest,
    ) -> Result<Reply<InvocationResponse>, ApiError> {
        match input.function_name.as_str() {
            "panic" => panic!("planted"),
            "wait" => {
                state.waiting.notify_one();
                state.released.notified().await;
            }
            _ => {}
        }
        let payload = input.payload.unwrap_or_default();
        Ok(InvocationResponse { status_code: Some(200), payload: Some(payload), ..Default::default() }.into())
    }
}

struct InvokeWithResponseStream;

impl Operation for InvokeWithResponseStream {
    type Service = State;
    type Input = api::lambda::InvokeWithResponseStreamRequest;
    type Output = api::lambda::InvokeWithResponseStreamResponse;
    const SPEC: &'static OperationSpec = &api::lambda::INVOKE_WITH_RESPONSE_STREAM;

    async fn access(_: &State, _: &Context, _: &Self::Input) -> Result<Vec<Access>, ApiError> {
        Ok(Vec::new())
    }

    async fn run(state: &State, _: &Context, _: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let events = state.events.lock().unwrap().take().expect("the test set events");
        Ok(Reply::Events(Self::Output { status_code: Some(200), ..Default::default() }, events))
    }
}

struct GetCallerIdentity;

impl Operation for GetCallerIdentity {
    type Service = State;
    type Input = api::sts::GetCallerIdentityRequest;
    type Output = api::sts::GetCallerIdentityResponse;
    const SPEC: &'static OperationSpec = &api::sts::GET_CALLER_IDENTITY;

    async fn access(_: &State, _: &Context, _: &Self::Input) -> Result<Vec<Access>, ApiError> {
        Ok(Vec::new())
    }

    async fn run(_: &State, cx: &Context, _: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let account = Some(format!("{} in {}", cx.account, cx.region));
        Ok(Self::Output { account, arn: Some(cx.caller.to_string()), ..Default::default() }.into())
    }
}

struct DescribeLogGroups;

impl Operation for DescribeLogGroups {
    type Service = State;
    type Input = api::logs::DescribeLogGroupsRequest;
    type Output = api::logs::DescribeLogGroupsResponse;
    const SPEC: &'static OperationSpec = &api::logs::DESCRIBE_LOG_GROUPS;

    async fn access(_: &State, _: &Context, _: &Self::Input) -> Result<Vec<Access>, ApiError> {
        Ok(Vec::new())
    }

    async fn run(_: &State, _: &Context, _: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        Ok(Self::Output::default().into())
    }
}

struct OneUser;

impl Credentials for OneUser {
    fn find<'a>(
        &'a self,
        access_key_id: &'a str,
        session_token: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Option<Credential>, ApiError>> {
        let caller = Caller::Root { account: "123456789012".parse().unwrap() };
        let known = access_key_id == ID && session_token.is_none();
        let expired = session_token == Some("expired");
        Box::pin(async move {
            if expired {
                return Err(ApiError::client("ExpiredToken", 403, "expired"));
            }
            Ok(known.then(|| Credential { secret_access_key: SECRET.into(), caller }))
        })
    }
}

/// Refuses resources and actions that say `forbidden`.
struct Forbidding;

impl Authorizer for Forbidding {
    fn authorize<'a>(&'a self, _: &'a Context, access: &'a Access) -> BoxFuture<'a, Result<(), ApiError>> {
        let forbidden = access.resource.contains("forbidden") || access.action.contains("forbidden");
        Box::pin(async move {
            if forbidden { Err(ApiError::client("AccessDeniedException", 403, "no")) } else { Ok(()) }
        })
    }
}

pub struct Platform {
    pub server: Server,
    pub state: Arc<State>,
    pub clock: Arc<ManualClock>,
}

impl Platform {
    pub fn new() -> Platform {
        Platform::with(|builder| builder)
    }

    pub fn with(change: impl FnOnce(ServerBuilder) -> ServerBuilder) -> Platform {
        let state = Arc::new(State::default());
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_795_500_428_000)));
        let builder = Server::builder(Arc::new(OneUser), Arc::new(Forbidding))
            .clock(clock.clone())
            .limits(Limits { head_bytes_max: 16 * 1024, ..Limits::default() })
            .service(
                Service::builder(&LAMBDA, state.clone())
                    .with::<Invoke>()
                    .with::<InvokeWithResponseStream>()
                    .build(),
            )
            .service(Service::builder(&STS, state.clone()).with::<GetCallerIdentity>().build())
            .service(Service::builder(&LOGS, state.clone()).with::<DescribeLogGroups>().build());
        Platform { server: change(builder).build(), state, clock }
    }

    /// A new connection.
    pub fn connect(&self) -> DuplexStream {
        let (client, theirs) = tokio::io::duplex(1024 * 1024);
        let server = self.server.clone();
        tokio::spawn(async move { server.serve_connection(theirs, Origin::default()).await });
        client
    }

    /// Writes, closes the writing side, and reads to the end.
    pub async fn exchange(&self, request: impl AsRef<[u8]>) -> String {
        let mut client = self.connect();
        client.write_all(request.as_ref()).await.unwrap();
        client.shutdown().await.unwrap();
        let mut answer = Vec::new();
        client.read_to_end(&mut answer).await.unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub fn sign(&self, request: http::request::Builder, body: &[u8], service: &str) -> Parts {
        let mut parts = request.header("host", "localhost:4566").body(()).unwrap().into_parts().0;
        let key = SigningKey { access_key_id: ID, secret_access_key: SECRET, session_token: None };
        sign(&mut parts, body, key, "eu-west-1", service, self.clock.now());
        parts
    }

    /// A signed request as HTTP/1.1.
    pub fn signed(&self, request: http::request::Builder, body: &[u8], service: &str) -> Vec<u8> {
        raw(&self.sign(request, body, service), body)
    }

    pub fn invoke(&self, function: &str, body: &[u8]) -> Vec<u8> {
        let path = format!("/2015-03-31/functions/{function}/invocations");
        self.signed(http::Request::post(path), body, "lambda")
    }
}

pub fn raw(parts: &Parts, body: &[u8]) -> Vec<u8> {
    let target = parts.uri.path_and_query().unwrap();
    let mut text = format!("{} {target} HTTP/1.1\r\ncontent-length: {}\r\n", parts.method, body.len());
    for (name, value) in &parts.headers {
        text.push_str(&format!("{name}: {}\r\n", value.to_str().unwrap()));
    }
    text.push_str("\r\n");
    [text.as_bytes(), body].concat()
}

/// Reads from the connection until the text has arrived.
pub async fn read_until(client: &mut DuplexStream, text: &str) -> String {
    let mut got = Vec::new();
    loop {
        let mut piece = [0; 4096];
        let count = client.read(&mut piece).await.unwrap();
        got.extend_from_slice(&piece[..count]);
        let so_far = String::from_utf8_lossy(&got);
        if so_far.contains(text) {
            return so_far.into_owned();
        }
        assert!(count > 0, "the connection ended before {text:?}: {so_far}");
    }
}

/// The answer's status, error type header and body.
#[track_caller]
pub fn check(answer: &str, status: u16, contains: &[&str]) {
    assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{status}: {answer}");
    assert!(answer.contains("x-amzn-requestid: "), "{answer}");
    for text in contains {
        assert!(answer.contains(text), "{text:?} is not in {answer}");
    }
}

pub fn bytes(text: &'static str) -> Bytes {
    Bytes::from_static(text.as_bytes())
}
