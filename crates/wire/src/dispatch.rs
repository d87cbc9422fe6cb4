//! A request's way through the server: to an endpoint by host or path, or to an AWS operation. The one wrapper
//! around every operation is here: it authenticates, decodes, validates, runs, encodes, measures and logs.

mod authenticate;
mod error;
mod panic;
mod recognise;
mod table;

use std::net::IpAddr;

use base::{RequestId, Timestamp};
use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response, StatusCode, Version};
use hyper::body::Incoming;
use shape::Protocol;

use self::recognise::{Found, Unrecognised};
use crate::handler::PathRoute;
use crate::server::{Origin, Server};
use crate::sigv4::{self, Presented, Refusal};
use crate::{
    Access, ApiError, Body, Caller, Context, HttpHandler, HttpRequest, PathAccess, Reply, RequestBody,
    protocol, validate,
};

pub(crate) use table::ServiceTable;
use table::{Entry, UNKNOWN};

/// The largest body of a signed request to a path handler. Larger uploads go to public endpoints that read
/// their bodies themselves.
const PATH_BODY_BYTES_MAX: usize = 64 * 1024 * 1024;

/// A request's identity, before anything about it is known.
pub(crate) struct Arrival {
    pub(crate) request_id: RequestId,
    pub(crate) received_at: Timestamp,
    pub(crate) started: std::time::Duration,
    pub(crate) source_ip: Option<IpAddr>,
    pub(crate) secure: bool,
    pub(crate) host: String,
}

/// An answer, with what the log line says of it.
struct Answer {
    response: Response<Body>,
    caller: Option<Caller>,
    code: Option<String>,
}

impl Server {
    /// Answers one request, whatever happens.
    pub(crate) async fn answer(&self, request: Request<Incoming>, origin: Origin) -> Response<Body> {
        let inner = &self.0;
        let (parts, incoming) = request.into_parts();
        let body = RequestBody::new(incoming, &parts.headers, inner.limits.body_idle_timeout);
        let arrival = Arrival {
            request_id: RequestId::new(&*inner.entropy),
            received_at: inner.clock.now(),
            started: inner.clock.monotonic(),
            source_ip: origin.source_ip,
            secure: origin.secure,
            host: sigv4::host(&parts),
        };
        let (request_id, http2) = (arrival.request_id, parts.version == Version::HTTP_2);
        let server = self.clone();
        let work = panic::caught(async move { server.route(arrival, parts, body).await });
        // A reset HTTP/2 stream drops its future at once. Operations run to their end, as on AWS.
        let answered = if http2 { tokio::spawn(work).await.unwrap_or(None) } else { work.await };
        answered.unwrap_or_else(|| {
            inner.metrics.panicked();
            tracing::error!(%request_id, "a handler panicked");
            internal_failure(Protocol::RestJson1, request_id)
        })
    }

    async fn route(self, arrival: Arrival, parts: Parts, body: RequestBody) -> Response<Body> {
        for route in &self.0.hosts {
            if let Some(captures) = route.pattern.matches(&arrival.host) {
                let request = self.http_request(arrival, parts, body, captures);
                return self.handle(&*route.handler, request).await;
            }
        }
        match self.0.paths.iter().find(|route| route.matches(parts.uri.path())) {
            Some(route) => {
                let request = self.http_request(arrival, parts, body, Vec::new());
                self.handle_path(route, request).await
            }
            None => self.operation(arrival, parts, body).await,
        }
    }

    fn http_request(
        &self,
        arrival: Arrival,
        parts: Parts,
        body: RequestBody,
        captures: Vec<(String, String)>,
    ) -> HttpRequest {
        HttpRequest {
            parts,
            body,
            captures,
            request_id: arrival.request_id,
            host: arrival.host,
            source_ip: arrival.source_ip,
            secure: arrival.secure,
            received_at: arrival.received_at,
            caller: None,
            signed_body: Bytes::new(),
            server: self.clone(),
        }
    }

    async fn handle(&self, handler: &dyn HttpHandler, request: HttpRequest) -> Response<Body> {
        let (request_id, started) = (request.request_id, self.0.clock.monotonic());
        let (host, path) = (request.host.clone(), request.parts.uri.path().to_owned());
        let response = handler.handle(request).await;
        let took = self.0.clock.monotonic().saturating_sub(started);
        let (status, us) = (response.status().as_u16(), took.as_micros());
        tracing::debug!(%request_id, host, path, status, us, "endpoint");
        response
    }

    async fn handle_path(&self, route: &PathRoute, mut request: HttpRequest) -> Response<Body> {
        if let PathAccess::Signed { action } = route.access
            && let Err(error) = self.admit(action, &mut request).await
        {
            request.body.discard().await;
            return protocol::encode_error(Protocol::RestJson1, request.request_id, &error).map(Body::from);
        }
        self.handle(&*route.handler, request).await
    }

    async fn admit(&self, action: &'static str, request: &mut HttpRequest) -> Result<(), ApiError> {
        if !request.is_signed() {
            return Err(Refusal::Missing.into_error(Protocol::RestJson1));
        }
        let body = request.body.collect(PATH_BODY_BYTES_MAX).await;
        let body = body.map_err(|error| error::body(error, None))?;
        let cx = self.authenticate_http(request, &body, "freehold").await?;
        self.0.authorizer.authorize(&cx, &Access::new(action, "*")).await?;
        request.caller = Some(cx);
        request.signed_body = body;
        Ok(())
    }

    /// The wrapper around all operations.
    async fn operation(&self, arrival: Arrival, parts: Parts, mut body: RequestBody) -> Response<Body> {
        let (request_id, started) = (arrival.request_id, arrival.started);
        let presented = Presented::of(&parts);
        let signing_name = presented.as_ref().ok().and_then(Option::as_ref).map(Presented::service);
        let mut form = None;
        let found = match recognise::service(&self.0.services, &parts, signing_name) {
            Ok(table) if table.spec.protocol == Protocol::AwsQuery => {
                // Its operation is named in the body, which is read for signed requests only.
                match (&presented, recognise::action_in_query(&parts)) {
                    (Ok(Some(_)), None) => match body.collect(table.body_bytes_max).await {
                        Ok(bytes) => {
                            let found = recognise::by_action(table, recognise::action_in_form(&bytes));
                            form = Some(bytes);
                            found
                        }
                        Err(problem) => Err(Unrecognised {
                            protocol: Protocol::AwsQuery,
                            error: error::body(problem, None),
                        }),
                    },
                    (Ok(Some(_)), action) => recognise::by_action(table, action),
                    (Ok(None), _) => Err(Unrecognised::refused(Protocol::AwsQuery, Refusal::Missing)),
                    (Err(refusal), _) => Err(Unrecognised::refused(Protocol::AwsQuery, refusal.clone())),
                }
            }
            Ok(table) => recognise::operation(table, &parts),
            Err(unrecognised) => Err(unrecognised),
        };
        let found = match found {
            Ok(found) => found,
            Err(Unrecognised { protocol, error }) => {
                body.discard().await;
                self.0.metrics.unrecognised();
                tracing::info!(%request_id, code = error.code, status = error.http_status, "request refused");
                return protocol::encode_error(protocol, request_id, &error).map(Body::from);
            }
        };
        let Found { table, entry, .. } = &found;
        let (table, entry) = (*table, *entry);
        let in_flight = entry.metrics.start();
        let operation = entry.registered.spec;
        let run = self.run(arrival, found, &parts, presented, body, form);
        let answer = match panic::caught(run).await {
            Some(answer) => answer,
            None => {
                self.0.metrics.panicked();
                tracing::error!(%request_id, service = table.spec.id, operation = operation.name, "an operation panicked");
                Answer {
                    response: internal_failure(table.spec.protocol, request_id),
                    caller: None,
                    code: Some("InternalFailure".into()),
                }
            }
        };
        let took = self.0.clock.monotonic().saturating_sub(started);
        let status = answer.response.status().as_u16();
        in_flight.finish(status, took);
        tracing::info!(
            %request_id,
            service = table.spec.id,
            operation = operation.name,
            caller = answer.caller.as_ref().map(tracing::field::display),
            status,
            code = answer.code,
            us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            "request"
        );
        answer.response
    }

    async fn run(
        &self,
        arrival: Arrival,
        found: Found<'_>,
        parts: &Parts,
        presented: Result<Option<Presented<'_>>, Refusal>,
        mut body: RequestBody,
        form: Option<Bytes>,
    ) -> Answer {
        let (table, entry) = (found.table, found.entry);
        let request_id = arrival.request_id;
        let mut caller = None;
        let result = async {
            let refused = |refusal: Refusal| refusal.into_error(table.spec.protocol);
            let presented =
                presented.and_then(|presented| presented.ok_or(Refusal::Missing)).map_err(refused)?;
            let credential = self.credential(&presented).await.map_err(refused)?;
            error::check_encoding(parts)?;
            let body = match form {
                Some(form) => form,
                None => body
                    .collect(entry.registered.body_bytes_max)
                    .await
                    .map_err(|problem| error::body(problem, Some(entry)))?,
            };
            let body = self
                .verify(&presented, parts, body, &credential, table.spec.signing_name)
                .map_err(refused)?;
            let region = self.region_of(presented.region());
            let cx = self.context(&arrival, parts, credential.caller, region);
            caller = Some(cx.caller.clone());
            let input = protocol::decode(table.spec, entry.registered.spec, parts, &found.labels, body)?;
            let valid = match table.spec.query_compatible {
                Some(_) => validate::validate_presence(entry.registered.spec.input, &input),
                None => validate::validate_for(table.spec.protocol, entry.registered.spec.input, &input),
            };
            (entry.registered.call)(cx, input, valid, self.0.authorizer.clone()).await
        }
        .await;
        if result.is_err() {
            body.discard().await;
        }
        let (response, code) = match result {
            Ok(reply) => (encode(table, entry, request_id, reply), None),
            Err(error) => {
                let response =
                    protocol::encode_modelled_error(table.spec, entry.registered.spec, request_id, &error);
                (response.map(Body::from), Some(error.code))
            }
        };
        Answer { response, caller, code }
    }

    fn context(&self, arrival: &Arrival, parts: &Parts, caller: Caller, region: base::Region) -> Context {
        let user_agent = parts.headers.get(http::header::USER_AGENT);
        Context {
            request_id: arrival.request_id,
            account: caller.account().unwrap_or(self.0.account),
            region,
            caller,
            source_ip: arrival.source_ip,
            user_agent: user_agent.and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned(),
            host: arrival.host.clone(),
            secure: arrival.secure,
            received_at: arrival.received_at,
            headers: parts.headers.clone(),
        }
    }
}

fn encode(
    table: &ServiceTable,
    entry: &Entry,
    request_id: RequestId,
    reply: Reply<shape::Value>,
) -> Response<Body> {
    let operation = entry.registered.spec;
    match reply {
        Reply::Whole(output) => protocol::encode(table.spec, operation, request_id, output).map(Body::from),
        Reply::Events(output, events) => {
            let head = protocol::encode(table.spec, operation, request_id, output);
            let Some(union) = protocol::event_stream::union_of(operation) else {
                tracing::error!(%request_id, operation = operation.name, "events from an operation without a stream");
                return internal_failure(table.spec.protocol, request_id);
            };
            head.map(|_| {
                Body::events(events, move |event| {
                    // An event without a member says nothing; an empty frame is not sent.
                    protocol::event_stream::encode_event(union, &event).unwrap_or_default()
                })
            })
        }
    }
}

fn internal_failure(protocol: Protocol, request_id: RequestId) -> Response<Body> {
    let error = ApiError::server("InternalFailure", StatusCode::INTERNAL_SERVER_ERROR.as_u16(), UNKNOWN);
    protocol::encode_error(protocol, request_id, &error).map(Body::from)
}
