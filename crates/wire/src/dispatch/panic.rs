//! Keeps a handler's panic from taking its connection down.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

/// The future's output, or `None` if it panicked. What it shared with others may be half changed; our shared
/// state is behind locks that recover from poison or in the store's transactions.
pub(super) async fn caught<F: Future>(future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    std::future::poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
        Ok(poll) => poll.map(Some),
        Err(_) => Poll::Ready(None),
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_becomes_none() {
        assert_eq!(caught(async { 1 }).await, Some(1));
        assert_eq!(
            caught(async {
                if true {
                    panic!("planted")
                }
            })
            .await,
            None
        );
    }
}
