//! Many patterns at once: those that match an event are found through the values that the event has.
//!
//! Each branch of each pattern hangs on one of its fields, the one whose values are the rarest when it is added; an
//! event's leaves lead to the branches that hang there, and only these are tested. Where all fields of a branch are
//! ranges, exclusions and the like, it is tested for every event that has the rarest of these fields; where all may be
//! absent, for every event.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use crate::anchor::{Anchors, Key, Member, keys};
use crate::event::Event;
use crate::pattern::{Branch, Pattern};

/// Patterns by id.
#[derive(Debug)]
pub struct Index<Id> {
    slots: Vec<Option<Slot<Id>>>,
    free: Vec<u32>,
    by_id: HashMap<Id, u32>,
    paths: HashMap<Arc<str>, Anchors>,
    /// Branches that an event without any of their fields could match.
    anywhere: Vec<Member>,
}

#[derive(Debug)]
struct Slot<Id> {
    id: Id,
    pattern: Pattern,
    /// Where each branch hangs; `None`: among those of [`Index::anywhere`].
    hooks: Vec<Option<(Arc<str>, Vec<Key>)>>,
}

impl<Id> Default for Index<Id> {
    fn default() -> Index<Id> {
        Index {
            slots: Vec::new(),
            free: Vec::new(),
            by_id: HashMap::new(),
            paths: HashMap::new(),
            anywhere: Vec::new(),
        }
    }
}

impl<Id: Clone + Eq + Hash> Index<Id> {
    pub fn new() -> Index<Id> {
        Index::default()
    }

    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// Adds a pattern, in place of the one that had this id.
    pub fn insert(&mut self, id: Id, pattern: Pattern) {
        self.remove(&id);
        let slot = match self.free.pop() {
            Some(slot) => slot,
            None => {
                self.slots.push(None);
                u32::try_from(self.slots.len() - 1)
                    .expect("an index is filled by memory long before 2³² patterns")
            }
        };
        let mut hooks = Vec::new();
        for (number, branch) in (0_u32..).zip(pattern.branches()) {
            let hook = self.hook(branch);
            match &hook {
                Some((path, keys)) => {
                    let anchors = self.paths.entry(path.clone()).or_default();
                    keys.iter().for_each(|key| anchors.add(key, (slot, number)));
                }
                None => self.anywhere.push((slot, number)),
            }
            hooks.push(hook);
        }
        self.by_id.insert(id.clone(), slot);
        if let Some(place) = self.slots.get_mut(slot as usize) {
            *place = Some(Slot { id, pattern, hooks });
        }
    }

    /// Removes a pattern; false if there was none with this id.
    pub fn remove(&mut self, id: &Id) -> bool {
        let Some(slot) = self.by_id.remove(id) else { return false };
        let Some(removed) = self.slots.get_mut(slot as usize).and_then(Option::take) else { return false };
        self.free.push(slot);
        for (number, hook) in (0_u32..).zip(removed.hooks) {
            let Some((path, keys)) = hook else {
                self.anywhere.retain(|member| *member != (slot, number));
                continue;
            };
            let Some(anchors) = self.paths.get_mut(&path) else { continue };
            keys.iter().for_each(|key| anchors.remove(key, (slot, number)));
            if anchors.is_empty() {
                self.paths.remove(&path);
            }
        }
        true
    }

    /// The ids of the patterns that match, in no order.
    pub fn matching(&self, event: &Event) -> Vec<&Id> {
        let mut candidates = self.anywhere.clone();
        for (path, leaves) in event.paths() {
            if let Some(anchors) = self.paths.get(path) {
                anchors.find(leaves, &mut candidates);
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        let mut found = Vec::new();
        let mut last = None;
        for (slot, branch) in candidates {
            // Another branch of this pattern has matched.
            if last == Some(slot) {
                continue;
            }
            let Some(Some(candidate)) = self.slots.get(slot as usize) else { continue };
            let branch = candidate.pattern.branches().get(branch as usize);
            if branch.is_some_and(|branch| branch.matches(event)) {
                found.push(&candidate.id);
                last = Some(slot);
            }
        }
        found
    }

    /// The field with the rarest keys; a field that only has to be present comes last.
    fn hook(&self, branch: &Branch) -> Option<(Arc<str>, Vec<Key>)> {
        let choices = branch.fields.iter().filter_map(|field| Some((field.path.clone(), keys(field)?)));
        choices.min_by_key(|(path, keys)| {
            let crowd = |key: &Key| self.paths.get(path).map_or(0, |anchors| anchors.crowd(key));
            (keys.contains(&Key::Present), keys.iter().map(crowd).max())
        })
    }
}
