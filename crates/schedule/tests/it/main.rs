//! What the documentation promises, and the search against a walker.

mod examples;
mod properties;
