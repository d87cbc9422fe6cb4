//! Kernel tests: real sandboxes, as root. A runner of our own instead of the standard one, because a warden is this
//! binary run again (and must have a single thread), and because counting what is left behind needs tests that run
//! one after the other.

mod bare;
mod egress;
mod escape;
mod family;
mod faults;
mod frames;
mod further;
mod gvisor;
mod harness;
mod internet;
mod leaks;
mod life;
mod limits;
mod rootless;
mod runtimes;
mod tmp;
mod zygote;

use harness::Test;

fn main() {
    warden::process_main_if_asked();
    faults::server_main_if_asked();
    internet::peer_main_if_asked();
    rootless::child_main_if_asked();
    let tests: Vec<Test> = [
        life::tests(),
        escape::tests(),
        limits::tests(),
        faults::tests(),
        further::tests(),
        gvisor::tests(),
        leaks::tests(),
        runtimes::tests(),
        tmp::tests(),
        zygote::tests(),
        family::tests(),
        bare::tests(),
        egress::tests(),
        rootless::tests(),
    ]
    .concat();
    harness::run(&tests);
}
