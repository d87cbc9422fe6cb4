//! Filter patterns: which messages FilterLogEvents returns. A pattern is words (`ERROR -timeout`), a JSON
//! condition (`{ $.level = "ERROR" }`) or columns (`[ip, user, status = 4*]`).

mod columns;
mod json;
mod value;
mod words;

use words::Words;

/// A parsed pattern.
#[derive(Debug)]
pub struct Filter(Kind);

#[derive(Debug)]
enum Kind {
    Everything,
    Words(Words),
    Json(json::Expression),
    Columns(columns::Columns),
}

/// Why a pattern was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPattern {
    #[error("Invalid filter pattern")]
    Syntax,
    #[error("Freehold does not support regular expressions (%…%) in filter patterns yet.")]
    RegularExpression,
}

impl Filter {
    pub fn parse(pattern: &str) -> Result<Filter, InvalidPattern> {
        let pattern = pattern.trim();
        let kind = match pattern.chars().next() {
            None => Kind::Everything,
            Some('{') => Kind::Json(json::parse(pattern)?),
            Some('[') => Kind::Columns(columns::parse(pattern)?),
            Some(_) => Kind::Words(Words::parse(pattern)?),
        };
        Ok(Filter(kind))
    }

    pub fn matches(&self, message: &str) -> bool {
        match &self.0 {
            Kind::Everything => true,
            Kind::Words(words) => words.matches(message),
            Kind::Json(expression) => expression.matches(message),
            Kind::Columns(columns) => columns.matches(message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        #[rustfmt::skip]
        let table: &[(&str, &str, bool)] = &[
            ("", "anything", true),
            ("  ", "anything", true),
            // Words.
            ("ERROR", "[ERROR] boom", true),
            ("ERROR", "error", false),
            ("ERROR boom", "boom ERROR", true),
            ("ERROR boom", "ERROR", false),
            ("\"INTERNAL SERVER ERROR\"", "[ERROR 500] INTERNAL SERVER ERROR", true),
            ("\"INTERNAL SERVER ERROR\"", "INTERNAL ERROR SERVER", false),
            ("\"a\\\"b\"", "x a\"b y", true),
            ("ERROR -EXITING", "ERROR 1", true),
            ("ERROR -EXITING", "ERROR EXITING", false),
            ("-EXITING", "fine", true),
            ("-\"exit now\"", "please exit now", false),
            ("?ERROR ?WARN", "WARN", true),
            ("?ERROR ?WARN", "INFO", false),
            ("?\"a b\" ?WARN", "a b", true),
            ("?ERROR ?WARN -quiet", "WARN quiet", false),
            ("INFO ?ERROR", "INFO", true),
            ("REPORT", "REPORT RequestId: 1\tDuration: 2 ms", true),
            // JSON.
            ("{ $.level = \"ERROR\" }", r#"{"level":"ERROR"}"#, true),
            ("{ $.level = \"ERROR\" }", r#"{"level":"INFO"}"#, false),
            ("{ $.level = \"ERROR\" }", "not json", false),
            ("{ $.level = ERROR }", r#"{"level":"ERROR"}"#, true),
            ("{ $.level = \"ERR*\" }", r#"{"level":"ERROR"}"#, true),
            ("{ $.level != \"ERROR\" }", r#"{"level":"INFO"}"#, true),
            ("{ $.level != \"ERROR\" }", r#"{"other":1}"#, false),
            ("{$.a.b=\"x\"}", r#"{"a":{"b":"x"}}"#, true),
            ("{ $.a[1].b = \"x\" }", r#"{"a":[0,{"b":"x"}]}"#, true),
            ("{ $.a[*] = \"x\" }", r#"{"a":["y","x"]}"#, true),
            ("{ $['a.b'] = \"x\" }", r#"{"a.b":"x"}"#, true),
            ("{ $.n > 10 }", r#"{"n":11}"#, true),
            ("{ $.n > 10 }", r#"{"n":10}"#, false),
            ("{ $.n >= 1e1 }", r#"{"n":10}"#, true),
            ("{ $.n < -1.5 }", r#"{"n":-2}"#, true),
            ("{ $.n <= 2 }", r#"{"n":"x"}"#, false),
            ("{ $.n = 4* }", r#"{"n":404}"#, true),
            ("{ $.n != 4* }", r#"{"n":504}"#, true),
            ("{ $.n = 404 }", r#"{"n":404.0}"#, true),
            ("{ $.a = 1 && $.b = 2 }", r#"{"a":1,"b":2}"#, true),
            ("{ $.a = 1 && $.b = 2 }", r#"{"a":1,"b":3}"#, false),
            ("{ ($.a = 1 || $.a = 2) && $.b = 3 }", r#"{"a":2,"b":3}"#, true),
            ("{ $.a = 1 || $.a = 2 && $.b = 3 }", r#"{"a":1}"#, true),
            ("{ $.f IS TRUE }", r#"{"f":true}"#, true),
            ("{ $.f IS FALSE }", r#"{"f":true}"#, false),
            ("{ $.f IS NULL }", r#"{"f":null}"#, true),
            ("{ $.f is null }", r#"{"g":1}"#, false),
            ("{ $.f NOT EXISTS }", r#"{"g":1}"#, true),
            ("{ $.f NOT EXISTS }", r#"{"f":1}"#, false),
            ("{ $.f EXISTS }", r#"{"f":1}"#, true),
            // Columns.
            ("[ip, user, status]", "127.0.0.1 frank 200", true),
            ("[ip, user, status]", "127.0.0.1 frank", false),
            ("[ip, user, status = 4*]", "127.0.0.1 frank 404", true),
            ("[ip, user, status = 4*]", "127.0.0.1 frank 200", false),
            ("[ip, user, time, request = \"GET*\", status]", "1.1.1.1 f [10/Oct/2000:13:25:15 -0700] \"GET /x HTTP/1.0\" 200", true),
            ("[..., size > 1000]", "a b c 1534", true),
            ("[..., size > 1000]", "a b c 10", false),
            ("[ip, ..., size]", "a b c 10", true),
            ("[ip, ...]", "a", true),
            ("[w1 = ERROR || w1 = WARN, w2]", "WARN x", true),
            ("[w1 = ERROR || w1 = WARN, w2]", "INFO x", false),
            ("[n > 1 && n < 5]", "3", true),
            ("[n > 1 && n < 5]", "7", false),
            ("[a != \"x\", b]", "y z", true),
            ("[level = *ERR*, ...]", "[ERROR] boom", true),
        ];
        for (pattern, message, expected) in table {
            let filter = Filter::parse(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
            assert_eq!(filter.matches(message), *expected, "{pattern} on {message}");
        }
    }

    #[test]
    fn refused_patterns() {
        for pattern in [
            "\"open",
            "-",
            "?",
            "{",
            "{}",
            "{ $.a }",
            "{ $.a = }",
            "{ a = 1 }",
            "{ $.a = 1",
            "{ $.a = 1 } x",
            "{ $.a ~ 1 }",
            "{ $.a > \"x\" }",
            "{ ($.a = 1 }",
            "{ $.a[x] = 1 }",
            "{ $.a = 1 && }",
            "[",
            "[a",
            "[]",
            "[a,]",
            "[a b]",
            "[a = ]",
            "[..., b, ...]",
            "[a > x]",
            "[a = 1 || b = 2]",
        ] {
            assert_eq!(Filter::parse(pattern).err(), Some(InvalidPattern::Syntax), "{pattern}");
        }
        for pattern in ["%[0-9]+%", "ERROR %x%", "{ $.a = %x% }", "[a = %x%]"] {
            assert_eq!(Filter::parse(pattern).err(), Some(InvalidPattern::RegularExpression), "{pattern}");
        }
    }
}
