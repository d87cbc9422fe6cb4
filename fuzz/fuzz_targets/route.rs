//! Routes of REST requests: the first line is the path, the rest the query string.
#![no_main]

use std::sync::LazyLock;

use wire::protocol::Router;

static ROUTER: LazyLock<Router> = LazyLock::new(|| Router::new(&api::lambda::SERVICE));

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (path, query) = text.split_once('\n').unwrap_or((text, ""));
    let _ = ROUTER.route("GET", path, query);
});
