//! An HTTP client for registries: verified TLS, few redirects, no credentials to strangers, nothing waits for ever.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, Uri, header};
use http_body_util::{BodyExt, Empty};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use crate::ImageError;

/// For the head of an answer, for a small one, and between two pieces of a large one.
pub(super) const TIMEOUT: Duration = Duration::from_secs(60);
/// Registries redirect once, to where blobs are stored.
const REDIRECTS_MAX: u32 = 5;

pub(super) type Answer = Response<Incoming>;

#[derive(Clone)]
pub(super) struct HttpClient {
    client: Client<HttpsConnector<HttpConnector>, Empty<Bytes>>,
}

impl HttpClient {
    pub(super) fn new(authorities: Option<&Path>) -> Result<HttpClient, ImageError> {
        let mut trusted = RootCertStore::empty();
        // Those that cannot be read or parsed verify nothing; a host may have none at all.
        trusted.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if let Some(file) = authorities {
            let failed = |error: &dyn std::fmt::Display| ImageError::disk(&file.display().to_string(), error);
            for certificate in CertificateDer::pem_file_iter(file).map_err(|error| failed(&error))? {
                let certificate = certificate.map_err(|error| failed(&error))?;
                trusted.add(certificate).map_err(|error| failed(&error))?;
            }
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| ImageError::Unavailable(format!("TLS: {error}")))?
            .with_root_certificates(trusted)
            .with_no_client_auth();
        let connector =
            HttpsConnectorBuilder::new().with_tls_config(config).https_or_http().enable_http1().build();
        Ok(HttpClient { client: Client::builder(TokioExecutor::new()).build(connector) })
    }

    /// Follows redirects. The authorization goes to the first host only.
    pub(super) async fn get(
        &self,
        url: &str,
        accept: Option<&str>,
        authorization: Option<HeaderValue>,
    ) -> Result<Answer, ImageError> {
        let failed =
            |url: &Uri, why: &dyn std::fmt::Display| ImageError::Unavailable(format!("{url}: {why}"));
        let wrong = |_| ImageError::Unavailable(format!("{url:?} is not a URL"));
        let mut uri: Uri = url.parse().map_err(wrong)?;
        let first = uri.authority().cloned();
        for _ in 0..=REDIRECTS_MAX {
            let mut request = Request::get(uri.clone()).header(header::USER_AGENT, "freehold");
            if let Some(accept) = accept {
                request = request.header(header::ACCEPT, accept);
            }
            if let Some(authorization) = authorization.as_ref().filter(|_| uri.authority() == first.as_ref())
            {
                request = request.header(header::AUTHORIZATION, authorization.clone());
            }
            let request = request.body(Empty::new()).map_err(|error| failed(&uri, &error))?;
            let answer = tokio::time::timeout(TIMEOUT, self.client.request(request)).await;
            let answer = answer
                .map_err(|_| failed(&uri, &"no answer in time"))?
                .map_err(|error| failed(&uri, &causes(&error)))?;
            if !is_redirect(answer.status()) {
                return Ok(answer);
            }
            let target = answer.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
            let target = target.and_then(|target| resolve(&uri, target));
            let target = target.ok_or_else(|| failed(&uri, &"a redirect to nowhere"))?;
            if uri.scheme_str() == Some("https") && target.scheme_str() != Some("https") {
                return Err(failed(&uri, &"a redirect away from HTTPS"));
            }
            uri = target;
        }
        Err(failed(&uri, &"too many redirects"))
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// An absolute URL, or a path on the same host: registries use no other kind.
fn resolve(from: &Uri, target: &str) -> Option<Uri> {
    let target: Uri = target.parse().ok()?;
    if target.scheme().is_some() {
        return Some(target);
    }
    let mut parts = from.clone().into_parts();
    parts.path_and_query = Some(target.path_and_query()?.clone());
    Uri::from_parts(parts).ok()
}

/// The next piece of a body; `None` at its end.
pub(super) async fn next(body: &mut Incoming) -> Result<Option<Bytes>, ImageError> {
    loop {
        let frame = tokio::time::timeout(TIMEOUT, body.frame()).await;
        match frame {
            Err(_) => return Err(ImageError::Unavailable("the registry has stopped sending".into())),
            Ok(None) => return Ok(None),
            Ok(Some(Err(error))) => {
                return Err(ImageError::Unavailable(format!("the download broke off: {error}")));
            }
            Ok(Some(Ok(frame))) => {
                if let Ok(data) = frame.into_data() {
                    return Ok(Some(data));
                }
            }
        }
    }
}

/// An error with what it was caused by: "client error (Connect)" alone helps nobody.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
