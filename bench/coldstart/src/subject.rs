//! What is started: the same small function for each runtime, and its interpreter alone.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use fleet::{Runtime, RuntimeKind};

use bench_common::client::Failure;

/// One runtime's function.
#[derive(Clone)]
pub struct Subject {
    pub setting: String,
    pub runtime: Arc<Runtime>,
    pub handler: &'static str,
    /// Name and content.
    pub files: Vec<(String, Vec<u8>)>,
    /// Interpreter and arguments that make it write one byte to this descriptor.
    pub plain: Option<Plain>,
}

#[derive(Clone)]
pub struct Plain {
    pub program: PathBuf,
    pub arguments: fn(u32) -> Vec<String>,
}

const PYTHON: &[u8] =
    b"def handler(event, context):\n    return {'statusCode': 200, 'body': 'Hello, ' + event['name']}\n";
const NODE: &[u8] = b"exports.handler = async event => ({statusCode: 200, body: 'Hello, ' + event.name});\n";
const JAVA: &str = "import java.util.Map;\npublic class Hello {\n    public Map<String, Object> \
    handle(Map<String, Object> event) {\n        return Map.of(\"statusCode\", 200, \"body\", \"Hello, \" + \
    event.get(\"name\"));\n    }\n}\n";
pub const PAYLOAD: &[u8] = br#"{"name":"World"}"#;

/// Of every kind of runtime on this host, the newest.
pub fn subjects(runtimes: &[Runtime], rust_function: &Path) -> Vec<Subject> {
    let mut subjects = Vec::new();
    if let Some(runtime) = newest(runtimes, "python")
        && let RuntimeKind::Python { interpreter } = &runtime.kind
    {
        let plain = Plain {
            program: interpreter.clone(),
            arguments: |fd| {
                ["-I", "-S", "-c", &format!("import os; os.write({fd}, b'x')")].map(str::to_owned).to_vec()
            },
        };
        subjects.push(subject(
            &runtime,
            "app.handler",
            vec![("app.py".into(), PYTHON.to_vec())],
            Some(plain),
        ));
        let large = ("app.handler", python_package(100));
        subjects.push(large_subject(&runtime, "100 modules", large));
    }
    if let Some(runtime) = newest(runtimes, "nodejs")
        && let RuntimeKind::Node { interpreter } = &runtime.kind
    {
        let plain = Plain {
            program: interpreter.clone(),
            arguments: |fd| vec!["-e".to_owned(), format!("require('fs').writeSync({fd}, 'x')")],
        };
        let files = vec![("index.js".into(), NODE.to_vec())];
        subjects.push(subject(&runtime, "index.handler", files, Some(plain)));
        let large = ("index.handler", vec![("index.js".into(), node_bundle(1_400_000))]);
        subjects.push(large_subject(&runtime, "1.4 MB bundle", large));
    }
    if let Some(runtime) = newest(runtimes, "java") {
        match java_class() {
            Ok(class) => {
                subjects.push(subject(&runtime, "Hello::handle", vec![("Hello.class".into(), class)], None))
            }
            Err(problem) => eprintln!("skipped: Java: no compiler: {problem}"),
        }
    }
    match (std::fs::read(rust_function), newest(runtimes, "provided")) {
        (Ok(content), Some(runtime)) => {
            subjects.push(subject(&runtime, "bootstrap", vec![("bootstrap".into(), content)], None));
        }
        (Err(problem), _) => eprintln!("skipped: a custom runtime: {}: {problem}", rust_function.display()),
        (_, None) => eprintln!("skipped: a custom runtime: this host has none"),
    }
    subjects
}

/// The function in Java, for any version that the platform has.
fn java_class() -> Result<Vec<u8>, Failure> {
    let dir = tempfile::tempdir()?;
    std::fs::write(dir.path().join("Hello.java"), JAVA)?;
    let status = std::process::Command::new("javac")
        .args(["--release", "11", "-d", ".", "Hello.java"])
        .current_dir(dir.path())
        .status()?;
    match status.success() {
        true => Ok(std::fs::read(dir.path().join("Hello.class"))?),
        false => Err(format!("javac: {status}").into()),
    }
}

fn subject(
    runtime: &Arc<Runtime>,
    handler: &'static str,
    files: Vec<(String, Vec<u8>)>,
    plain: Option<Plain>,
) -> Subject {
    Subject { setting: runtime.name.clone(), runtime: Arc::clone(runtime), handler, files, plain }
}

fn large_subject(
    runtime: &Arc<Runtime>,
    what: &str,
    (handler, files): (&'static str, Vec<(String, Vec<u8>)>),
) -> Subject {
    let small = subject(runtime, handler, files, None);
    Subject { setting: format!("{}, {what}", runtime.name), ..small }
}

fn newest(runtimes: &[Runtime], family: &str) -> Option<Arc<Runtime>> {
    let number = |runtime: &&Runtime| {
        runtime.version.split('.').map(|part| part.parse::<u32>().unwrap_or(0)).collect::<Vec<_>>()
    };
    runtimes
        .iter()
        .filter(|runtime| runtime.name.starts_with(family))
        .max_by_key(number)
        .cloned()
        .map(Arc::new)
}

/// A handler that imports so many modules of its own, each with some classes and functions, as a library has.
fn python_package(modules: usize) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![("pkg/__init__.py".to_owned(), Vec::new())];
    for module in 0..modules {
        let mut text = String::from("\"\"\"A module.\"\"\"\nimport os\n\n");
        for number in 0..20 {
            text.push_str(&format!(
                "class C{number}:\n    \"\"\"A class.\"\"\"\n    def __init__(self, a, b=None):\n        self.a = a\n        \
                 self.b = b or [{number}]\n    def total(self, values):\n        result = 0\n        for value in values:\n            \
                 if value > {number}:\n                result += value * self.a\n        return result\n\n"
            ));
        }
        files.push((format!("pkg/m{module}.py"), text.into_bytes()));
    }
    let names: Vec<String> = (0..modules).map(|module| format!("m{module}")).collect();
    let handler = format!("from pkg import {}\n{}", names.join(", "), String::from_utf8_lossy(PYTHON));
    files.push(("app.py".into(), handler.into_bytes()));
    files
}

/// A handler in one file with modules around it, as bundlers write them; most run when it is loaded.
fn node_bundle(size: usize) -> Vec<u8> {
    let mut text = String::from("'use strict';\nconst modules = {};\n");
    let mut module = 0;
    while text.len() < size {
        text.push_str(&format!("modules[{module}] = (exports) => {{\n"));
        for number in 0..30 {
            text.push_str(&format!(
                "  class Client{number} {{\n    constructor(config) {{ this.config = {{ ...config, retries: {number} }}; }}\n    \
                 async send(command) {{ const input = {{ name: command.name, size: {number} }};\n      if (!input.name) throw new \
                 TypeError('no name'); return Object.entries(input).map(([key, value]) => `${{key}}=${{value}}`).join('&'); }}\n  }}\n  \
                 exports.Client{number} = Client{number};\n"
            ));
        }
        text.push_str("};\n");
        module += 1;
    }
    text.push_str("for (const id of Object.keys(modules)) { const exports = {}; modules[id](exports); new exports.Client0({}); }\n");
    text.into_bytes().into_iter().chain(NODE.iter().copied()).collect()
}

/// Writes the function's files into a new directory below `root`.
pub fn unpack(subject: &Subject, root: &Path, name: &str) -> Result<PathBuf, Failure> {
    use std::os::unix::fs::PermissionsExt;
    let dir = root.join(name);
    for (file, content) in &subject.files {
        let path = dir.join(file);
        std::fs::create_dir_all(path.parent().ok_or("a file is in a directory")?)?;
        std::fs::write(&path, content)?;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755))?;
    }
    Ok(dir)
}
