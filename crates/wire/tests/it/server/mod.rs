//! The server, spoken to byte by byte over in-memory connections.

mod auth;
mod bodies;
mod connections;
mod endpoints;
mod fixture;
mod operations;
mod streams;
