//! One file per command. A command talks to the platform through its public API only, except `serve` and `demo`,
//! which are the platform.

pub mod cost;
pub mod demo;
pub mod deploy;
pub mod doctor;
pub mod env;
pub mod image;
pub mod invoke;
pub mod logs;
pub mod runtimes;
pub mod serve;

/// What a command ends with: printed to standard error, exit status 1 (or the one it names).
#[derive(Debug)]
pub struct Failure {
    pub message: String,
    pub status: u8,
}

impl<E: std::fmt::Display> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure { message: error.to_string(), status: 1 }
    }
}

pub type Outcome = Result<(), Failure>;
