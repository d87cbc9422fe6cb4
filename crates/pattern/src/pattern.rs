//! A pattern, and how it is matched on its own.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use crate::error::PatternError;
use crate::event::{Event, Placed};
use crate::parse;
use crate::test::Test;

/// A parsed pattern; cheap to clone.
#[derive(Clone, Debug)]
pub struct Pattern {
    branches: Arc<[Branch]>,
}

/// One way through the `$or`s: all of its fields must match.
#[derive(Clone, Debug, Default)]
pub(crate) struct Branch {
    pub(crate) fields: Vec<Field>,
}

/// A path, and the tests of which one must take a leaf there.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) path: Arc<str>,
    pub(crate) tests: Arc<[Test]>,
}

impl Pattern {
    /// Reads a pattern's JSON. Its length is for the caller to limit.
    ///
    /// # Errors
    /// What is wrong with it, in AWS's words.
    pub fn parse(json: &str) -> Result<Pattern, PatternError> {
        parse::pattern(json).map_err(PatternError::new)
    }

    pub(crate) fn of(branches: Vec<Branch>) -> Pattern {
        Pattern { branches: branches.into() }
    }

    pub(crate) fn branches(&self) -> &[Branch] {
        &self.branches
    }

    pub fn matches(&self, event: &Event) -> bool {
        self.branches.iter().any(|branch| branch.matches(event))
    }

    /// As [`Pattern::matches`]; nothing but an object matches.
    pub fn matches_value(&self, event: &Value) -> bool {
        Event::from_value(event).is_ok_and(|event| self.matches(&event))
    }
}

impl Branch {
    pub(crate) fn matches(&self, event: &Event) -> bool {
        let mut choices = Vec::new();
        for field in &self.fields {
            let Some(leaves) = event.at(&field.path) else {
                if field.tests.contains(&Test::Absent) {
                    continue;
                }
                return false;
            };
            let taken = |placed: &&Placed| field.tests.iter().any(|test| test.takes(&placed.leaf));
            let mut fitting = leaves.iter().filter(taken).peekable();
            if fitting.peek().is_none() {
                return false;
            }
            let places: BTreeSet<&[(u32, u32)]> = fitting.map(|placed| placed.within.as_slice()).collect();
            // A leaf outside all arrays stands with any other.
            if !places.contains(&[][..]) {
                choices.push(places);
            }
        }
        choices.len() < 2 || can_stand_together(&choices)
    }
}

/// Whether one place can be chosen of each set so that no array is entered through two of its elements.
fn can_stand_together(choices: &[BTreeSet<&[(u32, u32)]>]) -> bool {
    let mut chosen: BTreeSet<Vec<(u32, u32)>> = BTreeSet::from([Vec::new()]);
    for (index, places) in choices.iter().enumerate() {
        // Arrays that no later choice lies in are forgotten; without that, unrelated arrays would multiply.
        let later: BTreeSet<u32> = choices
            .iter()
            .skip(index + 1)
            .flatten()
            .flat_map(|place| place.iter().map(|(array, _)| *array))
            .collect();
        let mut next = BTreeSet::new();
        for so_far in &chosen {
            for place in places {
                if let Some(both) = joined(so_far, place) {
                    next.insert(both.into_iter().filter(|(array, _)| later.contains(array)).collect());
                }
            }
        }
        if next.is_empty() {
            return false;
        }
        chosen = next;
    }
    true
}

/// Two places as one; `None` if they lie in different elements of an array. Both are in order of arrays.
fn joined(left: &[(u32, u32)], right: &[(u32, u32)]) -> Option<Vec<(u32, u32)>> {
    let mut both = left.to_vec();
    for (array, index) in right {
        match left.iter().find(|(known, _)| known == array) {
            Some((_, known)) if known != index => return None,
            Some(_) => {}
            None => both.push((*array, *index)),
        }
    }
    both.sort_unstable();
    Some(both)
}
