//! The sealing keys: one seals, the older ones still open until every session made with them has ended.

use std::time::Duration;

use base::{Entropy, Timestamp};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use store::{Scan, Store, StoreError};

use crate::keys;
use crate::model::SealingKey;
use crate::token;

/// A new key once a week: how much one leaked key could open.
pub(crate) const KEY_AGE_MAX: Duration = Duration::from_secs(7 * 24 * 3600);
/// The longest session that can be asked for (GetSessionToken's 36 hours).
pub(crate) const SESSION_MAX: Duration = Duration::from_secs(36 * 3600);

/// The keys as read from the store, opened, oldest first.
#[derive(Clone, Default)]
pub(crate) struct Ring(Vec<OpenKey>);

#[derive(Clone)]
pub(crate) struct OpenKey {
    pub(crate) id: u64,
    pub(crate) bytes: [u8; 32],
    created_at: Timestamp,
}

impl Ring {
    pub(crate) fn by_id(&self, id: u64) -> Option<&OpenKey> {
        self.0.iter().find(|key| key.id == id)
    }

    /// The key to seal with, unless it is due for replacement.
    pub(crate) fn current(&self, now: Timestamp) -> Option<&OpenKey> {
        self.0.last().filter(|key| now.duration_since(key.created_at) < KEY_AGE_MAX)
    }

    /// Reads the keys; makes a new one when the last is due, and removes those that nothing can need any more.
    pub(crate) async fn load(
        store: &Store,
        master: &[u8; 32],
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Ring, StoreError> {
        let mut fresh = [0; 32];
        entropy.fill(&mut fresh);
        let fresh = &fresh;
        let records = store
            .transact(|tx| async move {
                let found = tx.scan_records::<SealingKey>(everything()).await?;
                let mut kept = Vec::new();
                for (_, key) in found {
                    // Superseded at the latest at KEY_AGE_MAX; the last session it sealed ended SESSION_MAX later.
                    if now.duration_since(key.created_at) > KEY_AGE_MAX + SESSION_MAX {
                        tx.delete(keys::sealing_key(key.id));
                    } else {
                        kept.push(key);
                    }
                }
                let due = kept.last().is_none_or(|key| now.duration_since(key.created_at) >= KEY_AGE_MAX);
                if due {
                    // Also unlike any id used before: ids of removed keys are lower than the time allows.
                    let id = kept.last().map_or(0, |key| key.id).max(millis(now)) + 1;
                    let sealed = STANDARD.encode(token::seal(master, &label(id), fresh, entropy));
                    let key = SealingKey { id, sealed, created_at: now };
                    tx.put_record(keys::sealing_key(id), &key);
                    kept.push(key);
                }
                Ok::<_, StoreError>(kept)
            })
            .await?;
        let opened = records.into_iter().filter_map(|key| {
            let opened = open(master, &key);
            if opened.is_none() {
                tracing::error!(
                    key = key.id,
                    "a session key does not open: the master key file was replaced?"
                );
            }
            Some(OpenKey { id: key.id, bytes: opened?, created_at: key.created_at })
        });
        Ok(Ring(opened.collect()))
    }
}

fn open(master: &[u8; 32], key: &SealingKey) -> Option<[u8; 32]> {
    let sealed = STANDARD.decode(&key.sealed).ok()?;
    token::open(master, &label(key.id), &sealed)?.try_into().ok()
}

fn label(id: u64) -> [u8; 8] {
    id.to_be_bytes()
}

fn millis(now: Timestamp) -> u64 {
    u64::try_from(now.as_millis()).unwrap_or(0)
}

fn everything() -> Scan {
    Scan { range: keys::sealing_keys().prefix_range(), reverse: false, limit: usize::MAX }
}
