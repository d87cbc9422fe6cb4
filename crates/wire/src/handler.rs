//! HTTP endpoints that are not AWS operations: function URLs by host, Freehold's own endpoints by path.

use std::net::IpAddr;
use std::sync::Arc;

use base::{BoxFuture, RequestId, Timestamp};
use bytes::Bytes;

use crate::{ApiError, Body, Context, RequestBody, Server};

/// Answers requests of a host pattern or a path prefix. A panic is answered with status 500.
pub trait HttpHandler: Send + Sync {
    fn handle(&self, request: HttpRequest) -> BoxFuture<'_, http::Response<Body>>;
}

/// A request as it came in, for a [`HttpHandler`].
pub struct HttpRequest {
    pub parts: http::request::Parts,
    pub body: RequestBody,
    pub request_id: RequestId,
    /// The `Host` header or `:authority`, port included.
    pub host: String,
    /// What the host pattern's `{name}` labels stand for, in lower case.
    pub captures: Vec<(String, String)>,
    pub source_ip: Option<IpAddr>,
    /// The connection is TLS.
    pub secure: bool,
    pub received_at: Timestamp,
    /// Who calls, on paths that need a signature; there the body has been read into `signed_body`.
    pub caller: Option<Context>,
    pub signed_body: Bytes,
    pub(crate) server: Server,
}

/// Who may call a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathAccess {
    Public,
    /// Signed for the service `freehold`, by a caller who may do this action (for example `freehold:GetCost`) on
    /// `*`.
    Signed {
        action: &'static str,
    },
}

pub(crate) struct HostRoute {
    pub(crate) pattern: HostPattern,
    pub(crate) handler: Arc<dyn HttpHandler>,
}

pub(crate) struct PathRoute {
    pub(crate) prefix: String,
    pub(crate) access: PathAccess,
    pub(crate) handler: Arc<dyn HttpHandler>,
}

impl HttpRequest {
    /// What the host pattern's `{name}` stands for.
    pub fn capture(&self, name: &str) -> Option<&str> {
        self.captures.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Verifies the request's signature for `service` over `body` and says who calls; an unsigned request is
    /// refused. Does not authorise.
    pub async fn authenticate(&self, body: &Bytes, service: &str) -> Result<Context, ApiError> {
        self.server.authenticate_http(self, body, service).await
    }

    /// The request is signed (rightly or not).
    pub fn is_signed(&self) -> bool {
        crate::sigv4::is_signed(&self.parts)
    }
}

impl PathRoute {
    pub(crate) fn matches(&self, path: &str) -> bool {
        path.strip_prefix(self.prefix.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// A compiled host pattern; see `ServerBuilder::host`.
pub(crate) struct HostPattern(Vec<Label>);

enum Label {
    Literal(String),
    Capture(String),
    Rest,
}

impl HostPattern {
    pub(crate) fn new(pattern: &str) -> HostPattern {
        let label = |label: &str| match label.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(name) => Label::Capture(name.to_owned()),
            None if label == "*" => Label::Rest,
            None => Label::Literal(label.to_owned()),
        };
        HostPattern(pattern.split('.').map(label).collect())
    }

    /// The captures, if the host (a port is ignored) has this form.
    pub(crate) fn matches(&self, host: &str) -> Option<Vec<(String, String)>> {
        let host = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        let mut labels = host.split('.');
        // Most hosts match no pattern, so nothing is allocated before the whole host matched.
        for label in &self.0 {
            match (label, labels.next()?) {
                (_, "") => return None,
                (Label::Literal(literal), label) if !literal.eq_ignore_ascii_case(label) => return None,
                (Label::Rest, _) => labels.by_ref().for_each(drop),
                (Label::Literal(_) | Label::Capture(_), _) => {}
            }
        }
        if labels.next().is_some() {
            return None;
        }
        let captures = self.0.iter().zip(host.split('.')).filter_map(|(label, value)| match label {
            Label::Capture(name) => Some((name.clone(), value.to_ascii_lowercase())),
            Label::Literal(_) | Label::Rest => None,
        });
        Some(captures.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_patterns() {
        let pattern = HostPattern::new("{id}.lambda-url.{region}.*");
        let captures = |host: &str| {
            let captures = pattern.matches(host)?;
            Some(captures.into_iter().map(|(_, value)| value).collect::<Vec<_>>().join(" "))
        };
        let found = Some("abc us-east-1".to_owned());
        assert_eq!(captures("abc.lambda-url.us-east-1.localhost:4566"), found);
        assert_eq!(captures("ABC.Lambda-URL.us-east-1.on.example.org"), found);
        for other in [
            "",
            "localhost",
            "127.0.0.1:4566",
            "abc.lambda-url.us-east-1",
            "abc.lambda-url.us-east-1.",
            ".lambda-url.us-east-1.localhost",
            "abc.execute-api.us-east-1.localhost",
            "[::1]:4566",
        ] {
            assert_eq!(captures(other), None, "{other}");
        }
        assert!(HostPattern::new("a.b").matches("a.b.c").is_none());
    }

    #[test]
    fn path_prefixes_end_at_a_slash() {
        struct Nothing;
        impl HttpHandler for Nothing {
            fn handle(&self, _: HttpRequest) -> BoxFuture<'_, http::Response<Body>> {
                Box::pin(async { http::Response::default() })
            }
        }
        let route =
            PathRoute { prefix: "/health".into(), access: PathAccess::Public, handler: Arc::new(Nothing) };
        assert!(route.matches("/health") && route.matches("/health/live"));
        assert!(!route.matches("/healthy") && !route.matches("/"));
    }
}
