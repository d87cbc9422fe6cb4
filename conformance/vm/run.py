#!/usr/bin/env python3
"""Boots a small Debian with systemd (pure cgroup v2, nftables, its own kernel) in a virtual machine, runs Freehold's
checks in it, and ends with their verdict. README.md says more."""
import argparse
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))

# What a user's server has, and what the checks use (AWS's command line, crun as a peer of the benchmark).
PACKAGES = (
    "systemd systemd-sysv dbus udev kmod linux-image-cloud-amd64 ca-certificates e2fsprogs iproute2 nftables procps hostname "
    "iputils-ping curl python3 nodejs ruby crun awscli"
).split()
CHECKS = {
    "doctor": "what `freehold doctor` finds, which must lack nothing",
    "warden": "kernel tests of the warden, in a delegated control group",
    "undelegated": "the same from the topmost control group",
    "fleet": "integration tests of the fleet",
    "service": "installed with the shipped unit: deploy, invoke, kill, invoke again, stop",
    "probes": "black-box tests of isolation and the escape suite",
    "leaks": "thousands of forked environments leave nothing behind",
    "bench": "cold starts beside `crun run` (release builds; not among the defaults)",
}
DEFAULT = [name for name in CHECKS if name not in ("leaks", "bench")]
# Exit code of a machine that can't do this, so that a caller can report a skip.
CANNOT = 77
DISK_BYTES = 6 << 30
RESULTS_BYTES = 256 << 20


def say(text):
    print(f"vm: {text}", file=sys.stderr, flush=True)


def cannot(why):
    say(f"skipped: {why}")
    sys.exit(CANNOT)


def call(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, **options)


def output(*command):
    return call(*command, capture_output=True, text=True).stdout


def base(release):
    """The root file system without Freehold, made once: a disk image, its kernel and its initial ram disk."""
    recipe = json.dumps([release, PACKAGES, (HERE / "guest/freehold-vm.service").read_text()])
    home = TARGET / "vm" / f"{release}-{hashlib.sha256(recipe.encode()).hexdigest()[:12]}"
    if (home / "complete").exists():
        return home
    shutil.rmtree(home, ignore_errors=True)
    root = home / "root"
    root.mkdir(parents=True)
    say(f"making a root file system of Debian {release}; this takes some minutes")
    call("mmdebstrap", "--mode=root", "--quiet", "--variant=minbase", "--include=" + ",".join(PACKAGES), release, root,
         mirror())
    shutil.copy(HERE / "guest/freehold-vm.service", root / "etc/systemd/system/")
    wants = root / "etc/systemd/system/multi-user.target.wants"
    wants.mkdir(exist_ok=True)
    (wants / "freehold-vm.service").symlink_to("../freehold-vm.service")
    (root / "etc/hostname").write_text("vm\n")
    (root / "etc/hosts").write_text("127.0.0.1 localhost vm\n")
    for name in ("vmlinuz", "initrd.img"):
        found, = (root / "boot").glob(f"{name}-*")
        shutil.copy(found, home / name)
    with open(home / "root.img", "wb") as image:
        image.truncate(DISK_BYTES)
    call("mke2fs", "-q", "-F", "-t", "ext4", "-d", root, home / "root.img")
    shutil.rmtree(root)
    (home / "complete").touch()
    return home


def mirror():
    """Where this host has its Debian from."""
    listed = output("apt-get", "indextargets", "--format", "$(ORIGIN) $(LABEL) $(REPO_URI)", "Created-By: Packages")
    for line in listed.splitlines():
        origin, label, address = line.split(" ", 2)
        if (origin, label) == ("Debian", "Debian"):
            return address
    cannot("this host's apt has no Debian archive in its sources")


def build(checks):
    """The programs under test: name → path."""
    programs = {}
    cargo = os.environ.get("CARGO", "cargo")
    listed = output(cargo, "test", "--no-run", "--quiet", "-p", "warden", "-p", "fleet", "--test", "it",
                    "--message-format=json", "--manifest-path", ROOT / "Cargo.toml")
    for line in listed.splitlines():
        found = json.loads(line)
        if found.get("executable") and found["target"]["name"] == "it":
            package = pathlib.Path(found["manifest_path"]).parent.name
            programs[f"{package}-it"] = pathlib.Path(found["executable"])
    call(cargo, "build", "--quiet", "-p", "freehold", "--manifest-path", ROOT / "Cargo.toml")
    programs["freehold"] = TARGET / "debug/freehold"
    if "bench" in checks:
        call(cargo, "build", "--quiet", "--release", "-p", "freehold", "-p", "bench-coldstart", "--manifest-path",
             ROOT / "Cargo.toml")
        programs["freehold-release"] = TARGET / "release/freehold"
        programs["bench-coldstart"] = TARGET / "release/bench-coldstart"
    return programs


def payload(work, programs, checks, settings):
    """A second disk: programs, the repository's files, Python packages of the black-box tests, and what to do."""
    tree = work / "payload"
    (tree / "bin").mkdir(parents=True)
    for name, path in programs.items():
        shutil.copy(path, tree / "bin" / name)
        # Symbols are hundreds of megabytes, and of no use there.
        call("strip", "--strip-debug", tree / "bin" / name)
    files = output("git", "-C", ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    for name in filter(None, files.split("\0")):
        source, copy = ROOT / name, tree / "repository" / name
        if source.is_file():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, copy)
    venv = pathlib.Path(os.environ.get("FREEHOLD_TEST_VENV", TARGET / "conformance/venv"))
    packages = next(venv.glob("lib/python3*/site-packages"), None)
    if packages is not None:
        skipped = shutil.ignore_patterns("aws_cdk*", "jsii*", "pip*", "__pycache__")
        shutil.copytree(packages, tree / "python", ignore=skipped)
    elif {"probes", "service"} & set(checks):
        cannot("the Python packages of the black-box tests are missing: `cargo xtask test tools` installs them")
    rust_function = os.environ.get("FREEHOLD_TEST_RUST_FUNCTION")
    if rust_function:
        shutil.copy(rust_function, tree / "bin/rust-function")
    (tree / "checks").write_text("\n".join(checks) + "\n")
    # Tests know the repository by the path that it was compiled at.
    settings = {"REPOSITORY": ROOT, **settings}
    (tree / "settings").write_text("".join(f"{name}='{value}'\n" for name, value in settings.items()))
    image = work / "payload.img"
    with open(image, "wb") as disk:
        disk.truncate(sum(f.stat().st_size for f in tree.rglob("*") if f.is_file()) * 3 // 2 + (256 << 20))
    call("mke2fs", "-q", "-F", "-t", "ext4", "-E", "root_owner=0:0", "-d", tree, image)
    shutil.rmtree(tree)
    return image


def boot(home, image, work, arguments, accelerator):
    """Runs the machine until it powers off; False when the accelerator can't run it."""
    results = work / "results.tar"
    with open(results, "wb") as disk:
        disk.truncate(RESULTS_BYTES)
    machine = {"kvm": ["-accel", "kvm", "-cpu", "host"],
               "tcg": ["-accel", "tcg,thread=multi,tb-size=1024", "-cpu", "max"]}[accelerator]
    console = work / "console.log"
    command = [
        "qemu-system-x86_64", *machine, "-m", str(arguments.memory), "-smp", str(arguments.cores), "-nodefaults",
        "-display", "none", "-no-reboot", "-kernel", home / "vmlinuz", "-initrd", home / "initrd.img",
        "-append", "console=ttyS0 root=/dev/vda rw panic=-1 systemd.show_status=1",
        "-drive", f"file={home / 'root.img'},format=raw,if=virtio,snapshot=on",
        "-drive", f"file={image},format=raw,if=virtio,snapshot=on",
        "-drive", f"file={results},format=raw,if=virtio",
        "-netdev", "user,id=net0", "-device", "virtio-net-pci,netdev=net0,romfile=",
        "-device", "virtio-rng-pci",
        "-serial", f"file:{console}", "-serial", "stdio",
    ]
    say(f"booting with {accelerator}, {arguments.cores} processors, {arguments.memory} MiB; the console is {console}")
    machine = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        if accelerator == "kvm":
            # A machine that can't go on stays halted for ever, after it has said so.
            for line in machine.stderr:
                sys.stderr.write(line)
                if "KVM internal error" in line or "failed to initialize kvm" in line:
                    return False
        machine.communicate(timeout=arguments.timeout)
        return machine.returncode == 0
    except subprocess.TimeoutExpired:
        say(f"not done after {arguments.timeout} s")
        return True
    finally:
        machine.kill()
        machine.wait()


def verdict(work, checks):
    out = work / "results"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    try:
        with tarfile.open(work / "results.tar") as archive:
            archive.extractall(out, filter="data")
    except tarfile.TarError as error:
        say(f"the machine left no results ({error}); see {work / 'console.log'}")
        return 1
    (work / "results.tar").unlink()
    failed = []
    print(f"kernel {(out / 'kernel').read_text().strip()}")
    for check in checks:
        code = (out / f"{check}.exit").read_text().strip() if (out / f"{check}.exit").exists() else "not run"
        log = (out / f"{check}.log").read_text(errors="replace") if (out / f"{check}.log").exists() else ""
        skips = len(re.findall(r"skipped", log))
        print(f"{check}: {'passed' if code == '0' else 'FAILED: ' + code}{f', {skips} lines tell of skips' if skips else ''}")
        if code != "0":
            failed.append(check)
    print(f"logs: {out}")
    return 1 if failed else 0


def main():
    listed = "\n".join(f"  {name:12} {what}" for name, what in CHECKS.items())
    parser = argparse.ArgumentParser(description=__doc__, epilog="checks:\n" + listed,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checks", nargs="*", help=f"default: {' '.join(DEFAULT)}")
    parser.add_argument("--release", default="bookworm", help="Debian's release (default: %(default)s)")
    parser.add_argument("--accelerator", choices=["auto", "kvm", "tcg"], default="auto",
                        help="tcg translates instructions: slow, and works everywhere")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--memory", type=int, default=3072, help="MiB (default: %(default)s)")
    parser.add_argument("--timeout", type=int, default=7200, help="seconds until the machine is stopped")
    parser.add_argument("--forks", type=int, default=10000, help="environments of the check `leaks`")
    parser.add_argument("--only", default="", help="of the kernel and integration tests, those whose name contains this")
    parser.add_argument("--bench", default="", help="arguments of bench/coldstart")
    arguments = parser.parse_args()
    checks = arguments.checks or DEFAULT
    for check in checks:
        if check not in CHECKS:
            parser.error(f"no check {check!r}; there are: {', '.join(CHECKS)}")
    for program, package in [("qemu-system-x86_64", "qemu-system-x86"), ("mmdebstrap", "mmdebstrap"),
                             ("mke2fs", "e2fsprogs"), ("strip", "binutils")]:
        if shutil.which(program) is None:
            cannot(f"{program} is missing (Debian package {package})")
    if os.getuid() != 0:
        cannot("the root file system can be made by root only")

    programs = build(checks)
    home = base(arguments.release)
    work = TARGET / "vm" / f"run-{arguments.release}-{os.getpid()}"
    work.mkdir()
    settings = {"FORKS": arguments.forks, "ONLY": arguments.only, "BENCH": arguments.bench}
    image = payload(work, programs, checks, settings)
    chosen = arguments.accelerator
    if chosen == "auto":
        chosen = "kvm" if os.access("/dev/kvm", os.R_OK | os.W_OK) else "tcg"
    ran = boot(home, image, work, arguments, chosen)
    if not ran and chosen == "kvm" and arguments.accelerator == "auto":
        say("this host's KVM can't run a stock kernel (it may be a guest itself): emulating")
        boot(home, image, work, arguments, "tcg")
    image.unlink()
    sys.exit(verdict(work, checks))


if __name__ == "__main__":
    main()
