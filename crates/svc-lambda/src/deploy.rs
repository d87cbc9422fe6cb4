//! What the operations that deploy share: where code comes from, the role it runs as, quotas, and what makes two
//! versions the same.

use api::lambda::{FunctionCode, LayerVersionContentInput, UpdateFunctionCodeRequest};
use base::RequestId;
use bytes::Bytes;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use wire::{ApiError, Context};

use crate::code::{Stored, hex};
use crate::error::{self, Failure, invalid, unsupported};
use crate::limits::{ZIP_BODY_BYTES_MAX, ZIP_BYTES_MAX};
use crate::model::{CodePackage, VersionRecord};
use crate::name::FunctionRef;
use crate::seams::RoleProblem;
use crate::{Lambda, table};

/// Where a request says that its code is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Source {
    zip: Option<Bytes>,
    s3: bool,
    image: Option<String>,
    kms: bool,
}

impl From<FunctionCode> for Source {
    fn from(code: FunctionCode) -> Source {
        Source {
            zip: code.zip_file,
            s3: code.s3_bucket.is_some() || code.s3_key.is_some() || code.s3_object_version.is_some(),
            image: code.image_uri,
            kms: code.source_kms_key_arn.is_some_and(|arn| !arn.is_empty()),
        }
    }
}

impl From<LayerVersionContentInput> for Source {
    fn from(content: LayerVersionContentInput) -> Source {
        Source {
            zip: content.zip_file,
            s3: content.s3_bucket.is_some()
                || content.s3_key.is_some()
                || content.s3_object_version.is_some(),
            ..Source::default()
        }
    }
}

impl From<&UpdateFunctionCodeRequest> for Source {
    fn from(request: &UpdateFunctionCodeRequest) -> Source {
        Source {
            zip: request.zip_file.clone(),
            s3: request.s3_bucket.is_some()
                || request.s3_key.is_some()
                || request.s3_object_version.is_some(),
            image: request.image_uri.clone(),
            kms: request.source_kms_key_arn.as_ref().is_some_and(|arn| !arn.is_empty()),
        }
    }
}

impl Source {
    /// The zip in the request; every other source is refused by name.
    fn zip(self, operation: &str) -> Result<Bytes, ApiError> {
        if self.kms {
            return Err(unsupported("SourceKMSKeyArn"));
        }
        match self.zip {
            Some(_) if self.s3 || self.image.is_some() => {
                Err(invalid("Please do not provide other FunctionCode parameters when providing a ZipFile."))
            }
            Some(zip) if zip.len() > ZIP_BYTES_MAX => {
                Err(error::request_too_large(ZIP_BODY_BYTES_MAX, operation))
            }
            Some(zip) => Ok(zip),
            None if self.s3 => Err(invalid(
                "Freehold does not support S3Bucket and S3Key yet. Send the zip itself as ZipFile.",
            )),
            None if self.image.is_some() => {
                Err(invalid("Please don't provide ImageUri when the intended function PackageType is Zip."))
            }
            None => Err(invalid("Please provide a source for function code.")),
        }
    }
}

impl Source {
    /// The name of the image in the request.
    pub(crate) fn image(self) -> Result<String, ApiError> {
        if self.zip.is_some() || self.s3 || self.kms {
            return Err(invalid(
                "Please do not provide other FunctionCode parameters when providing an ImageUri.",
            ));
        }
        let given = self.image.filter(|uri| !uri.is_empty());
        given.ok_or_else(|| invalid("Please provide a source for function code."))
    }

    pub(crate) fn has_image(&self) -> bool {
        self.image.is_some()
    }
}

/// `$LATEST.PUBLISHED` exists for managed instances only.
pub(crate) fn check_publish_to(publish_to: Option<&str>) -> Result<(), ApiError> {
    if publish_to.is_some() { Err(unsupported("PublishTo")) } else { Ok(()) }
}

/// Identifies code and configuration: versions published from equal ones are the same version.
pub(crate) fn config_sha256(latest: &VersionRecord) -> String {
    let VersionRecord {
        // Which version it is, when it changed, and how far it got, are not part of what it does.
        number: _,
        last_modified: _,
        revision_id: _,
        config_sha256: _,
        state: _,
        last_update: _,
        is_optimized: _,
        description,
        role,
        runtime,
        handler,
        code,
        image,
        timeout_s,
        memory_mib,
        ephemeral_mib,
        environment,
        architecture,
        logging,
        tracing_mode,
        // Never changes.
        is_per_tenant: _,
        layers,
        dead_letter,
        snap_start,
        // Set on a version, not published with it.
        runtime_update: _,
    } = latest;
    let mut document = json!([
        description,
        role,
        runtime,
        handler,
        code.digest,
        timeout_s,
        memory_mib,
        ephemeral_mib,
        environment,
        architecture,
        logging.format,
        logging.application_level,
        logging.system_level,
        logging.group,
        tracing_mode,
    ]);
    if let (Some(list), false) = (document.as_array_mut(), layers.is_empty()) {
        list.push(json!(layers.iter().map(|layer| &layer.arn).collect::<Vec<_>>()));
    }
    if let (Some(target), Some(list)) = (dead_letter, document.as_array_mut()) {
        list.push(json!({ "deadLetter": target }));
    }
    if let (Some(list), true) = (document.as_array_mut(), *snap_start) {
        list.push(json!("SnapStart"));
    }
    if let (Some(image), Some(list)) = (image, document.as_array_mut()) {
        // By its digest, above, the image counts, whatever it was called; and by how it is started.
        list.push(json!([image.config.entry_point, image.config.command, image.config.working_directory]));
    }
    hex(&Sha256::digest(document.to_string()))
}

/// 412 unless the caller's revision, where it gave one, is the present one.
pub(crate) fn check_revision(given: Option<&str>, present: &str) -> Result<(), ApiError> {
    match given {
        Some(given) if given != present => Err(error::revision_mismatch()),
        _ => Ok(()),
    }
}

impl Lambda {
    /// A new revision id.
    pub(crate) fn revision(&self) -> String {
        RequestId::new(&*self.entropy).to_string()
    }

    /// Whether Lambda may run a function as `role`.
    pub(crate) async fn check_role(&self, cx: &Context, role: &str) -> Result<(), ApiError> {
        let owner = role.split(':').nth(4).unwrap_or_default();
        if owner != cx.account.as_str() {
            return Err(ApiError::client(
                "AccessDeniedException",
                403,
                "Cross-account pass role is not allowed.",
            ));
        }
        match self.roles.check(role).await {
            Ok(()) => Ok(()),
            Err(RoleProblem::NotFound | RoleProblem::NotAssumable) => {
                Err(invalid("The role defined for the function cannot be assumed by Lambda."))
            }
            Err(RoleProblem::Unavailable(cause)) => Err(error::internal(&cause)),
        }
    }

    /// Checks a request's code without storing it.
    pub(crate) async fn check_code(
        &self,
        name: &FunctionRef,
        source: Source,
        operation: &str,
        copies: u64,
    ) -> Result<(CodePackage, Bytes), ApiError> {
        let zip = source.zip(operation)?;
        let package = self.code.check(&zip).await?;
        self.check_code_storage(name, package.size.saturating_mul(copies)).await?;
        Ok((package, zip))
    }

    /// Checks a request's code and makes it durable, ready to be referenced by `copies` versions.
    pub(crate) async fn store_code(
        &self,
        name: &FunctionRef,
        source: Source,
        operation: &str,
        copies: u64,
    ) -> Result<Stored, ApiError> {
        let (package, zip) = self.check_code(name, source, operation, copies).await?;
        self.code.put(package, zip).await
    }

    /// The quota is looked at before the transaction: deployments at the same instant may overshoot it by their own
    /// size, which beats making every deployment of an account wait for every other.
    pub(crate) async fn check_code_storage(&self, name: &FunctionRef, more: u64) -> Result<(), ApiError> {
        let usage = table::usage(&self.store.snapshot(), name.account, &name.region).await;
        let used = usage.map_err(Failure::into_error)?.code_bytes;
        if used.saturating_add(more) > self.options.code_storage_max {
            return Err(error::code_storage_exceeded());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::tests_support::version_record;

    #[test]
    fn only_code_and_configuration_make_a_difference() {
        let base = version_record();
        let same = VersionRecord { number: 7, revision_id: "other".into(), ..base.clone() };
        assert_eq!(config_sha256(&base), config_sha256(&same));
        let description = VersionRecord { description: "new".into(), ..base.clone() };
        let code = CodePackage { digest: "other".into(), ..base.code.clone() };
        let code = VersionRecord { code, ..base.clone() };
        for other in [description, code] {
            assert_ne!(config_sha256(&base), config_sha256(&other));
        }
    }

    #[test]
    fn code_comes_from_exactly_one_place() {
        let zip = || Some(Bytes::from_static(b"zip"));
        let check = |source: Source| source.zip("CreateFunction").map_err(|error| error.to_string());
        assert!(check(Source { zip: zip(), ..Source::default() }).is_ok());
        for (source, expected) in [
            (Source::default(), "InvalidParameterValueException: Please provide a source for function code."),
            (
                Source { zip: zip(), s3: true, ..Source::default() },
                "InvalidParameterValueException: Please do not provide other FunctionCode parameters when \
                 providing a ZipFile.",
            ),
        ] {
            assert_eq!(check(source), Err(expected.to_owned()));
        }
        let large = Bytes::from(vec![0; ZIP_BYTES_MAX + 1]);
        assert_eq!(
            check(Source { zip: Some(large), ..Source::default() }),
            Err("RequestEntityTooLargeException: Request must be smaller than 70167211 bytes for the \
                 CreateFunction operation"
                .to_owned())
        );
        for source in
            [Source { s3: true, ..Source::default() }, Source { zip: zip(), kms: true, ..Source::default() }]
        {
            assert!(check(source).unwrap_err().contains("Freehold does not support"));
        }
    }
}
