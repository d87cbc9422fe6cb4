//! The fleet on the real warden, as root. A runner of our own instead of the standard one, because a warden is this
//! binary run again, and must find our `main`.

mod custom;
mod extensions;
mod faults;
mod harness;
mod interleaving;
mod managed;
mod placing;
mod pools;
mod scripted;
mod snapshots;
mod telemetry;

fn main() {
    warden::process_main_if_asked();
    let tests = [
        interleaving::tests(),
        managed::tests(),
        faults::tests(),
        placing::tests(),
        custom::tests(),
        pools::tests(),
        extensions::tests(),
        telemetry::tests(),
        snapshots::tests(),
    ]
    .concat();
    harness::run(&tests);
}
