//! What is started inside a sandbox, and with which environment variables.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use base::ByteSize;
use bytes::Bytes;
use warden::{Assignment, Bind, Command, ForkSpec};

use super::{TASK_ROOT, image, java, ruby};
use crate::{EgressRules, Environment, FunctionSpec, Runtime, RuntimeKind, runtime_api};

/// Memory that comes with one whole core.
const MIB_PER_CORE: u64 = 1769;
/// As on AWS, init runs at full speed however small the function is: two cores' worth.
const INIT_CPU_MILLIS: u32 = 2000;
/// Processes and threads per environment; Lambda's own limit.
const PIDS_MAX: u32 = 1024;
/// Where workers find the runtime clients: wherever the data directory is, it has no meaning inside.
pub const CLIENTS_INSIDE: &str = "/var/runtime";
const BOOTSTRAP: &str = "bootstrap";

/// Variables that the loader or the interpreter reads when a process starts: a worker started ahead of demand
/// cannot honour them.
const START_VARIABLES: [&str; 10] = [
    "LD_",
    "PYTHON",
    "NODE_OPTIONS",
    "NODE_EXTRA_CA_CERTS",
    "UV_",
    "RUBY",
    "BUNDLE_",
    "MALLOC_",
    "GLIBC_TUNABLES",
    EXEC_WRAPPER,
];
/// A program that is started in the runtime's place, with the runtime's command line as its arguments.
pub const EXEC_WRAPPER: &str = "AWS_LAMBDA_EXEC_WRAPPER";

/// Whether this function's worker must be started for it alone: it sets variables that only count when a process
/// starts, or brings shared libraries where the loader looks.
pub fn needs_own_process(function: &FunctionSpec) -> bool {
    if !function.runtime.kind.has_generic_worker() {
        return true;
    }
    let sets_start_variable = function
        .environment
        .iter()
        .any(|(name, _)| START_VARIABLES.iter().any(|prefix| name.starts_with(prefix)));
    let mut dirs = std::iter::once(&function.code).chain(function.mounts.iter().map(|(source, _)| source));
    if let RuntimeKind::Java { .. } = function.runtime.kind {
        return sets_start_variable
            || java::needs_own_process(function)
            || dirs.any(|dir| java::has_libraries(dir));
    }
    sets_start_variable || dirs.any(|dir| dir.join("lib").is_dir())
}

/// The processor share that comes with a function's memory, in thousandths of a core.
pub fn cpu_millis(function: &FunctionSpec) -> u32 {
    let millis = function.memory.as_mib_ceil() * 1000 / MIB_PER_CORE;
    u32::try_from(millis).unwrap_or(u32::MAX).max(1)
}

/// The mounts and limits of a function while it initialises.
pub fn assignment(function: &FunctionSpec, egress: &EgressRules) -> Assignment {
    // An image is there already, as the root.
    let code =
        function.image.is_none().then(|| Bind { source: function.code.clone(), target: TASK_ROOT.into() });
    let mounts = function
        .mounts
        .iter()
        .map(|(source, target)| Bind { source: source.clone(), target: target.clone() });
    Assignment {
        binds: code.into_iter().chain(mounts).collect(),
        tmp: function.tmp,
        memory_max: function.memory,
        cpu_millis: cpu_millis(function).max(INIT_CPU_MILLIS),
        pids_max: PIDS_MAX,
        egress: egress.of(&function.function),
    }
}

/// Starts a managed runtime's worker; `None` for custom runtimes. `clients`: their directory on the host. `memory`: the
/// function's.
pub fn worker(
    runtime: &Runtime,
    clients: &Path,
    mut env: Vec<(String, String)>,
    memory: ByteSize,
) -> Option<Command> {
    let client = |file: &str| format!("{CLIENTS_INSIDE}/{file}");
    let (program, args) = match &runtime.kind {
        // -u: what is printed must not be lost in a buffer when the process dies. -s: no per-user packages. -B: code
        // directories are read-only.
        RuntimeKind::Python { interpreter } => {
            (interpreter, vec!["-u".into(), "-s".into(), "-B".into(), client("python/worker.py")])
        }
        RuntimeKind::Node { interpreter } => (interpreter, vec![client("nodejs/worker.cjs")]),
        RuntimeKind::Ruby { interpreter } => (interpreter, ruby::arguments(client("ruby/worker.rb"))),
        RuntimeKind::Java { launcher } => {
            let args = java::arguments(runtime, (clients, CLIENTS_INSIDE), memory, &env);
            env.extend(java::locale(&env));
            (launcher, args)
        }
        RuntimeKind::Custom => return None,
    };
    Some(Command { program: program.clone(), args, env, cwd: "/".into() })
}

/// Starts a worker whose state after init can be copied; `None` for runtimes that have none.
pub fn family(runtime: &Runtime, env: Vec<(String, String)>) -> Option<Command> {
    let RuntimeKind::Python { interpreter } = &runtime.kind else { return None };
    // The flags of any worker.
    let args = vec!["-u".into(), "-s".into(), "-B".into(), format!("{CLIENTS_INSIDE}/python/family.py")];
    Some(Command { program: interpreter.clone(), args, env, cwd: "/".into() })
}

/// A managed runtime's worker as the function's wrapper script, if it has one, is to start it.
pub fn wrapped(command: Command) -> Command {
    let wrapper = command.env.iter().find(|(name, value)| name == EXEC_WRAPPER && !value.is_empty());
    let Some((_, wrapper)) = wrapper.cloned() else { return command };
    let runtime = command.program.display().to_string();
    let args = std::iter::once(runtime).chain(command.args).collect();
    Command { program: wrapper.into(), args, ..command }
}

/// Starts a managed runtime's worker that serves nobody yet; `None` for custom runtimes. Node.js and Java workers have
/// the time to rehearse, so that their own code is loaded and compiled when a function arrives. `memory`: of the
/// functions that it can serve, where that matters ([`RuntimeKind::worker_has_size`]).
pub fn generic_worker(runtime: &Runtime, clients: &Path, memory: ByteSize) -> Option<Command> {
    let mut env = generic_environment();
    if let RuntimeKind::Java { .. } = runtime.kind {
        // A virtual machine looks for native libraries where this says when it starts.
        env.push(("LD_LIBRARY_PATH".into(), LIBRARIES.into()));
    }
    let mut command = worker(runtime, clients, env, memory).filter(|_| runtime.kind.has_generic_worker())?;
    match runtime.kind {
        RuntimeKind::Node { .. } => command.args.push("--rehearse".into()),
        RuntimeKind::Java { .. } => command.args.push("--generic".into()),
        _ => {}
    }
    Some(command)
}

/// What a worker that serves nobody yet can be forked from; `None` for runtimes without a zygote. `rehearse`: nobody
/// waits for it.
pub fn zygote(runtime: &Runtime, env: Vec<(String, String)>, rehearse: bool) -> Option<ForkSpec> {
    let RuntimeKind::Python { interpreter } = &runtime.kind else { return None };
    // The flags of an executed worker, which the copies have too.
    let args = vec!["-u".into(), "-s".into(), "-B".into(), format!("{CLIENTS_INSIDE}/python/zygote.py")];
    Some(ForkSpec { program: interpreter.clone(), args, env, rehearse })
}

/// The environment variables of a worker that serves nobody yet.
pub fn generic_environment() -> Vec<(String, String)> {
    [("PATH", PATH), ("LANG", "en_US.UTF-8"), ("TZ", ":UTC"), ("HOME", "/tmp")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
}

const PATH: &str = "/var/lang/bin:/usr/local/bin:/usr/bin:/bin:/opt/bin";
const LIBRARIES: &str = "/var/lang/lib:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib";

/// The whole environment of a function's process: its own variables over the platform's defaults, and the role's
/// credentials.
pub fn environment(
    function: &FunctionSpec,
    identity: &Environment,
    credentials: Vec<(String, String)>,
) -> Vec<(String, String)> {
    let version = function
        .environment
        .iter()
        .find_map(|(name, value)| (name == "AWS_LAMBDA_FUNCTION_VERSION").then_some(value.as_str()));
    let stream = identity.log_stream(version.unwrap_or("$LATEST"));
    let api = runtime_api::ADDRESS.to_string();
    let execution = format!("AWS_Lambda_{}", function.runtime.name);
    let is_custom = function.runtime.kind == RuntimeKind::Custom;
    let mut variables: Vec<(String, String)> = Vec::new();
    let defaults = [
        ("PATH", Some(PATH)),
        ("LD_LIBRARY_PATH", Some(LIBRARIES)),
        ("LANG", Some("en_US.UTF-8")),
        ("TZ", Some(":UTC")),
        ("LAMBDA_TASK_ROOT", Some(TASK_ROOT)),
        ("LAMBDA_RUNTIME_DIR", Some("/var/runtime")),
        ("_HANDLER", Some(function.handler.as_str())),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", Some("on-demand")),
        ("AWS_LAMBDA_LOG_STREAM_NAME", Some(stream.as_str())),
        ("AWS_EXECUTION_ENV", (!is_custom).then_some(execution.as_str())),
        ("AWS_LAMBDA_RUNTIME_API", Some(api.as_str())),
    ];
    let defaults = defaults
        .into_iter()
        .filter(|(name, _)| function.image.is_none() || image::DEFAULTS.contains(name))
        .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())));
    let defaults = image::variables(function).into_iter().chain(defaults);
    let gems = ruby::environment(&function.runtime);
    // Later ones win.
    for (name, value) in defaults.chain(gems).chain(function.environment.iter().cloned()).chain(credentials) {
        match variables.iter_mut().find(|(existing, _)| *existing == name) {
            Some(slot) => slot.1 = value,
            None => variables.push((name, value)),
        }
    }
    variables
}

/// Finds a custom runtime's program.
///
/// # Errors
/// The error document of an init that can't even begin.
pub fn bootstrap(function: &FunctionSpec, env: Vec<(String, String)>) -> Result<Command, Bytes> {
    let layers = function.mounts.iter().filter(|(_, target)| target == Path::new("/opt"));
    let task = (function.code.join(BOOTSTRAP), Path::new(TASK_ROOT).join(BOOTSTRAP));
    let mut places = std::iter::once(task)
        .chain(layers.map(|(source, target)| (source.join(BOOTSTRAP), target.join(BOOTSTRAP))));
    let Some((host, inside)) = places.find(|(host, _)| host.is_file()) else {
        return Err(invalid_entrypoint(
            "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]",
        ));
    };
    let is_executable = host.metadata().is_ok_and(|metadata| metadata.permissions().mode() & 0o111 != 0);
    if !is_executable {
        return Err(invalid_entrypoint(&format!("fork/exec {}: permission denied", inside.display())));
    }
    Ok(Command { program: inside, args: Vec::new(), env, cwd: TASK_ROOT.into() })
}

/// The document of `Runtime.InvalidEntrypoint`.
pub fn invalid_entrypoint(message: &str) -> Bytes {
    let document = serde_json::json!({ "errorType": "Runtime.InvalidEntrypoint", "errorMessage": message });
    Bytes::from(document.to_string())
}
