//! A signed AWS client on one kept-alive connection, so that what is measured is the server.

use base::{Clock, SystemClock};
use base64::Engine;
use bytes::Bytes;
use http::{Method, Request};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};

pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// An AWS-like endpoint.
#[derive(Clone, Debug)]
pub struct Target {
    pub name: &'static str,
    /// `host:port`.
    pub address: String,
    pub access_key_id: String,
    pub secret_access_key: String,
}

pub struct Client {
    pub target: Target,
    sender: SendRequest<Full<Bytes>>,
    clock: SystemClock,
}

impl Client {
    pub async fn connect(target: &Target) -> Result<Client, Failure> {
        let stream = tokio::net::TcpStream::connect(&target.address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Client { target: target.clone(), sender, clock: SystemClock::new() })
    }

    /// Builds and signs; not part of what is measured.
    pub fn request(
        &self,
        service: &str,
        method: Method,
        path: &str,
        kind: &str,
        body: Bytes,
    ) -> Result<Request<Full<Bytes>>, Failure> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", &self.target.address)
            .header("content-type", kind)
            .body(())?;
        let (mut parts, ()) = request.into_parts();
        let key = wire::sigv4::SigningKey {
            access_key_id: &self.target.access_key_id,
            secret_access_key: &self.target.secret_access_key,
            session_token: None,
        };
        wire::sigv4::sign(&mut parts, &body, key, "us-east-1", service, self.clock.now());
        Ok(Request::from_parts(parts, Full::new(body)))
    }

    pub async fn send(
        &mut self,
        request: Request<Full<Bytes>>,
    ) -> Result<(http::response::Parts, Bytes), Failure> {
        self.sender.ready().await?;
        let (parts, body) = self.sender.send_request(request).await?.into_parts();
        Ok((parts, body.collect().await?.to_bytes()))
    }

    pub async fn lambda(&mut self, method: Method, path: &str, body: &Value) -> Result<Value, Failure> {
        self.json("lambda", method, path, body).await
    }

    /// The answer to a signed request, as JSON.
    pub async fn json(
        &mut self,
        service: &str,
        method: Method,
        path: &str,
        body: &Value,
    ) -> Result<Value, Failure> {
        let body = if body.is_null() { Bytes::new() } else { body.to_string().into() };
        let request = self.request(service, method, path, "application/json", body)?;
        let (parts, body) = self.send(request).await?;
        if !parts.status.is_success() {
            return Err(format!(
                "{} {path}: {} {}",
                self.target.name,
                parts.status,
                String::from_utf8_lossy(&body)
            )
            .into());
        }
        Ok(if body.is_empty() { Value::Null } else { serde_json::from_slice(&body)? })
    }

    pub async fn role(&mut self) -> Result<String, Failure> {
        let trust = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
        let trust: String = trust.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let form =
            format!("Action=CreateRole&Version=2010-05-08&RoleName=bench&AssumeRolePolicyDocument={trust}");
        let request =
            self.request("iam", Method::POST, "/", "application/x-www-form-urlencoded", form.into())?;
        let (parts, body) = self.send(request).await?;
        if !parts.status.is_success() {
            return Err(format!("{}: no role: {}", self.target.name, String::from_utf8_lossy(&body)).into());
        }
        Ok("arn:aws:iam::000000000000:role/bench".into())
    }

    pub async fn create(
        &mut self,
        name: &str,
        runtime: &str,
        handler: &str,
        role: &str,
        zip: &[u8],
        memory: u64,
    ) -> Result<(), Failure> {
        let body = json!({
            "FunctionName": name, "Runtime": runtime, "Handler": handler, "Role": role, "Timeout": 30, "MemorySize": memory,
            "Code": { "ZipFile": base64::engine::general_purpose::STANDARD.encode(zip) },
        });
        self.lambda(Method::POST, "/2015-03-31/functions", &body).await?;
        self.settled(name).await
    }

    async fn settled(&mut self, name: &str) -> Result<(), Failure> {
        let path = format!("/2015-03-31/functions/{name}/configuration");
        loop {
            let now = self.lambda(Method::GET, &path, &Value::Null).await?;
            if now["State"] == "Active" && now["LastUpdateStatus"] != "InProgress" {
                return Ok(());
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    pub fn invocation(&self, name: &str, payload: &'static [u8]) -> Result<Request<Full<Bytes>>, Failure> {
        let path = format!("/2015-03-31/functions/{name}/invocations");
        self.request("lambda", Method::POST, &path, "application/json", Bytes::from_static(payload))
    }

    /// Invokes and checks that the function itself answered.
    pub async fn invoke(&mut self, request: Request<Full<Bytes>>) -> Result<(), Failure> {
        let (parts, body) = self.send(request).await?;
        if !parts.status.is_success() || parts.headers.contains_key("x-amz-function-error") {
            return Err(
                format!("{}: {} {}", self.target.name, parts.status, String::from_utf8_lossy(&body)).into()
            );
        }
        Ok(())
    }
}

/// A package of these files (name, content).
pub fn package<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<Vec<u8>, Failure> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().unix_permissions(0o755);
    for (name, content) in files {
        archive.start_file(name, options)?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}
