//! Repository tasks. `cargo xtask help` lists them.

mod rules;
mod run;

fn main() {
    rules::check().unwrap();
}
