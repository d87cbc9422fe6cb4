//! Pages of a listing. A token is opaque to clients; inside is the key after which the next page begins.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use store::{Key, Record, Scan, Snapshot};
use wire::ApiError;

use crate::error;

/// AWS's default and largest page.
const PAGE_MAX: usize = 100;
/// Rows read at once; more than a page, because some may be filtered out.
const CHUNK: usize = 256;

/// The records below `prefix` that are wanted, one page of them, and the token of the next page.
pub(crate) async fn page<R: Record>(
    snapshot: &Snapshot,
    prefix: Key,
    token: Option<&str>,
    items_max: Option<i64>,
    wanted: impl Fn(&R) -> bool,
) -> Result<(Vec<R>, Option<String>), ApiError> {
    let items_max = items_max.and_then(|most| usize::try_from(most).ok()).unwrap_or(PAGE_MAX);
    let mut scan = Scan::prefix(prefix).limit(CHUNK);
    if let Some(token) = token {
        let key = URL_SAFE_NO_PAD.decode(token).map_err(|_| error::invalid("Invalid NextToken."))?;
        scan = scan.after(&key);
    }
    let mut page: Vec<R> = Vec::new();
    let mut last = None;
    loop {
        let rows = snapshot.scan_records::<R>(scan.clone()).await.map_err(error::unavailable)?;
        let is_end = rows.len() < CHUNK;
        for (key, record) in rows {
            scan = scan.after(&key);
            if !wanted(&record) {
                continue;
            }
            // The token is given only when there is something behind it.
            if page.len() == items_max.clamp(1, PAGE_MAX) {
                return Ok((page, last));
            }
            last = Some(URL_SAFE_NO_PAD.encode(&key));
            page.push(record);
        }
        if is_end {
            return Ok((page, None));
        }
    }
}
