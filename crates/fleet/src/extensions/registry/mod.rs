//! What an extension may do when. Pure: requests in, verdicts out.

#[cfg(test)]
mod tests;
mod types;

use bytes::Bytes;

pub use types::{ExtensionFailure, Kind, Refusal, State, Subscribed, Told};

/// Extensions that an environment may have, external and internal together.
pub const EXTENSIONS_MAX: usize = 10;

#[derive(Debug)]
struct Extension {
    name: String,
    /// Empty until it registers.
    id: String,
    kind: Kind,
    events: Vec<Subscribed>,
    state: State,
    launch_error: Option<&'static str>,
    /// Has been offered, not yet taken.
    offered: Option<Bytes>,
    /// Counts its requests for the next event: only the latest is answered.
    polls: u64,
}

#[derive(Debug, Default)]
pub struct Registry {
    extensions: Vec<Extension>,
    /// No further extension may register.
    is_closed: bool,
    /// They are being ended: that one exits is no failure.
    is_ending: bool,
    failure: Option<ExtensionFailure>,
}

/// A request for the next event that has been admitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    index: usize,
    number: u64,
}

/// What it should do.
#[derive(Debug, PartialEq, Eq)]
pub enum Turn {
    Take(Bytes),
    Wait,
    /// A later one has replaced it.
    Superseded,
}

impl Registry {
    /// A program in `/opt/extensions` has been started.
    pub fn started(&mut self, name: &str) {
        self.add(name, Kind::External, State::Started);
    }

    /// It could not be.
    pub fn not_started(&mut self, name: &str, kind: &'static str, reason: String) {
        let position = self.extensions.iter().position(|extension| extension.name == name);
        let extension = match position {
            Some(index) => &mut self.extensions[index],
            None => self.add(name, Kind::External, State::LaunchError),
        };
        extension.state = State::LaunchError;
        extension.launch_error = Some(kind);
        self.fail("Extension.LaunchError", reason);
    }

    fn add(&mut self, name: &str, kind: Kind, state: State) -> &mut Extension {
        self.extensions.push(Extension {
            name: name.to_owned(),
            id: String::new(),
            kind,
            events: Vec::new(),
            state,
            launch_error: None,
            offered: None,
            polls: 0,
        });
        self.extensions.last_mut().expect("one has just been added")
    }

    /// An extension registers and is to be known as `id`.
    pub fn register(&mut self, name: &str, events: &[String], id: String) -> Result<(), Refusal> {
        let position = self.extensions.iter().position(|e| e.kind == Kind::External && e.name == name);
        let kind = if position.is_some() { Kind::External } else { Kind::Internal };
        let mut subscribed = Vec::new();
        for event in events {
            let event = match (event.as_str(), kind) {
                ("INVOKE", _) => Subscribed::Invoke,
                ("SHUTDOWN", Kind::External) => Subscribed::Shutdown,
                ("SHUTDOWN", Kind::Internal) => {
                    let message = "SHUTDOWN: event not supported for internal extensions";
                    return Err(Refusal::new("Extension.InvalidEventType", message));
                }
                (other, _) => {
                    let message = format!("{other}: event name is invalid");
                    return Err(Refusal::new("Extension.InvalidEventType", message));
                }
            };
            if !subscribed.contains(&event) {
                subscribed.push(event);
            }
        }
        let extension = match position {
            Some(index) => {
                let extension = &mut self.extensions[index];
                if extension.state != State::Started {
                    return Err(not_allowed(extension.state, State::Registered, name));
                }
                extension
            }
            None if self.is_closed => {
                let message = "Extension registration closed already";
                return Err(Refusal::new("Extension.RegistrationClosed", message));
            }
            None if self.extensions.iter().any(|extension| extension.name == name) => {
                let message = "Extension with this name already registered";
                return Err(Refusal::new("Extension.InvalidExtensionState", message));
            }
            None if self.extensions.len() >= EXTENSIONS_MAX => {
                let message = format!("Extension limit ({EXTENSIONS_MAX}) reached");
                return Err(Refusal::new("Extension.TooManyExtensions", message));
            }
            None => self.add(name, Kind::Internal, State::Started),
        };
        extension.state = State::Registered;
        extension.events = subscribed;
        extension.id = id;
        Ok(())
    }

    fn find(&self, id: &str) -> Option<usize> {
        self.extensions.iter().position(|extension| extension.id == id)
    }

    /// The name of the extension with an identifier.
    pub fn name(&self, id: &str) -> Option<&str> {
        self.find(id).map(|index| self.extensions[index].name.as_str())
    }

    /// It asks for the next event, which means that it is done with the one before.
    pub fn poll(&mut self, id: &str) -> Result<Poll, Refusal> {
        let index = self.find(id).ok_or_else(|| unknown(format!("Unknown extension {id}")))?;
        let extension = &mut self.extensions[index];
        match extension.state {
            State::Registered | State::Running | State::Ready => {}
            from => return Err(not_allowed(from, State::Ready, id)),
        }
        extension.state = State::Ready;
        extension.polls += 1;
        Ok(Poll { index, number: extension.polls })
    }

    pub fn turn(&mut self, poll: &Poll) -> Turn {
        let extension = &mut self.extensions[poll.index];
        if extension.polls != poll.number {
            return Turn::Superseded;
        }
        let Some(event) = extension.offered.take() else { return Turn::Wait };
        extension.state = State::Running;
        Turn::Take(event)
    }

    /// It says itself that it cannot go on.
    pub fn report_error(&mut self, id: &str, at_init: bool, reason: String) -> Result<(), Refusal> {
        let unknown_text = "Unknown Lambda-Extension-Identifier";
        let index = self.find(id).ok_or_else(|| unknown(unknown_text.into()))?;
        let extension = &mut self.extensions[index];
        let (to, kind) = match at_init {
            true => (State::InitError, "Extension.InitError"),
            false => (State::ExitError, "Extension.ExitError"),
        };
        let is_allowed = match extension.state {
            State::Registered => true,
            State::Ready | State::Running => !at_init,
            _ => false,
        };
        if !is_allowed {
            return Err(not_allowed(extension.state, to, id));
        }
        extension.state = to;
        if !self.is_ending {
            self.fail(kind, reason);
        }
        Ok(())
    }

    /// An external extension's process has ended.
    pub fn exited(&mut self, name: &str, reason: String) {
        let found = self.extensions.iter_mut().find(|e| e.kind == Kind::External && e.name == name);
        let Some(extension) = found else { return };
        extension.state = State::Exited;
        extension.offered = None;
        if !self.is_ending {
            self.fail("Extension.Crash", reason);
        }
    }

    /// The first failure is the one that counts.
    fn fail(&mut self, error_type: &'static str, reason: String) {
        self.failure.get_or_insert(ExtensionFailure { error_type, reason });
    }

    pub fn failure(&self) -> Option<&ExtensionFailure> {
        self.failure.as_ref()
    }

    pub fn is_empty(&self) -> bool {
        self.extensions.is_empty()
    }

    pub fn has_external(&self) -> bool {
        self.extensions.iter().any(|extension| extension.kind == Kind::External)
    }

    /// Every external extension has registered, which the runtime's start waits for.
    pub fn are_registered(&self) -> bool {
        self.extensions.iter().all(|extension| extension.state != State::Started)
    }

    /// Every extension has asked for its first event, which ends the init phase.
    pub fn are_ready(&self) -> bool {
        self.extensions.iter().all(|extension| extension.state == State::Ready)
    }

    pub fn close(&mut self) {
        self.is_closed = true;
    }

    /// An invocation begins: those that want to know of it are told.
    pub fn invoke(&mut self, event: &Bytes) {
        for extension in &mut self.extensions {
            if extension.events.contains(&Subscribed::Invoke) {
                extension.offered = Some(event.clone());
            }
        }
    }

    /// All that were told of the invocation have asked for the next event.
    pub fn are_done(&self) -> bool {
        self.extensions.iter().all(|extension| {
            extension.offered.is_none() && !matches!(extension.state, State::Running | State::Registered)
        })
    }

    /// The environment ends: those that want to know of it are told, and nothing is a failure any more.
    pub fn end(&mut self, event: &Bytes) {
        self.is_closed = true;
        self.is_ending = true;
        for extension in &mut self.extensions {
            let is_told = extension.events.contains(&Subscribed::Shutdown);
            extension.offered = is_told.then(|| event.clone());
        }
    }

    /// All processes that were to be told of the end have ended.
    pub fn have_ended(&self) -> bool {
        self.extensions.iter().all(|extension| {
            extension.kind == Kind::Internal
                || !extension.events.contains(&Subscribed::Shutdown)
                || matches!(extension.state, State::Exited | State::LaunchError)
        })
    }

    pub fn told(&self) -> Vec<Told> {
        let told = self.extensions.iter().map(|extension| Told {
            name: extension.name.clone(),
            state: extension.state.name(),
            events: extension.events.clone(),
            error_type: extension.launch_error,
        });
        told.collect()
    }
}

fn not_allowed(from: State, to: State, who: &str) -> Refusal {
    let message = format!(
        "State transition from {} to {} failed for extension {who}. Error: State transition is not allowed",
        from.name(),
        to.name()
    );
    Refusal::new("Extension.InvalidExtensionState", message)
}

fn unknown(message: String) -> Refusal {
    Refusal::new("Extension.UnknownExtensionIdentifier", message)
}
