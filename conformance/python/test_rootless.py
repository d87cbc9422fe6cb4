"""The server of an ordinary user: with host users of their own for environments (`newuidmap`), and with one for all. The
escape suite must win as little as against root's server; what is lacking is refused by name, unless accepted by name."""
import json
import os
import pathlib
import shutil
import subprocess
import urllib.request

import pytest

from conftest import SAMPLE, Server, binary, eventually, role_for, zipped
from test_escape import (  # noqa: F401  (they run against this module's server)
    scene,
    test_a_neighbour_goes_on_working,
    test_a_probe_wins_nothing,
    test_an_archive_stays_in_its_place,
    test_nothing_of_an_attacker_is_left_for_the_next,
)
from test_images import base, create, image, test_an_imported_layout_runs  # noqa: F401
from test_images import test_files_are_as_the_image_has_them as files_are_as_the_image_has_them
from test_isolation import children

# Nobody's, and so are the ids granted to it.
USER = 712_346
NAME = "rootless-conformance"
GRANT = f"{NAME}:790000:65536\n"
LACKING = "shared-uid,no-memory-limit,no-cpu-limit,no-freezing,no-cpu-time"

# A mount namespace in which /etc knows the user, the groups that were delegated, the user.
AS_USER = """set -e
cp -a /etc "$1/etc"
cp "$1/subuid" "$1/subgid" "$1/etc/"
echo "$3:x:$2:$2::/:/bin/sh" >> "$1/etc/passwd"
mount --bind "$1/etc" /etc
for group in $4; do echo $$ > "$group/cgroup.procs"; done
user=$2
shift 4
cd /
exec setpriv --reuid "$user" --regid "$user" --clear-groups "$@"
"""

pytestmark = pytest.mark.skipif(
    os.getuid() != 0 or not (shutil.which("unshare") and shutil.which("setpriv")),
    reason="takes root to become another user, by unshare and setpriv",
)


class Host:
    """What the host grants the user."""

    def __init__(self, directory, granted, delegated):
        self.directory = pathlib.Path(directory)
        for parent in [self.directory, *self.directory.absolute().parents]:
            parent.chmod(parent.stat().st_mode | 0o011)
        for name in ("subuid", "subgid"):
            (self.directory / name).write_text(GRANT if granted else "")
        self.program = self.directory / "freehold"
        shutil.copy(binary(), self.program)
        self.program.chmod(0o755)
        self.groups = list(self.delegate()) if delegated else []

    def delegate(self):
        """A group in each hierarchy, as a service manager gives them away."""
        used = {"memory", "cpu", "cpuacct", "pids", "freezer"}
        points = {}
        for line in pathlib.Path("/proc/self/mounts").read_text().splitlines():
            _, point, kind, options, *_ = line.split()
            if kind == "cgroup2" or kind == "cgroup" and used & set(options.split(",")):
                points[point] = kind
        for point, kind in points.items():
            root = pathlib.Path(point)
            if kind == "cgroup2":
                for controller in (root / "cgroup.controllers").read_text().split():
                    try:
                        (root / "cgroup.subtree_control").write_text(f"+{controller}")
                    except OSError:
                        pass
            group = root / f"rootless-{os.getpid()}-{self.directory.name}"
            group.mkdir()
            for path in [group, *(group / n for n in ("cgroup.procs", "cgroup.subtree_control", "cgroup.threads", "tasks"))]:
                if path.exists():
                    os.chown(path, USER, USER)
            yield group

    def command(self, *arguments):
        shutil.rmtree(self.directory / "etc", ignore_errors=True)
        groups = " ".join(map(str, self.groups))
        return ["unshare", "--mount", "--propagation", "private", "sh", "-c", AS_USER, "sh", self.directory, str(USER), NAME,
                groups, self.program, *arguments]

    def run(self, *arguments, **settings):
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("FREEHOLD_", "AWS_"))}
        return subprocess.run(self.command(*arguments), capture_output=True, text=True, timeout=60, env=clean, **settings)

    def close(self):
        def remove():
            for group in self.groups:
                # Deepest first; the kernel counts dying processes a little longer.
                for path in sorted([group, *(p for p in group.rglob("*") if p.is_dir())], reverse=True):
                    try:
                        path.rmdir()
                    except FileNotFoundError:
                        pass
                    except OSError:
                        return False
            return True
        eventually(remove)


class RootlessServer(Server):
    def __init__(self, host, data_dir, *flags):
        self.host = host
        os.chown(data_dir, USER, USER)
        super().__init__(data_dir, *flags)

    def command(self):
        return self.host.command("serve", "--data-dir", self.data_dir, "--listen", self.listen, *self.flags)


def checks(host):
    return {row["name"]: row for row in json.loads(host.run("doctor", "--json").stdout)}


def isolation(server):
    with urllib.request.urlopen(f"{server.endpoint}/health") as answer:
        return json.load(answer)["isolation"]


def need_namespaces(host):
    found = checks(host)["namespaces by an ordinary user"]
    if found["outcome"] != "Ok":
        pytest.skip(f"this kernel gives ordinary users no namespaces: {found['found']}")


@pytest.fixture(scope="module", params=["a-user-each", "one-user"])
def server(request, tmp_path_factory):
    each = request.param == "a-user-each"
    if each and not shutil.which("newuidmap"):
        pytest.skip("no newuidmap (package uidmap)")
    host = Host(tmp_path_factory.mktemp("host"), granted=each, delegated=True)
    need_namespaces(host)
    data = tmp_path_factory.mktemp("rootless") / "data"
    data.mkdir()
    running = RootlessServer(host, data, *([] if each else ["--accept", "shared-uid"]))
    running.weaknesses = [] if each else ["shared-uid"]
    yield running
    assert running.process.poll() is None, f"the server died: see {running.log.name}"
    assert running.stop() == 0
    host.close()


@pytest.fixture(scope="module")
def aws(server):
    clients = {}
    return lambda service: clients.setdefault(service, server.client(service))


@pytest.fixture(scope="module")
def role(aws):
    return role_for(aws("iam"))


@pytest.fixture(scope="module")
def python_runtime(server):
    return newest_python(server.host)


def newest_python(host):
    """The newest Python that the user can reach: root's home may have others."""
    found = json.loads(host.run("runtimes", "--json").stdout)
    return max((r["name"] for r in found if r["name"].startswith("python")), key=lambda name: int(name.split(".")[1]))


def test_the_sample_runs(server, deploy, invoke):
    name = deploy({"lambda_function.py": SAMPLE}, handler="lambda_function.lambda_handler", MemorySize=128)
    for guest in ("Ada", "Bob"):
        assert invoke(name, {"name": guest})[0] == {"statusCode": 200, "body": f'"Hello, {guest}!"'}
    receipts = json.loads(server.freehold("--json", "cost", "--receipts").stdout)
    assert receipts


def test_files_of_an_image(server, create, invoke, image, tmp_path):  # noqa: F811
    if server.weaknesses:
        pytest.skip("files that only root may read in the image are everybody's where everybody is one user")
    files_are_as_the_image_has_them(server, create, invoke, image, tmp_path)


def test_it_says_what_it_is(server):
    found = isolation(server)
    assert (found["mode"], found["egress"], found["serverUnprivileged"]) == ("rootless", "none", True)
    assert found["weaknesses"] == server.weaknesses
    log = pathlib.Path(server.log.name).read_text()
    assert ("accepted weakness of the isolation" in log) == bool(server.weaknesses)
    assert "/tmp is memory" in log and "functions cannot reach the Internet" in log


def test_nothing_of_it_is_roots(server, deploy, invoke):
    invoke(deploy("def handler(event, context):\n    return 1\n"))
    users = {}
    for entry in pathlib.Path("/proc").iterdir():
        try:
            status = (entry / "status").read_text()
        except OSError:
            continue
        field = {line.split(":")[0]: line.split(":", 1)[1].split() for line in status.splitlines() if ":" in line}
        users[entry.name] = (field.get("PPid", ["0"])[0], set(field.get("Uid", [])))
    family, found = {str(server.process.pid)}, set()
    while found != family:
        found = set(family)
        family |= {pid for pid, (parent, _) in users.items() if parent in family}
    assert len(family) > 3
    mine = set().union(*(users[pid][1] for pid in family))
    others = {int(uid) for uid in mine} - {USER}
    if server.weaknesses:
        assert others == set()
    else:
        assert others and all(790_000 <= uid < 790_000 + 65_536 for uid in others)


def test_memory_is_limited(deploy, invoke):
    hog = deploy("def handler(event, context):\n    return len(bytearray(400 << 20))\n", MemorySize=128)
    answer, response = invoke(hog)
    assert response.get("FunctionError") and answer["errorType"] == "Runtime.OutOfMemory", answer


def test_what_is_missing_is_refused_by_name(tmp_path):
    host = Host(tmp_path, granted=False, delegated=False)
    need_namespaces(host)
    data = tmp_path / "data"
    data.mkdir()
    os.chown(data, USER, USER)

    def refusal(*flags):
        done = host.run("serve", "--data-dir", data, "--listen", "127.0.0.1:0", *flags)
        assert done.returncode == 1 and "functions can't be isolated" in done.stderr, done.stderr
        return done.stderr

    everything = refusal()
    for part in ("host users for environments", f"no range of ids for {NAME} in /etc/subuid", "--accept shared-uid",
                 "no memory limit, processor limit, CPU time, freezing", "Delegate=yes", "--accept no-memory-limit"):
        assert part in everything, part
    some = refusal("--accept", LACKING.replace("no-memory-limit,", ""))
    assert "no memory limit:" in some and "shared-uid" not in some
    assert "take CAP_NET_ADMIN" in refusal("--accept", LACKING, "--egress", "internet")
    unknown = host.run("serve", "--accept", "everything")
    assert unknown.returncode == 2 and "no-memory-limit" in unknown.stderr
    mode = checks(host)["mode rootless (as an ordinary user)"]
    assert mode["outcome"] == "Missing" and f"--accept {LACKING.replace('no-freezing,no-cpu-time', 'no-cpu-time,no-freezing')}" in mode["fix"]


def test_everything_can_be_accepted(tmp_path):
    host = Host(tmp_path, granted=False, delegated=False)
    need_namespaces(host)
    data = tmp_path / "data"
    data.mkdir()
    server = RootlessServer(host, data, "--accept", LACKING)
    try:
        assert sorted(isolation(server)["weaknesses"]) == sorted(LACKING.split(","))
        log = pathlib.Path(server.log.name).read_text()
        assert log.count("accepted weakness of the isolation") == len(LACKING.split(","))
        lam = server.client("lambda")
        lam.create_function(FunctionName="sample", Runtime=newest_python(host), Handler="lambda_function.lambda_handler",
                            Role=role_for(server.client("iam")), Code={"ZipFile": zipped({"lambda_function.py": SAMPLE})})
        lam.get_waiter("function_active_v2").wait(FunctionName="sample")
        for guest in ("Ada", "Bob"):
            answer = lam.invoke(FunctionName="sample", Payload=json.dumps({"name": guest}))
            assert json.load(answer["Payload"])["body"] == f'"Hello, {guest}!"'
        mine = children(server.process.pid)
        assert mine
    finally:
        assert server.stop() == 0
    # A service manager would kill what is left now.
    assert [pid for pid in mine if pathlib.Path(f"/proc/{pid}").exists()] == []


def test_root_has_nothing_to_accept(tmp_path):
    for flags, part in ((["--accept", "shared-uid"], "nothing needs to be accepted"),
                        (["--isolation", "rootless"], "for ordinary users")):
        done = subprocess.run([binary(), "serve", "--data-dir", tmp_path / "data", *flags], capture_output=True, text=True,
                              timeout=60)
        assert done.returncode == 1 and part in done.stderr, done.stderr
