//! How an index finds the branches that an event could match: each branch hangs on one of its fields, by keys that
//! every event that it matches has.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;

use crate::cidr;
use crate::event::Placed;
use crate::fold;
use crate::number::Number;
use crate::pattern::Field;
use crate::test::{Leaf, Test};

/// A branch of a pattern in an index: (slot, branch).
pub(crate) type Member = (u32, u32);

/// A key under which a branch is found at a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    Text(String),
    /// A number's spelling, or `true`, `false`, `null`.
    Literal(String),
    Number(Number),
    Address(IpAddr),
    Folded(String),
    Prefix(String),
    Suffix(String),
    FoldedPrefix(String),
    FoldedSuffix(String),
    /// Anything there.
    Present,
}

/// The keys of a field; `None` if it also matches events without it.
pub(crate) fn keys(field: &Field) -> Option<Vec<Key>> {
    if field.tests.contains(&Test::Absent) {
        return None;
    }
    let mut keys = Vec::new();
    for test in field.tests.iter() {
        match test {
            Test::Text(text, address) => {
                keys.push(Key::Text(text.clone()));
                keys.extend(address.map(Key::Address));
            }
            Test::Number(spelled, number) => {
                keys.push(Key::Literal(spelled.clone()));
                keys.extend(number.map(Key::Number));
            }
            Test::Word(word) => keys.push(Key::Literal((*word).to_owned())),
            Test::EqualsIgnoreCase(text) => keys.push(Key::Folded(text.clone())),
            Test::Prefix(text) => keys.push(Key::Prefix(text.clone())),
            Test::Suffix(text) => keys.push(Key::Suffix(text.clone())),
            Test::PrefixIgnoreCase(text) => keys.push(Key::FoldedPrefix(text.clone())),
            Test::SuffixIgnoreCase(text) => keys.push(Key::FoldedSuffix(text.clone())),
            Test::Glob(glob) => match str::from_utf8(glob.prefix()) {
                Ok(prefix) if !prefix.is_empty() => keys.push(Key::Prefix(prefix.to_owned())),
                _ => return Some(vec![Key::Present]),
            },
            Test::Range { low, high, .. } if low == high => keys.push(Key::Number(*low)),
            Test::Range { .. } | Test::Block(_) | Test::Exists | Test::Absent | Test::AnythingBut(_) => {
                return Some(vec![Key::Present]);
            }
        }
    }
    Some(keys)
}

/// The branches that hang on one path.
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    texts: HashMap<String, Vec<Member>>,
    literals: HashMap<String, Vec<Member>>,
    numbers: HashMap<Number, Vec<Member>>,
    addresses: HashMap<IpAddr, Vec<Member>>,
    folded: HashMap<String, Vec<Member>>,
    prefixes: Affixes,
    suffixes: Affixes,
    folded_prefixes: Affixes,
    folded_suffixes: Affixes,
    present: Vec<Member>,
}

/// Starts or ends of strings, asked for by length: few lengths, however many strings.
#[derive(Debug, Default)]
struct Affixes {
    members: HashMap<String, Vec<Member>>,
    lengths: BTreeMap<usize, usize>,
}

impl Anchors {
    pub(crate) fn add(&mut self, key: &Key, member: Member) {
        match key {
            Key::Text(text) => self.texts.entry(text.clone()).or_default().push(member),
            Key::Literal(text) => self.literals.entry(text.clone()).or_default().push(member),
            Key::Number(number) => self.numbers.entry(*number).or_default().push(member),
            Key::Address(address) => self.addresses.entry(*address).or_default().push(member),
            Key::Folded(text) => self.folded.entry(text.clone()).or_default().push(member),
            Key::Prefix(text) => self.prefixes.add(text, member),
            Key::Suffix(text) => self.suffixes.add(text, member),
            Key::FoldedPrefix(text) => self.folded_prefixes.add(text, member),
            Key::FoldedSuffix(text) => self.folded_suffixes.add(text, member),
            Key::Present => self.present.push(member),
        }
    }

    pub(crate) fn remove(&mut self, key: &Key, member: Member) {
        match key {
            Key::Text(text) => take(&mut self.texts, text, member),
            Key::Literal(text) => take(&mut self.literals, text, member),
            Key::Number(number) => take(&mut self.numbers, number, member),
            Key::Address(address) => take(&mut self.addresses, address, member),
            Key::Folded(text) => take(&mut self.folded, text, member),
            Key::Prefix(text) => self.prefixes.remove(text, member),
            Key::Suffix(text) => self.suffixes.remove(text, member),
            Key::FoldedPrefix(text) => self.folded_prefixes.remove(text, member),
            Key::FoldedSuffix(text) => self.folded_suffixes.remove(text, member),
            Key::Present => self.present.retain(|known| *known != member),
        }
    }

    /// How many branches have this key.
    pub(crate) fn crowd(&self, key: &Key) -> usize {
        let found = match key {
            Key::Text(text) => self.texts.get(text),
            Key::Literal(text) => self.literals.get(text),
            Key::Number(number) => self.numbers.get(number),
            Key::Address(address) => self.addresses.get(address),
            Key::Folded(text) => self.folded.get(text),
            Key::Prefix(text) => self.prefixes.members.get(text),
            Key::Suffix(text) => self.suffixes.members.get(text),
            Key::FoldedPrefix(text) => self.folded_prefixes.members.get(text),
            Key::FoldedSuffix(text) => self.folded_suffixes.members.get(text),
            Key::Present => Some(&self.present),
        };
        found.map_or(0, Vec::len)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.texts.is_empty()
            && self.literals.is_empty()
            && self.numbers.is_empty()
            && self.addresses.is_empty()
            && self.folded.is_empty()
            && [&self.prefixes, &self.suffixes, &self.folded_prefixes, &self.folded_suffixes]
                .iter()
                .all(|affixes| affixes.members.is_empty())
            && self.present.is_empty()
    }

    /// Every branch that could match these leaves, some of them several times.
    pub(crate) fn find(&self, leaves: &[Placed], found: &mut Vec<Member>) {
        found.extend(&self.present);
        for placed in leaves {
            match &placed.leaf {
                Leaf::Text(text) => self.find_text(text, found),
                Leaf::Number(spelled, number) => {
                    found.extend(self.literals.get(spelled).into_iter().flatten());
                    if let Some(number) = number {
                        found.extend(self.numbers.get(number).into_iter().flatten());
                    }
                }
                Leaf::Word(word) => found.extend(self.literals.get(*word).into_iter().flatten()),
            }
        }
    }

    fn find_text(&self, text: &str, found: &mut Vec<Member>) {
        found.extend(self.texts.get(text).into_iter().flatten());
        if !self.addresses.is_empty()
            && let Some(address) = cidr::address(text)
        {
            found.extend(self.addresses.get(&address).into_iter().flatten());
        }
        self.prefixes.find(|length| text.get(..length), found);
        self.suffixes.find(|length| text.get(text.len().checked_sub(length)?..), found);
        let folds = !self.folded.is_empty()
            || !self.folded_prefixes.members.is_empty()
            || !self.folded_suffixes.members.is_empty();
        if folds {
            let text = fold::folded(text);
            found.extend(self.folded.get(&text).into_iter().flatten());
            self.folded_prefixes.find(|length| text.get(..length), found);
            self.folded_suffixes.find(|length| text.get(text.len().checked_sub(length)?..), found);
        }
    }
}

impl Affixes {
    fn add(&mut self, text: &str, member: Member) {
        let members = self.members.entry(text.to_owned()).or_default();
        if members.is_empty() {
            *self.lengths.entry(text.len()).or_default() += 1;
        }
        members.push(member);
    }

    fn remove(&mut self, text: &str, member: Member) {
        let known = self.members.contains_key(text);
        take(&mut self.members, text, member);
        if known && !self.members.contains_key(text) {
            match self.lengths.get_mut(&text.len()) {
                Some(count) if *count > 1 => *count -= 1,
                _ => drop(self.lengths.remove(&text.len())),
            }
        }
    }

    fn find<'t>(&self, part: impl Fn(usize) -> Option<&'t str>, found: &mut Vec<Member>) {
        for length in self.lengths.keys() {
            if let Some(members) = part(*length).and_then(|part| self.members.get(part)) {
                found.extend(members);
            }
        }
    }
}

/// Removes a member, and its key with the last one.
fn take<K, Q>(members: &mut HashMap<K, Vec<Member>>, key: &Q, member: Member)
where
    K: std::borrow::Borrow<Q> + std::hash::Hash + Eq,
    Q: std::hash::Hash + Eq + ?Sized,
{
    if let Some(list) = members.get_mut(key) {
        list.retain(|known| *known != member);
        if list.is_empty() {
            members.remove(key);
        }
    }
}
