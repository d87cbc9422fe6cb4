//! The registry's vocabulary: states, kinds, refusals, and what the log is told.

/// An extension's state; the names are those that the API's error messages and the log use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its process runs; it has not registered.
    Started,
    Registered,
    /// Waits for an event.
    Ready,
    /// Has been given an event.
    Running,
    InitError,
    ExitError,
    /// Its program could not be started.
    LaunchError,
    Exited,
}

impl State {
    pub fn name(self) -> &'static str {
        match self {
            State::Started => "Started",
            State::Registered => "Registered",
            State::Ready => "Ready",
            State::Running => "Running",
            State::InitError => "InitError",
            State::ExitError => "ExitError",
            State::LaunchError => "LaunchError",
            State::Exited => "Exited",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A process of its own, started from `/opt/extensions`.
    External,
    /// Part of the runtime's process.
    Internal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Subscribed {
    Invoke,
    Shutdown,
}

/// Why a request is refused, always with 403.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub kind: &'static str,
    pub message: String,
}

impl Refusal {
    pub fn new(kind: &'static str, message: impl Into<String>) -> Refusal {
        Refusal { kind, message: message.into() }
    }
}

/// Why an extension makes the phase fail in which it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtensionFailure {
    /// For example `Extension.Crash`.
    pub error_type: &'static str,
    /// For example `exit status 1`.
    pub reason: String,
}

/// An extension as the log tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub name: String,
    pub state: &'static str,
    pub events: Vec<Subscribed>,
    /// Why it could not be started.
    pub error_type: Option<&'static str>,
}
