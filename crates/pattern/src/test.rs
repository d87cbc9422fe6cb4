//! One test that a pattern makes of one leaf.

use std::net::IpAddr;

use crate::cidr::{self, Block};
use crate::fold;
use crate::glob::Glob;
use crate::number::Number;

/// A leaf of an event.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Leaf {
    Text(String),
    /// As spelled, and as compared if it is within the range.
    Number(String, Option<Number>),
    /// `true`, `false` or `null`.
    Word(&'static str),
}

impl Leaf {
    pub(crate) fn number(spelled: &str) -> Leaf {
        Leaf::Number(spelled.to_owned(), Number::of(spelled))
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    /// The same string; an IP address also in its other spellings.
    Text(String, Option<IpAddr>),
    /// The same number, or the same spelling of one that is out of range.
    Number(String, Option<Number>),
    Word(&'static str),
    Prefix(String),
    Suffix(String),
    /// The folded string.
    EqualsIgnoreCase(String),
    PrefixIgnoreCase(String),
    SuffixIgnoreCase(String),
    Glob(Glob),
    Range {
        low: Number,
        low_open: bool,
        high: Number,
        high_open: bool,
    },
    Block(Block),
    Exists,
    Absent,
    AnythingBut(Not),
}

/// What must not be; everything else matches, of whatever type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Not {
    Texts(Vec<String>),
    Numbers(Vec<Number>),
    IgnoreCase(Vec<String>),
    Prefixes(Vec<String>),
    Suffixes(Vec<String>),
    Globs(Vec<Glob>),
}

impl Test {
    pub(crate) fn text(text: &str) -> Test {
        Test::Text(text.to_owned(), cidr::address(text))
    }

    pub(crate) fn takes(&self, leaf: &Leaf) -> bool {
        match (self, leaf) {
            (Test::Exists, _) => true,
            (Test::Absent, _) => false,
            (Test::AnythingBut(not), leaf) => !not.takes(leaf),

            (Test::Text(wanted, address), Leaf::Text(text)) => {
                wanted == text || address.is_some_and(|address| cidr::address(text) == Some(address))
            }
            (Test::Prefix(prefix), Leaf::Text(text)) => text.starts_with(prefix),
            (Test::Suffix(suffix), Leaf::Text(text)) => text.ends_with(suffix),
            (Test::EqualsIgnoreCase(wanted), Leaf::Text(text)) => fold::equal(text, wanted),
            (Test::PrefixIgnoreCase(prefix), Leaf::Text(text)) => fold::starts_with(text, prefix),
            (Test::SuffixIgnoreCase(suffix), Leaf::Text(text)) => fold::ends_with(text, suffix),
            (Test::Glob(glob), Leaf::Text(text)) => glob.matches(text),
            (Test::Block(block), Leaf::Text(text)) => block.contains(text),

            (Test::Number(spelled, wanted), Leaf::Number(text, number)) => {
                spelled == text || (wanted.is_some() && wanted == number)
            }
            (Test::Range { low, low_open, high, high_open }, Leaf::Number(_, Some(number))) => {
                (number > low || (number == low && !low_open))
                    && (number < high || (number == high && !high_open))
            }
            (Test::Word(wanted), Leaf::Word(word)) => wanted == word,
            _ => false,
        }
    }
}

impl Not {
    fn takes(&self, leaf: &Leaf) -> bool {
        match (self, leaf) {
            (Not::Numbers(numbers), Leaf::Number(_, Some(number))) => numbers.contains(number),
            (Not::Texts(texts), Leaf::Text(text)) => texts.contains(text),
            (Not::IgnoreCase(texts), Leaf::Text(text)) => texts.iter().any(|not| fold::equal(text, not)),
            (Not::Prefixes(texts), Leaf::Text(text)) => texts.iter().any(|not| text.starts_with(not)),
            (Not::Suffixes(texts), Leaf::Text(text)) => texts.iter().any(|not| text.ends_with(not)),
            (Not::Globs(globs), Leaf::Text(text)) => globs.iter().any(|not| not.matches(text)),
            _ => false,
        }
    }
}
