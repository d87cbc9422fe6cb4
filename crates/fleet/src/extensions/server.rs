//! The APIs' server in an environment whose runtime does not use the Runtime API.

use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::sync::Arc;

use tokio::task::AbortHandle;

use super::Extensions;
use crate::runtime_api;

/// Serves until dropped, and with it every connection.
pub struct Server {
    task: AbortHandle,
}

impl Server {
    /// # Errors
    /// When the descriptor is not a listening TCP socket.
    pub fn new(listener: OwnedFd, extensions: Arc<Extensions>) -> std::io::Result<Server> {
        let listener = TcpListener::from(listener);
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let task = tokio::spawn(runtime_api::serve(listener, move |request| {
            let extensions = Arc::clone(&extensions);
            async move { super::answer(request, &extensions).await }
        }));
        Ok(Server { task: task.abort_handle() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}
