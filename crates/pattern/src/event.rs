//! An event as patterns see it: its leaves by path, each knowing which array elements it lies in.

use std::collections::HashMap;

use serde_json::Value;

use crate::error::EventError;
use crate::json::{Token, Tokens};
use crate::test::Leaf;

/// An event, ready to be matched by any number of patterns.
#[derive(Clone, Debug, Default)]
pub struct Event {
    leaves: HashMap<String, Vec<Placed>>,
}

/// A leaf and the array elements around it, as (array, index) in order of arrays. Elements that are scalars are
/// not around themselves.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    pub(crate) leaf: Leaf,
    pub(crate) within: Vec<(u32, u32)>,
}

impl Event {
    /// Reads an event's JSON. Numbers keep their spelling, unlike through [`Event::from_value`].
    ///
    /// # Errors
    /// [`EventError::NotAnObject`], or [`EventError::NotJson`], which nesting beyond [`crate::DEPTH_MAX`] is too.
    pub fn parse(json: &str) -> Result<Event, EventError> {
        let mut tokens = Tokens::new(json);
        if tokens.next().map_err(EventError::NotJson)? != Token::ObjectStart {
            return Err(EventError::NotAnObject);
        }
        let mut reading = Reading::default();
        reading.object(&mut tokens).map_err(EventError::NotJson)?;
        tokens.next().map_err(EventError::NotJson)?;
        Ok(reading.event)
    }

    /// Of a value that is an object.
    ///
    /// # Errors
    /// [`EventError::NotAnObject`].
    pub fn from_value(value: &Value) -> Result<Event, EventError> {
        if !value.is_object() {
            return Err(EventError::NotAnObject);
        }
        let mut reading = Reading::default();
        reading.value(value);
        Ok(reading.event)
    }

    /// Whether there is a leaf at this dotted path.
    pub fn has(&self, path: &str) -> bool {
        self.leaves.contains_key(path)
    }

    /// For front ends whose events are no JSON.
    pub(crate) fn add(&mut self, path: &str, leaf: Leaf) {
        self.leaves.entry(path.to_owned()).or_default().push(Placed { leaf, within: Vec::new() });
    }

    pub(crate) fn at(&self, path: &str) -> Option<&[Placed]> {
        self.leaves.get(path).map(Vec::as_slice)
    }

    pub(crate) fn paths(&self) -> impl Iterator<Item = (&str, &[Placed])> {
        self.leaves.iter().map(|(path, leaves)| (path.as_str(), leaves.as_slice()))
    }
}

#[derive(Default)]
struct Reading {
    event: Event,
    path: String,
    within: Vec<(u32, u32)>,
    arrays: u32,
}

impl Reading {
    fn leaf(&mut self, leaf: Leaf) {
        let placed = Placed { leaf, within: self.within.clone() };
        match self.event.leaves.get_mut(&self.path) {
            Some(leaves) => leaves.push(placed),
            None => drop(self.event.leaves.insert(self.path.clone(), vec![placed])),
        }
    }

    /// Within a key of an object.
    fn named<T>(&mut self, name: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.path.len();
        if !self.path.is_empty() {
            self.path.push('.');
        }
        self.path.push_str(name);
        let result = read(self);
        self.path.truncate(length);
        result
    }

    /// Within an element of an array.
    fn element<T>(&mut self, array: u32, index: u32, read: impl FnOnce(&mut Self) -> T) -> T {
        self.within.push((array, index));
        let result = read(self);
        self.within.pop();
        result
    }

    fn array(&mut self) -> u32 {
        self.arrays += 1;
        self.arrays
    }

    fn object(&mut self, tokens: &mut Tokens<'_>) -> Result<(), String> {
        while let Token::Name(name) = tokens.next()? {
            let token = tokens.next()?;
            self.named(&name, |reading| reading.token(token, tokens))?;
        }
        Ok(())
    }

    fn elements(&mut self, tokens: &mut Tokens<'_>) -> Result<(), String> {
        let array = self.array();
        let mut index = 0;
        loop {
            match tokens.next()? {
                Token::ArrayEnd => return Ok(()),
                token @ (Token::ObjectStart | Token::ArrayStart) => {
                    self.element(array, index, |reading| reading.token(token, tokens))?;
                }
                token => self.token(token, tokens)?,
            }
            index += 1;
        }
    }

    fn token(&mut self, token: Token<'_>, tokens: &mut Tokens<'_>) -> Result<(), String> {
        let leaf = match token {
            Token::ObjectStart => return self.object(tokens),
            Token::ArrayStart => return self.elements(tokens),
            Token::Text(text) => Leaf::Text(text.into_owned()),
            Token::Number(spelled) => Leaf::number(spelled),
            Token::True => Leaf::Word("true"),
            Token::False => Leaf::Word("false"),
            Token::Null => Leaf::Word("null"),
            // The reader gives these only where they belong, which is not here.
            Token::ObjectEnd | Token::ArrayEnd | Token::Name(_) | Token::End => return Ok(()),
        };
        self.leaf(leaf);
        Ok(())
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    self.named(name, |reading| reading.value(value));
                }
            }
            Value::Array(values) => {
                let array = self.array();
                for (index, value) in (0_u32..).zip(values) {
                    if value.is_object() || value.is_array() {
                        self.element(array, index, |reading| reading.value(value));
                    } else {
                        self.value(value);
                    }
                }
            }
            Value::String(text) => self.leaf(Leaf::Text(text.clone())),
            Value::Number(number) => self.leaf(Leaf::number(&number.to_string())),
            Value::Bool(true) => self.leaf(Leaf::Word("true")),
            Value::Bool(false) => self.leaf(Leaf::Word("false")),
            Value::Null => self.leaf(Leaf::Word("null")),
        }
    }
}
