//! The commands' own AWS client: signed requests to the platform's public API, so that a command can do nothing
//! that the AWS CLI could not.

use std::path::{Path, PathBuf};

use base::{Clock, SystemClock};
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::{Deserialize, Serialize};

use crate::cli::Connection;
use crate::settings::default_data_dir;

/// What `serve` leaves in the data directory (mode 0600) for the commands on the same machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Access {
    pub endpoint: String,
    pub region: String,
    pub access_key_id: String,
    pub secret_access_key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_token: Option<String>,
}

/// A failed call, told to a person.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    #[error(
        "no platform was named and none runs from {dir}: start one with `freehold serve`, or set AWS_ENDPOINT_URL and AWS credentials"
    )]
    NoPlatform { dir: String },
    #[error("{url} can't be reached: {problem}. Is `freehold serve` running?")]
    Unreachable { url: String, problem: String },
    /// The platform's own answer.
    #[error("{code}: {message}")]
    Refused { status: StatusCode, code: String, message: String },
    #[error("{0}")]
    Invalid(String),
}

/// An answer with a status below 300.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn json(&self) -> Result<serde_json::Value, CallError> {
        serde_json::from_slice(&self.body)
            .map_err(|error| CallError::Invalid(format!("the platform's answer is not JSON: {error}")))
    }
}

/// A signed client of one platform.
#[derive(Clone)]
pub struct Api {
    pub access: Access,
    http: Client<HttpConnector, Full<Bytes>>,
    clock: SystemClock,
}

/// One request before signing.
pub struct Call<'a> {
    /// SigV4 service name.
    pub service: &'a str,
    pub method: Method,
    /// Path and query, encoded.
    pub path: &'a str,
    pub headers: Vec<(&'static str, String)>,
    pub body: Bytes,
}

impl<'a> Call<'a> {
    pub fn new(service: &'a str, method: Method, path: &'a str, body: impl Into<Bytes>) -> Call<'a> {
        Call { service, method, path, headers: Vec::new(), body: body.into() }
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Call<'a> {
        self.headers.push((name, value.into()));
        self
    }
}

impl Access {
    /// The file's path in a data directory.
    pub fn path(data_dir: &Path) -> PathBuf {
        data_dir.join("access.json")
    }

    /// Flags, else AWS's variables, else the data directory's file.
    pub fn find(connection: &Connection) -> Result<Access, CallError> {
        let data_dir = connection.data_dir.clone().unwrap_or_else(default_data_dir);
        let path = Access::path(&data_dir);
        let left = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<Access>(&bytes).ok());
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let keys = (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"));
        let mut access = match (keys, left) {
            // An explicit data directory means its key; else the shell's own credentials come first.
            ((Some(access_key_id), Some(secret_access_key)), left) if connection.data_dir.is_none() => {
                let endpoint = left.map_or_else(|| "http://127.0.0.1:4566".into(), |left| left.endpoint);
                let session_token = variable("AWS_SESSION_TOKEN");
                let region = variable("AWS_DEFAULT_REGION").unwrap_or_else(|| "us-east-1".into());
                Access { endpoint, region, access_key_id, secret_access_key, session_token }
            }
            (_, Some(left)) => left,
            (_, None) => return Err(CallError::NoPlatform { dir: data_dir.display().to_string() }),
        };
        if let Some(endpoint) = connection.endpoint.clone().filter(|_| connection.data_dir.is_none()) {
            access.endpoint = endpoint;
        }
        if let Some(region) = connection.region.clone() {
            access.region = region;
        }
        Ok(access)
    }

    /// Writes the file so that only this user can read it.
    pub fn leave(&self, data_dir: &Path) -> std::io::Result<()> {
        use std::io::Write;
        use std::os::unix::fs::OpenOptionsExt;
        let path = Access::path(data_dir);
        let draft = path.with_extension("json.new");
        // A leftover draft may have other permissions; a new file gets ours.
        match std::fs::remove_file(&draft) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
        file.write_all(serde_json::to_string_pretty(self)?.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(draft, path)
    }
}

impl Api {
    pub fn new(access: Access) -> Api {
        Api { access, http: Client::builder(TokioExecutor::new()).build_http(), clock: SystemClock::new() }
    }

    pub fn connect(connection: &Connection) -> Result<Api, CallError> {
        Access::find(connection).map(Api::new)
    }

    /// Signs and sends; an answer of 300 or more becomes the error it says.
    pub async fn call(&self, call: Call<'_>) -> Result<Answer, CallError> {
        let url = format!("{}{}", self.access.endpoint.trim_end_matches('/'), call.path);
        let mut request = http::Request::builder().method(call.method).uri(&url);
        for (name, value) in call.headers {
            request = request.header(name, value);
        }
        let request = request.body(()).map_err(|error| CallError::Invalid(format!("{url}: {error}")))?;
        let (mut parts, ()) = request.into_parts();
        let authority = parts.uri.authority().map(ToString::to_string).unwrap_or_default();
        let host = authority.parse().map_err(|_| CallError::Invalid(format!("{url} has no usable host")))?;
        parts.headers.insert(http::header::HOST, host);
        let key = wire::sigv4::SigningKey {
            access_key_id: &self.access.access_key_id,
            secret_access_key: &self.access.secret_access_key,
            session_token: self.access.session_token.as_deref(),
        };
        wire::sigv4::sign(&mut parts, &call.body, key, &self.access.region, call.service, self.clock.now());
        let request = http::Request::from_parts(parts, Full::new(call.body));
        let unreachable = |problem: String| CallError::Unreachable { url: url.clone(), problem };
        let response = self.http.request(request).await.map_err(|error| unreachable(root_cause(&error)))?;
        let (parts, body) = response.into_parts();
        let body = body.collect().await.map_err(|error| unreachable(root_cause(&error)))?.to_bytes();
        if parts.status.as_u16() >= 300 {
            return Err(refusal(parts.status, &parts.headers, &body));
        }
        Ok(Answer { status: parts.status, headers: parts.headers, body })
    }

    /// A GET or POST of JSON to a REST path of Lambda.
    pub async fn lambda(
        &self,
        method: Method,
        path: &str,
        body: Option<&serde_json::Value>,
    ) -> Result<serde_json::Value, CallError> {
        let body = body.map(ToString::to_string).unwrap_or_default();
        let answer = self.call(Call::new("lambda", method, path, body)).await?;
        if answer.body.is_empty() { Ok(serde_json::Value::Null) } else { answer.json() }
    }

    /// An operation of CloudWatch Logs.
    pub async fn logs(
        &self,
        operation: &str,
        body: &serde_json::Value,
    ) -> Result<serde_json::Value, CallError> {
        let call = Call::new("logs", Method::POST, "/", body.to_string())
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", format!("Logs_20140328.{operation}"));
        self.call(call).await?.json()
    }

    /// An operation of IAM; the XML answer is returned as text.
    pub async fn iam(&self, operation: &str, parameters: &[(&str, &str)]) -> Result<String, CallError> {
        let mut form = format!("Action={operation}&Version=2010-05-08");
        for (name, value) in parameters {
            form.push_str(&format!("&{name}={}", encode(value)));
        }
        let call = Call::new("iam", Method::POST, "/", form)
            .header("content-type", "application/x-www-form-urlencoded; charset=utf-8");
        Ok(String::from_utf8_lossy(&self.call(call).await?.body).into_owned())
    }

    /// A GET of Freehold's own administration API.
    pub async fn admin(&self, path: &str) -> Result<serde_json::Value, CallError> {
        self.call(Call::new("freehold", Method::GET, path, "")).await?.json()
    }
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

fn refusal(status: StatusCode, headers: &HeaderMap, body: &Bytes) -> CallError {
    let json: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    let text = String::from_utf8_lossy(body);
    let field = |names: &[&str]| names.iter().find_map(|name| json.get(name)?.as_str()).map(str::to_owned);
    let header = headers.get("x-amzn-errortype").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let code = header.or_else(|| field(&["__type", "code"])).or_else(|| element(&text, "Code"));
    let message = field(&["message", "Message", "errorMessage"]).or_else(|| element(&text, "Message"));
    CallError::Refused {
        status,
        code: code.unwrap_or_else(|| status.to_string()),
        message: message.unwrap_or_else(|| text.into_owned()),
    }
}

/// The text of the first XML element of this name.
pub fn element(xml: &str, name: &str) -> Option<String> {
    let start = xml.find(&format!("<{name}>"))? + name.len() + 2;
    let end = start + xml[start..].find(&format!("</{name}>"))?;
    Some(
        xml[start..end]
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
    )
}

fn root_cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_errors_of_every_protocol() {
        let check = |header: Option<&'static str>, body: &'static str, expected: &str| {
            let mut headers = HeaderMap::new();
            if let Some(code) = header {
                headers.insert("x-amzn-errortype", http::HeaderValue::from_static(code));
            }
            let error = refusal(StatusCode::BAD_REQUEST, &headers, &Bytes::from_static(body.as_bytes()));
            assert_eq!(error.to_string(), expected);
        };
        check(Some("ResourceNotFoundException"), r#"{"Message":"no"}"#, "ResourceNotFoundException: no");
        check(None, r#"{"__type":"X","message":"y"}"#, "X: y");
        check(None, "<E><Error><Code>C</Code><Message>a &lt; b</Message></Error></E>", "C: a < b");
        check(None, "gateway down", "400 Bad Request: gateway down");
    }

    #[test]
    fn the_access_file_is_private() {
        use std::os::unix::fs::PermissionsExt;
        let scratch = tempfile::tempdir().unwrap();
        let access = Access {
            endpoint: "http://127.0.0.1:4566".into(),
            region: "us-east-1".into(),
            access_key_id: "AKIA".into(),
            secret_access_key: "s".into(),
            session_token: None,
        };
        for _ in 0..2 {
            access.leave(scratch.path()).unwrap();
        }
        let path = Access::path(scratch.path());
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let connection = Connection { data_dir: Some(scratch.path().into()), ..Connection::default() };
        assert_eq!(Access::find(&connection).unwrap(), access);
    }
}
