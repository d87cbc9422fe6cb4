//! Which service and operation a request is for: by `X-Amz-Target`, by the service that it is signed for, or,
//! unsigned, by its path.

use std::borrow::Cow;

use http::request::Parts;
use shape::Protocol;

use super::table::{Entry, ServiceTable};
use crate::protocol::{self, Route};
use crate::sigv4::Refusal;
use crate::{ApiError, protocol::uri};

/// An operation that Freehold has.
pub(super) struct Found<'a> {
    pub(super) table: &'a ServiceTable,
    pub(super) entry: &'a Entry,
    pub(super) labels: Vec<(String, String)>,
}

/// A request for no operation that Freehold has, and the error in the protocol that its client reads.
pub(super) struct Unrecognised {
    pub(super) protocol: Protocol,
    pub(super) error: ApiError,
}

impl Unrecognised {
    pub(super) fn refused(protocol: Protocol, refusal: Refusal) -> Unrecognised {
        Unrecognised { protocol, error: refusal.into_error(protocol) }
    }
}

/// The service of a request that is signed for `signing_name`, or unsigned.
pub(super) fn service<'a>(
    tables: &'a [ServiceTable],
    parts: &Parts,
    signing_name: Option<&str>,
) -> Result<&'a ServiceTable, Unrecognised> {
    if let Some(target) = target(parts) {
        let prefix = target.rsplit_once('.').map_or("", |(prefix, _)| prefix);
        let table = tables.iter().find(|table| table.spec.target_prefix == Some(prefix));
        return table.ok_or_else(|| match signing_name {
            Some(name) if !tables.iter().any(|table| table.spec.signing_name == name) => {
                unknown_service(parts, name)
            }
            _ => unknown_operation(Protocol::AwsJson1_1, target),
        });
    }
    if let Some(name) = signing_name {
        // Several services may sign as one; a path tells them apart.
        let mut same = tables.iter().filter(|table| table.spec.signing_name == name);
        // Or one service speaks two protocols.
        if let Some(table) = same.clone().find(|table| table.spec.protocol == Protocol::AwsQuery)
            && (is_form(parts) || action_in_query(parts).is_some())
        {
            return Ok(table);
        }
        let first = same.clone().next().ok_or_else(|| unknown_service(parts, name))?;
        return Ok(same.find(|table| routes(table, parts)).unwrap_or(first));
    }
    if is_form(parts) || action_in_query(parts).is_some() {
        return Err(Unrecognised::refused(Protocol::AwsQuery, Refusal::Missing));
    }
    let table = tables.iter().find(|table| routes(table, parts));
    table.ok_or_else(|| Unrecognised::refused(Protocol::RestJson1, Refusal::Missing))
}

/// The operation of a JSON or REST request.
pub(super) fn operation<'a>(table: &'a ServiceTable, parts: &Parts) -> Result<Found<'a>, Unrecognised> {
    match &table.router {
        Some(router) => {
            let (path, query) = (parts.uri.path(), parts.uri.query().unwrap_or_default());
            match router.route(parts.method.as_str(), path, query) {
                Some((route, labels)) => found(table, route, labels),
                None => Err(unknown_operation(table.spec.protocol, &format!("{} {path}", parts.method))),
            }
        }
        None => {
            let name = target(parts).and_then(|target| target.rsplit_once('.')).map_or("", |(_, name)| name);
            match protocol::named(table.spec, name) {
                Some(route) => found(table, route, Vec::new()),
                None => Err(unknown_operation(table.spec.protocol, name)),
            }
        }
    }
}

/// The operation of a query request.
pub(super) fn by_action<'a>(
    table: &'a ServiceTable,
    action: Option<Cow<'_, str>>,
) -> Result<Found<'a>, Unrecognised> {
    let refused = |code: &str, message: String| Unrecognised {
        protocol: table.spec.protocol,
        error: ApiError::client(code, 400, message),
    };
    let Some(action) = action else {
        return Err(refused("MissingAction", "Missing Action".into()));
    };
    match protocol::named(table.spec, &action) {
        Some(route) => found(table, route, Vec::new()),
        None => Err(refused(
            "InvalidAction",
            format!("Could not find operation {action} for version {}", table.spec.api_version),
        )),
    }
}

pub(super) fn action_in_query(parts: &Parts) -> Option<Cow<'_, str>> {
    action(parts.uri.query()?)
}

pub(super) fn action_in_form(body: &[u8]) -> Option<Cow<'_, str>> {
    action(std::str::from_utf8(body).ok()?)
}

fn action(pairs: &str) -> Option<Cow<'_, str>> {
    uri::pairs(pairs).find(|(key, _)| key == "Action").map(|(_, value)| value)
}

fn target(parts: &Parts) -> Option<&str> {
    parts.headers.get("x-amz-target")?.to_str().ok()
}

fn is_form(parts: &Parts) -> bool {
    content_type(parts).starts_with("application/x-www-form-urlencoded")
}

fn content_type(parts: &Parts) -> &str {
    parts.headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn routes(table: &ServiceTable, parts: &Parts) -> bool {
    let (path, query) = (parts.uri.path(), parts.uri.query().unwrap_or_default());
    table.router.as_ref().is_some_and(|router| router.route(parts.method.as_str(), path, query).is_some())
}

fn found(
    table: &ServiceTable,
    route: Route,
    labels: Vec<(String, String)>,
) -> Result<Found<'_>, Unrecognised> {
    let name = route.name();
    match table.operations.get(name) {
        Some(entry) => Ok(Found { table, entry, labels }),
        None => Err(unsupported(table.spec.protocol, &format!("{}:{name}", table.spec.id))),
    }
}

/// 501 because no SDK retries it (they retry 500, 502, 503 and 504).
fn unsupported(protocol: Protocol, what: &str) -> Unrecognised {
    let code = match protocol {
        Protocol::AwsQuery | Protocol::RestXml => "UnsupportedOperation",
        Protocol::RestJson1 | Protocol::AwsJson1_0 | Protocol::AwsJson1_1 => "UnsupportedOperationException",
    };
    let message = format!("Freehold does not support {what} (yet); see docs/compat.md");
    Unrecognised { protocol, error: ApiError::server(code, 501, message) }
}

/// The service isn't ours, so its protocol is guessed by the request's looks.
fn unknown_service(parts: &Parts, name: &str) -> Unrecognised {
    let protocol = match content_type(parts) {
        _ if is_form(parts) || action_in_query(parts).is_some() => Protocol::AwsQuery,
        "application/x-amz-json-1.0" => Protocol::AwsJson1_0,
        "application/x-amz-json-1.1" => Protocol::AwsJson1_1,
        _ => Protocol::RestJson1,
    };
    unsupported(protocol, &format!("the service {name}"))
}

fn unknown_operation(protocol: Protocol, what: &str) -> Unrecognised {
    let status = if protocol == Protocol::RestJson1 { 404 } else { 400 };
    let message = format!("AWS has no operation {what}");
    Unrecognised { protocol, error: ApiError::client("UnknownOperationException", status, message) }
}
