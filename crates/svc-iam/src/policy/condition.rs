//! Conditions: operators over condition keys.

use std::net::IpAddr;
use std::str::FromStr;

use base::Timestamp;

use super::Facts;
use super::pattern::{Pattern, Variables};

/// One operator applied to one key: `{"StringLike": {"aws:PrincipalArn": ["…"]}}`.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub(crate) quantifier: Option<Quantifier>,
    pub(crate) if_exists: bool,
    pub(crate) operator: Operator,
    pub(crate) key: String,
    pub(crate) values: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quantifier {
    ForAll,
    ForAny,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    /// The comparison, and whether its outcome is negated (`StringNotEquals`).
    Compare(Comparison, bool),
    /// `Null`: whether the key is absent.
    Null,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    StringEquals,
    StringEqualsIgnoreCase,
    StringLike,
    Numeric(Order),
    Date(Order),
    Bool,
    Binary,
    IpAddress,
    Arn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Operator {
    /// By name, in the spelling of the policy language (names are not case-sensitive on AWS).
    pub(crate) fn by_name(name: &str) -> Option<Operator> {
        use Comparison::*;
        let plain = |comparison| Some(Operator::Compare(comparison, false));
        let negated = |comparison| Some(Operator::Compare(comparison, true));
        match name.to_ascii_lowercase().as_str() {
            "stringequals" => plain(StringEquals),
            "stringnotequals" => negated(StringEquals),
            "stringequalsignorecase" => plain(StringEqualsIgnoreCase),
            "stringnotequalsignorecase" => negated(StringEqualsIgnoreCase),
            "stringlike" => plain(StringLike),
            "stringnotlike" => negated(StringLike),
            "numericequals" => plain(Numeric(Order::Equal)),
            "numericnotequals" => negated(Numeric(Order::Equal)),
            "numericlessthan" => plain(Numeric(Order::Less)),
            "numericlessthanequals" => plain(Numeric(Order::LessOrEqual)),
            "numericgreaterthan" => plain(Numeric(Order::Greater)),
            "numericgreaterthanequals" => plain(Numeric(Order::GreaterOrEqual)),
            "dateequals" => plain(Date(Order::Equal)),
            "datenotequals" => negated(Date(Order::Equal)),
            "datelessthan" => plain(Date(Order::Less)),
            "datelessthanequals" => plain(Date(Order::LessOrEqual)),
            "dategreaterthan" => plain(Date(Order::Greater)),
            "dategreaterthanequals" => plain(Date(Order::GreaterOrEqual)),
            "bool" => plain(Bool),
            "binaryequals" => plain(Binary),
            "ipaddress" => plain(IpAddress),
            "notipaddress" => negated(IpAddress),
            "arnequals" | "arnlike" => plain(Arn),
            "arnnotequals" | "arnnotlike" => negated(Arn),
            "null" => Some(Operator::Null),
            _ => None,
        }
    }

    /// Whether a policy may say `value` with this operator. A value that can never be understood is refused
    /// when the policy is written: a `Deny` that silently never applies would be worse.
    pub(crate) fn accepts(self, value: &str) -> bool {
        match self {
            Operator::Null | Operator::Compare(Comparison::Bool, _) => {
                has_variable(value) || parse_bool(value).is_some()
            }
            Operator::Compare(Comparison::Numeric(_), _) => {
                has_variable(value) || parse_number(value).is_some()
            }
            Operator::Compare(Comparison::Date(_), _) => has_variable(value) || parse_date(value).is_some(),
            Operator::Compare(Comparison::IpAddress, _) => {
                has_variable(value) || value.parse::<Network>().is_ok()
            }
            Operator::Compare(..) => true,
        }
    }
}

fn has_variable(value: &str) -> bool {
    value.contains("${")
}

impl Condition {
    pub(crate) fn holds(&self, variables: Variables, facts: &Facts) -> bool {
        let present = facts.get(&self.key).filter(|values| !values.is_empty());
        let (comparison, negated) = match self.operator {
            Operator::Null => {
                let absent = present.is_none();
                return self.values.iter().any(|value| parse_bool(value) == Some(absent));
            }
            Operator::Compare(comparison, negated) => (comparison, negated),
        };
        let Some(actual) = present else {
            return match self.quantifier {
                Some(Quantifier::ForAll) => true,
                Some(Quantifier::ForAny) => self.if_exists,
                None => self.if_exists || negated,
            };
        };
        let matches_one = |actual: &String| {
            self.values.iter().any(|wanted| compare(comparison, wanted, actual, variables, facts))
        };
        match self.quantifier {
            Some(Quantifier::ForAll) => actual.iter().all(|value| matches_one(value) != negated),
            Some(Quantifier::ForAny) => actual.iter().any(|value| matches_one(value) != negated),
            None => actual.iter().any(matches_one) != negated,
        }
    }
}

fn compare(comparison: Comparison, wanted: &str, actual: &str, variables: Variables, facts: &Facts) -> bool {
    let expanded = |then: &dyn Fn(&str) -> bool| match expand(wanted, variables, facts) {
        Some(text) => then(&text),
        None => false,
    };
    match comparison {
        Comparison::StringEquals => expanded(&|wanted| wanted == actual),
        // As everywhere in IAM, case folds by Unicode's lower case.
        Comparison::StringEqualsIgnoreCase => {
            expanded(&|wanted| wanted.to_lowercase() == actual.to_lowercase())
        }
        Comparison::StringLike => {
            Pattern::compile(wanted, variables, facts).is_some_and(|pattern| pattern.matches(actual))
        }
        Comparison::Arn => {
            Pattern::compile(wanted, variables, facts).is_some_and(|pattern| pattern.matches_arn(actual))
        }
        Comparison::Numeric(order) => expanded(&|wanted| {
            parse_number(actual)
                .zip(parse_number(wanted))
                .is_some_and(|(actual, wanted)| order.holds(actual, wanted))
        }),
        Comparison::Date(order) => expanded(&|wanted| {
            parse_date(actual)
                .zip(parse_date(wanted))
                .is_some_and(|(actual, wanted)| order.holds(actual, wanted))
        }),
        Comparison::Bool => expanded(&|wanted| {
            parse_bool(actual).zip(parse_bool(wanted)).is_some_and(|(actual, wanted)| actual == wanted)
        }),
        Comparison::Binary => wanted == actual,
        Comparison::IpAddress => {
            expanded(&|wanted| match (wanted.parse::<Network>(), actual.parse::<IpAddr>()) {
                (Ok(network), Ok(address)) => network.contains(address),
                _ => false,
            })
        }
    }
}

impl Order {
    fn holds<T: PartialOrd>(self, actual: T, wanted: T) -> bool {
        match self {
            Order::Equal => actual == wanted,
            Order::Less => actual < wanted,
            Order::LessOrEqual => actual <= wanted,
            Order::Greater => actual > wanted,
            Order::GreaterOrEqual => actual >= wanted,
        }
    }
}

/// Fills variables into text that has no wildcards.
fn expand(text: &str, variables: Variables, facts: &Facts) -> Option<String> {
    if variables == Variables::Literal || !has_variable(text) {
        return Some(text.to_owned());
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        out.push_str(&rest[..start]);
        let Some((name, after)) = rest[start + 2..].split_once('}') else { break };
        out.push_str(&super::pattern::variable(name, facts)?);
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

fn parse_bool(text: &str) -> Option<bool> {
    match text {
        _ if text.eq_ignore_ascii_case("true") => Some(true),
        _ if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

fn parse_number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

/// ISO 8601 with or without the time, or seconds since 1970.
fn parse_date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<i64>() {
        // Four digits are a year in ISO 8601's shortest form, not a moment in January 1970.
        return match text.len() {
            4 => Timestamp::parse_iso8601(&format!("{text}-01-01T00:00:00Z")),
            _ => seconds.checked_mul(1000).map(Timestamp::from_millis),
        };
    }
    Timestamp::parse_iso8601(text)
        .or_else(|| Timestamp::parse_iso8601(&format!("{text}T00:00:00Z")))
        .or_else(|| Timestamp::parse_iso8601(&format!("{}:00Z", text.strip_suffix('Z')?)))
}

/// An address or a CIDR block.
#[derive(Clone, Copy, Debug)]
struct Network {
    address: IpAddr,
    bits: u32,
}

impl FromStr for Network {
    type Err = ();

    fn from_str(text: &str) -> Result<Network, ()> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u32>().map_err(drop)?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(drop)?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(width);
        if bits > width { Err(()) } else { Ok(Network { address, bits }) }
    }
}

impl Network {
    fn contains(self, address: IpAddr) -> bool {
        // A dual-stack socket reports IPv4 clients in IPv6's mapped form.
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let shift = 32 - self.bits;
                u64::from(network.to_bits()) >> shift == u64::from(address.to_bits()) >> shift
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let shift = 128 - self.bits;
                network.to_bits().checked_shr(shift).unwrap_or(0)
                    == address.to_bits().checked_shr(shift).unwrap_or(0)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(operator: &str, values: &[&str], actual: Option<&[&str]>) -> bool {
        let (quantifier, rest) = match operator.split_once(':') {
            Some(("ForAllValues", rest)) => (Some(Quantifier::ForAll), rest),
            Some(("ForAnyValue", rest)) => (Some(Quantifier::ForAny), rest),
            _ => (None, operator),
        };
        let (if_exists, name) = match rest.strip_suffix("IfExists") {
            Some(name) => (true, name),
            None => (false, rest),
        };
        let condition = Condition {
            quantifier,
            if_exists,
            operator: Operator::by_name(name).unwrap(),
            key: "k".into(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        let mut facts = Facts::default();
        facts.set("aws:username", "jo*");
        if let Some(actual) = actual {
            facts.set_all("K", actual.iter().map(|value| (*value).to_owned()).collect());
        }
        condition.holds(Variables::Replaced, &facts)
    }

    #[test]
    fn operators() {
        #[rustfmt::skip]
        let table: &[(&str, &[&str], &[&str], bool)] = &[
            ("StringEquals", &["a", "b"], &["b"], true),
            ("StringEquals", &["a*"], &["ab"], false),
            ("StringEquals", &["A"], &["a"], false),
            ("StringEquals", &["${aws:username}"], &["jo*"], true),
            ("StringEquals", &["${aws:nothing}"], &[""], false),
            ("StringNotEquals", &["a", "b"], &["b"], false),
            ("StringNotEquals", &["a", "b"], &["c"], true),
            ("StringEqualsIgnoreCase", &["ABC"], &["abc"], true),
            ("StringNotEqualsIgnoreCase", &["ABC"], &["abc"], false),
            ("StringLike", &["a?c*"], &["abcdef"], true),
            ("StringLike", &["${aws:username}"], &["jolly"], false),
            ("StringNotLike", &["a*"], &["abc"], false),
            ("NumericEquals", &["10"], &["10.0"], true),
            ("NumericNotEquals", &["10"], &["11"], true),
            ("NumericLessThan", &["10"], &["9"], true),
            ("NumericLessThan", &["10"], &["10"], false),
            ("NumericLessThanEquals", &["10"], &["10"], true),
            ("NumericGreaterThan", &["9"], &["10"], true),
            ("NumericGreaterThanEquals", &["10"], &["9.5"], false),
            ("NumericEquals", &["10"], &["ten"], false),
            ("DateGreaterThan", &["2020-04-01T00:00:00Z"], &["2020-04-01T00:00:01Z"], true),
            ("DateLessThan", &["2020-04-01"], &["2020-03-31T23:59:59Z"], true),
            ("DateLessThan", &["1585699200"], &["2020-03-31T23:59:59Z"], true),
            ("DateEquals", &["2020-04-01T02:00:00+02:00"], &["2020-04-01T00:00:00Z"], true),
            ("DateNotEquals", &["2020-04-01T00:00:00Z"], &["2020-04-01T00:00:00Z"], false),
            ("DateGreaterThanEquals", &["2020"], &["2020-01-01T00:00:00Z"], true),
            ("DateLessThanEquals", &["2020-06-30T23:59Z"], &["2020-06-30T23:59:00Z"], true),
            ("Bool", &["true"], &["true"], true),
            ("Bool", &["TRUE"], &["true"], true),
            ("Bool", &["false"], &["true"], false),
            ("BinaryEquals", &["QmluYXJ5"], &["QmluYXJ5"], true),
            ("BinaryEquals", &["QmluYXJ5"], &["Qmlu"], false),
            ("IpAddress", &["203.0.113.0/24"], &["203.0.113.77"], true),
            ("IpAddress", &["203.0.113.0/24"], &["203.0.114.1"], false),
            ("IpAddress", &["203.0.113.7"], &["203.0.113.7"], true),
            ("IpAddress", &["0.0.0.0/0"], &["8.8.8.8"], true),
            ("IpAddress", &["0.0.0.0/0"], &["::1"], false),
            ("IpAddress", &["::/0"], &["::1"], true),
            ("IpAddress", &["2001:db8::/32"], &["2001:db8:1::5"], true),
            ("IpAddress", &["127.0.0.0/8"], &["::ffff:127.0.0.1"], true),
            ("NotIpAddress", &["203.0.113.0/24"], &["203.0.113.7"], false),
            ("NotIpAddress", &["203.0.113.0/24"], &["8.8.8.8"], true),
            ("ArnEquals", &["arn:aws:sns:*:1:t*"], &["arn:aws:sns:r:1:topic"], true),
            ("ArnLike", &["arn:aws:sns:*:t"], &["arn:aws:sns:r:1:t"], false),
            ("ArnNotLike", &["arn:aws:sns:*:1:t*"], &["arn:aws:sns:r:1:topic"], false),
            ("ArnNotEquals", &["arn:aws:sns:r:1:x"], &["arn:aws:sns:r:1:topic"], true),
            ("Null", &["true"], &["x"], false),
            ("Null", &["false"], &["x"], true),
            ("ForAllValues:StringEquals", &["a", "b"], &["a", "b"], true),
            ("ForAllValues:StringEquals", &["a", "b"], &["a", "c"], false),
            ("ForAllValues:StringNotEquals", &["a", "b"], &["c", "a"], false),
            ("ForAnyValue:StringEquals", &["a", "b"], &["c", "b"], true),
            ("ForAnyValue:StringEquals", &["a", "b"], &["c", "d"], false),
            ("ForAnyValue:StringNotEquals", &["a"], &["a", "c"], true),
            ("ForAnyValue:StringLike", &["a*"], &["x", "abc"], true),
            ("StringEqualsIfExists", &["a"], &["b"], false),
        ];
        for (operator, values, actual, expected) in table {
            assert_eq!(holds(operator, values, Some(actual)), *expected, "{operator} {values:?} {actual:?}");
        }
    }

    #[test]
    fn absent_keys() {
        #[rustfmt::skip]
        let table = [
            ("StringEquals", false), ("StringNotEquals", true), ("NumericLessThan", false),
            ("NotIpAddress", true), ("Bool", false), ("Null", true),
            ("StringEqualsIfExists", true), ("StringNotEqualsIfExists", true), ("NumericLessThanIfExists", true),
            ("ForAllValues:StringEquals", true), ("ForAllValues:StringNotEquals", true),
            ("ForAnyValue:StringEquals", false), ("ForAnyValue:StringNotEquals", false),
        ];
        for (operator, expected) in table {
            assert_eq!(holds(operator, &["true"], None), expected, "{operator}");
        }
    }

    #[test]
    fn values_that_can_never_match_are_refused() {
        let table = [
            ("NumericEquals", "ten", false),
            ("NumericEquals", "1e3", true),
            ("DateEquals", "yesterday", false),
            ("IpAddress", "10.0.0.0/33", false),
            ("IpAddress", "10.0.0.256", false),
            ("IpAddress", "fe80::/10", true),
            ("Bool", "yes", false),
            ("Null", "True", true),
            ("NumericEquals", "${aws:PrincipalTag/limit}", true),
        ];
        for (operator, value, accepted) in table {
            assert_eq!(Operator::by_name(operator).unwrap().accepts(value), accepted, "{operator} {value}");
        }
        assert_eq!(Operator::by_name("StringMatches"), None);
    }
}
