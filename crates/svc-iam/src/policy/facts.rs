//! What is known about a request: the condition keys and their values.

use std::collections::HashMap;

/// Condition keys and their values; keys are matched without regard to case.
#[derive(Clone, Debug, Default)]
pub struct Facts(HashMap<String, Vec<String>>);

impl Facts {
    /// The values of a key; `None` when the request has no such key.
    pub fn get(&self, key: &str) -> Option<&[String]> {
        if let Some(values) = self.0.get(key) {
            return Some(values);
        }
        self.0.get(&key.to_ascii_lowercase()).map(Vec::as_slice)
    }

    pub fn set(&mut self, key: &str, value: impl Into<String>) {
        self.set_all(key, vec![value.into()]);
    }

    pub fn set_all(&mut self, key: &str, values: Vec<String>) {
        self.0.insert(key.to_ascii_lowercase(), values);
    }
}
