//! Secrets at rest. Secret keys must be readable (signatures are verified with them), so they cannot be hashed;
//! sealed under a key that lives outside the store, a copied database or a table dump gives none of them away.

use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, Key, KeyInit, Nonce};
use base::Entropy;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

const NONCE_BYTES: usize = 12;

/// 256 bits that every node of an installation shares.
#[derive(Clone)]
pub struct MasterKey([u8; 32]);

impl MasterKey {
    pub fn new(bytes: [u8; 32]) -> MasterKey {
        MasterKey(bytes)
    }

    /// For services that seal things of their own.
    pub fn bytes(&self) -> [u8; 32] {
        self.0
    }

    /// Reads the key file, or makes one that only its owner may read. Losing the file loses every secret key
    /// that IAM has given out, so a backup has to hold it.
    pub fn load_or_create(path: &Path, entropy: &dyn Entropy) -> io::Result<MasterKey> {
        match std::fs::read(path) {
            Ok(bytes) => <[u8; 32]>::try_from(bytes.as_slice()).map(MasterKey).map_err(|_| {
                io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!("{} holds {} bytes instead of a 32-byte key", path.display(), bytes.len()),
                )
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let mut key = [0; 32];
                entropy.fill(&mut key);
                // Renamed into place, so that a crash never leaves half a key.
                let unfinished = path.with_extension("new");
                let mut file = std::fs::OpenOptions::new()
                    .write(true)
                    .create(true)
                    .truncate(true)
                    .mode(0o600)
                    .open(&unfinished)?;
                file.write_all(&key)?;
                file.sync_all()?;
                std::fs::rename(&unfinished, path)?;
                if let Some(dir) = path.parent().filter(|dir| !dir.as_os_str().is_empty()) {
                    std::fs::File::open(dir)?.sync_all()?;
                }
                Ok(MasterKey(key))
            }
            Err(error) => Err(error),
        }
    }

    fn cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new(&Key::<Aes256Gcm>::from(self.0))
    }

    /// Seals `secret` so that it opens only under the same `label`: a record cannot be swapped for another's.
    pub(crate) fn seal(&self, label: &str, secret: &str, entropy: &dyn Entropy) -> String {
        let mut nonce = [0; NONCE_BYTES];
        entropy.fill(&mut nonce);
        let payload = Payload { msg: secret.as_bytes(), aad: label.as_bytes() };
        let sealed = self
            .cipher()
            .encrypt(&Nonce::from(nonce), payload)
            .expect("AES-GCM fails only for messages of gigabytes");
        STANDARD.encode([&nonce[..], &sealed].concat())
    }

    /// `None` when the text was sealed under another key or label, or was altered.
    pub(crate) fn open(&self, label: &str, sealed: &str) -> Option<String> {
        let bytes = STANDARD.decode(sealed).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload { msg: sealed, aad: label.as_bytes() };
        String::from_utf8(self.cipher().decrypt(&Nonce::from(*nonce), payload).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::SystemEntropy;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn opens_only_what_it_sealed() {
        let key = MasterKey::new([7; 32]);
        let sealed = key.seal("AKIA1", "secret", &SystemEntropy);
        assert!(!sealed.contains("secret"));
        assert_eq!(key.open("AKIA1", &sealed).as_deref(), Some("secret"));
        assert_eq!(key.open("AKIA2", &sealed), None);
        assert_eq!(MasterKey::new([8; 32]).open("AKIA1", &sealed), None);
        let bytes = STANDARD.decode(&sealed).unwrap();
        for at in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[at] ^= 1;
            assert_eq!(key.open("AKIA1", &STANDARD.encode(altered)), None, "byte {at}");
        }
        for text in ["", "AAAA", "not base64!"] {
            assert_eq!(key.open("AKIA1", text), None);
        }
    }

    #[test]
    fn the_file_is_private_and_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("master.key");
        let first = MasterKey::load_or_create(&path, &SystemEntropy).unwrap();
        let second = MasterKey::load_or_create(&path, &SystemEntropy).unwrap();
        assert_eq!(first.bytes(), second.bytes());
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::write(&path, b"short").unwrap();
        let error = MasterKey::load_or_create(&path, &SystemEntropy).err().unwrap();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }
}
