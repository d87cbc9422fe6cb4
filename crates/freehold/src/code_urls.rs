//! Where a function's package can be downloaded: presigned URLs of this server, as GetFunction hands them out.

use std::sync::Arc;
use std::time::Duration;

use base::{BoxFuture, Clock};
use svc_lambda::Lambda;
use svc_lambda::model::CodePackage;
use wire::{Body, HttpHandler, HttpRequest};

/// The path below which packages are served, signed for [`SERVICE`].
pub const PATH: &str = "/_freehold/code";

/// As on AWS, a location is good for ten minutes.
const GOOD_FOR: Duration = Duration::from_secs(600);

const SERVICE: &str = "freehold";

/// Signs locations with the root key.
pub struct SignedCodeUrls {
    access_key_id: String,
    secret_access_key: String,
    clock: Arc<dyn Clock>,
}

impl SignedCodeUrls {
    pub fn new(root_key: (String, String), clock: Arc<dyn Clock>) -> SignedCodeUrls {
        SignedCodeUrls { access_key_id: root_key.0, secret_access_key: root_key.1, clock }
    }
}

impl svc_lambda::CodeUrls for SignedCodeUrls {
    fn url(&self, cx: &wire::Context, package: &CodePackage) -> String {
        let scheme = if cx.secure { "https" } else { "http" };
        let plain = format!("{scheme}://{}{PATH}/{}", cx.host, package.digest);
        let key = wire::sigv4::SigningKey {
            access_key_id: &self.access_key_id,
            secret_access_key: &self.secret_access_key,
            session_token: None,
        };
        let signed = plain.parse().ok().and_then(|url| {
            let now = self.clock.now();
            wire::sigv4::presign(&http::Method::GET, &url, GOOD_FOR, key, cx.region.as_str(), SERVICE, now)
                .ok()
        });
        // A host that is no host makes no URL; the plain one then says at least what was asked for.
        signed.map_or(plain, |url| url.to_string())
    }
}

/// Serves the packages; the server has checked the signature.
pub struct CodeDownloads(pub Arc<Lambda>);

impl HttpHandler for CodeDownloads {
    fn handle(&self, request: HttpRequest) -> BoxFuture<'_, http::Response<Body>> {
        Box::pin(async move {
            let name = request.parts.uri.path().rsplit('/').next().unwrap_or_default();
            match self.0.code_zip(name).await {
                Ok(Some(zip)) => {
                    let mut response = http::Response::new(Body::from(zip));
                    let kind = http::HeaderValue::from_static("application/zip");
                    response.headers_mut().insert(http::header::CONTENT_TYPE, kind);
                    response
                }
                Ok(None) => plain(404, "No such package."),
                Err(problem) => {
                    tracing::error!(%problem, name, "a package cannot be read");
                    plain(500, "The package cannot be read.")
                }
            }
        })
    }
}

fn plain(status: u16, text: &'static str) -> http::Response<Body> {
    let mut response = http::Response::new(Body::from(text));
    *response.status_mut() =
        http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    response
}
