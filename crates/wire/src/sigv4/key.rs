//! Signing keys: derived from a secret by four HMACs, so they are kept for the day they are valid.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::TERMINATOR;

/// Keys kept; when full, all are dropped, which costs each active client one derivation.
const KEYS_MAX: usize = 4096;

pub(crate) type Digest256 = [u8; 32];

/// A key for one secret, date, region and service.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct DerivedKey(Digest256);

impl DerivedKey {
    pub(crate) fn derive(secret: &str, date: &str, region: &str, service: &str) -> DerivedKey {
        let start = [b"AWS4", secret.as_bytes()].concat();
        let parts = [date, region, service, TERMINATOR];
        DerivedKey(
            parts
                .iter()
                .fold(None, |key: Option<Digest256>, part| {
                    Some(hmac(
                        key.as_ref().map_or(start.as_slice(), |key| key.as_slice()),
                        &[part.as_bytes()],
                    ))
                })
                .expect("there are four parts"),
        )
    }

    /// The signature in lower-case hexadecimal.
    pub(crate) fn sign(&self, string_to_sign: &[&[u8]]) -> String {
        hex(&hmac(&self.0, string_to_sign))
    }
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> Digest256 {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes).into())
}

pub(crate) fn hex(digest: &Digest256) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let nibbles = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles.map(|nibble| char::from(DIGITS[usize::from(nibble)])).collect()
}

/// Equality that takes the same time wherever the texts differ.
pub(crate) fn same(left: &str, right: &str) -> bool {
    left.as_bytes().ct_eq(right.as_bytes()).into()
}

/// Keys of requests that verified, by their credential text (`AKID/date/region/service/aws4_request`).
#[derive(Default)]
pub(crate) struct KeyCache(Mutex<HashMap<String, Entry>>);

struct Entry {
    /// Of the secret: a key id may get a new secret.
    secret: Digest256,
    key: DerivedKey,
}

impl KeyCache {
    pub(crate) fn get(&self, credential: &str, secret: &str) -> Option<DerivedKey> {
        let keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = keys.get(credential)?;
        let secret: Digest256 = Sha256::digest(secret).into();
        bool::from(entry.secret.ct_eq(&secret)).then(|| entry.key.clone())
    }

    /// Only keys that verified a request are kept, so that nobody without a secret can fill the cache.
    pub(crate) fn put(&self, credential: &str, secret: &str, key: DerivedKey) {
        let entry = Entry { secret: Sha256::digest(secret).into(), key };
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.len() >= KEYS_MAX {
            keys.clear();
        }
        keys.insert(credential.to_owned(), entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example in AWS's documentation of the signing process.
    #[test]
    fn derives_the_documented_key() {
        let key =
            DerivedKey::derive("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20120215", "us-east-1", "iam");
        assert_eq!(hex(&key.0), "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d");
    }

    #[test]
    fn the_cache_forgets_a_key_whose_secret_changed() {
        let cache = KeyCache::default();
        let key = DerivedKey::derive("old", "20120215", "us-east-1", "iam");
        cache.put("AKID/20120215/us-east-1/iam/aws4_request", "old", key.clone());
        assert!(cache.get("AKID/20120215/us-east-1/iam/aws4_request", "old") == Some(key));
        assert!(cache.get("AKID/20120215/us-east-1/iam/aws4_request", "new").is_none());
        assert!(cache.get("AKID/20120216/us-east-1/iam/aws4_request", "old").is_none());
    }
}
