"""Whom the server runs as, what it leaves to root, and who decides what functions reach."""
import json
import os
import pathlib
import re
import signal
import time
import urllib.request

import botocore.exceptions
import pytest

from conftest import Server, zipped

pytestmark = pytest.mark.skipif(os.getuid() != 0, reason="needs root")

CONNECT = """
import errno, socket
def handler(event, context):
    try:
        socket.create_connection((event["host"], event["port"]), timeout=2).close()
        return "connected"
    except socket.timeout:
        return "timeout"
    except OSError as e:
        return errno.errorcode.get(e.errno, str(e))
"""


def status(pid):
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return dict(line.split(":\t", 1) for line in text.splitlines() if ":\t" in line)


def children(pid):
    return [int(p.name) for p in pathlib.Path("/proc").iterdir()
            if p.name.isdigit() and (p / "status").exists() and status(p.name)["PPid"].strip() == str(pid)]


def health(server):
    with urllib.request.urlopen(f"{server.endpoint}/health") as answer:
        return json.load(answer)["isolation"]


def deploy(server, name, code=CONNECT, runtime="python3.11"):
    role = server.client("iam").create_role(RoleName=f"{name}-role", AssumeRolePolicyDocument=json.dumps({
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}],
    }))["Role"]["Arn"]
    functions = server.client("lambda")
    functions.create_function(FunctionName=name, Runtime=runtime, Handler="app.handler", Role=role,
                              Code={"ZipFile": zipped({"app.py": code})})
    functions.get_waiter("function_active_v2").wait(FunctionName=name)


def call(server, name, event):
    answer = server.client("lambda").invoke(FunctionName=name, Payload=json.dumps(event))
    assert "FunctionError" not in answer, answer["Payload"].read()
    return json.load(answer["Payload"])


@pytest.fixture
def start(tmp_path):
    servers = []

    def start(*flags):
        (tmp_path / "data").mkdir(exist_ok=True)
        servers.append(Server(tmp_path / "data", *flags))
        return servers[-1]
    yield start
    for server in servers:
        if server.process.poll() is None:
            server.stop()


def test_the_server_has_given_its_rights_up(start):
    server = start()
    own = status(server.process.pid)
    assert "0" not in own["Uid"].split() and "0" not in own["Gid"].split()
    assert own["Groups"].strip() == ""
    assert [own[f"Cap{kind}"].strip() for kind in ("Prm", "Eff", "Inh", "Amb")] == ["0" * 16] * 4
    assert own["NoNewPrivs"].strip() == "1"
    # What is still root: the launcher, and the warden that it started.
    launcher, = children(server.process.pid)
    warden, = children(launcher)
    assert status(launcher)["Uid"].split()[0] == status(warden)["Uid"].split()[0] == "0"
    assert health(server)["serverUnprivileged"] is True
    # Its own user can't put anything in the way of the warden.
    data = server.data_dir
    assert (data.stat().st_uid, data.stat().st_mode & 0o7777) == (0, 0o1770)
    assert ((data / "warden").stat().st_uid, (data / "warden").stat().st_mode & 0o777) == (0, 0o700)
    for name in ("access.json", "master.key", "store"):
        assert (data / name).stat().st_uid == int(own["Uid"].split()[0])


def test_staying_root_is_a_choice_that_can_be_taken_back(start):
    server = start("--user", "root")
    assert status(server.process.pid)["Uid"].split()[0] == "0"
    assert health(server)["serverUnprivileged"] is False
    deploy(server, "before")
    assert call(server, "before", {"host": "127.0.0.1", "port": 1}) == "ECONNREFUSED"
    server.stop()
    # What root made becomes the user's.
    server = start()
    assert status(server.process.pid)["Uid"].split()[0] != "0"
    assert call(server, "before", {"host": "127.0.0.1", "port": 1}) == "ECONNREFUSED"


def test_a_warden_that_dies_is_started_again(start):
    server = start()
    deploy(server, "again")
    call(server, "again", {"host": "127.0.0.1", "port": 1})
    launcher, = children(server.process.pid)
    warden, = children(launcher)
    os.kill(warden, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while True:
        try:
            # The first calls may still be answered, or fail, with what the old one made.
            assert call(server, "again", {"host": "127.0.0.1", "port": 1}) == "ECONNREFUSED"
            assert children(launcher) not in ([], [warden])
            break
        except (AssertionError, botocore.exceptions.ClientError):
            if time.monotonic() > deadline:
                raise


def test_everything_ends_with_a_killed_server(start):
    server = start()
    launcher, = children(server.process.pid)
    warden, = children(launcher)
    server.kill()
    deadline = time.monotonic() + 30
    while any(pathlib.Path(f"/proc/{pid}").exists() for pid in (launcher, warden)):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_data_directory_out_of_reach_is_named(tmp_path):
    import subprocess
    from conftest import binary
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    done = subprocess.run([binary(), "serve", "--data-dir", private / "data", "--listen", "127.0.0.1:0"],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "may not pass through" in done.stderr and "--user root" in done.stderr


def test_no_egress(start):
    server = start("--egress", "none")
    assert health(server)["egress"] == "none"
    deploy(server, "inside")
    for host in ("1.1.1.1", "169.254.169.254", "10.0.0.1"):
        assert call(server, "inside", {"host": host, "port": 80}) == "ENETUNREACH"


def test_egress_by_function(start, tmp_path):
    config = tmp_path / "freehold.toml"
    config.write_text("[[egress-rule]]\nfunctions = 'inside-*'\negress = 'none'\n")
    server = start("--config", str(config))
    if health(server)["egress"] != "internet":
        pytest.skip("this host can offer no way to the Internet: see `freehold doctor`")
    deploy(server, "inside-one")
    deploy(server, "outside")
    assert call(server, "inside-one", {"host": "169.254.169.254", "port": 80}) == "ENETUNREACH"
    # It has a route, at the end of which a filter says no.
    for host in ("169.254.169.254", "10.0.0.1", "192.168.0.1", "198.18.0.1"):
        assert call(server, "outside", {"host": host, "port": 80}) in ("EHOSTUNREACH", "EACCES", "ECONNREFUSED", "timeout")


def test_the_security_documents_tests_exist():
    root = pathlib.Path(__file__).parents[2]
    text = (root / "docs/security.md").read_text()
    sources = {
        "probe": "".join(p.read_text() for p in (root / "conformance/python/probes").glob("*.py")),
        "python": "".join(f"def {p.stem}(" + p.read_text() for p in (root / "conformance/python").glob("test_*.py")),
        "warden": "".join(p.read_text() for p in (root / "crates/warden/tests/it").glob("*.rs")),
        "unit": "".join(p.read_text() for p in (root / "crates").glob("*/src/**/*.rs")),
    }
    named = re.findall(r"`(probe|python|warden|unit) (\w+)`", text)
    assert len(named) > 80
    missing = [(kind, name) for kind, name in named
               if not re.search(rf"\b(def|fn) {name}\(", sources[kind])]
    assert missing == [], missing
