//! `freehold env`: what a shell needs to reach the platform.

use crate::cli::Connection;
use crate::client::Access;
use crate::commands::Outcome;

pub fn run(connection: &Connection, json: bool) -> Outcome {
    let access = Access::find(connection)?;
    if json {
        println!("{}", serde_json::to_string_pretty(&access)?);
        return Ok(());
    }
    print!("{}", exports(&access));
    Ok(())
}

/// `export` lines for a POSIX shell.
pub fn exports(access: &Access) -> String {
    let mut lines = vec![
        ("AWS_ENDPOINT_URL", access.endpoint.as_str()),
        ("AWS_ACCESS_KEY_ID", &access.access_key_id),
        ("AWS_SECRET_ACCESS_KEY", &access.secret_access_key),
        ("AWS_DEFAULT_REGION", &access.region),
        ("AWS_REGION", &access.region),
    ];
    lines.extend(access.session_token.as_deref().map(|token| ("AWS_SESSION_TOKEN", token)));
    lines.iter().map(|(name, value)| format!("export {name}={}\n", quote(value))).collect()
}

/// Quotes for a POSIX shell only where needed, so that the usual line stays readable.
fn quote(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:/+=@".contains(&byte);
    if !value.is_empty() && value.bytes().all(plain) {
        value.into()
    } else {
        format!("'{}'", value.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_for_the_shell() {
        assert_eq!(quote("http://127.0.0.1:4566"), "http://127.0.0.1:4566");
        assert_eq!(quote("a b"), "'a b'");
        assert_eq!(quote("it's"), r"'it'\''s'");
        assert_eq!(quote("$(rm)"), "'$(rm)'");
    }
}
