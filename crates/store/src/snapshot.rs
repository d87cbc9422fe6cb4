//! Reads of one frozen state, outside a transaction.

use std::sync::Arc;

use bytes::Bytes;

use crate::engine::EngineSnapshot;
use crate::{CommitSeq, Record, Scan, StoreError, key, record};

/// The store as it was after one commit. Cheap to clone. Keep it briefly: old values stay on disk as long
/// as a snapshot can see them.
#[derive(Clone)]
pub struct Snapshot(pub(crate) Arc<dyn EngineSnapshot>);

impl Snapshot {
    pub async fn get(&self, key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        key::check(key)?;
        self.0.get(key).await
    }

    pub async fn get_record<R: Record>(&self, key: &[u8]) -> Result<Option<R>, StoreError> {
        match self.get(key).await? {
            Some(bytes) => record::decode(key, &bytes).map(Some),
            None => Ok(None),
        }
    }

    pub async fn scan(&self, scan: Scan) -> Result<Vec<(Bytes, Bytes)>, StoreError> {
        if scan.is_empty() {
            return Ok(Vec::new());
        }
        self.0.scan(&scan).await
    }

    pub async fn scan_records<R: Record>(&self, scan: Scan) -> Result<Vec<(Bytes, R)>, StoreError> {
        decode_rows(self.scan(scan).await?)
    }

    /// The last commit that this snapshot sees.
    pub fn version(&self) -> CommitSeq {
        self.0.version()
    }
}

pub(crate) fn decode_rows<R: Record>(rows: Vec<(Bytes, Bytes)>) -> Result<Vec<(Bytes, R)>, StoreError> {
    rows.into_iter()
        .map(|(key, value)| {
            let record = record::decode(&key, &value)?;
            Ok((key, record))
        })
        .collect()
}
