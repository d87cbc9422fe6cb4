//! The store as the services use it.

use std::path::Path;

use bytes::Bytes;
use store::{OpenError, Options, Store, StoreError};

use crate::load::{Engine, Failure};

pub const NAME: &str = "store";

#[derive(Clone)]
pub struct Freehold(Store);

impl Freehold {
    pub fn open(dir: &Path) -> Result<Freehold, OpenError> {
        Store::open(&dir.join("store"), Options::default()).map(Freehold)
    }
}

impl Engine for Freehold {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn transact(&self, read: Option<Bytes>, writes: Vec<(Bytes, Bytes)>) -> Result<(), Failure> {
        let (read, writes) = (&read, &writes);
        self.0
            .transact(|tx| async move {
                if let Some(read) = read {
                    tx.get(read).await?;
                }
                for (key, value) in writes {
                    tx.put(key.clone(), value.clone());
                }
                Ok::<_, StoreError>(())
            })
            .await?;
        Ok(())
    }
}
