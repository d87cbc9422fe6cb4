//! What all batch operations check, and how an entry that failed is told of.

use std::collections::HashSet;

use api::sqs::BatchResultErrorEntry;
use shape::Fault;
use wire::ApiError;

use crate::error;

const ENTRIES_MAX: usize = 10;

pub(crate) fn check<'a>(
    entry: &str,
    ids: impl ExactSizeIterator<Item = &'a str> + Clone,
) -> Result<(), ApiError> {
    if ids.len() == 0 {
        return Err(error::empty_batch(entry));
    }
    if ids.len() > ENTRIES_MAX {
        return Err(error::batch_too_many(ids.len()));
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let mut known = HashSet::new();
    for id in ids {
        if id.is_empty() || id.len() > 80 || !id.bytes().all(plain) {
            return Err(error::batch_bad_id());
        }
        if !known.insert(id) {
            return Err(error::batch_ids_repeated(id));
        }
    }
    Ok(())
}

/// Entries carry the query protocol's codes, whatever the request's protocol.
pub(crate) fn failed(id: String, problem: ApiError) -> BatchResultErrorEntry {
    let known = api::sqs::SERVICE.operations.iter().flat_map(|operation| operation.errors);
    let code = known.into_iter().find(|known| known.name == problem.code).map(|known| known.code.to_owned());
    BatchResultErrorEntry {
        id,
        sender_fault: problem.fault == Fault::Client,
        code: code.unwrap_or(problem.code),
        message: Some(problem.message),
    }
}
