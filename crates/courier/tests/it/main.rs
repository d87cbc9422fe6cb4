//! The courier on a real store: accepted deliveries survive crashes, end once, and bring about what follows from them.

mod crash;
mod feed;
mod figures;
mod life;
