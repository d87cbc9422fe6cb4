//! The pull half of the registry protocol (OCI distribution), over HTTPS.

mod auth;
mod http_client;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use http::{HeaderValue, StatusCode, header};
use http_body_util::BodyExt;

use crate::digest::Hasher;
use crate::document::{self, DOCUMENT_BYTES_MAX};
use crate::{Digest, ImageError, Reference};
use auth::Challenge;
use http_client::{Answer, HttpClient};

/// How registries are reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegistryOptions {
    /// A file in the form of Docker's `config.json`; its `auths` are used. Read at every pull, so that it may change.
    pub credentials: Option<PathBuf>,
    /// Certificate authorities (PEM) that are trusted beside the host's.
    pub authorities: Option<PathBuf>,
    /// `host:port` of registries that speak plain HTTP. Those on loopback addresses may always.
    pub plain: Vec<String>,
}

/// Reaches registries; cheap to share.
pub(crate) struct Registries {
    client: HttpClient,
    options: RegistryOptions,
}

impl Registries {
    pub(crate) fn new(options: RegistryOptions) -> Result<Registries, ImageError> {
        Ok(Registries { client: HttpClient::new(options.authorities.as_deref())?, options })
    }

    pub(crate) fn remote(&self, reference: &Reference) -> Result<Remote, ImageError> {
        let host = reference.host.clone();
        let credentials = match &self.options.credentials {
            Some(file) => auth::credentials(file, &host)?,
            None => None,
        };
        let is_plain = self.options.plain.contains(&host) || is_loopback(&host);
        let scheme = if is_plain { "http" } else { "https" };
        Ok(Remote {
            client: self.client.clone(),
            base: format!("{scheme}://{host}/v2/{}", reference.repository),
            repository: reference.repository.clone(),
            scheme,
            credentials,
            authorization: Mutex::default(),
        })
    }
}

/// An address, not a name: names can come to mean something else.
fn is_loopback(host: &str) -> bool {
    host.parse::<std::net::SocketAddr>().is_ok_and(|address| address.ip().is_loopback())
}

/// One repository of a registry.
pub(crate) struct Remote {
    client: HttpClient,
    base: String,
    repository: String,
    scheme: &'static str,
    /// User and password.
    credentials: Option<(String, String)>,
    authorization: Mutex<Option<HeaderValue>>,
}

impl Remote {
    /// A manifest by tag or digest, and its media type.
    pub(crate) async fn manifest(&self, name: &str) -> Result<(Vec<u8>, Option<String>), ImageError> {
        let accept = document::accepted();
        let answer = self.get(&format!("{}/manifests/{name}", self.base), Some(&accept)).await?;
        let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        // Some registries send this for documents that say themselves what they are.
        let kind = kind.filter(|kind| *kind != "application/json").map(str::to_owned);
        Ok((small(answer).await?, kind))
    }

    pub(crate) async fn small_blob(&self, digest: &Digest) -> Result<Vec<u8>, ImageError> {
        small(self.get(&format!("{}/blobs/{digest}", self.base), None).await?).await
    }

    /// Downloads a blob to a file, verified.
    pub(crate) async fn download(&self, digest: &Digest, size: u64, to: &Path) -> Result<(), ImageError> {
        use tokio::io::AsyncWriteExt;
        let answer = self.get(&format!("{}/blobs/{digest}", self.base), None).await?;
        let mut body = answer.into_body();
        let disk = |error| ImageError::disk(&to.display().to_string(), &error);
        let mut file = tokio::fs::File::create(to).await.map_err(disk)?;
        let (mut hasher, mut received) = (Hasher::default(), 0);
        while let Some(data) = http_client::next(&mut body).await? {
            received += data.len() as u64;
            if received > size {
                return Err(ImageError::invalid(format!("{digest} is larger than the stated {size} bytes")));
            }
            hasher.update(&data);
            file.write_all(&data).await.map_err(disk)?;
        }
        file.flush().await.map_err(disk)?;
        let actual = hasher.finish();
        if actual != *digest {
            return Err(ImageError::invalid(format!("{digest} was asked for and {actual} was received")));
        }
        Ok(())
    }

    /// The answer, once authorised.
    async fn get(&self, url: &str, accept: Option<&str>) -> Result<Answer, ImageError> {
        let authorization = || self.authorization.lock().ok().and_then(|held| held.clone());
        let mut answer = self.client.get(url, accept, authorization()).await?;
        if answer.status() == StatusCode::UNAUTHORIZED {
            let renewed = self.authorize(&answer).await?;
            if let Ok(mut held) = self.authorization.lock() {
                *held = Some(renewed.clone());
            }
            answer = self.client.get(url, accept, Some(renewed)).await?;
        }
        match answer.status() {
            StatusCode::OK => Ok(answer),
            StatusCode::NOT_FOUND => Err(ImageError::NotFound(format!("{url} does not exist"))),
            status @ (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => {
                Err(ImageError::Denied(format!("{url} answers {status}")))
            }
            status => Err(ImageError::Unavailable(format!("{url} answers {status}"))),
        }
    }

    /// What the registry wants to see, by its challenge.
    async fn authorize(&self, refusal: &Answer) -> Result<HeaderValue, ImageError> {
        let values = refusal.headers().get_all(header::WWW_AUTHENTICATE);
        let challenge = values.iter().filter_map(|value| value.to_str().ok()).find_map(Challenge::parse);
        let denied = |text: &str| ImageError::Denied(format!("{}: {text}", self.base));
        match challenge {
            Some(Challenge::Basic) => match &self.credentials {
                Some(credentials) => auth::basic(credentials),
                None => Err(denied("the registry asks for a user and password, and none are configured")),
            },
            Some(Challenge::Bearer { realm, service }) => {
                // Credentials never travel in the clear, except to where the registry itself does.
                let is_safe = realm.starts_with("https://")
                    || (self.scheme == "http"
                        && realm.starts_with("http://")
                        && is_loopback(host_of(&realm)));
                if !is_safe {
                    return Err(denied(&format!("its token server {realm:?} is not reached by HTTPS")));
                }
                let url = auth::token_url(&realm, service.as_deref(), &self.repository);
                let basic = self.credentials.as_ref().map(auth::basic).transpose()?;
                let answer = self.client.get(&url, None, basic).await?;
                if !answer.status().is_success() {
                    return Err(denied(&format!("its token server answers {}", answer.status())));
                }
                auth::bearer(&small(answer).await?)
            }
            None => Err(denied("the registry refuses, and does not say what it wants")),
        }
    }
}

fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default()
}

async fn small(answer: Answer) -> Result<Vec<u8>, ImageError> {
    let limit = usize::try_from(DOCUMENT_BYTES_MAX).unwrap_or(usize::MAX);
    let body = http_body_util::Limited::new(answer.into_body(), limit);
    let collected = tokio::time::timeout(http_client::TIMEOUT, body.collect()).await;
    match collected {
        Ok(Ok(body)) => Ok(body.to_bytes().to_vec()),
        Ok(Err(error)) => Err(ImageError::Unavailable(format!("a document could not be read: {error}"))),
        Err(_) => Err(ImageError::Unavailable("a document took too long".into())),
    }
}
