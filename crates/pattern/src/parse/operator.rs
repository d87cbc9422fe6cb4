//! Operators: the objects among a field's tests.

use crate::cidr::Block;
use crate::fold;
use crate::glob::Glob;
use crate::json::{Token, Tokens};
use crate::number::Number;
use crate::test::{Not, Test};

const ONE_KEY: &str = "Only one key allowed in match expression";
const TOO_MANY: &str = "Too many elements in numeric expression";

/// Reads an operator whose opening brace has been read.
pub(crate) fn read(tokens: &mut Tokens<'_>) -> Result<Test, String> {
    let Token::Name(operator) = tokens.next()? else {
        return Err(tokens.complaint("Match expression name not found"));
    };
    let test = match operator.as_ref() {
        "exactly" => Test::text(&text(tokens, "exact match pattern must be a string")?),
        "prefix" => {
            return affix(tokens, "prefix", "Prefix", Test::Prefix, Test::PrefixIgnoreCase);
        }
        "suffix" => {
            return affix(tokens, "suffix", "Suffix", Test::Suffix, Test::SuffixIgnoreCase);
        }
        "equals-ignore-case" => {
            let text = text(tokens, "equals-ignore-case match pattern must be a string")?;
            Test::EqualsIgnoreCase(fold::folded(&text))
        }
        "wildcard" => {
            let text = text(tokens, "wildcard match pattern must be a string")?;
            Test::Glob(Glob::parse(&text).map_err(|problem| tokens.complaint_behind(&problem))?)
        }
        // Its message about a wrong type speaks of prefixes, on AWS too.
        "cidr" => Test::Block(Block::parse(&text(tokens, "prefix match pattern must be a string")?)?),
        "exists" => match tokens.next()? {
            Token::True => Test::Exists,
            Token::False => Test::Absent,
            _ => return Err(tokens.complaint("exists match pattern must be either true or false.")),
        },
        "numeric" => {
            if tokens.next()? != Token::ArrayStart {
                return Err(tokens.complaint("Value of numeric must be an array."));
            }
            let range = numeric(tokens)?;
            close(tokens, TOO_MANY)?;
            return Ok(range);
        }
        "anything-but" => return anything_but(tokens).map(Test::AnythingBut),
        other => return Err(tokens.complaint(&format!("Unrecognized match type {other}"))),
    };
    close(tokens, ONE_KEY)?;
    Ok(test)
}

/// Whether a test's wildcards are more than may be.
pub(crate) fn is_too_complex(test: &Test) -> bool {
    match test {
        Test::Glob(glob) => glob.is_too_complex(),
        Test::AnythingBut(Not::Globs(globs)) => globs.iter().any(Glob::is_too_complex),
        _ => false,
    }
}

fn close(tokens: &mut Tokens<'_>, otherwise: &str) -> Result<(), String> {
    match tokens.next()? {
        Token::ObjectEnd => Ok(()),
        _ => Err(tokens.complaint(otherwise)),
    }
}

fn text(tokens: &mut Tokens<'_>, otherwise: &str) -> Result<String, String> {
    match tokens.next()? {
        Token::Text(text) => Ok(text.into_owned()),
        _ => Err(tokens.complaint(otherwise)),
    }
}

/// `prefix` or `suffix`: a string, or `{"equals-ignore-case": string}`.
fn affix(
    tokens: &mut Tokens<'_>,
    word: &str,
    title: &str,
    exact: fn(String) -> Test,
    ignore_case: fn(String) -> Test,
) -> Result<Test, String> {
    match tokens.next()? {
        Token::Text(text) => {
            close(tokens, ONE_KEY)?;
            Ok(exact(text.into_owned()))
        }
        Token::ObjectStart => {
            match tokens.next()? {
                Token::Name(name) if name == "equals-ignore-case" => {}
                Token::Name(name) => {
                    return Err(tokens.complaint(&format!("Unsupported {word} pattern: {name}")));
                }
                _ => return Err(tokens.complaint(&format!("{title} expression name not found"))),
            }
            let text = text(tokens, "equals-ignore-case match pattern must be a string")?;
            close(tokens, ONE_KEY)?;
            close(tokens, ONE_KEY)?;
            Ok(ignore_case(fold::folded(&text)))
        }
        _ => Err(tokens.complaint(&format!("{word} match pattern must be a string"))),
    }
}

fn anything_but(tokens: &mut Tokens<'_>) -> Result<Not, String> {
    let mut kind = Kind::Values;
    let mut token = tokens.next()?;
    if token == Token::ObjectStart {
        kind = match tokens.next()? {
            Token::Name(name) => match name.as_ref() {
                "equals-ignore-case" => Kind::IgnoreCase,
                "prefix" => Kind::Prefix,
                "suffix" => Kind::Suffix,
                "wildcard" => Kind::Wildcard,
                other => return Err(tokens.complaint(&format!("Unsupported anything-but pattern: {other}"))),
            },
            _ => return Err(tokens.complaint("Anything-But expression name not found")),
        };
        token = tokens.next()?;
    }
    let not = match token {
        Token::ArrayStart => kind.list(tokens)?,
        Token::Text(_) | Token::Number(_) => {
            let mut values = Values::default();
            kind.value(tokens, token, &mut values)?;
            kind.not(tokens, values)?
        }
        _ => {
            let message = "Value of anything-but must be an array or single string/number value.";
            return Err(tokens.complaint(message));
        }
    };
    close(tokens, TOO_MANY)?;
    if kind != Kind::Values {
        close(tokens, TOO_MANY)?;
    }
    Ok(not)
}

/// What `anything-but` is applied to.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Values,
    IgnoreCase,
    Prefix,
    Suffix,
    Wildcard,
}

#[derive(Default)]
struct Values {
    texts: Vec<String>,
    numbers: Vec<Number>,
}

impl Kind {
    fn list(self, tokens: &mut Tokens<'_>) -> Result<Not, String> {
        let mut values = Values::default();
        loop {
            let token = tokens.next()?;
            if token == Token::ArrayEnd {
                break;
            }
            if let Err(problem) = self.value(tokens, token, &mut values) {
                // AWS's parser adds the place to what has a place already; a number's problem has none yet.
                return Err(tokens.complaint_behind(&problem));
            }
        }
        if self == Kind::Values && values.texts.is_empty() == values.numbers.is_empty() {
            return Err(tokens.complaint(
                "Inside anything but list, either all values are number or string, mixed type is not supported",
            ));
        }
        self.not(tokens, values)
    }

    fn value(self, tokens: &Tokens<'_>, token: Token<'_>, values: &mut Values) -> Result<(), String> {
        match (self, token) {
            (Kind::Values, Token::Number(spelled)) => values.numbers.push(Number::exact(spelled)?),
            (Kind::Prefix | Kind::Suffix, Token::Text(text)) if text.is_empty() => {
                return Err(tokens.complaint_behind("Null prefix/suffix not allowed"));
            }
            (Kind::IgnoreCase, Token::Text(text)) => values.texts.push(fold::folded(&text)),
            (_, Token::Text(text)) => values.texts.push(text.into_owned()),
            _ => return Err(tokens.complaint(self.wrong_type())),
        }
        Ok(())
    }

    fn wrong_type(self) -> &'static str {
        match self {
            Kind::Values => "Inside anything but list, start|null|boolean is not supported.",
            Kind::IgnoreCase => {
                "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported."
            }
            Kind::Prefix | Kind::Suffix => "prefix/suffix match pattern must be a string",
            Kind::Wildcard => "wildcard match pattern must be a string",
        }
    }

    fn not(self, tokens: &Tokens<'_>, values: Values) -> Result<Not, String> {
        Ok(match self {
            Kind::Values if values.texts.is_empty() => Not::Numbers(values.numbers),
            Kind::Values => Not::Texts(values.texts),
            Kind::IgnoreCase => Not::IgnoreCase(values.texts),
            Kind::Prefix => Not::Prefixes(values.texts),
            Kind::Suffix => Not::Suffixes(values.texts),
            Kind::Wildcard => {
                let globs = values.texts.iter().map(|text| Glob::parse(text)).collect::<Result<_, _>>();
                Not::Globs(globs.map_err(|problem| tokens.complaint_behind(&problem))?)
            }
        })
    }
}

/// `numeric`'s list behind its opening bracket: a comparison, or a lower bound and an upper one.
fn numeric(tokens: &mut Tokens<'_>) -> Result<Test, String> {
    let operator = match tokens.next()? {
        Token::Text(text) => text.into_owned(),
        other => {
            let message = format!("Invalid member in numeric match: {}", spelled(&other));
            return Err(tokens.complaint_behind(&message));
        }
    };
    let first = tokens.next()?;
    let name = match operator.as_str() {
        "=" => "equals",
        ">=" | ">" | "<=" | "<" => operator.as_str(),
        _ => return Err(tokens.complaint(&format!("Unrecognized numeric range operator: {operator}"))),
    };
    let Token::Number(first) = first else {
        return Err(tokens.complaint(&format!("Value of {name} must be numeric")));
    };
    let next = tokens.next()?;
    let (low, high) = match (operator.as_str(), next) {
        ("=", Token::ArrayEnd) => {
            let number = number(tokens, first)?;
            return Ok(Test::Range { low: number, low_open: false, high: number, high_open: false });
        }
        ("<" | "<=", Token::ArrayEnd) => ((Number::MIN, false), (number(tokens, first)?, operator == "<")),
        (">" | ">=", Token::ArrayEnd) => ((number(tokens, first)?, operator == ">"), (Number::MAX, false)),
        (">" | ">=", next) => {
            let (second, open) = upper_bound(tokens, next)?;
            ((number(tokens, first)?, operator == ">"), (number(tokens, &second)?, open))
        }
        _ => return Err(tokens.complaint(TOO_MANY)),
    };
    if low.0 >= high.0 {
        return Err(tokens.complaint("Bottom must be less than top"));
    }
    Ok(Test::Range { low: low.0, low_open: low.1, high: high.0, high_open: high.1 })
}

/// The second half of a range, and whether it is without its bound.
fn upper_bound(tokens: &mut Tokens<'_>, operator: Token<'_>) -> Result<(String, bool), String> {
    let Token::Text(operator) = operator else {
        return Err(tokens.complaint_behind(&format!("Bad value in numeric range: {}", spelled(&operator))));
    };
    if operator != "<" && operator != "<=" {
        return Err(tokens.complaint_behind(&format!("Bad numeric range operator: {operator}")));
    }
    let operator = operator.into_owned();
    let Token::Number(second) = tokens.next()? else {
        return Err(tokens.complaint(&format!("Value of {operator} must be numeric")));
    };
    let second = second.to_owned();
    match tokens.next()? {
        Token::ArrayEnd => Ok((second, operator == "<")),
        _ => Err(tokens.complaint("Too many terms in numeric range expression")),
    }
}

fn number(tokens: &Tokens<'_>, spelled: &str) -> Result<Number, String> {
    Number::exact(spelled).map_err(|problem| tokens.complaint(&problem))
}

fn spelled(token: &Token<'_>) -> String {
    match token {
        Token::ObjectStart => "{".to_owned(),
        Token::ObjectEnd => "}".to_owned(),
        Token::ArrayStart => "[".to_owned(),
        Token::ArrayEnd => "]".to_owned(),
        Token::Name(text) | Token::Text(text) => text.to_string(),
        Token::Number(text) => (*text).to_owned(),
        Token::True => "true".to_owned(),
        Token::False => "false".to_owned(),
        Token::Null => "null".to_owned(),
        Token::End => String::new(),
    }
}
