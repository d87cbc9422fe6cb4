//! Rust names and literals for the code generator, and formatting by rustfmt.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::files;

const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match",
    "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "try",
    "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Type names that generated code itself uses.
const TAKEN: &[&str] =
    &["BTreeMap", "Box", "Bytes", "Empty", "Option", "Result", "String", "Timestamp", "Vec"];

/// `FunctionName` → `function_name`, `KMSKeyArn` → `kms_key_arn`, `Type` → `r#type`.
pub fn field(name: &str) -> String {
    match snake(name) {
        // These can't be raw identifiers.
        word if matches!(word.as_str(), "self" | "super" | "crate") => format!("{word}_"),
        word if KEYWORDS.contains(&word.as_str()) => format!("r#{word}"),
        word => word,
    }
}

/// `CreateFunction` → `CREATE_FUNCTION`.
pub fn constant(name: &str) -> String {
    snake(name).to_uppercase()
}

/// The struct of a structure shape: its own name, with a capital, unless generated code needs that name.
pub fn type_name(shape: &str) -> String {
    let mut name = shape[..1].to_uppercase() + &shape[1..];
    if TAKEN.contains(&name.as_str()) {
        name.push_str("Shape");
    }
    name
}

fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, letter) in letters.iter().enumerate() {
        if letter.is_uppercase() && at > 0 {
            let after_word = !letters[at - 1].is_uppercase() && letters[at - 1] != '_';
            let starts_word = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
            if after_word || (starts_word && letters[at - 1] != '_') {
                out.push('_');
            }
        }
        out.push(if letter.is_alphanumeric() { letter.to_ascii_lowercase() } else { '_' });
    }
    out
}

/// A string literal, raw where that spares escapes.
pub fn literal(text: &str) -> String {
    if text.contains('\\') && !text.contains("\"#") { format!("r#\"{text}\"#") } else { format!("{text:?}") }
}

pub fn option(value: Option<impl std::fmt::Display>) -> String {
    value.map_or("None".to_owned(), |value| format!("Some({value})"))
}

/// Formats a file's text with the repository's rustfmt settings.
pub fn format(text: &str) -> Result<String, Box<dyn std::error::Error>> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(files::root().join("rustfmt.toml"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("rustfmt: {error}"))?;
    let mut stdin = child.stdin.take().expect("stdin is piped");
    // rustfmt reads all of its input before it writes, so this can't deadlock.
    stdin.write_all(text.as_bytes())?;
    drop(stdin);
    let output = child.wait_with_output()?;
    if !output.status.success() {
        return Err("rustfmt refused the generated code".into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (name, expected) in [
            ("FunctionName", "function_name"),
            ("KMSKeyArn", "kms_key_arn"),
            ("S3Bucket", "s3_bucket"),
            ("CodeSha256", "code_sha256"),
            ("Type", "r#type"),
            ("Self", "self_"),
            ("nextToken", "next_token"),
        ] {
            assert_eq!(field(name), expected);
        }
        assert_eq!(constant("CreateFunctionUrlConfig"), "CREATE_FUNCTION_URL_CONFIG");
        assert_eq!(type_name("Option"), "OptionShape");
        assert_eq!(type_name("tag"), "Tag");
    }

    #[test]
    fn literals() {
        assert_eq!(literal("a\"b"), r#""a\"b""#);
        assert_eq!(literal(r"\d+"), "r#\"\\d+\"#");
    }
}
