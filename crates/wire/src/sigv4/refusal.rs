//! Why a request isn't authentic, in AWS's codes and words, which differ between the protocol families.

use shape::Protocol;

use crate::ApiError;

/// A request that can't be authenticated.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// It isn't signed.
    Missing,
    /// The signature's parts are missing or malformed; says which.
    Incomplete(String),
    /// The key id is unknown, or the session token is missing or wrong.
    UnknownKey,
    ExpiredToken,
    /// A presigned URL after its time.
    RequestExpired,
    /// The signature, its scope, its date or the payload's hash is wrong; says what.
    DoesNotMatch(String),
    /// The body isn't what the signing form says (chunk framing, lengths).
    MalformedBody(String),
    /// The key store failed or refused in its own words.
    Other(Box<ApiError>),
}

impl Refusal {
    pub fn into_error(self, protocol: Protocol) -> ApiError {
        use Protocol::{AwsJson1_0, AwsJson1_1, AwsQuery, RestJson1, RestXml};
        let json = matches!(protocol, RestJson1 | AwsJson1_0 | AwsJson1_1);
        // The JSON RPC services answer 400 where the others answer 403.
        let forbidden = if matches!(protocol, AwsJson1_0 | AwsJson1_1) { 400 } else { 403 };
        let pick = |json_code: &'static str, code: &'static str| if json { json_code } else { code };
        match self {
            Refusal::Missing => {
                let message = match protocol {
                    AwsQuery => "Request is missing Authentication Token",
                    RestJson1 | AwsJson1_0 | AwsJson1_1 | RestXml => "Missing Authentication Token",
                };
                let code = pick("MissingAuthenticationTokenException", "MissingAuthenticationToken");
                ApiError::client(code, forbidden, message)
            }
            Refusal::Incomplete(message) => {
                let status = if protocol == RestJson1 { 403 } else { 400 };
                ApiError::client(pick("IncompleteSignatureException", "IncompleteSignature"), status, message)
            }
            Refusal::UnknownKey => {
                let code = match protocol {
                    RestXml => "InvalidAccessKeyId",
                    _ => pick("UnrecognizedClientException", "InvalidClientTokenId"),
                };
                ApiError::client(code, forbidden, "The security token included in the request is invalid.")
            }
            Refusal::ExpiredToken => {
                let code = pick("ExpiredTokenException", "ExpiredToken");
                ApiError::client(code, forbidden, "The security token included in the request is expired")
            }
            Refusal::RequestExpired => ApiError::client("RequestExpired", 400, "Request has expired."),
            Refusal::DoesNotMatch(message) => ApiError::client(
                pick("InvalidSignatureException", "SignatureDoesNotMatch"),
                forbidden,
                message,
            ),
            Refusal::MalformedBody(message) => ApiError::client("IncompleteBody", 400, message),
            Refusal::Other(error) => match error.code.as_str() {
                "ExpiredToken" | "ExpiredTokenException" => Refusal::ExpiredToken.into_error(protocol),
                _ => *error,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_statuses_by_protocol() {
        let rendered = |refusal: Refusal, protocol| {
            let error = refusal.into_error(protocol);
            format!("{} {}", error.http_status, error.code)
        };
        use Protocol::{AwsJson1_1, AwsQuery, RestJson1};
        for (refusal, rest_json, json, query) in [
            (
                Refusal::Missing,
                "403 MissingAuthenticationTokenException",
                "400 MissingAuthenticationTokenException",
                "403 MissingAuthenticationToken",
            ),
            (
                Refusal::UnknownKey,
                "403 UnrecognizedClientException",
                "400 UnrecognizedClientException",
                "403 InvalidClientTokenId",
            ),
            (
                Refusal::DoesNotMatch("x".into()),
                "403 InvalidSignatureException",
                "400 InvalidSignatureException",
                "403 SignatureDoesNotMatch",
            ),
            (
                Refusal::Incomplete("x".into()),
                "403 IncompleteSignatureException",
                "400 IncompleteSignatureException",
                "400 IncompleteSignature",
            ),
            (
                Refusal::ExpiredToken,
                "403 ExpiredTokenException",
                "400 ExpiredTokenException",
                "403 ExpiredToken",
            ),
        ] {
            assert_eq!(rendered(refusal.clone(), RestJson1), rest_json);
            assert_eq!(rendered(refusal.clone(), AwsJson1_1), json);
            assert_eq!(rendered(refusal, AwsQuery), query);
        }
    }
}
