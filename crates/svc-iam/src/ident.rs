//! Ids, secrets and ARNs in AWS's forms.

use base::{AccountId, Arn, Entropy};

const ID_ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const SECRET_ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub(crate) fn user_id(entropy: &dyn Entropy) -> String {
    format!("AIDA{}", entropy.token(17, ID_ALPHABET))
}

pub(crate) fn role_id(entropy: &dyn Entropy) -> String {
    format!("AROA{}", entropy.token(17, ID_ALPHABET))
}

pub(crate) fn policy_id(entropy: &dyn Entropy) -> String {
    format!("ANPA{}", entropy.token(17, ID_ALPHABET))
}

pub(crate) fn access_key_id(entropy: &dyn Entropy) -> String {
    format!("AKIA{}", entropy.token(16, ID_ALPHABET))
}

pub(crate) fn secret_access_key(entropy: &dyn Entropy) -> String {
    entropy.token(40, SECRET_ALPHABET)
}

/// `kind` is `user`, `role` or `policy`; `path` begins and ends with a slash.
pub(crate) fn arn(account: &str, kind: &str, path: &str, name: &str) -> String {
    Arn::aws("iam", "", account, format!("{kind}{path}{name}")).to_string()
}

/// The account and name in an ARN of this kind; the path is between them and is checked by comparing ARNs.
pub(crate) fn name_in_arn<'a>(arn: &'a str, kind: &str) -> Option<(&'a str, &'a str)> {
    let mut parts = arn.splitn(6, ':');
    let (_, _, service) = (parts.next()?, parts.next()?, parts.next()?);
    let (_, account, resource) = (parts.next()?, parts.next()?, parts.next()?);
    let named = resource.strip_prefix(kind)?.strip_prefix('/')?;
    let name = named.rsplit('/').next().filter(|name| !name.is_empty())?;
    (service == "iam").then_some((account, name))
}

/// Parsed form of [`name_in_arn`] for entities that live in a customer's account.
pub(crate) fn account_and_name<'a>(arn: &'a str, kind: &str) -> Option<(AccountId, &'a str)> {
    let (account, name) = name_in_arn(arn, kind)?;
    Some((account.parse().ok()?, name))
}

/// Percent-encodes as IAM encodes policy documents (RFC 3986).
pub(crate) fn url_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::SystemEntropy;

    #[test]
    fn forms() {
        assert_eq!(user_id(&SystemEntropy).len(), 21);
        assert_eq!(access_key_id(&SystemEntropy).len(), 20);
        assert_eq!(secret_access_key(&SystemEntropy).len(), 40);
        assert_eq!(arn("000000000000", "role", "/a/b/", "r"), "arn:aws:iam::000000000000:role/a/b/r");
        assert_eq!(name_in_arn("arn:aws:iam::000000000000:role/a/b/r", "role"), Some(("000000000000", "r")));
        assert_eq!(name_in_arn("arn:aws:iam::000000000000:role/r", "user"), None);
        assert_eq!(name_in_arn("arn:aws:iam::aws:policy/service-role/P", "policy"), Some(("aws", "P")));
        for bad in ["", "role/r", "arn:aws:iam::0:role/", "arn:aws:sts::0:role/r", "arn:aws:iam::0:rolex/r"] {
            assert_eq!(name_in_arn(bad, "role"), None, "{bad}");
        }
        assert_eq!(url_encode("{\"a\": \"é*~\"}"), "%7B%22a%22%3A%20%22%C3%A9%2A~%22%7D");
    }
}
