//! Which versions an alias stands for, and the rules about that.

use std::collections::BTreeMap;

use api::lambda::AliasRoutingConfiguration;
use wire::ApiError;

use crate::error::{Failure, constraint, function_not_found, invalid, unsupported};
use crate::model::AliasRecord;
use crate::name::FunctionRef;
use crate::render::version_text;
use crate::table::{self, Read};

/// What a request says about an alias's versions; absent parts stay as they are.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Target {
    pub(crate) version: Option<u64>,
    pub(crate) weights: Option<BTreeMap<u64, f64>>,
}

/// `$LATEST` or a number.
pub(crate) fn parse_version(text: &str) -> Result<u64, ApiError> {
    match text {
        "$LATEST" => Ok(0),
        "$LATEST.PUBLISHED" => Err(unsupported("the version $LATEST.PUBLISHED")),
        _ => text.parse().ok().filter(|number| *number > 0).ok_or_else(|| {
            let rule = "Member must satisfy regular expression pattern: (\\$LATEST|[0-9]+)";
            constraint(text, "functionVersion", rule)
        }),
    }
}

impl Target {
    pub(crate) fn parse(
        version: Option<&str>,
        routing: Option<&AliasRoutingConfiguration>,
    ) -> Result<Target, ApiError> {
        let version = version.map(parse_version).transpose()?;
        let weights = match routing {
            None => None,
            Some(routing) => {
                let given = routing.additional_version_weights.clone().unwrap_or_default();
                if given.len() > 1 {
                    return Err(invalid(
                        "Number of items in AdditionalVersionWeights cannot be greater than 1",
                    ));
                }
                let parse =
                    |(version, weight): (String, f64)| Ok((parse_version(&version)?, check_weight(weight)?));
                Some(given.into_iter().map(parse).collect::<Result<_, ApiError>>()?)
            }
        };
        Ok(Target { version, weights })
    }
}

fn check_weight(weight: f64) -> Result<f64, ApiError> {
    if (0.0..=1.0).contains(&weight) {
        return Ok(weight);
    }
    let rule = "Member must have value between 0.0 and 1.0";
    Err(constraint(&weight.to_string(), "routingConfig.additionalVersionWeights", rule))
}

/// Whether the alias makes sense, and every version that it names exists.
pub(crate) async fn check(read: &impl Read, name: &FunctionRef, alias: &AliasRecord) -> Result<(), Failure> {
    check_routing(alias)?;
    for number in std::iter::once(&alias.version).chain(alias.weights.keys()) {
        if table::find_version(read, name, *number).await?.is_none() {
            let arn = format!("{}:{}", name.unqualified_arn(), version_text(*number));
            return Err(function_not_found(&arn).into());
        }
    }
    Ok(())
}

fn check_routing(alias: &AliasRecord) -> Result<(), ApiError> {
    if alias.weights.is_empty() {
        return Ok(());
    }
    // What `$LATEST` is changes under the alias's feet, so a share of it means nothing.
    if alias.version == 0 || alias.weights.contains_key(&0) {
        return Err(invalid("$LATEST is not supported for an alias pointing to more than 1 version"));
    }
    if alias.weights.contains_key(&alias.version) {
        let version = alias.version;
        return Err(invalid(format!(
            "Invalid function version {version}. Function version {version} is already included in routing \
             configuration."
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routing(weights: &[(&str, f64)]) -> AliasRoutingConfiguration {
        let weights = weights.iter().map(|(version, weight)| ((*version).to_owned(), *weight));
        AliasRoutingConfiguration { additional_version_weights: Some(weights.collect()) }
    }

    #[test]
    fn targets_are_parsed() {
        assert_eq!(Target::parse(None, None), Ok(Target::default()));
        assert_eq!(
            Target::parse(Some("3"), Some(&routing(&[("2", 0.25)]))),
            Ok(Target { version: Some(3), weights: Some([(2, 0.25)].into()) })
        );
        assert_eq!(
            Target::parse(None, Some(&AliasRoutingConfiguration::default())),
            Ok(Target { version: None, weights: Some(BTreeMap::new()) }),
            "an empty routing takes the second version away"
        );
        for (version, weights) in [
            ("x", vec![]),
            ("0", vec![]),
            ("1", vec![("2", 0.1), ("3", 0.1)]),
            ("1", vec![("2", 1.5)]),
            ("1", vec![("2", f64::NAN)]),
        ] {
            assert!(Target::parse(Some(version), Some(&routing(&weights))).is_err(), "{version} {weights:?}");
        }
    }

    #[test]
    fn routing_needs_two_different_published_versions() {
        let alias = |version, other| AliasRecord {
            name: "a".into(),
            version,
            description: String::new(),
            weights: [(other, 0.5)].into(),
            revision_id: String::new(),
        };
        assert_eq!(check_routing(&alias(1, 2)), Ok(()));
        for (version, other, expected) in [
            (0, 2, "$LATEST is not supported for an alias pointing to more than 1 version"),
            (2, 0, "$LATEST is not supported for an alias pointing to more than 1 version"),
            (
                2,
                2,
                "Invalid function version 2. Function version 2 is already included in routing configuration.",
            ),
        ] {
            assert_eq!(check_routing(&alias(version, other)).unwrap_err().message, expected);
        }
    }
}
