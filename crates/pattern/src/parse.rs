//! Patterns from their JSON, refused in AWS's words where its parser stands.

mod operator;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::json::{Token, Tokens};
use crate::pattern::{Branch, Field, Pattern};
use crate::test::Test;
use crate::{COMBINATIONS_MAX, cidr};

use crate::number::Number;

/// Words that can't be field names within `$or`, so that a forgotten level of nesting is noticed.
const RESERVED: [&str; 24] = [
    "exactly",
    "equals-ignore-case",
    "prefix",
    "suffix",
    "anything-but",
    "exists",
    "wildcard",
    "numeric",
    "cidr",
    "html",
    "=",
    "<",
    "<=",
    ">",
    ">=",
    "regex",
    "not-wildcard",
    "not-equals-ignore-case",
    "date-after",
    "date-on-or-after",
    "date-before",
    "date-on-or-before",
    "in-date-range",
    "ip-address-in-range",
];

/// The ways through a pattern so far. Tests are shared between them.
type Ways = Vec<BTreeMap<Arc<str>, Arc<[Test]>>>;

pub(crate) fn pattern(json: &str) -> Result<Pattern, String> {
    let mut parser = Parser { tokens: Tokens::new(json), path: Vec::new() };
    if parser.tokens.next()? != Token::ObjectStart {
        return Err(parser.tokens.complaint("Filter is not an object"));
    }
    let mut ways = vec![BTreeMap::new()];
    parser.object(&mut ways, false)?;
    parser.tokens.next()?;
    let tests = ways.iter().flat_map(BTreeMap::values).flat_map(|tests| tests.iter());
    if tests.into_iter().any(operator::is_too_complex) {
        return Err("Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences \
                    after a wildcard character"
            .to_owned());
    }
    let branch = |way: BTreeMap<Arc<str>, Arc<[Test]>>| Branch {
        fields: way.into_iter().map(|(path, tests)| Field { path, tests }).collect(),
    };
    Ok(Pattern::of(ways.into_iter().map(branch).collect()))
}

struct Parser<'a> {
    tokens: Tokens<'a>,
    path: Vec<String>,
}

impl Parser<'_> {
    fn object(&mut self, ways: &mut Ways, within_or: bool) -> Result<(), String> {
        let mut empty = true;
        while let Token::Name(name) = self.tokens.next()? {
            empty = false;
            if name == "$or" {
                self.or(ways)?;
                continue;
            }
            if within_or && (RESERVED.contains(&name.as_ref()) || name == "ip-address-not-in-range") {
                return Err(self.tokens.complaint(&format!(
                    "{name} is Ruler reserved fieldName which cannot be used inside $or."
                )));
            }
            let name = name.into_owned();
            match self.tokens.next()? {
                Token::ObjectStart => {
                    self.path.push(name);
                    self.object(ways, within_or)?;
                    self.path.pop();
                }
                Token::ArrayStart => {
                    let tests = self.tests()?;
                    self.path.push(name);
                    let path: Arc<str> = self.path.join(".").into();
                    self.path.pop();
                    for way in ways.iter_mut() {
                        way.insert(path.clone(), tests.clone());
                    }
                }
                _ => return Err(self.tokens.complaint(&format!("\"{name}\" must be an object or an array"))),
            }
        }
        if empty { Err(self.tokens.complaint("Empty objects are not allowed")) } else { Ok(()) }
    }

    fn or(&mut self, ways: &mut Ways) -> Result<(), String> {
        if self.tokens.next()? != Token::ArrayStart {
            return Err(self.tokens.complaint("It must be an Array followed with $or."));
        }
        let before = std::mem::take(ways);
        let mut alternatives = 0;
        loop {
            match self.tokens.next()? {
                Token::ArrayEnd => break,
                Token::ObjectStart => {
                    let mut alternative = before.clone();
                    self.object(&mut alternative, true)?;
                    ways.append(&mut alternative);
                    alternatives += 1;
                }
                _ => {
                    let message = "Only JSON object is allowed in array of $or relationship.";
                    return Err(self.tokens.complaint(message));
                }
            }
            if ways.len() > COMBINATIONS_MAX {
                return Err(format!(
                    "Rule is too complex - its $or conditions make more than {COMBINATIONS_MAX} combinations"
                ));
            }
        }
        if alternatives < 2 {
            return Err(self.tokens.complaint("There must have at least 2 Objects in $or relationship."));
        }
        Ok(())
    }

    /// The tests of a field, up to the end of its array.
    fn tests(&mut self) -> Result<Arc<[Test]>, String> {
        let mut tests = Vec::new();
        loop {
            tests.push(match self.tokens.next()? {
                Token::ArrayEnd => break,
                Token::ObjectStart => operator::read(&mut self.tokens)?,
                Token::Text(text) => Test::Text(text.to_string(), cidr::address(&text)),
                Token::Number(spelled) => Test::Number(spelled.to_owned(), Number::exact(spelled).ok()),
                Token::True => Test::Word("true"),
                Token::False => Test::Word("false"),
                Token::Null => Test::Word("null"),
                _ => {
                    let message = "Match value must be String, number, true, false, or null";
                    return Err(self.tokens.complaint(message));
                }
            });
        }
        if tests.is_empty() {
            return Err(self.tokens.complaint("Empty arrays are not allowed"));
        }
        Ok(tests.into())
    }
}
