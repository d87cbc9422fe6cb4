//! The store as its users see it: on a real disk, with real crashes.

mod basics;
