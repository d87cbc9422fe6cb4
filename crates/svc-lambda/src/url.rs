//! Function URLs as records: what a request may say about one. Serving them is `url_http`'s.

use api::lambda::Cors as ApiCors;
use wire::{Access, ApiError, Context};

use crate::Lambda;
use crate::error::constraint;
use crate::model::{Cors, UrlAuth};
use crate::name::{FunctionRef, Qualifier};

/// As long as AWS's own ids.
pub(crate) const ID_LEN: usize = 32;
pub(crate) const ID_ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";

const METHODS: [&str; 7] = ["*", "DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"];

/// The function and the alias that a request names. Versions have no URLs.
pub(crate) fn name(
    lambda: &Lambda,
    cx: &Context,
    function: &str,
    qualifier: Option<&str>,
) -> Result<(FunctionRef, Option<String>), ApiError> {
    let name = lambda.name(cx, function, qualifier)?;
    let alias = match &name.qualifier {
        None => None,
        Some(Qualifier::Alias(alias)) => Some(alias.clone()),
        Some(other) => {
            let rule = "Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)";
            return Err(constraint(&other.to_string(), "qualifier", rule));
        }
    };
    Ok((FunctionRef { qualifier: None, ..name }, alias))
}

/// The condition keys of operations on URLs.
pub(crate) fn with_conditions(mut needed: Vec<Access>, auth: Option<&str>) -> Vec<Access> {
    for access in &mut needed {
        if let Some(auth) = auth {
            access.conditions.push(("lambda:FunctionUrlAuthType".into(), vec![auth.to_owned()]));
        }
        access.conditions.push(("lambda:FunctionArn".into(), vec![access.resource.clone()]));
    }
    needed
}

/// Anything but `NONE` asks for signatures: a value that we don't know must not make a function public.
pub(crate) fn auth(text: &str) -> UrlAuth {
    if text == "NONE" { UrlAuth::None } else { UrlAuth::Iam }
}

pub(crate) fn streaming(invoke_mode: Option<&str>) -> bool {
    invoke_mode == Some("RESPONSE_STREAM")
}

/// `None` for settings that say nothing.
pub(crate) fn cors(given: ApiCors) -> Result<Option<Cors>, ApiError> {
    let cors = Cors {
        allow_credentials: given.allow_credentials.unwrap_or(false),
        allow_headers: given.allow_headers.unwrap_or_default(),
        allow_methods: given.allow_methods.unwrap_or_default(),
        allow_origins: given.allow_origins.unwrap_or_default(),
        expose_headers: given.expose_headers.unwrap_or_default(),
        max_age_s: given.max_age.and_then(|seconds| u32::try_from(seconds).ok()),
    };
    if let Some(method) = cors.allow_methods.iter().find(|method| !METHODS.contains(&method.as_str())) {
        let rule = format!("Member must satisfy enum value set: [{}]", METHODS.join(", "));
        return Err(constraint(method, "cors.allowMethods", &rule));
    }
    Ok(Some(cors).filter(|cors| *cors != Cors::default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cors_settings_are_checked() {
        assert_eq!(cors(ApiCors::default()), Ok(None));
        let given = ApiCors {
            allow_methods: Some(vec!["GET".into()]),
            allow_origins: Some(vec!["https://example.com".into()]),
            max_age: Some(60),
            ..ApiCors::default()
        };
        let stored = cors(given.clone()).unwrap().unwrap();
        assert_eq!((stored.max_age_s, stored.allow_credentials), (Some(60), false));
        assert!(cors(ApiCors { allow_methods: Some(vec!["FETCH".into()]), ..given }).is_err());
    }

    #[test]
    fn only_none_is_public() {
        assert_eq!(auth("NONE"), UrlAuth::None);
        assert_eq!(auth("AWS_IAM"), UrlAuth::Iam);
        assert_eq!(auth("none"), UrlAuth::Iam);
    }
}
