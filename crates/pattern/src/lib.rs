//! The event pattern language, for everything that selects events: EventBridge's rules, Lambda's filter criteria,
//! pipes, and SNS's filter policies (a second front end, [`sns`]).
//!
//! A [`Pattern`] is parsed once and then asked about any number of [`Event`]s. An [`Index`] holds many patterns and
//! finds those that match an event without walking all of them.
//!
//! # What matches
//! An event is seen as its leaves: the scalars, each with the dotted path to it; elements of an array are leaves of
//! the array's path. A pattern names paths, each with tests; it matches if for every path some test takes some leaf,
//! and the leaves chosen can stand together: two leaves that lie in the same array of objects must come from the
//! same element. Absence (`exists: false`) is asked of the whole event. A dot within a key is the same as nesting.
//!
//! # Numbers
//! Between −5·10⁹ and 5·10⁹, compared to six decimal places; what an event has beyond those is cut off. Numbers
//! outside this range match only a number spelled exactly the same.
//!
//! Messages are AWS's, with the places that its JSON parser reports. Where public sources give no text for a limit,
//! the text is ours.
#![forbid(unsafe_code)]

mod error;
mod json;

mod cidr;
mod fold;
mod glob;
mod number;
mod test;

mod event;
mod parse;
mod pattern;

mod anchor;
mod index;

pub mod lambda;
pub mod sns;

pub use error::{EventError, PatternError};
pub use event::Event;
pub use index::Index;
pub use pattern::Pattern;

/// Ways through the `$or`s of one pattern, at most.
pub const COMBINATIONS_MAX: usize = 1000;

/// Objects and arrays within each other, in patterns and in events, at most.
pub const DEPTH_MAX: usize = 128;
