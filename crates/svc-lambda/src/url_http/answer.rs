//! Serving one request to a function URL, without a connection: permission, event, run, answer.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use wire::{Access, ApiError, Authorizer, Caller, Context};

use super::cors;
use super::event::{IamCaller, UrlRequest, event};
use super::response::{Head, Malformed, Prelude, whole};
use crate::model::{UrlAuth, UrlRecord};
use crate::name::{FunctionRef, Qualifier};
use crate::outcome::Verdict;
use crate::refusal::SYNC_PAYLOAD_BYTES_MAX;
use crate::run::{Request, Streaming};
use crate::{Lambda, invocation, refusal};

/// What streamed answers with a head of their own are called.
const INTEGRATION_RESPONSE: &str = "application/vnd.awslambda.http-integration-response";
const FORBIDDEN: &str = "Forbidden. For troubleshooting Function URL authorization issues, see: \
                         https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html";

/// An answer before it meets a connection.
pub(crate) struct Answer {
    pub head: Head,
    pub body: AnswerBody,
}

pub(crate) enum AnswerBody {
    Whole(Bytes),
    /// `first`, then what still arrives.
    Stream {
        first: Bytes,
        rest: Streaming,
    },
}

/// An answer of ours instead of the function's.
pub(crate) fn refused(status: StatusCode, message: &str) -> Answer {
    let body = serde_json::json!({ "Message": message }).to_string();
    json(status, body)
}

fn json(status: StatusCode, body: String) -> Answer {
    let mut head = Head { status, ..Head::default() };
    head.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Answer { head, body: AnswerBody::Whole(body.into()) }
}

/// The function failed or said something that no HTTP answer can be made of.
fn bad_gateway() -> Answer {
    json(StatusCode::BAD_GATEWAY, "Internal Server Error".to_owned())
}

fn error(problem: &ApiError) -> Answer {
    let status = StatusCode::from_u16(problem.http_status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = match problem.code.as_str() {
        "TooManyRequestsException" => {
            let reason = problem.members.get("Reason").and_then(|reason| reason.as_str()).unwrap_or_default();
            let body = serde_json::json!({ "Reason": reason, "Type": "User", "message": problem.message });
            json(status, body.to_string())
        }
        _ => refused(status, &problem.message),
    };
    if let Ok(code) = HeaderValue::from_str(&problem.code) {
        answer.head.headers.insert("x-amzn-errortype", code);
    }
    answer
}

/// Answers a preflight, when the URL has rules for it.
pub(crate) fn preflight(url: &UrlRecord, request: &UrlRequest) -> Option<Answer> {
    let rules = url.cors.as_ref().filter(|_| cors::is_preflight(&request.method, &request.headers))?;
    let head = Head { headers: cors::preflight(rules, &request.headers), ..Head::default() };
    Some(Answer { head, body: AnswerBody::Whole(Bytes::new()) })
}

/// Runs the function behind `url`. `caller` is the verified signer where the URL asks for one.
pub(crate) async fn answer(
    lambda: &Lambda,
    authorizer: &Arc<dyn Authorizer>,
    url: &UrlRecord,
    request: &UrlRequest,
    caller: Option<Context>,
) -> Answer {
    let trace_id = invocation::trace_id(&request.headers, request.received_at, &*lambda.entropy);
    let mut answer = match permitted(lambda, authorizer, url, request, caller).await {
        Ok(caller) => run(lambda, url, request, &trace_id, caller).await,
        Err(problem) if problem.http_status == 403 => {
            tracing::info!(url = url.id, %problem, "a function URL refused a caller");
            let mut answer = refused(StatusCode::FORBIDDEN, FORBIDDEN);
            let kind = HeaderValue::from_static("AccessDeniedException");
            answer.head.headers.insert("x-amzn-errortype", kind);
            answer
        }
        Err(problem) => {
            tracing::warn!(url = url.id, %problem, "a function URL could not decide about a caller");
            error(&problem)
        }
    };
    if let Some(rules) = &url.cors {
        cors::decorate(rules, &request.headers, &mut answer.head.headers);
    }
    if let Ok(trace_id) = HeaderValue::from_str(&trace_id) {
        answer.head.headers.insert("x-amzn-trace-id", trace_id);
    }
    answer
}

fn target(url: &UrlRecord) -> FunctionRef {
    FunctionRef {
        account: url.account,
        region: url.region.clone(),
        name: url.function.clone(),
        qualifier: url.qualifier.as_deref().and_then(Qualifier::parse),
    }
}

/// As AWS does since October 2025, asks for both permissions: to use the URL, and to invoke through it.
async fn permitted(
    lambda: &Lambda,
    authorizer: &Arc<dyn Authorizer>,
    url: &UrlRecord,
    request: &UrlRequest,
    caller: Option<Context>,
) -> Result<Option<IamCaller>, ApiError> {
    let name = target(url);
    let policy = lambda.policy_document(&name).await?;
    let (auth_type, cx) = match (url.auth, caller) {
        (UrlAuth::Iam, Some(cx)) => ("AWS_IAM", cx),
        (UrlAuth::Iam, None) => return Err(ApiError::client("AccessDeniedException", 403, "Forbidden")),
        (UrlAuth::None, _) => ("NONE", anonymous(url, request)),
    };
    let via_url = ("lambda:InvokedViaFunctionUrl".to_owned(), vec!["true".to_owned()]);
    let by_type = ("lambda:FunctionUrlAuthType".to_owned(), vec![auth_type.to_owned()]);
    for (action, condition) in [("lambda:InvokeFunctionUrl", by_type), ("lambda:InvokeFunction", via_url)] {
        let mut access = Access::new(action, name.arn());
        access.resource_policy.clone_from(&policy);
        access.conditions = vec![condition];
        authorizer.authorize(&cx, &access).await?;
    }
    Ok(iam_caller(&cx, request))
}

fn anonymous(url: &UrlRecord, request: &UrlRequest) -> Context {
    let user_agent = request.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    Context {
        request_id: request.request_id,
        account: url.account,
        region: url.region.clone(),
        caller: Caller::Anonymous,
        source_ip: request.source_ip,
        user_agent: user_agent.unwrap_or_default().to_owned(),
        host: request.host.clone(),
        secure: request.secure,
        received_at: request.received_at,
        headers: request.headers.clone(),
    }
}

fn iam_caller(cx: &Context, request: &UrlRequest) -> Option<IamCaller> {
    let (account, arn, id) = match &cx.caller {
        Caller::Root { account } => (*account, format!("arn:aws:iam::{account}:root"), account.to_string()),
        Caller::User { account, arn, id, .. } => (*account, arn.clone(), id.clone()),
        Caller::Session { account, session_arn, id, .. } => (*account, session_arn.clone(), id.clone()),
        Caller::Service { .. } | Caller::Anonymous => return None,
    };
    Some(IamCaller { access_key_id: access_key_id(request), account, arn, id })
}

/// From the header, or from a presigned query. The signature has been verified, so it is there.
fn access_key_id(request: &UrlRequest) -> String {
    let header = request.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let in_header = header.and_then(|text| text.split_once("Credential=")).map(|(_, rest)| rest);
    let query = request.uri.query().unwrap_or_default();
    let in_query = || query.split('&').find_map(|pair| pair.strip_prefix("X-Amz-Credential="));
    let credential = in_header.or_else(in_query).unwrap_or_default();
    credential.chars().take_while(char::is_ascii_alphanumeric).collect()
}

async fn run(
    lambda: &Lambda,
    url: &UrlRecord,
    request: &UrlRequest,
    trace_id: &str,
    caller: Option<IamCaller>,
) -> Answer {
    let payload = event(request, &url.id, trace_id, caller.as_ref());
    if payload.len() > SYNC_PAYLOAD_BYTES_MAX {
        return too_large();
    }
    let name = target(url);
    let resolved = match lambda.resolve(&name).await {
        Ok(resolved) => resolved,
        Err(problem) => {
            tracing::warn!(url = url.id, function = url.function, %problem, "a function URL leads nowhere");
            return error(&problem);
        }
    };
    let executable = resolved.choose(&*lambda.entropy);
    let request_id = request.request_id;
    let request = Request {
        request_id,
        payload,
        invoked_arn: name.arn(),
        trace_id: trace_id.to_owned(),
        client_context: None,
        // Functions with tenants have no URLs.
        tenant: None,
        tail: false,
    };
    let made = if url.streaming {
        match lambda.engine().stream(executable, request).await {
            Ok(streaming) => streamed(streaming).await,
            Err(problem) => Err(Failed::NotStarted(refusal::not_started(&problem))),
        }
    } else {
        match lambda.engine().run(executable, request).await {
            Ok(finished) => buffered(finished.verdict),
            Err(problem) => Err(Failed::NotStarted(refusal::not_started(&problem))),
        }
    };
    made.unwrap_or_else(|failed| {
        tracing::warn!(url = url.id, function = url.function, %request_id, %failed, "a function URL failed");
        match failed {
            Failed::NotStarted(problem) => error(&problem),
            Failed::Function(_) | Failed::Malformed(_) | Failed::Interrupted => bad_gateway(),
        }
    })
}

pub(crate) fn too_large() -> Answer {
    let message = format!(
        "Request must be smaller than {SYNC_PAYLOAD_BYTES_MAX} bytes for the InvokeFunction operation"
    );
    refused(StatusCode::PAYLOAD_TOO_LARGE, &message)
}

/// Why there is no answer of the function's.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error("it was not started: {0}")]
    NotStarted(ApiError),
    #[error("the function failed: {0}")]
    Function(String),
    #[error(transparent)]
    Malformed(#[from] Malformed),
    #[error("the invocation was interrupted")]
    Interrupted,
}

fn succeeded(verdict: Verdict) -> Result<Bytes, Failed> {
    match verdict.failure {
        None => Ok(verdict.payload),
        Some(failure) => Err(Failed::Function(failure.error_type)),
    }
}

fn buffered(verdict: Verdict) -> Result<Answer, Failed> {
    let (head, body) = whole(&succeeded(verdict)?)?;
    Ok(Answer { head, body: AnswerBody::Whole(body) })
}

/// Waits for the first of the answer, because the status must be known before anything is sent.
async fn streamed(mut streaming: Streaming) -> Result<Answer, Failed> {
    let has_head =
        streaming.content_type.as_deref().is_some_and(|kind| kind.starts_with(INTEGRATION_RESPONSE));
    let mut prelude = Prelude::default();
    while let Some(chunk) = streaming.chunks.recv().await {
        let chunk = chunk.map_err(|(kind, _)| Failed::Function(kind))?;
        if has_head {
            if let Some((head, first)) = prelude.push(&chunk)? {
                return Ok(Answer { head, body: AnswerBody::Stream { first, rest: streaming } });
            }
        } else if !chunk.is_empty() {
            let head = typed(streaming.content_type.as_deref());
            return Ok(Answer { head, body: AnswerBody::Stream { first: chunk, rest: streaming } });
        }
    }
    // Nothing came: it failed, answered nothing, or its runtime can't stream.
    let finished = streaming.finished.await.map_err(|_| Failed::Interrupted)?;
    let body = succeeded(finished.verdict)?;
    if has_head {
        prelude.finish()?;
    }
    let kind = streaming.content_type.as_deref().or((!body.is_empty()).then_some("application/json"));
    Ok(Answer { head: typed(kind), body: AnswerBody::Whole(body) })
}

fn typed(content_type: Option<&str>) -> Head {
    let mut head = Head::default();
    let kind = content_type.unwrap_or("application/octet-stream");
    let kind = HeaderValue::from_str(kind);
    let kind = kind.unwrap_or(HeaderValue::from_static("application/octet-stream"));
    head.headers.insert(header::CONTENT_TYPE, kind);
    head
}
