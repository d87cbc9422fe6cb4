//! Stored values: one version byte, then JSON. JSON keeps old records readable when a field is added, and a
//! human can read what a disk holds.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A type that is stored. Bump `VERSION` when old bytes can no longer be read as the new type, and convert
/// in `upgrade`.
pub trait Record: Serialize + DeserializeOwned {
    const VERSION: u8;

    /// Reads the JSON of an older version; `None` when that version was never written.
    fn upgrade(_version: u8, _json: &[u8]) -> Option<Self> {
        None
    }
}
