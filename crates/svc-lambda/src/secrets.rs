//! What an environment is told that must not be known before it exists: the execution role's credentials and the
//! name of its log stream.

use std::sync::Arc;

use base::BoxFuture;
use fleet::{Environment, Secrets};

use crate::log::stream_name;
use crate::seams::{RoleProblem, Roles};

/// One function version's.
pub(crate) struct RoleSecrets {
    pub roles: Arc<dyn Roles>,
    pub role_arn: String,
    /// AWS names the session after the function.
    pub session_name: String,
    /// As in the log stream's name.
    pub version: String,
}

impl Secrets for RoleSecrets {
    fn environment<'a>(
        &'a self,
        environment: &'a Environment,
    ) -> BoxFuture<'a, Result<Vec<(String, String)>, String>> {
        Box::pin(async move {
            let credentials = self.roles.credentials(&self.role_arn, &self.session_name).await;
            let credentials = credentials.map_err(|problem| match problem {
                RoleProblem::NotFound | RoleProblem::NotAssumable => {
                    format!(
                        "The role defined for the function cannot be assumed by Lambda: {}",
                        self.role_arn
                    )
                }
                RoleProblem::Unavailable(why) => why,
            })?;
            let stream = stream_name(environment.started_at, &self.version, &environment.id);
            let variable = |name: &str, value: String| (name.to_owned(), value);
            Ok(vec![
                variable("AWS_ACCESS_KEY_ID", credentials.access_key_id),
                variable("AWS_SECRET_ACCESS_KEY", credentials.secret_access_key),
                variable("AWS_SESSION_TOKEN", credentials.session_token),
                variable("AWS_LAMBDA_LOG_STREAM_NAME", stream),
            ])
        })
    }
}
