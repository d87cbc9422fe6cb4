//! What every operation knows about the request it serves.

use std::net::IpAddr;

use base::{AccountId, Region, RequestId, Timestamp};

use crate::Caller;

/// One request's identity and origin.
#[derive(Clone, Debug)]
pub struct Context {
    pub request_id: RequestId,
    pub account: AccountId,
    pub region: Region,
    pub caller: Caller,
    pub source_ip: Option<IpAddr>,
    pub user_agent: String,
    /// The `Host` header as sent, port included: answers that carry URLs are built on it.
    pub host: String,
    /// The connection is TLS.
    pub secure: bool,
    pub received_at: Timestamp,
    /// All headers, for the few operations that look at one outside their model (`X-Amzn-Trace-Id`).
    pub headers: http::HeaderMap,
}
