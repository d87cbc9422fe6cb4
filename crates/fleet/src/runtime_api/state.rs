//! What a custom runtime may do when. Pure: requests in, verdicts out.

use bytes::Bytes;

/// An invocation that waits for, or has been given to, the runtime.
#[derive(Clone, Debug)]
pub struct Pending {
    pub request_id: String,
    pub payload: Bytes,
    pub deadline_ms: i64,
    pub invoked_arn: String,
    pub trace_id: String,
    pub client_context: Option<String>,
    pub identity: Option<String>,
    pub tenant: Option<String>,
    pub response_bytes_max: usize,
}

/// The runtime's state in the API's terms; the names are those that the API's error messages use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Has not asked for its first invocation.
    Started,
    /// Has reported that it can't initialise.
    InitError,
    /// Waits for an invocation.
    Ready,
    /// Has been given one.
    Running,
    /// Is sending its answer.
    InvocationResponse,
    /// Has reported that the invocation failed, or is doing so.
    InvocationErrorResponse,
    /// Has answered.
    ResponseSent,
}

impl State {
    pub fn name(self) -> &'static str {
        match self {
            State::Started => "Started",
            State::InitError => "InitError",
            State::Ready => "Ready",
            State::Running => "Running",
            State::InvocationResponse => "InvocationResponse",
            State::InvocationErrorResponse => "InvocationErrorResponse",
            State::ResponseSent => "ResponseSent",
        }
    }
}

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// 400: the request id is not that of the invocation under way.
    InvalidRequestId,
    /// 403: not now.
    InvalidStateTransition { from: State, to: State },
}

#[derive(Debug)]
pub struct Machine {
    state: State,
    /// Offered, not yet taken.
    offered: Option<Pending>,
    /// Under way: its id, and how large its answer may be.
    current: Option<(String, usize)>,
    /// Counts `/next` requests, so that only the latest one is given the invocation: the earlier ones' clients
    /// have given up.
    polls: u64,
}

impl Default for Machine {
    fn default() -> Machine {
        Machine { state: State::Started, offered: None, current: None, polls: 0 }
    }
}

/// A `/next` that has been admitted.
#[derive(Debug, PartialEq, Eq)]
pub struct Poll {
    number: u64,
    /// It ends the init phase.
    pub is_first: bool,
}

/// What a waiting `/next` should do.
#[derive(Debug)]
pub enum Turn {
    Take(Pending),
    Wait,
    /// A later `/next` has replaced it.
    Superseded,
}

impl Machine {
    pub fn offer(&mut self, pending: Pending) {
        self.offered = Some(pending);
    }

    /// A `/next` arrives.
    pub fn poll(&mut self) -> Result<Poll, Refusal> {
        let is_first = match self.state {
            State::Started => true,
            // Asking again is how a client goes on after it lost a connection.
            State::Ready | State::ResponseSent => false,
            from => return Err(Refusal::InvalidStateTransition { from, to: State::Ready }),
        };
        self.state = State::Ready;
        self.polls += 1;
        Ok(Poll { number: self.polls, is_first })
    }

    pub fn is_ready(&self) -> bool {
        self.state == State::Ready
    }

    /// Whether an admitted `/next` gets an invocation now.
    pub fn turn(&mut self, poll: &Poll) -> Turn {
        if poll.number != self.polls {
            return Turn::Superseded;
        }
        let Some(pending) = self.offered.take() else { return Turn::Wait };
        self.state = State::Running;
        self.current = Some((pending.request_id.clone(), pending.response_bytes_max));
        Turn::Take(pending)
    }

    /// `/response` or `/error` begins: how many bytes it may have.
    pub fn answer(&mut self, request_id: &str, to: State) -> Result<usize, Refusal> {
        let limit = match &self.current {
            Some((id, limit)) if id == request_id => *limit,
            _ => return Err(Refusal::InvalidRequestId),
        };
        if self.state != State::Running {
            return Err(Refusal::InvalidStateTransition { from: self.state, to });
        }
        self.state = to;
        Ok(limit)
    }

    /// The answer has been received whole.
    pub fn answered(&mut self) {
        self.state = State::ResponseSent;
    }

    /// `/init/error`.
    pub fn init_error(&mut self) -> Result<(), Refusal> {
        if self.state != State::Started {
            return Err(Refusal::InvalidStateTransition { from: self.state, to: State::InitError });
        }
        self.state = State::InitError;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pending(id: &str) -> Pending {
        Pending {
            request_id: id.into(),
            payload: Bytes::new(),
            deadline_ms: 0,
            invoked_arn: String::new(),
            trace_id: String::new(),
            client_context: None,
            identity: None,
            tenant: None,
            response_bytes_max: 10,
        }
    }

    fn refused(from: State, to: State) -> Refusal {
        Refusal::InvalidStateTransition { from, to }
    }

    #[test]
    fn a_life() {
        let mut machine = Machine::default();
        assert_eq!(machine.answer("a", State::InvocationResponse), Err(Refusal::InvalidRequestId));
        let first = machine.poll().unwrap();
        assert!(first.is_first);
        assert!(matches!(machine.turn(&first), Turn::Wait));
        machine.offer(pending("a"));
        assert!(matches!(machine.turn(&first), Turn::Take(pending) if pending.request_id == "a"));
        assert_eq!(machine.poll(), Err(refused(State::Running, State::Ready)));
        assert_eq!(machine.init_error(), Err(refused(State::Running, State::InitError)));
        assert_eq!(machine.answer("b", State::InvocationResponse), Err(Refusal::InvalidRequestId));
        assert_eq!(machine.answer("a", State::InvocationResponse), Ok(10));
        let again = machine.answer("a", State::InvocationErrorResponse);
        assert_eq!(again, Err(refused(State::InvocationResponse, State::InvocationErrorResponse)));
        machine.answered();
        let again = machine.answer("a", State::InvocationResponse);
        assert_eq!(again, Err(refused(State::ResponseSent, State::InvocationResponse)));
        assert!(!machine.poll().unwrap().is_first);
    }

    #[test]
    fn only_the_latest_next_is_served() {
        let mut machine = Machine::default();
        let old = machine.poll().unwrap();
        let new = machine.poll().unwrap();
        machine.offer(pending("a"));
        assert!(matches!(machine.turn(&old), Turn::Superseded));
        assert!(matches!(machine.turn(&new), Turn::Take(_)));
    }

    #[test]
    fn after_an_init_error_nothing_is_allowed() {
        let mut machine = Machine::default();
        machine.init_error().unwrap();
        assert_eq!(machine.poll(), Err(refused(State::InitError, State::Ready)));
        assert_eq!(machine.init_error(), Err(refused(State::InitError, State::InitError)));
    }
}
