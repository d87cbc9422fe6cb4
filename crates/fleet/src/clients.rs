//! The runtime clients, which are part of this binary. They are passed as program text on the command line, not as
//! files: a worker can so be started in a sandbox that has nothing mounted yet, wherever the data directory is.

const PYTHON: &str = include_str!("../../../runtimes/python/worker.py");
const NODE: &str = include_str!("../../../runtimes/nodejs/worker.cjs");

/// Compiles the client under a name of its own, by which it recognises its frames in stack traces.
const PYTHON_START: &str = "import sys; exec(compile(sys.argv[1], '/var/runtime/worker.py', 'exec'))";

/// The kernel takes at most 128 KiB per argument, the warden 160 KiB for all.
const ARGUMENT_BYTES_MAX: usize = 100 * 1024;
const _: () = assert!(PYTHON.len() < ARGUMENT_BYTES_MAX && NODE.len() < ARGUMENT_BYTES_MAX);

/// -u: what is printed must not be lost in a buffer when the process dies. -s: no per-user packages. -B: code
/// directories are read-only.
pub fn python_arguments() -> Vec<String> {
    ["-u", "-s", "-B", "-c", PYTHON_START, PYTHON].map(str::to_owned).to_vec()
}

/// Within a function, so that none of the client's names is visible to the handler's modules.
pub fn node_arguments() -> Vec<String> {
    vec!["--eval".to_owned(), format!("(() => {{\n{NODE}\n}})();")]
}
