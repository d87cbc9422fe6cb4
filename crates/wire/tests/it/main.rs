//! Tests of `wire` through its public interface.

mod protocol;
mod server;
