//! The server's end of a managed runtime's connection: sends and receives frames.

use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;

use tokio::io::unix::AsyncFd;

use crate::frame::{Decoder, Frame, FrameError, Kind, encode_head};

/// How much is read at once.
const READ_BYTES: usize = 64 * 1024;

pub struct Control {
    socket: AsyncFd<UnixStream>,
    decoder: Decoder,
    chunk: Box<[u8]>,
}

/// What the connection brought.
#[derive(Debug)]
pub enum Received {
    Frame(Frame),
    /// The other side closed it.
    Closed,
    /// The other side does not speak the protocol.
    Garbage(FrameError),
}

impl Control {
    /// # Errors
    /// When the descriptor cannot be registered with the runtime.
    pub fn new(fd: OwnedFd) -> io::Result<Control> {
        let socket = UnixStream::from(fd);
        socket.set_nonblocking(true)?;
        Ok(Control {
            socket: super::logs::register(socket)?,
            decoder: Decoder::default(),
            chunk: vec![0; READ_BYTES].into_boxed_slice(),
        })
    }

    /// Sends one frame.
    ///
    /// # Errors
    /// When the other side is gone.
    pub async fn send(&self, kind: Kind, header: &impl serde::Serialize, payload: &[u8]) -> io::Result<()> {
        let header = serde_json::to_vec(header).map_err(io::Error::other)?;
        self.write_all(&encode_head(kind, &header, payload.len())).await?;
        self.write_all(payload).await
    }

    async fn write_all(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match self.socket.get_ref().write(bytes) {
                Ok(len) => bytes = &bytes[len..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.socket.writable().await?.clear_ready();
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// The next frame; its payload is skipped when longer than `payload_max`. Nothing is lost when the future is
    /// dropped.
    pub async fn receive(&mut self, payload_max: usize) -> Received {
        loop {
            if let Some(received) = self.receive_now(payload_max) {
                return received;
            }
            match self.socket.readable().await {
                Ok(mut ready) => ready.clear_ready(),
                Err(_) => return Received::Closed,
            }
            // Readiness is cleared before the read that follows, so that what arrives in between is not missed.
        }
    }

    /// What can be received without waiting; the kernel is asked, not the runtime's idea of readiness.
    pub fn receive_now(&mut self, payload_max: usize) -> Option<Received> {
        loop {
            match self.decoder.next(payload_max) {
                Ok(Some(frame)) => return Some(Received::Frame(frame)),
                Ok(None) => {}
                Err(error) => return Some(Received::Garbage(error)),
            }
            match self.socket.get_ref().read(&mut self.chunk) {
                Ok(0) => return Some(Received::Closed),
                Ok(len) => self.decoder.buffer().extend_from_slice(&self.chunk[..len]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return None,
                Err(_) => return Some(Received::Closed),
            }
        }
    }

    /// Whether the other side is silent, as it must be between invocations.
    pub fn is_quiet(&mut self) -> bool {
        self.receive_now(0).is_none() && !self.decoder.is_mid_frame()
    }
}
