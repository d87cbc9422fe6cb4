//! The store as its users see it: on a real disk, with real crashes.

mod basics;
mod blobs;
mod corruption;
mod crash;
mod disk_full;
mod limits;
mod model;
mod opening;
mod random;
mod serializable;
mod watching;
