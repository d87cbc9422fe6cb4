//! Sends batches to what an extension listens with, inside its sandbox.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::{BufMut, Bytes, BytesMut};
use http::Request;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::SendRequest;
use hyper_util::rt::TokioIo;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpSocket, TcpStream};

use super::subscription::Destination;
use crate::launcher::Cell;

/// How often a batch is tried that cannot be delivered, and how long after the first failure the second try is; each
/// further one takes twice as long.
const ATTEMPTS: u32 = 5;
const PAUSE: Duration = Duration::from_millis(50);

/// A destination with the connection to it.
pub struct Delivery {
    cell: Arc<dyn Cell>,
    destination: Destination,
    http: Option<SendRequest<Full<Bytes>>>,
    tcp: Option<TcpStream>,
}

impl Delivery {
    pub fn new(cell: Arc<dyn Cell>, destination: Destination) -> Delivery {
        Delivery { cell, destination, http: None, tcp: None }
    }

    /// Delivers a batch. There is no time limit on the answer: while the environment is frozen, nobody answers.
    ///
    /// # Errors
    /// What went wrong at the last try.
    pub async fn send(&mut self, batch: &[Bytes]) -> Result<(), String> {
        let mut pause = PAUSE;
        let mut attempt = 1;
        loop {
            let result = match self.destination.clone() {
                Destination::Http(port, path) => self.post(port, &path, batch).await,
                Destination::Tcp(port) => self.write(port, batch).await.map_err(|error| error.to_string()),
            };
            let Err(error) = result else { return Ok(()) };
            self.http = None;
            self.tcp = None;
            if attempt == ATTEMPTS {
                return Err(error);
            }
            attempt += 1;
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
    }

    async fn connect(&self, port: u16) -> io::Result<TcpStream> {
        let socket = self.cell.socket().await.map_err(|error| io::Error::other(error.to_string()))?;
        let socket = TcpSocket::from_std_stream(std::net::TcpStream::from(socket));
        socket.connect(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await
    }

    async fn post(&mut self, port: u16, path: &str, batch: &[Bytes]) -> Result<(), String> {
        let mut sender = match self.http.take() {
            Some(sender) if !sender.is_closed() => sender,
            _ => {
                let stream = self.connect(port).await.map_err(|error| error.to_string())?;
                let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
                let (sender, connection) = handshake.map_err(|error| error.to_string())?;
                // Ends with the sender.
                tokio::spawn(connection);
                sender
            }
        };
        let request = Request::post(path)
            .header("host", format!("sandbox.localdomain:{port}"))
            .header("content-type", "application/json")
            .body(Full::new(array(batch)))
            .map_err(|error| error.to_string())?;
        let reply = sender.send_request(request).await.map_err(|error| error.to_string())?;
        let status = reply.status();
        // Read to its end, so that the connection can be used again.
        let whole = reply.into_body().collect().await;
        if !status.is_success() {
            return Err(format!("the subscriber answered {status}"));
        }
        if whole.is_ok() {
            self.http = Some(sender);
        }
        Ok(())
    }

    async fn write(&mut self, port: u16, batch: &[Bytes]) -> io::Result<()> {
        let mut stream = match self.tcp.take() {
            Some(stream) => stream,
            None => self.connect(port).await?,
        };
        stream.write_all(&lines(batch)).await?;
        self.tcp = Some(stream);
        Ok(())
    }
}

fn array(batch: &[Bytes]) -> Bytes {
    let mut bytes = BytesMut::from(&b"["[..]);
    for (i, record) in batch.iter().enumerate() {
        if i > 0 {
            bytes.put_u8(b',');
        }
        bytes.extend_from_slice(record);
    }
    bytes.put_u8(b']');
    bytes.freeze()
}

fn lines(batch: &[Bytes]) -> Bytes {
    let mut bytes = BytesMut::new();
    for record in batch {
        bytes.extend_from_slice(record);
        bytes.put_u8(b'\n');
    }
    bytes.freeze()
}
