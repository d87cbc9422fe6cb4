//! Where IAM's records live in the keyspace. Names are unique without regard to case, as on AWS, so keys hold
//! them in lower case.

use base::AccountId;
use store::{Key, Space};

pub(crate) fn users(account: AccountId) -> Key {
    Key::new(Space::User).text(account.as_str())
}

pub(crate) fn user(account: AccountId, name: &str) -> Key {
    users(account).text(&name.to_ascii_lowercase())
}

pub(crate) fn roles(account: AccountId) -> Key {
    Key::new(Space::Role).text(account.as_str())
}

pub(crate) fn role(account: AccountId, name: &str) -> Key {
    roles(account).text(&name.to_ascii_lowercase())
}

pub(crate) fn policies(account: AccountId) -> Key {
    Key::new(Space::ManagedPolicy).text(account.as_str())
}

pub(crate) fn policy(account: AccountId, name: &str) -> Key {
    policies(account).text(&name.to_ascii_lowercase())
}

/// Key ids are unique over all accounts: a request names nothing else.
pub(crate) fn access_key(id: &str) -> Key {
    Key::new(Space::AccessKey).text(id)
}
