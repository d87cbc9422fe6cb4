//! How a service registers its operations: one type per operation, typed input and output, erased here so
//! that one wrapper authenticates, authorises, validates, measures and encodes them all.

use std::collections::HashMap;
use std::sync::Arc;

use base::BoxFuture;
use shape::{FromValue, IntoValue, Mismatch, OperationSpec, ServiceSpec, Value};

use crate::{Access, ApiError, Authorizer, Context};

/// One operation of a service. Implemented by a unit struct in `ops/<operation>.rs`.
pub trait Operation: Send + Sync + 'static {
    /// The service's shared state.
    type Service: Send + Sync + 'static;
    type Input: FromValue + Send + 'static;
    type Output: IntoValue + Send + 'static;
    const SPEC: &'static OperationSpec;
    /// The largest request body accepted; larger ones get the service's own error.
    const BODY_BYTES_MAX: usize = 6 * 1024 * 1024;
    /// The name in messages about the request's size, where it isn't the operation's: `InvokeFunction`.
    const ACTION: &'static str = Self::SPEC.name;

    /// The permissions this call needs.
    fn access(
        service: &Self::Service,
        cx: &Context,
        input: &Self::Input,
    ) -> impl Future<Output = Result<Vec<Access>, ApiError>> + Send;

    /// Validate → transact → respond.
    fn run(
        service: &Self::Service,
        cx: &Context,
        input: Self::Input,
    ) -> impl Future<Output = Result<Reply<Self::Output>, ApiError>> + Send;
}

/// An answer: whole, or with its event-stream member still being produced.
pub enum Reply<O> {
    Whole(O),
    /// The output without its event-stream member, and the events (values of that union).
    Events(O, EventStream),
}

impl<O> From<O> for Reply<O> {
    fn from(output: O) -> Reply<O> {
        Reply::Whole(output)
    }
}

/// Events as they arise; the sender closing the channel ends the stream.
pub type EventStream = tokio::sync::mpsc::Receiver<Value>;

/// The decoded input, the verdict of validating it, and who decides about access, in; the answer out.
type Call = Box<
    dyn Fn(
            Context,
            Value,
            Result<(), ApiError>,
            Arc<dyn Authorizer>,
        ) -> BoxFuture<'static, Result<Reply<Value>, ApiError>>
        + Send
        + Sync,
>;

/// An operation with its types erased.
pub(crate) struct Registered {
    pub(crate) spec: &'static OperationSpec,
    pub(crate) body_bytes_max: usize,
    pub(crate) action: &'static str,
    pub(crate) call: Call,
}

/// A service's table of operations.
pub struct Service {
    pub(crate) spec: &'static ServiceSpec,
    pub(crate) operations: HashMap<&'static str, Registered>,
}

pub struct ServiceBuilder<S> {
    state: Arc<S>,
    service: Service,
}

impl Service {
    pub fn builder<S: Send + Sync + 'static>(spec: &'static ServiceSpec, state: Arc<S>) -> ServiceBuilder<S> {
        ServiceBuilder { state, service: Service { spec, operations: HashMap::new() } }
    }
}

impl<S: Send + Sync + 'static> ServiceBuilder<S> {
    pub fn with<O: Operation<Service = S>>(mut self) -> ServiceBuilder<S> {
        let state = self.state.clone();
        let registered = Registered {
            spec: O::SPEC,
            body_bytes_max: O::BODY_BYTES_MAX,
            action: O::ACTION,
            call: Box::new(move |cx, value, validated, authorizer| {
                let state = state.clone();
                Box::pin(async move {
                    let input = match (O::Input::from_value(value), &validated) {
                        (Ok(input), _) => input,
                        // Without its required members the input names no resource to be authorised for.
                        (Err(_), Err(invalid)) => return Err(invalid.clone()),
                        (Err(mismatch), Ok(())) => return Err(unexpected(mismatch)),
                    };
                    // As on AWS, a caller without permission learns nothing about the validity of the request.
                    for access in O::access(&state, &cx, &input).await? {
                        authorizer.authorize(&cx, &access).await?;
                    }
                    validated?;
                    Ok(match O::run(&state, &cx, input).await? {
                        Reply::Whole(output) => Reply::Whole(output.into_value()),
                        Reply::Events(output, events) => Reply::Events(output.into_value(), events),
                    })
                })
            }),
        };
        self.service.operations.insert(O::SPEC.name, registered);
        self
    }

    /// Every operation listed in the spec must have been registered, or the honest-error rule is broken.
    pub fn build(self) -> Service {
        let missing: Vec<_> = self
            .service
            .spec
            .operations
            .iter()
            .filter(|spec| !self.service.operations.contains_key(spec.name))
            .collect();
        assert!(missing.is_empty(), "listed as supported but not registered: {missing:?}");
        self.service
    }
}

/// Decoding checked every kind, so a mismatch is ours.
fn unexpected(mismatch: Mismatch) -> ApiError {
    tracing::error!(?mismatch, "a generated struct disagrees with its table");
    ApiError::server("InternalFailure", 500, "The request processing has failed because of an unknown error.")
}
