//! Names the exact release of a runtime that this host has, and holds functions to the one that they ask for.

use base::Region;
use fleet::Runtime;
use sha2::{Digest as _, Sha256};
use wire::ApiError;

use crate::code::hex;
use crate::model::VersionRecord;
use crate::refusal;

/// `arn:aws:lambda:<region>::runtime:<64 hexadecimal digits>`: changes with the interpreter's release.
pub(crate) fn arn(runtime: &Runtime, region: &Region) -> String {
    let digest = Sha256::digest(format!("{} {}", runtime.name, runtime.version));
    format!("arn:aws:lambda:{region}::runtime:{}", hex(&digest))
}

/// A version that is held to one release runs on no other. The host has one of each runtime, so after an upgrade such a
/// function is refused rather than silently moved.
pub(crate) fn check(version: &VersionRecord, runtime: &Runtime, region: &Region) -> Result<(), ApiError> {
    match &version.runtime_update.version_arn {
        Some(wanted) if *wanted != arn(runtime, region) => {
            Err(refusal::runtime_version_missing(wanted, runtime))
        }
        _ => Ok(()),
    }
}
