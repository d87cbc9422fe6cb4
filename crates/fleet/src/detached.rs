//! Work that goes on when nobody waits for it any more, without paying for a task of its own as long as somebody does.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Runs in the task that awaits it. When it is dropped before its end, a task is started that brings it there. Spawning
/// it at once would do the same, and wake another thread for each invocation.
pub struct Detached<T: Send + 'static> {
    work: Option<Pin<Box<dyn Future<Output = T> + Send>>>,
}

impl<T: Send + 'static> Detached<T> {
    pub fn new(work: impl Future<Output = T> + Send + 'static) -> Detached<T> {
        Detached { work: Some(Box::pin(work)) }
    }
}

impl<T: Send + 'static> Future for Detached<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let work = self.work.as_mut().expect("a future is not polled after its end");
        let result = work.as_mut().poll(cx);
        if result.is_ready() {
            self.work = None;
        }
        result
    }
}

impl<T: Send + 'static> Drop for Detached<T> {
    fn drop(&mut self) {
        // Outside a runtime the server is ending, and all work with it. Work that panicked is over.
        if let Some(work) = self.work.take()
            && !std::thread::panicking()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn(work);
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn it_goes_on_when_dropped() {
        let (go, gone) = oneshot::channel::<()>();
        let (done, is_done) = oneshot::channel();
        let mut work = Detached::new(async move {
            gone.await.unwrap();
            done.send(5).unwrap();
        });
        // It has begun, and waits.
        assert!(futures_poll(&mut work).is_pending());
        drop(work);
        go.send(()).unwrap();
        assert_eq!(is_done.await, Ok(5));
    }

    #[tokio::test]
    async fn it_is_not_run_twice() {
        let (count, mut counted) = tokio::sync::mpsc::unbounded_channel();
        Detached::new(async move { count.send(()).unwrap() }).await;
        assert_eq!(counted.recv().await, Some(()));
        assert_eq!(counted.recv().await, None);
    }

    fn futures_poll<T: Send + 'static>(work: &mut Detached<T>) -> Poll<T> {
        Pin::new(work).poll(&mut Context::from_waker(std::task::Waker::noop()))
    }
}
