//! The form of a session token: a version, the number of the key that sealed it, a nonce, and the sealed
//! claims, in base64. The access key id is bound in as associated data, so a token fits only its own key.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, Key, KeyInit, Nonce};
use base::Entropy;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::model::Claims;

const VERSION: u8 = 1;
const NONCE_BYTES: usize = 12;
const HEADER_BYTES: usize = 1 + 8;

/// Seals `plain` under a key with `label` bound in.
pub(crate) fn seal(key: &[u8; 32], label: &[u8], plain: &[u8], entropy: &dyn Entropy) -> Vec<u8> {
    let mut nonce = [0; NONCE_BYTES];
    entropy.fill(&mut nonce);
    let sealed = Aes256Gcm::new(&Key::<Aes256Gcm>::from(*key))
        .encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: label })
        .expect("AES-GCM fails only for messages of gigabytes");
    [&nonce[..], &sealed].concat()
}

/// `None` when anything differs from what was sealed.
pub(crate) fn open(key: &[u8; 32], label: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>()?;
    Aes256Gcm::new(&Key::<Aes256Gcm>::from(*key))
        .decrypt(&Nonce::from(*nonce), Payload { msg: sealed, aad: label })
        .ok()
}

fn label(header: &[u8], access_key_id: &str) -> Vec<u8> {
    [header, access_key_id.as_bytes()].concat()
}

/// Makes the token of a session.
pub(crate) fn encode(
    key_id: u64,
    key: &[u8; 32],
    access_key_id: &str,
    claims: &Claims,
    entropy: &dyn Entropy,
) -> String {
    let mut token = vec![VERSION];
    token.extend_from_slice(&key_id.to_be_bytes());
    let plain = serde_json::to_vec(claims).expect("claims are plain strings and numbers");
    let sealed = seal(key, &label(&token, access_key_id), &plain, entropy);
    token.extend_from_slice(&sealed);
    STANDARD.encode(token)
}

/// A token in its outer form: which key it needs, not yet believed.
pub(crate) struct Sealed {
    pub(crate) key_id: u64,
    bytes: Vec<u8>,
}

impl Sealed {
    pub(crate) fn parse(token: &str) -> Option<Sealed> {
        let bytes = STANDARD.decode(token).ok()?;
        let (header, _) = bytes.split_first_chunk::<HEADER_BYTES>()?;
        let (version, key_id) = header.split_first()?;
        if *version != VERSION {
            return None;
        }
        let key_id = u64::from_be_bytes(key_id.try_into().ok()?);
        Some(Sealed { key_id, bytes })
    }

    pub(crate) fn open(&self, key: &[u8; 32], access_key_id: &str) -> Option<Claims> {
        let (header, sealed) = self.bytes.split_at(HEADER_BYTES);
        serde_json::from_slice(&open(key, &label(header, access_key_id), sealed)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Principal;
    use base::{AccountId, SystemEntropy, Timestamp};

    fn claims() -> Claims {
        Claims {
            secret_access_key: "secret".into(),
            principal: Principal::Root { account: AccountId::DEFAULT },
            expires_at: Timestamp::from_millis(1000),
            session_policy: Some("{}".into()),
        }
    }

    #[test]
    fn round_trip() {
        let token = encode(7, &[1; 32], "ASIA1", &claims(), &SystemEntropy);
        let sealed = Sealed::parse(&token).unwrap();
        assert_eq!(sealed.key_id, 7);
        assert_eq!(sealed.open(&[1; 32], "ASIA1"), Some(claims()));
        assert!(!String::from_utf8_lossy(&STANDARD.decode(&token).unwrap()).contains("secret"));
    }

    #[test]
    fn nothing_else_opens() {
        let token = encode(7, &[1; 32], "ASIA1", &claims(), &SystemEntropy);
        let sealed = Sealed::parse(&token).unwrap();
        assert_eq!(sealed.open(&[1; 32], "ASIA2"), None, "another access key");
        assert_eq!(sealed.open(&[2; 32], "ASIA1"), None, "another sealing key");
        let bytes = STANDARD.decode(&token).unwrap();
        for at in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[at] ^= 0x80;
            let opened = Sealed::parse(&STANDARD.encode(altered)).and_then(|it| it.open(&[1; 32], "ASIA1"));
            assert_eq!(opened, None, "byte {at} altered");
        }
        for end in 0..bytes.len() {
            let opened =
                Sealed::parse(&STANDARD.encode(&bytes[..end])).and_then(|it| it.open(&[1; 32], "ASIA1"));
            assert_eq!(opened, None, "cut at {end}");
        }
        for garbage in ["", "garbage", "====", "AQ=="] {
            assert!(Sealed::parse(garbage).is_none(), "{garbage}");
        }
    }

    #[test]
    fn tokens_never_repeat() {
        let make = || encode(7, &[1; 32], "ASIA1", &claims(), &SystemEntropy);
        assert_ne!(make(), make());
    }
}
