//! What the judge of requests remembers: keys and parsed policies. IAM changes rarely, so any change forgets
//! everything; and since changes are visible at once, a reader that began before a change stores nothing.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use store::{Key, Space, Store};
use wire::Credential;

use crate::policy::{Facts, Policy};

/// Most entries of one kind; beyond it the map is emptied. Keys in use refill it within a request each.
const ENTRIES_MAX: usize = 10_000;

#[derive(Default)]
pub(crate) struct Cache {
    generation: AtomicU64,
    credentials: RwLock<HashMap<String, Credential>>,
    principals: RwLock<HashMap<String, Arc<Principal>>>,
    /// Resource and session policies by their text: always true, so never forgotten for a change.
    documents: RwLock<HashMap<String, Arc<Policy>>>,
}

/// A user's or role's policies, parsed.
#[derive(Default)]
pub(crate) struct Principal {
    pub(crate) identity: Vec<Arc<Policy>>,
    pub(crate) boundary: Option<Arc<Policy>>,
    /// `aws:PrincipalTag/…`
    pub(crate) facts: Facts,
}

/// Proof of when a reader began.
#[derive(Clone, Copy)]
pub(crate) struct Began(u64);

impl Cache {
    /// To be called before reading the store for something that will be remembered.
    pub(crate) fn begin(&self) -> Began {
        Began(self.generation.load(Ordering::SeqCst))
    }

    pub(crate) fn forget(&self) {
        self.generation.fetch_add(1, Ordering::SeqCst);
        clear(&self.credentials);
        clear(&self.principals);
    }

    pub(crate) fn credential(&self, id: &str) -> Option<Credential> {
        get(&self.credentials, id)
    }

    pub(crate) fn remember_credential(&self, began: Began, id: &str, credential: Credential) {
        self.remember(&self.credentials, Some(began), id, credential);
    }

    pub(crate) fn principal(&self, arn: &str) -> Option<Arc<Principal>> {
        get(&self.principals, arn)
    }

    pub(crate) fn remember_principal(&self, began: Began, arn: &str, principal: Arc<Principal>) {
        self.remember(&self.principals, Some(began), arn, principal);
    }

    pub(crate) fn document(&self, text: &str) -> Option<Arc<Policy>> {
        get(&self.documents, text)
    }

    pub(crate) fn remember_document(&self, text: &str, policy: Arc<Policy>) {
        self.remember(&self.documents, None, text, policy);
    }

    fn remember<V>(&self, map: &RwLock<HashMap<String, V>>, began: Option<Began>, key: &str, value: V) {
        let mut map = map.write().unwrap_or_else(PoisonError::into_inner);
        // Checked under the lock: `forget` raises the generation before it takes the lock to clear.
        if began.is_some_and(|Began(generation)| generation != self.generation.load(Ordering::SeqCst)) {
            return;
        }
        if map.len() >= ENTRIES_MAX {
            map.clear();
        }
        map.insert(key.to_owned(), value);
    }

    /// Forgets whenever IAM's part of the store changes, for changes made by other nodes.
    pub(crate) fn follow(self: &Arc<Cache>, store: &Store) {
        for space in [Space::User, Space::Role, Space::AccessKey, Space::ManagedPolicy] {
            let mut watch = store.watch(Key::new(space));
            let cache = Arc::downgrade(self);
            tokio::spawn(async move {
                loop {
                    watch.changed().await;
                    match cache.upgrade() {
                        Some(cache) => cache.forget(),
                        None => return,
                    }
                }
            });
        }
    }
}

fn get<V: Clone>(map: &RwLock<HashMap<String, V>>, key: &str) -> Option<V> {
    map.read().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
}

fn clear<V>(map: &RwLock<HashMap<String, V>>) {
    map.write().unwrap_or_else(PoisonError::into_inner).clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_began_before_a_change_stores_nothing() {
        let cache = Cache::default();
        let early = cache.begin();
        cache.forget();
        cache.remember_principal(early, "a", Arc::default());
        assert!(cache.principal("a").is_none());
        cache.remember_principal(cache.begin(), "a", Arc::default());
        assert!(cache.principal("a").is_some());
        cache.forget();
        assert!(cache.principal("a").is_none());
    }
}
