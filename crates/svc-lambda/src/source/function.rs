//! A mapping's function, invoked as any other request would: concurrency, logs and receipts are the same.

use std::sync::{Arc, Weak};
use std::time::Duration;

use base::{BoxFuture, RequestId};
use bytes::Bytes;
use fleet::InvokeError;

use super::deliver::{Invoked, Target, TargetFacts};
use crate::Lambda;
use crate::invocation::trace_id;
use crate::name::FunctionRef;
use crate::run::Request;

/// Does not keep the service alive.
pub(super) struct MappedFunction {
    pub lambda: Weak<Lambda>,
    pub name: FunctionRef,
}

impl MappedFunction {
    fn lambda(&self) -> Result<Arc<Lambda>, String> {
        self.lambda.upgrade().ok_or_else(|| "the server is ending".to_owned())
    }

    async fn facts(&self) -> Result<TargetFacts, String> {
        let lambda = self.lambda()?;
        let resolved = lambda.resolve(&self.name).await.map_err(|problem| problem.to_string())?;
        let executable = resolved.choose(&*lambda.entropy);
        let timeout = Duration::from_secs(u64::from(executable.version.timeout_s));
        Ok(TargetFacts { role: executable.version.role.clone(), timeout })
    }

    async fn run(&self, payload: Bytes) -> Result<Invoked, String> {
        let lambda = self.lambda()?;
        let resolved = lambda.resolve(&self.name).await.map_err(|problem| problem.to_string())?;
        if resolved.is_per_tenant() {
            return Err("functions with tenancy configuration have no event sources".into());
        }
        let request = Request {
            request_id: RequestId::new(&*lambda.entropy),
            payload,
            invoked_arn: self.name.arn(),
            trace_id: trace_id(&http::HeaderMap::new(), lambda.clock.now(), &*lambda.entropy),
            client_context: None,
            tenant: None,
            tail: false,
        };
        let ended = lambda.engine().run(resolved.choose(&*lambda.entropy), request).await;
        Ok(match ended {
            Ok(finished) if finished.verdict.failure.is_none() => Invoked::Answered(finished.verdict.payload),
            Ok(_) => Invoked::Failed,
            Err(InvokeError::Unavailable(why)) => Invoked::Impossible(why),
            Err(InvokeError::Restore(_)) => Invoked::Failed,
            Err(
                InvokeError::FunctionLimit
                | InvokeError::FunctionRate
                | InvokeError::GroupRate
                | InvokeError::GroupLimit
                | InvokeError::ScalingRate
                | InvokeError::MemoryFull,
            ) => Invoked::Throttled,
        })
    }
}

impl Target for MappedFunction {
    fn describe(&self) -> BoxFuture<'_, Result<TargetFacts, String>> {
        Box::pin(self.facts())
    }

    fn invoke(&self, payload: Bytes) -> BoxFuture<'_, Invoked> {
        Box::pin(async move { self.run(payload).await.unwrap_or_else(Invoked::Impossible) })
    }
}
