//! Finds the key that a request was signed with and checks the signature, for operations and for endpoints.

use base::Region;
use bytes::Bytes;
use http::request::Parts;
use shape::Protocol;

use super::Arrival;
use crate::server::Server;
use crate::sigv4::{Check, Presented, Refusal};
use crate::{ApiError, Context, Credential, HttpRequest};

impl Server {
    pub(super) async fn credential(&self, presented: &Presented<'_>) -> Result<Credential, Refusal> {
        match self.0.credentials.find(presented.access_key_id(), presented.session_token()).await {
            Ok(Some(credential)) => Ok(credential),
            Ok(None) => Err(Refusal::UnknownKey),
            Err(error) => Err(Refusal::Other(Box::new(error))),
        }
    }

    /// The payload, freed of chunk framing, if the signature is right.
    pub(super) fn verify(
        &self,
        presented: &Presented<'_>,
        parts: &Parts,
        body: Bytes,
        credential: &Credential,
        service: &str,
    ) -> Result<Bytes, Refusal> {
        presented.verify(Check {
            parts,
            body,
            secret: &credential.secret_access_key,
            service,
            now: self.0.clock.now(),
            keys: &self.0.signing_keys,
        })
    }

    /// The default region is shared, others are made.
    pub(super) fn region_of(&self, name: &str) -> Region {
        if name == self.0.region.as_str() { self.0.region.clone() } else { Region::new(name) }
    }

    pub(crate) async fn authenticate_http(
        &self,
        request: &HttpRequest,
        body: &Bytes,
        service: &str,
    ) -> Result<Context, ApiError> {
        let verified = async {
            let presented = Presented::of(&request.parts)?.ok_or(Refusal::Missing)?;
            let credential = self.credential(&presented).await?;
            self.verify(&presented, &request.parts, body.clone(), &credential, service)?;
            Ok((credential.caller, self.region_of(presented.region())))
        };
        let (caller, region) =
            verified.await.map_err(|refusal: Refusal| refusal.into_error(Protocol::RestJson1))?;
        let arrival = Arrival {
            request_id: request.request_id,
            received_at: request.received_at,
            started: std::time::Duration::ZERO,
            source_ip: request.source_ip,
            secure: request.secure,
            host: request.host.clone(),
        };
        Ok(self.context(&arrival, &request.parts, caller, region))
    }
}
