//! From JSON to a [`Policy`], refusing what AWS refuses, in its words and order: syntax first, then version,
//! then each statement's elements.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::condition::{Condition, Operator, Quantifier};
use super::document::{Effect, Malformed, Policy, PolicyKind, Principal, Selection, Statement};
use super::pattern::Variables;

type Parsed<T> = Result<T, Malformed>;

impl Policy {
    /// Parses and checks a document.
    pub fn parse(document: &str, kind: PolicyKind) -> Parsed<Policy> {
        let top: Value = serde_json::from_str(document).map_err(|_| match kind {
            PolicyKind::Trust => Malformed("This policy contains invalid Json".into()),
            PolicyKind::Identity | PolicyKind::Resource => Malformed::syntax(),
        })?;
        let top = top.as_object().ok_or_else(Malformed::syntax)?;
        if top.keys().any(|key| !matches!(key.as_str(), "Version" | "Id" | "Statement")) {
            return Err(Malformed::syntax());
        }
        if top.get("Id").is_some_and(|id| !id.is_string()) {
            return Err(Malformed::syntax());
        }
        let variables = match top.get("Version").map(Value::as_str) {
            Some(Some("2012-10-17")) => Variables::Replaced,
            Some(Some("2008-10-17")) => Variables::Literal,
            None => Variables::Literal,
            Some(_) => return Err(Malformed::syntax()),
        };
        let statements = top.get("Statement").ok_or_else(Malformed::syntax)?;
        if kind == PolicyKind::Identity && variables == Variables::Literal {
            return Err(Malformed("Policy document must be version 2012-10-17 or greater.".into()));
        }
        let statements = match statements {
            Value::Array(items) => {
                items.iter().map(|item| statement(item, kind)).collect::<Parsed<Vec<_>>>()?
            }
            one @ Value::Object(_) => vec![statement(one, kind)?],
            _ => return Err(Malformed::syntax()),
        };
        if statements.is_empty() {
            return Err(Malformed::syntax());
        }
        let mut sids = HashSet::new();
        if statements.iter().filter_map(|(sid, _)| sid.as_deref()).any(|sid| !sids.insert(sid)) {
            return Err(Malformed("Statement IDs (SID) in a single policy must be unique.".into()));
        }
        Ok(Policy { variables, statements: statements.into_iter().map(|(_, statement)| statement).collect() })
    }
}

fn statement(value: &Value, kind: PolicyKind) -> Parsed<(Option<String>, Statement)> {
    const ELEMENTS: [&str; 9] = [
        "Sid",
        "Effect",
        "Principal",
        "NotPrincipal",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
        "Condition",
    ];
    let fields = value.as_object().ok_or_else(Malformed::syntax)?;
    if fields.keys().any(|key| !ELEMENTS.contains(&key.as_str())) {
        return Err(Malformed::syntax());
    }
    let sid = match fields.get("Sid") {
        None => None,
        Some(Value::String(sid)) => Some(sid.clone()).filter(|sid| !sid.is_empty()),
        Some(_) => return Err(Malformed::syntax()),
    };
    let effect = match fields.get("Effect").and_then(Value::as_str) {
        Some("Allow") => Effect::Allow,
        Some("Deny") => Effect::Deny,
        _ => return Err(Malformed::syntax()),
    };
    let conditions = match fields.get("Condition") {
        None => Vec::new(),
        Some(Value::Object(operators)) => conditions(operators)?,
        Some(_) => return Err(Malformed::syntax()),
    };
    let principals = principals(fields, kind)?;
    let statement = Statement {
        effect,
        principals,
        actions: actions(fields, kind)?,
        resources: resources(fields, kind)?,
        conditions,
    };
    Ok((sid, statement))
}

/// One of an element and its `Not` form; both is a syntax error.
fn either<'a>(fields: &'a Map<String, Value>, name: &str) -> Parsed<Option<Selection<&'a Value>>> {
    match (fields.get(name), fields.get(&format!("Not{name}"))) {
        (Some(_), Some(_)) => Err(Malformed::syntax()),
        (Some(value), None) => Ok(Some(Selection::Of(vec![value]))),
        (None, Some(value)) => Ok(Some(Selection::Not(vec![value]))),
        (None, None) => Ok(None),
    }
}

fn texts(selection: Selection<&Value>) -> Parsed<Selection<String>> {
    let list = |values: Vec<&Value>| values.first().map_or(Ok(Vec::new()), |value| strings(value));
    match selection {
        Selection::Of(values) => list(values).map(Selection::Of),
        Selection::Not(values) => list(values).map(Selection::Not),
    }
}

/// A string or a list of strings.
fn strings(value: &Value) -> Parsed<Vec<String>> {
    match value {
        Value::String(text) => Ok(vec![text.clone()]),
        Value::Array(items) => {
            items.iter().map(|item| item.as_str().map(str::to_owned).ok_or_else(Malformed::syntax)).collect()
        }
        _ => Err(Malformed::syntax()),
    }
}

fn actions(fields: &Map<String, Value>, kind: PolicyKind) -> Parsed<Selection<String>> {
    let missing = || Malformed("Policy statement must contain actions.".into());
    let actions = texts(either(fields, "Action")?.ok_or_else(missing)?)?;
    if actions.items().is_empty() {
        return Err(missing());
    }
    for action in actions.items() {
        let (vendor, rest) = match action.split_once(':') {
            Some((vendor, rest)) => (vendor, rest),
            None if action == "*" => ("*", "*"),
            None => {
                return Err(Malformed(
                    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.".into(),
                ));
            }
        };
        if rest.contains(':') {
            return Err(Malformed("Actions/Condition can contain only one colon.".into()));
        }
        if vendor != "*" && !vendor.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
        {
            return Err(Malformed(format!("Vendor {vendor} is not valid")));
        }
        if kind == PolicyKind::Trust && !vendor.eq_ignore_ascii_case("sts") {
            return Err(Malformed("AssumeRole policy may only specify STS AssumeRole actions.".into()));
        }
    }
    Ok(actions)
}

fn resources(fields: &Map<String, Value>, kind: PolicyKind) -> Parsed<Option<Selection<String>>> {
    let missing = || Malformed("Policy statement must contain resources.".into());
    let given = either(fields, "Resource")?;
    let given = match (kind, given) {
        (PolicyKind::Trust, None) => return Ok(None),
        (PolicyKind::Trust, Some(Selection::Of(_))) => {
            return Err(Malformed("Has prohibited field Resource".into()));
        }
        (PolicyKind::Trust, Some(Selection::Not(_))) => {
            return Err(Malformed("Has prohibited field NotResource".into()));
        }
        (PolicyKind::Identity | PolicyKind::Resource, given) => given.ok_or_else(missing)?,
    };
    let resources = texts(given)?;
    if resources.items().is_empty() {
        return Err(missing());
    }
    for resource in resources.items().iter().filter(|resource| *resource != "*") {
        let Some((_, partition)) = resource.split_once(':') else {
            return Err(Malformed(format!("Resource {resource} must be in ARN format or \"*\".")));
        };
        let (partition, rest) = partition.split_once(':').unwrap_or((partition, ""));
        if !matches!(partition, "aws" | "*") && !partition.starts_with("aws-") {
            return Err(Malformed(format!(
                "Partition \"{partition}\" is not valid for resource \"arn:{partition}:{}\".",
                if rest.is_empty() { "*:*:*:*" } else { rest }
            )));
        }
        if rest.is_empty() {
            return Err(Malformed(
                "Resource vendor must be fully qualified and cannot contain regexes.".into(),
            ));
        }
    }
    Ok(Some(resources))
}

fn principals(fields: &Map<String, Value>, kind: PolicyKind) -> Parsed<Option<Selection<Principal>>> {
    let given = either(fields, "Principal")?;
    let given = match (kind, given) {
        (PolicyKind::Identity, None) => return Ok(None),
        (PolicyKind::Identity, Some(_)) => {
            return Err(Malformed("Policy document should not specify a principal.".into()));
        }
        (PolicyKind::Trust | PolicyKind::Resource, given) => given.ok_or_else(|| match kind {
            PolicyKind::Trust => Malformed("AssumeRolePolicyDocument must specify a principal.".into()),
            PolicyKind::Identity | PolicyKind::Resource => Malformed::syntax(),
        })?,
    };
    let parse = |values: Vec<&Value>| {
        values.into_iter().try_fold(Vec::new(), |mut all, value| {
            all.extend(principal_list(value)?);
            Ok(all)
        })
    };
    Ok(Some(match given {
        Selection::Of(values) => Selection::Of(parse(values)?),
        Selection::Not(values) => Selection::Not(parse(values)?),
    }))
}

fn principal_list(value: &Value) -> Parsed<Vec<Principal>> {
    let by_type = match value {
        Value::String(text) if text == "*" => return Ok(vec![Principal::Everyone]),
        Value::Object(by_type) => by_type,
        _ => return Err(Malformed::syntax()),
    };
    let mut all = Vec::new();
    for (kind, names) in by_type {
        for name in strings(names)? {
            all.push(principal(kind, name)?);
        }
    }
    if all.is_empty() { Err(Malformed::syntax()) } else { Ok(all) }
}

fn principal(kind: &str, name: String) -> Parsed<Principal> {
    let invalid = |name: &str| Malformed(format!("Invalid principal in policy: \"{kind}\":\"{name}\""));
    match kind {
        "AWS" if name == "*" => Ok(Principal::Everyone),
        "AWS" if name.parse::<base::AccountId>().is_ok() => Ok(Principal::Account(name)),
        "AWS" => match name.parse::<base::Arn>() {
            Ok(arn) if arn.service == "iam" && arn.resource == "root" => Ok(Principal::Account(arn.account)),
            // AWS keeps the id of a deleted principal; such a policy stays readable and matches nobody.
            Err(_) if name.starts_with("AIDA") || name.starts_with("AROA") => Ok(Principal::Arn(name)),
            Ok(arn) if matches!(arn.service.as_str(), "iam" | "sts") && !name.contains(['*', '?']) => {
                Ok(Principal::Arn(name))
            }
            _ => Err(invalid(&name)),
        },
        "Service" if name.contains('.') && !name.contains('*') => Ok(Principal::Service(name)),
        "Service" => Err(invalid(&name)),
        "Federated" => Ok(Principal::Federated(name)),
        "CanonicalUser" => Ok(Principal::CanonicalUser(name)),
        _ => Err(Malformed::syntax()),
    }
}

fn conditions(operators: &Map<String, Value>) -> Parsed<Vec<Condition>> {
    let mut all = Vec::new();
    for (name, keys) in operators {
        let keys = keys.as_object().ok_or_else(Malformed::syntax)?;
        let (quantifier, rest) = match name.split_once(':') {
            Some(("ForAllValues", rest)) => (Some(Quantifier::ForAll), rest),
            Some(("ForAnyValue", rest)) => (Some(Quantifier::ForAny), rest),
            Some(_) => return Err(Malformed(format!("Invalid Condition type : {name}."))),
            None => (None, name.as_str()),
        };
        let (if_exists, plain) = match rest.strip_suffix("IfExists") {
            Some(plain) => (true, plain),
            None => (false, rest),
        };
        let operator = Operator::by_name(plain)
            .filter(|operator| !(if_exists && *operator == Operator::Null))
            .ok_or_else(|| Malformed(format!("Invalid Condition type : {name}.")))?;
        for (key, values) in keys {
            if !key.contains(':') {
                return Err(Malformed(
                    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.".into(),
                ));
            }
            let values = scalars(values)?;
            if values.is_empty() || !values.iter().all(|value| operator.accepts(value)) {
                return Err(Malformed::syntax());
            }
            all.push(Condition { quantifier, if_exists, operator, key: key.clone(), values });
        }
    }
    Ok(all)
}

/// A condition's values may be written as strings, numbers or booleans.
fn scalars(value: &Value) -> Parsed<Vec<String>> {
    match value {
        Value::Array(items) => items.iter().map(|item| scalar(item).ok_or_else(Malformed::syntax)).collect(),
        one => scalar(one).map(|text| vec![text]).ok_or_else(Malformed::syntax),
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
