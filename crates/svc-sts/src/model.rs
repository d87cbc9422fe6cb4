//! What the token service keeps: the keys that seal session tokens, and what a token says.

use base::{AccountId, Timestamp};
use serde::{Deserialize, Serialize};
use store::Record;
use wire::Caller;

/// A key that seals tokens, itself sealed under the installation's master key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SealingKey {
    pub(crate) id: u64,
    /// Base64.
    pub(crate) sealed: String,
    pub(crate) created_at: Timestamp,
}

impl Record for SealingKey {
    const VERSION: u8 = 1;
}

/// The contents of a session token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Claims {
    pub(crate) secret_access_key: String,
    pub(crate) principal: Principal,
    pub(crate) expires_at: Timestamp,
    pub(crate) session_policy: Option<String>,
}

/// On whose behalf a session acts. Ours, because [`Caller`] belongs to the request and may change its form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Principal {
    Root { account: AccountId },
    User { account: AccountId, arn: String, id: String, name: String },
    Role { account: AccountId, role_arn: String, session_arn: String, role_id: String, session_name: String },
}

impl Claims {
    pub(crate) fn caller(self) -> Caller {
        match self.principal {
            Principal::Root { account } => Caller::Root { account },
            Principal::User { account, arn, id, name } => Caller::User { account, arn, id, name },
            Principal::Role { account, role_arn, session_arn, role_id, session_name } => Caller::Session {
                account,
                role_arn,
                session_arn,
                id: format!("{role_id}:{session_name}"),
                session_policy: self.session_policy.map(Into::into),
            },
        }
    }
}
