//! The language tested through its public face.

mod language;
mod properties;
mod refusals;
