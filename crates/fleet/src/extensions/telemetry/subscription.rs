//! What an extension subscribes to: the bodies of `PUT /telemetry` and `PUT /logs`, checked. Pure.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

/// The two APIs by which telemetry is subscribed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    /// 2022-07-01.
    Telemetry,
    /// 2020-08-15, its predecessor.
    Logs,
}

/// Versions of the records' form, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Schema {
    Logs20200815,
    Logs20210318,
    Telemetry20220701,
    Telemetry20221213,
    Telemetry20250129,
}

/// The kinds of telemetry that can be subscribed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stream {
    Platform,
    Function,
    Extension,
}

impl Stream {
    pub fn name(self) -> &'static str {
        match self {
            Stream::Platform => "platform",
            Stream::Function => "function",
            Stream::Extension => "extension",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Port and path.
    Http(u16, String),
    /// Records separated by line feeds.
    Tcp(u16),
}

/// When a batch is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Buffering {
    pub items_max: usize,
    pub bytes_max: usize,
    pub timeout: Duration,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    pub api: Api,
    pub schema: Schema,
    pub streams: Vec<Stream>,
    pub destination: Destination,
    pub buffering: Buffering,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    schema_version: Option<String>,
    #[serde(default)]
    types: Vec<String>,
    destination: Option<DestinationDocument>,
    #[serde(default)]
    buffering: BufferingDocument,
}

#[derive(Deserialize)]
struct DestinationDocument {
    protocol: Option<String>,
    #[serde(rename = "URI", alias = "uri")]
    uri: Option<String>,
    port: Option<Value>,
    method: Option<String>,
    encoding: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct BufferingDocument {
    max_items: Option<i64>,
    max_bytes: Option<i64>,
    timeout_ms: Option<i64>,
}

/// The Runtime API's own.
const RESERVED_PORT: u16 = 9001;
/// Where extensions may listen.
const HOSTS: [&str; 5] = ["sandbox.localdomain", "sandbox.local", "sandbox", "localhost", "127.0.0.1"];

impl Subscription {
    /// # Errors
    /// Everything that is wrong, in one text.
    pub fn parse(api: Api, body: &[u8]) -> Result<Subscription, String> {
        let document: Document = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        let mut wrong = Vec::new();
        let schema = schema(api, document.schema_version.as_deref()).unwrap_or_else(|text| {
            wrong.push(text);
            Schema::Telemetry20220701
        });
        let streams = streams(&document.types, &mut wrong);
        let destination = match document.destination {
            Some(document) => destination(&document, &mut wrong),
            None => {
                wrong.push("destination should be provided".into());
                Destination::Tcp(0)
            }
        };
        let buffering = buffering(&document.buffering, &mut wrong);
        if wrong.is_empty() {
            Ok(Subscription { api, schema, streams, destination, buffering })
        } else {
            Err(wrong.join("; "))
        }
    }
}

fn schema(api: Api, version: Option<&str>) -> Result<Schema, String> {
    match (api, version) {
        (Api::Logs, None | Some("2020-08-15")) => Ok(Schema::Logs20200815),
        (Api::Logs, Some("2021-03-18")) => Ok(Schema::Logs20210318),
        (Api::Telemetry, Some("2022-07-01")) => Ok(Schema::Telemetry20220701),
        (Api::Telemetry, Some("2022-12-13")) => Ok(Schema::Telemetry20221213),
        (Api::Telemetry, Some("2025-01-29")) => Ok(Schema::Telemetry20250129),
        (Api::Telemetry, None) => Err("schemaVersion should be provided".into()),
        (_, Some(other)) => Err(format!("schemaVersion is not supported: {other}")),
    }
}

fn streams(types: &[String], wrong: &mut Vec<String>) -> Vec<Stream> {
    if types.is_empty() {
        wrong.push("types should not be empty".into());
    }
    let mut streams = Vec::new();
    for kind in types {
        match [Stream::Platform, Stream::Function, Stream::Extension].iter().find(|s| s.name() == kind) {
            Some(stream) if !streams.contains(stream) => streams.push(*stream),
            Some(_) => {}
            None => wrong.push(format!("type is not supported: {kind}")),
        }
    }
    streams
}

fn destination(document: &DestinationDocument, wrong: &mut Vec<String>) -> Destination {
    match document.protocol.as_deref() {
        Some("HTTP") => {}
        Some("TCP") => {
            let port = document.port.as_ref().and_then(|port| match port {
                Value::Number(number) => number.as_u64().and_then(|port| u16::try_from(port).ok()),
                Value::String(text) => text.parse().ok(),
                _ => None,
            });
            match port.filter(|port| *port != 0) {
                None => wrong.push("port is not provided".into()),
                Some(RESERVED_PORT) => wrong.push(format!("port {RESERVED_PORT} is reserved")),
                Some(_) => {}
            }
            return Destination::Tcp(port.unwrap_or_default());
        }
        Some(other) => wrong.push(format!("protocol is not supported: {other}")),
        None => wrong.push("protocol should be provided".into()),
    }
    if let Some(method) = document.method.as_deref().filter(|method| *method != "POST") {
        wrong.push(format!("method is not supported: {method}"));
    }
    if let Some(encoding) = document.encoding.as_deref().filter(|encoding| *encoding != "JSON") {
        wrong.push(format!("encoding is not supported: {encoding}"));
    }
    let Some(text) = document.uri.as_deref().filter(|uri| !uri.is_empty()) else {
        wrong.push("URI is not provided".into());
        return Destination::Tcp(0);
    };
    let Ok(uri) = text.parse::<http::Uri>() else {
        wrong.push(format!("URI is invalid: {text}"));
        return Destination::Tcp(0);
    };
    if uri.scheme_str() != Some("http") {
        wrong.push("URI scheme should be http".into());
    }
    if !uri.host().is_some_and(|host| HOSTS.contains(&host)) {
        wrong.push("URI host should be sandbox.localdomain".into());
    }
    match uri.port_u16() {
        None => wrong.push("URI port is not provided".into()),
        Some(RESERVED_PORT) => wrong.push(format!("URI port {RESERVED_PORT} is reserved")),
        Some(_) => {}
    }
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    Destination::Http(uri.port_u16().unwrap_or_default(), path.to_owned())
}

fn buffering(document: &BufferingDocument, wrong: &mut Vec<String>) -> Buffering {
    let mut within = |name: &str, value: Option<i64>, default: i64, min: i64, max: i64| {
        let value = value.unwrap_or(default);
        if !(min..=max).contains(&value) {
            wrong.push(format!("buffering.{name} should be between {min} and {max}"));
        }
        usize::try_from(value).unwrap_or_default()
    };
    let items_max = within("maxItems", document.max_items, 10_000, 1000, 10_000);
    let bytes_max = within("maxBytes", document.max_bytes, 262_144, 262_144, 1_048_576);
    let timeout_ms = within("timeoutMs", document.timeout_ms, 1000, 25, 30_000);
    Buffering { items_max, bytes_max, timeout: Duration::from_millis(timeout_ms as u64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_accepted() {
        let body = br#"{"schemaVersion":"2022-12-13","types":["platform","function"],
            "buffering":{"maxItems":1000,"maxBytes":300000,"timeoutMs":100},
            "destination":{"protocol":"HTTP","URI":"http://sandbox.localdomain:8080/a?b"}}"#;
        let subscription = Subscription::parse(Api::Telemetry, body).unwrap();
        assert_eq!(subscription.schema, Schema::Telemetry20221213);
        assert_eq!(subscription.streams, [Stream::Platform, Stream::Function]);
        assert_eq!(subscription.destination, Destination::Http(8080, "/a?b".into()));
        let timeout = Duration::from_millis(100);
        assert_eq!(subscription.buffering, Buffering { items_max: 1000, bytes_max: 300_000, timeout });
        let body = br#"{"types":["extension"],"destination":{"protocol":"TCP","port":8081}}"#;
        let subscription = Subscription::parse(Api::Logs, body).unwrap();
        assert_eq!(subscription.schema, Schema::Logs20200815);
        assert_eq!(subscription.destination, Destination::Tcp(8081));
        assert_eq!(subscription.buffering.items_max, 10_000);
    }

    #[test]
    fn everything_that_is_wrong_is_told() {
        let check = |api, body: &str, expected: &str| {
            assert_eq!(Subscription::parse(api, body.as_bytes()).unwrap_err(), expected, "{body}");
        };
        check(
            Api::Telemetry,
            r#"{"schemaVersion":"2022-07-01","destination":{"protocol":"HTTP","URI":"http://sandbox.localdomain"}}"#,
            "types should not be empty; URI port is not provided",
        );
        check(
            Api::Telemetry,
            r#"{"types":["all"],"destination":{"protocol":"UDP","URI":"ftp://elsewhere:9001"},
                "buffering":{"maxItems":999,"maxBytes":1048577,"timeoutMs":24}}"#,
            "schemaVersion should be provided; type is not supported: all; protocol is not supported: UDP; \
             URI scheme should be http; URI host should be sandbox.localdomain; URI port 9001 is reserved; \
             buffering.maxItems should be between 1000 and 10000; \
             buffering.maxBytes should be between 262144 and 1048576; \
             buffering.timeoutMs should be between 25 and 30000",
        );
        check(
            Api::Logs,
            r#"{"schemaVersion":"2022-07-01","types":["platform"],"destination":{"protocol":"TCP","port":"x"}}"#,
            "schemaVersion is not supported: 2022-07-01; port is not provided",
        );
        check(Api::Logs, r#"{"types":["platform"]}"#, "destination should be provided");
        assert!(Subscription::parse(Api::Logs, b"{").is_err());
    }
}
