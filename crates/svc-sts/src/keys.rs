//! Where the token service's records live in the keyspace.

use store::{Key, Space};

/// All sealing keys, oldest first: ids count up.
pub(crate) fn sealing_keys() -> Key {
    Key::new(Space::SessionKey)
}

pub(crate) fn sealing_key(id: u64) -> Key {
    sealing_keys().number(id)
}
