//! The operations, one file each.

use std::sync::Arc;

use api::sts::Credentials;
use wire::Service;

use crate::sts::{Issued, Sts};

mod assume_role;
mod get_caller_identity;
mod get_session_token;

pub use assume_role::AssumeRole;
pub use get_caller_identity::GetCallerIdentity;
pub use get_session_token::GetSessionToken;

/// The token service's table of operations.
pub fn service(sts: Arc<Sts>) -> Service {
    Service::builder(&api::sts::SERVICE, sts)
        .with::<AssumeRole>()
        .with::<GetCallerIdentity>()
        .with::<GetSessionToken>()
        .build()
}

fn credentials(issued: Issued) -> Credentials {
    Credentials {
        access_key_id: issued.access_key_id,
        secret_access_key: issued.secret_access_key,
        session_token: issued.session_token,
        expiration: issued.expires_at,
    }
}
