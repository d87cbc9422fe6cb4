//! Conditions on JSON messages: `{ ($.level = "ERROR" || $.code >= 500) && $.retry NOT EXISTS }`.

use serde_json::Value;

use super::InvalidPattern;
use super::value::{Operator, Wanted};

#[derive(Debug)]
pub(super) enum Expression {
    All(Vec<Expression>),
    Any(Vec<Expression>),
    Test(Vec<Step>, Test),
}

#[derive(Debug)]
pub(super) enum Step {
    Member(String),
    Item(usize),
    EveryItem,
}

#[derive(Debug)]
pub(super) enum Test {
    Compare(Operator, Wanted),
    True,
    False,
    Null,
    Exists,
    Absent,
}

/// Deeper nesting than any person writes; the parser is recursive.
const DEPTH_MAX: usize = 32;

pub(super) fn parse(pattern: &str) -> Result<Expression, InvalidPattern> {
    let inner = pattern.strip_prefix('{').ok_or(InvalidPattern::Syntax)?;
    let (expression, rest) = any(inner, 0)?;
    match rest.trim_start().strip_prefix('}') {
        Some(after) if after.trim().is_empty() => Ok(expression),
        _ => Err(InvalidPattern::Syntax),
    }
}

fn any(text: &str, depth: usize) -> Result<(Expression, &str), InvalidPattern> {
    let (first, rest) = list(text, "||", |text| list(text, "&&", |text| one(text, depth)).map(all_of))?;
    Ok((if first.len() == 1 { single(first) } else { Expression::Any(first) }, rest))
}

fn all_of((list, rest): (Vec<Expression>, &str)) -> (Expression, &str) {
    (if list.len() == 1 { single(list) } else { Expression::All(list) }, rest)
}

fn single(mut list: Vec<Expression>) -> Expression {
    list.pop().unwrap_or(Expression::All(Vec::new()))
}

fn list<'a>(
    text: &'a str,
    separator: &str,
    item: impl Fn(&'a str) -> Result<(Expression, &'a str), InvalidPattern>,
) -> Result<(Vec<Expression>, &'a str), InvalidPattern> {
    let mut items = Vec::new();
    let mut rest = text;
    loop {
        let (next, after) = item(rest)?;
        items.push(next);
        match after.trim_start().strip_prefix(separator) {
            Some(after) => rest = after,
            None => return Ok((items, after)),
        }
    }
}

fn one(text: &str, depth: usize) -> Result<(Expression, &str), InvalidPattern> {
    let text = text.trim_start();
    if let Some(inner) = text.strip_prefix('(') {
        if depth >= DEPTH_MAX {
            return Err(InvalidPattern::Syntax);
        }
        let (expression, rest) = any(inner, depth + 1)?;
        let rest = rest.trim_start().strip_prefix(')').ok_or(InvalidPattern::Syntax)?;
        return Ok((expression, rest));
    }
    let (path, rest) = selector(text)?;
    let rest = rest.trim_start();
    for (words, test) in [
        (&["IS", "TRUE"][..], Test::True),
        (&["IS", "FALSE"], Test::False),
        (&["IS", "NULL"], Test::Null),
        (&["NOT", "EXISTS"], Test::Absent),
        (&["EXISTS"], Test::Exists),
    ] {
        if let Some(rest) = keywords(rest, words) {
            return Ok((Expression::Test(path, test), rest));
        }
    }
    let (operator, rest) = Operator::take(rest).ok_or(InvalidPattern::Syntax)?;
    let (wanted, rest) = Wanted::take(rest.trim_start(), &['}', ')', '&', '|'])?;
    operator.check(&wanted)?;
    Ok((Expression::Test(path, Test::Compare(operator, wanted)), rest))
}

fn keywords<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    let mut rest = text;
    for word in words {
        let head = rest.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
        rest = rest[head.len()..].trim_start();
    }
    Some(rest)
}

fn selector(text: &str) -> Result<(Vec<Step>, &str), InvalidPattern> {
    let mut rest = text.strip_prefix('$').ok_or(InvalidPattern::Syntax)?;
    let mut path = Vec::new();
    loop {
        if let Some(after) = rest.strip_prefix('.') {
            let end = after
                .find(|next: char| !(next.is_alphanumeric() || matches!(next, '_' | '-' | '@')))
                .unwrap_or(after.len());
            if end == 0 {
                return Err(InvalidPattern::Syntax);
            }
            path.push(Step::Member(after[..end].to_owned()));
            rest = &after[end..];
        } else if let Some(after) = rest.strip_prefix('[') {
            let (inside, after) = after.split_once(']').ok_or(InvalidPattern::Syntax)?;
            let name = ['\'', '"'].iter().find_map(|quote| inside.strip_prefix(*quote)?.strip_suffix(*quote));
            path.push(match (name, inside) {
                (Some(name), _) => Step::Member(name.to_owned()),
                (None, "*") => Step::EveryItem,
                (None, number) => Step::Item(number.trim().parse().map_err(|_| InvalidPattern::Syntax)?),
            });
            rest = after;
        } else if path.is_empty() {
            return Err(InvalidPattern::Syntax);
        } else {
            return Ok((path, rest));
        }
    }
}

impl Expression {
    pub(super) fn matches(&self, message: &str) -> bool {
        // Most lines of a mixed log are not JSON: don't start the parser for them.
        if !message.trim_start().starts_with(['{', '[']) {
            return false;
        }
        serde_json::from_str(message).is_ok_and(|value| self.holds(&value))
    }

    fn holds(&self, value: &Value) -> bool {
        match self {
            Expression::All(list) => list.iter().all(|item| item.holds(value)),
            Expression::Any(list) => list.iter().any(|item| item.holds(value)),
            Expression::Test(path, test) => {
                let mut found = Vec::new();
                select(value, path, &mut found);
                match test {
                    Test::Absent => found.is_empty(),
                    Test::Exists => !found.is_empty(),
                    Test::True => found.iter().any(|value| **value == Value::Bool(true)),
                    Test::False => found.iter().any(|value| **value == Value::Bool(false)),
                    Test::Null => found.iter().any(|value| value.is_null()),
                    Test::Compare(operator, wanted) => {
                        found.iter().any(|value| compare(*operator, value, wanted))
                    }
                }
            }
        }
    }
}

fn select<'a>(value: &'a Value, path: &[Step], found: &mut Vec<&'a Value>) {
    let Some((step, rest)) = path.split_first() else {
        found.push(value);
        return;
    };
    match (step, value) {
        (Step::Member(name), Value::Object(members)) => {
            if let Some(value) = members.get(name) {
                select(value, rest, found);
            }
        }
        (Step::Item(at), Value::Array(items)) => {
            if let Some(value) = items.get(*at) {
                select(value, rest, found);
            }
        }
        (Step::EveryItem, Value::Array(items)) => {
            for value in items {
                select(value, rest, found);
            }
        }
        _ => {}
    }
}

fn compare(operator: Operator, value: &Value, wanted: &Wanted) -> bool {
    match value {
        Value::String(text) => operator.holds(text, wanted),
        Value::Number(number) => operator.holds(&number.to_string(), wanted),
        Value::Bool(flag) => operator.holds(if *flag { "true" } else { "false" }, wanted),
        Value::Null | Value::Array(_) | Value::Object(_) => false,
    }
}
