//! Amazon Resource Names: the address of everything that a policy or a trigger can name.

use std::fmt;
use std::str::FromStr;

/// `arn:partition:service:region:account:resource`; region and account may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Arn {
    pub partition: String,
    pub service: String,
    pub region: String,
    pub account: String,
    pub resource: String,
}

/// The text has fewer than six colon-separated parts, or does not start with `arn`.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not an ARN: {0}")]
pub struct ArnParseError(pub String);

impl Arn {
    /// An ARN in the `aws` partition.
    pub fn aws(service: &str, region: &str, account: &str, resource: impl Into<String>) -> Arn {
        Arn {
            partition: "aws".into(),
            service: service.into(),
            region: region.into(),
            account: account.into(),
            resource: resource.into(),
        }
    }
}

impl FromStr for Arn {
    type Err = ArnParseError;

    fn from_str(text: &str) -> Result<Arn, ArnParseError> {
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next().ok_or_else(|| ArnParseError(text.to_owned()));
        if next()? != "arn" {
            return Err(ArnParseError(text.to_owned()));
        }
        Ok(Arn {
            partition: next()?.to_owned(),
            service: next()?.to_owned(),
            region: next()?.to_owned(),
            account: next()?.to_owned(),
            resource: next()?.to_owned(),
        })
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Arn { partition, service, region, account, resource } = self;
        write!(f, "arn:{partition}:{service}:{region}:{account}:{resource}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips() {
        for text in [
            "arn:aws:lambda:us-east-1:000000000000:function:hello:PROD",
            "arn:aws:iam::000000000000:role/service/exec",
            "arn:aws:s3:::bucket/key:with:colons",
        ] {
            assert_eq!(text.parse::<Arn>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn refuses_what_is_not_an_arn() {
        for text in ["", "arn", "arn:aws:lambda:us-east-1:000000000000", "urn:aws:lambda:r:a:b"] {
            assert_eq!(text.parse::<Arn>(), Err(ArnParseError(text.to_owned())));
        }
    }
}
