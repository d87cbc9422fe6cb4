//! Cross-origin rules of a function URL: preflights are answered here, and answers of the function get the headers.

use http::{HeaderMap, HeaderValue, Method, header};

use crate::model::Cors;

/// Asks whether a cross-origin request may be made, and is never passed to the function.
pub(crate) fn is_preflight(method: &Method, headers: &HeaderMap) -> bool {
    *method == Method::OPTIONS
        && headers.contains_key(header::ORIGIN)
        && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// The headers that answer a preflight; none when the origin is not allowed, so that the browser refuses.
pub(crate) fn preflight(cors: &Cors, request: &HeaderMap) -> HeaderMap {
    let mut headers = origin_headers(cors, request);
    if headers.is_empty() {
        return headers;
    }
    set(&mut headers, header::ACCESS_CONTROL_ALLOW_METHODS, &cors.allow_methods.join(","));
    // With credentials browsers take no wildcard, so what was asked for is allowed by name.
    let asked = request.get(header::ACCESS_CONTROL_REQUEST_HEADERS);
    match asked {
        Some(asked) if cors.allow_headers.iter().any(|name| name == "*") => {
            headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, asked.clone());
        }
        _ => set(&mut headers, header::ACCESS_CONTROL_ALLOW_HEADERS, &cors.allow_headers.join(",")),
    }
    if let Some(seconds) = cors.max_age_s {
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, seconds.into());
    }
    headers
}

/// Adds the headers of an answer; the URL's rules win over what the function said.
pub(crate) fn decorate(cors: &Cors, request: &HeaderMap, response: &mut HeaderMap) {
    let mut headers = origin_headers(cors, request);
    if !headers.is_empty() {
        set(&mut headers, header::ACCESS_CONTROL_EXPOSE_HEADERS, &cors.expose_headers.join(","));
    }
    for (name, value) in &headers {
        if *name == header::VARY {
            response.append(name, value.clone());
        } else {
            response.insert(name, value.clone());
        }
    }
}

fn origin_headers(cors: &Cors, request: &HeaderMap) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let Some(origin) = request.get(header::ORIGIN) else { return headers };
    let any = cors.allow_origins.iter().any(|allowed| allowed == "*");
    let named =
        cors.allow_origins.iter().any(|allowed| origin.as_bytes().eq_ignore_ascii_case(allowed.as_bytes()));
    if !any && !named {
        return headers;
    }
    if any && !cors.allow_credentials {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    } else {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    }
    if cors.allow_credentials {
        headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    }
    headers
}

fn set(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if value.is_empty() {
        return;
    }
    match HeaderValue::from_str(value) {
        Ok(value) => {
            headers.insert(name, value);
        }
        Err(_) => tracing::warn!(%name, "a URL's CORS rules hold what no header can: it is left out"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cors(origins: &[&str], allow_credentials: bool) -> Cors {
        let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect();
        Cors {
            allow_credentials,
            allow_headers: list(&["x-a", "content-type"]),
            allow_methods: list(&["GET", "POST"]),
            allow_origins: list(origins),
            expose_headers: list(&["x-b"]),
            max_age_s: Some(60),
        }
    }

    fn asking(origin: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::ORIGIN, origin.parse().unwrap());
        headers.insert(header::ACCESS_CONTROL_REQUEST_METHOD, "POST".parse().unwrap());
        headers.insert(header::ACCESS_CONTROL_REQUEST_HEADERS, "x-c".parse().unwrap());
        headers
    }

    fn shown(headers: &HeaderMap) -> Vec<String> {
        let mut lines: Vec<_> =
            headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
        lines.sort();
        lines
    }

    #[test]
    fn preflights() {
        assert!(is_preflight(&Method::OPTIONS, &asking("https://a.example")));
        assert!(!is_preflight(&Method::OPTIONS, &HeaderMap::new()));
        assert!(!is_preflight(&Method::GET, &asking("https://a.example")));
        assert_eq!(
            shown(&preflight(&cors(&["*"], false), &asking("https://a.example"))),
            [
                "access-control-allow-headers: x-a,content-type",
                "access-control-allow-methods: GET,POST",
                "access-control-allow-origin: *",
                "access-control-max-age: 60",
            ]
        );
        let mut wild = cors(&["https://A.example"], true);
        wild.allow_headers = vec!["*".into()];
        assert_eq!(
            shown(&preflight(&wild, &asking("https://a.example"))),
            [
                "access-control-allow-credentials: true",
                "access-control-allow-headers: x-c",
                "access-control-allow-methods: GET,POST",
                "access-control-allow-origin: https://a.example",
                "access-control-max-age: 60",
                "vary: Origin",
            ]
        );
        assert!(preflight(&cors(&["https://b.example"], false), &asking("https://a.example")).is_empty());
    }

    #[test]
    fn answers_get_the_urls_headers() {
        let mut response = HeaderMap::new();
        response.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, "https://function.example".parse().unwrap());
        decorate(&cors(&["*"], true), &asking("https://a.example"), &mut response);
        assert_eq!(
            shown(&response),
            [
                "access-control-allow-credentials: true",
                "access-control-allow-origin: https://a.example",
                "access-control-expose-headers: x-b",
                "vary: Origin",
            ]
        );
        let mut same_origin = HeaderMap::new();
        decorate(&cors(&["*"], true), &HeaderMap::new(), &mut same_origin);
        assert!(same_origin.is_empty());
    }
}
