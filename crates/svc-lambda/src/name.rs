//! The many ways to name a function: name, partial ARN, full ARN, each with or without a qualifier.

use base::{AccountId, Region};

/// A function named by a request, resolved against the caller's account and region.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FunctionRef {
    pub account: AccountId,
    pub region: Region,
    pub name: String,
    /// From `name:qualifier` or the query parameter; both may be given only when equal.
    pub qualifier: Option<Qualifier>,
}

/// `$LATEST`, a version number or an alias.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Qualifier {
    Latest,
    Version(u64),
    Alias(String),
}

/// The text names no function, or two qualifiers disagree. Rendered by the caller as AWS words it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvalidName {
    Malformed,
    /// The qualifier in the ARN and the one in the request differ.
    QualifierMismatch,
    /// The ARN names another region than the request is signed for.
    OtherRegion(String),
}

impl Qualifier {
    pub fn parse(text: &str) -> Option<Qualifier> {
        if text == "$LATEST" {
            return Some(Qualifier::Latest);
        }
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return text.parse().ok().map(Qualifier::Version);
        }
        let valid = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let alias = !text.is_empty() && text.len() <= 128 && text.bytes().all(valid);
        alias.then(|| Qualifier::Alias(text.to_owned()))
    }
}

impl std::fmt::Display for Qualifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Qualifier::Latest => f.write_str("$LATEST"),
            Qualifier::Version(number) => write!(f, "{number}"),
            Qualifier::Alias(name) => f.write_str(name),
        }
    }
}

impl FunctionRef {
    /// Parses `text` (a `FunctionName` parameter) with the request's own `Qualifier` parameter, if any.
    pub fn parse(
        text: &str,
        qualifier: Option<&str>,
        account: AccountId,
        region: &Region,
    ) -> Result<FunctionRef, InvalidName> {
        let parts: Vec<&str> = text.split(':').collect();
        let (account, region, name, in_name) = match parts[..] {
            [name] => (account, region.clone(), name, None),
            [name, inner] => (account, region.clone(), name, Some(inner)),
            [owner, "function", name] => (parse_account(owner)?, region.clone(), name, None),
            [owner, "function", name, inner] => (parse_account(owner)?, region.clone(), name, Some(inner)),
            ["arn", _, "lambda", home, owner, "function", name] => {
                (parse_account(owner)?, same_region(home, region)?, name, None)
            }
            ["arn", _, "lambda", home, owner, "function", name, inner] => {
                (parse_account(owner)?, same_region(home, region)?, name, Some(inner))
            }
            _ => return Err(InvalidName::Malformed),
        };
        let valid = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if name.is_empty() || name.len() > 64 || !name.bytes().all(valid) {
            return Err(InvalidName::Malformed);
        }
        let parse = |text: &str| Qualifier::parse(text).ok_or(InvalidName::Malformed);
        let qualifier = match (in_name.map(parse).transpose()?, qualifier.map(parse).transpose()?) {
            (Some(inner), Some(outer)) if inner != outer => return Err(InvalidName::QualifierMismatch),
            (inner, outer) => inner.or(outer),
        };
        Ok(FunctionRef { account, region, name: name.to_owned(), qualifier })
    }

    /// `arn:aws:lambda:<region>:<account>:function:<name>`.
    pub fn unqualified_arn(&self) -> String {
        format!("arn:aws:lambda:{}:{}:function:{}", self.region, self.account, self.name)
    }

    /// The ARN with the qualifier that the request gave, if any.
    pub fn arn(&self) -> String {
        match &self.qualifier {
            Some(qualifier) => format!("{}:{qualifier}", self.unqualified_arn()),
            None => self.unqualified_arn(),
        }
    }
}

fn parse_account(text: &str) -> Result<AccountId, InvalidName> {
    text.parse().map_err(|_| InvalidName::Malformed)
}

fn same_region(named: &str, region: &Region) -> Result<Region, InvalidName> {
    if named == region.as_str() {
        Ok(region.clone())
    } else {
        Err(InvalidName::OtherRegion(named.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, qualifier: Option<&str>) -> Result<String, InvalidName> {
        FunctionRef::parse(text, qualifier, AccountId::DEFAULT, &Region::new("us-east-1"))
            .map(|found| found.arn())
    }

    #[test]
    fn every_form_names_the_same_function() {
        let arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
        assert_eq!(parse("f", None).unwrap(), arn);
        assert_eq!(parse("000000000000:function:f", None).unwrap(), arn);
        assert_eq!(parse(arn, None).unwrap(), arn);
        for text in ["f:7", "000000000000:function:f:7", &format!("{arn}:7")] {
            assert_eq!(parse(text, None).unwrap(), format!("{arn}:7"));
            assert_eq!(parse(text, Some("7")).unwrap(), format!("{arn}:7"));
        }
        assert_eq!(parse("f", Some("$LATEST")).unwrap(), format!("{arn}:$LATEST"));
    }

    #[test]
    fn refuses_what_names_no_function() {
        let long = "x".repeat(65);
        for text in
            ["", ":", "f:", "a b", "../f", "x:function:f", "arn:aws:sqs:us-east-1:000000000000:f", &long]
        {
            assert_eq!(parse(text, None), Err(InvalidName::Malformed), "{text:?}");
        }
        assert_eq!(parse("f:1", Some("2")), Err(InvalidName::QualifierMismatch));
        let elsewhere = parse("arn:aws:lambda:eu-west-1:000000000000:function:f", None);
        assert_eq!(elsewhere, Err(InvalidName::OtherRegion("eu-west-1".into())));
    }
}
