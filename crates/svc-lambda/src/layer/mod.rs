//! Layers: zips that functions share. A version of a layer is immutable; functions keep what they use of it even when
//! it is deleted.

pub(crate) mod merge;
pub(crate) mod table;
pub(crate) mod uses;

use api::lambda::{LayerVersionContentOutput, LayerVersionsListItem};
use base::{AccountId, Region};
use wire::{Access, ApiError, Context};

use crate::code::code_sha256;
use crate::error::{invalid, not_found};
use crate::model::{LayerVersionRecord, PolicyRecord};
use crate::render::{integer, last_modified};
use crate::{Lambda, policy};

/// A layer, or one version of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LayerRef {
    pub(crate) account: AccountId,
    pub(crate) region: Region,
    pub(crate) name: String,
}

impl LayerRef {
    /// A name in the caller's account and region, or an ARN. The tables have checked the form.
    pub(crate) fn parse(text: &str, cx: &Context) -> Result<LayerRef, ApiError> {
        if !text.starts_with("arn:") {
            return Ok(LayerRef { account: cx.account, region: cx.region.clone(), name: text.to_owned() });
        }
        let parts: Vec<&str> = text.split(':').collect();
        match parts[..] {
            [_, _, "lambda", region, account, "layer", name] => {
                let account = account.parse().map_err(|_| malformed(text))?;
                Ok(LayerRef { account, region: Region::new(region), name: name.to_owned() })
            }
            _ => Err(malformed(text)),
        }
    }

    /// The ARN of one version.
    pub(crate) fn parse_version(arn: &str) -> Result<(LayerRef, u64), ApiError> {
        let parts: Vec<&str> = arn.split(':').collect();
        match parts[..] {
            [_, _, "lambda", region, account, "layer", name, number] => {
                let account = account.parse().map_err(|_| malformed(arn))?;
                let number = number.parse().map_err(|_| malformed(arn))?;
                Ok((LayerRef { account, region: Region::new(region), name: name.to_owned() }, number))
            }
            _ => Err(malformed(arn)),
        }
    }

    pub(crate) fn arn(&self) -> String {
        format!("arn:aws:lambda:{}:{}:layer:{}", self.region, self.account, self.name)
    }

    pub(crate) fn version_arn(&self, number: u64) -> String {
        format!("{}:{number}", self.arn())
    }
}

fn malformed(text: &str) -> ApiError {
    invalid(format!("Invalid Layer name or ARN: {text}"))
}

/// A version number as requests give it.
pub(crate) fn number(given: i64) -> Result<u64, ApiError> {
    u64::try_from(given)
        .ok()
        .filter(|number| *number > 0)
        .ok_or_else(|| invalid("Layer Version Cannot be less than 1."))
}

/// 404 where AWS does not name the version.
pub(crate) fn resource_missing() -> ApiError {
    crate::error::resource_not_found()
}

/// 404 where AWS names it.
pub(crate) fn version_missing(arn: &str) -> ApiError {
    not_found(format!("Layer version {arn} does not exist."))
}

impl Lambda {
    /// Permission for `action` on one version of a layer, whose own policy may give it to other accounts.
    pub(crate) async fn access_to_layer_version(
        &self,
        action: &'static str,
        layer: &LayerRef,
        number: u64,
    ) -> Result<Vec<Access>, ApiError> {
        let found = table::find_policy(&self.store.snapshot(), layer, number).await;
        let found: Option<PolicyRecord> = found.map_err(crate::error::Failure::into_error)?;
        let access = Access::new(action, layer.version_arn(number));
        Ok(vec![Access { resource_policy: found.map(|found| policy::document(&found)), ..access }])
    }
}

/// How a version appears in listings.
pub(crate) fn listed(layer: &LayerRef, version: &LayerVersionRecord) -> LayerVersionsListItem {
    LayerVersionsListItem {
        layer_version_arn: Some(layer.version_arn(version.number)),
        version: Some(integer(version.number)),
        description: Some(version.description.clone()),
        created_date: Some(last_modified(version.created_at)),
        compatible_architectures: some(&version.architectures),
        compatible_runtimes: some(&version.runtimes),
        license_info: version.license.clone(),
    }
}

pub(crate) fn content(
    lambda: &Lambda,
    cx: &Context,
    version: &LayerVersionRecord,
) -> LayerVersionContentOutput {
    LayerVersionContentOutput {
        location: Some(lambda.code_urls.url(cx, &version.code)),
        code_sha256: Some(code_sha256(&version.code)),
        code_size: Some(integer(version.code.size)),
        ..LayerVersionContentOutput::default()
    }
}

pub(crate) fn some(list: &[String]) -> Option<Vec<String>> {
    Some(list.to_vec()).filter(|list| !list.is_empty())
}

/// Whether a version says that it fits; one that says nothing fits nothing that is asked for, as on AWS.
pub(crate) fn fits(version: &LayerVersionRecord, runtime: Option<&str>, architecture: Option<&str>) -> bool {
    let has = |list: &[String], wanted: Option<&str>| {
        wanted.is_none_or(|wanted| list.iter().any(|item| item == wanted))
    };
    has(&version.runtimes, runtime) && has(&version.architectures, architecture)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_arns_name_layer_and_number() {
        let arn = "arn:aws:lambda:us-east-1:000000000000:layer:a:3";
        let (layer, number) = LayerRef::parse_version(arn).unwrap();
        assert_eq!((layer.version_arn(number).as_str(), number), (arn, 3));
        for wrong in ["arn:aws:lambda:us-east-1:000000000000:layer:a", "arn:aws:lambda:::awslayer:x", "a:3"] {
            assert!(LayerRef::parse_version(wrong).is_err(), "{wrong}");
        }
        for (given, expected) in [(1, Some(1)), (0, None), (-1, None)] {
            assert_eq!(number_ok(given), expected);
        }
    }

    fn number_ok(given: i64) -> Option<u64> {
        super::number(given).ok()
    }
}
