"""A hostile function against the host, the platform, other functions: every probe in `probes/` must win nothing, and a
neighbour must go on working while shared resources are attacked. docs/security.md names the probes."""
import concurrent.futures
import io
import json
import pathlib
import secrets
import socket
import statistics
import subprocess
import sys
import time
import zipfile

import botocore.exceptions
import pytest

from conftest import TRUST, role_for, zipped

HERE = pathlib.Path(__file__).parent / "probes"
sys.path.insert(0, str(HERE))
import app  # noqa: E402  (the probes themselves, for their names)

sys.path.remove(str(HERE))
for module in HERE.glob("*.py"):
    # Their names are common; nobody else shall find them.
    sys.modules.pop(module.stem, None)
PROBES = sorted(app.probing.PROBES)
CONTROLS = app.probing.CONTROLS
ATTACKS = ["fork_bomb", "thread_bomb", "memory_bomb", "shared_memory_bomb", "kernel_memory_bomb", "disk_fill", "inode_fill",
           "descriptor_exhaustion", "processor_hog", "log_flood", "endpoint_flood", "directory_bomb"]
SOURCES = {path.name: path.read_text() for path in HERE.glob("*.py")}


def host_addresses():
    listed = subprocess.run(["hostname", "-I"], capture_output=True, text=True).stdout.split()
    return [address for address in listed if ":" not in address]


@pytest.fixture(scope="module")
def scene(server, aws, python_runtime, tmp_path_factory):
    """Victim and attacker, each with a role of its own, and things on the host worth reaching."""
    iam, lam = aws("iam"), aws("lambda")
    roles = {}
    for name in ("escape-victim", "escape-attacker"):
        try:
            roles[name] = iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
        except iam.exceptions.EntityAlreadyExistsException:
            roles[name] = iam.get_role(RoleName=name)["Role"]["Arn"]
    secret = secrets.token_hex(16)
    abstract = "freehold-" + secrets.token_hex(4)
    for name, variables, extra in [
        ("escape-victim", {"SECRET": secret}, {"victim_marker.py": "SECRET = 1\n"}),
        ("escape-attacker", {}, {}),
    ]:
        lam.create_function(
            FunctionName=name, Runtime=python_runtime, Handler="app.handler", Role=roles[name], Timeout=60, MemorySize=512,
            Environment={"Variables": variables}, Code={"ZipFile": zipped({**SOURCES, **extra})},
        )
        lam.get_waiter("function_active_v2").wait(FunctionName=name)

    directory = tmp_path_factory.mktemp("escape")
    listeners = []
    for family, address in [(socket.AF_INET, ("0.0.0.0", 0)), (socket.AF_UNIX, "\0" + abstract),
                            (socket.AF_UNIX, str(directory / "s"))]:
        listener = socket.socket(family)
        listener.bind(address)
        listener.listen()
        listeners.append(listener)
    event = {
        "data_dir": str(server.data_dir), "server_pid": server.process.pid, "port": int(server.listen.rsplit(":", 1)[1]),
        "service_port": listeners[0].getsockname()[1], "abstract_name": abstract, "socket_path": str(directory / "s"),
        "host_addresses": host_addresses(), "victim": "escape-victim", "victim_role": roles["escape-victim"],
        "secret": secret, "ipc_key": secrets.randbelow(1 << 30) + 1, "victim_port": 5678,
    }
    settled = call(lam, "escape-victim", {**event, "settle": True})
    assert settled["memory"] and settled["queue"], settled
    yield {**event, "victim_random": settled["random"]}
    for listener in listeners:
        listener.close()
    for name in ("escape-victim", "escape-attacker"):
        lam.delete_function(FunctionName=name)


def call(client, name, event):
    response = client.invoke(FunctionName=name, Payload=json.dumps(event))
    body = json.loads(response["Payload"].read())
    assert "FunctionError" not in response, body
    return body


def test_there_are_enough_probes():
    assert len(PROBES) >= 60


@pytest.mark.parametrize("name", PROBES)
def test_a_probe_wins_nothing(aws, scene, name):
    # The secret is the test's to know; only the probes that search for it are told.
    assert call(aws("lambda"), "escape-attacker", {**scene, "probe": name})["won"] is None


@pytest.mark.parametrize("name", CONTROLS)
def test_outside_a_sandbox_the_probe_wins(scene, name):
    script = "import json, sys, app; e = json.load(sys.stdin); print(json.dumps(app.probing.PROBES[e['probe']](e)))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=HERE, input=json.dumps({**scene, "probe": name, "control": True}),
        capture_output=True, text=True, check=True, env={"PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert json.loads(done.stdout) is not None


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1000


def test_a_neighbour_goes_on_working(aws, deploy, scene, capsys):
    """Prints the neighbour's latency during each attack; that it keeps succeeding is what is asserted."""
    client = aws("lambda")
    neighbour = deploy("def handler(event, context):\n    return 'fine'\n", name="escape-neighbour")
    rows = []

    def measure(until):
        taken = []
        while not taken or not until():
            began = time.monotonic()
            assert call(client, neighbour, {}) == "fine"
            taken.append(time.monotonic() - began)
        return taken

    calm_until = time.monotonic() + 2
    rows.append(("(nobody)", measure(lambda: time.monotonic() > calm_until), "-"))
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        for attack in ATTACKS:
            # An environment of its own for each: what one attack leaves behind must not spoil the next.
            attacker = deploy(SOURCES["attacks.py"], handler="app.handler", name=f"escape-{attack}".replace("_", "-"), Timeout=8,
                              MemorySize=256)
            running = pool.submit(client.invoke, FunctionName=attacker, Payload=json.dumps({"attack": attack}))
            taken = measure(running.done)
            response = running.result()
            body = json.loads(response["Payload"].read() or "null")
            error = body.get("errorType") if isinstance(body, dict) else None
            # It ends by itself or its own limits end it; the platform never does anything else to it.
            assert error in (None, "Runtime.ExitError", "Runtime.OutOfMemory", "Sandbox.Timedout", "MemoryError", "OSError"), body
            rows.append((attack, taken, error or body))
    with capsys.disabled():
        print("\n| attack | neighbour p50 ms | p99 ms | n | the attack ended with |\n|---|---|---|---|---|")
        for attack, taken, end in rows:
            print(f"| {attack} | {statistics.median(taken) * 1000:.1f} | {percentile(taken, 0.99):.1f} | {len(taken)} | {end} |")


def test_nothing_of_an_attacker_is_left_for_the_next(aws, deploy, invoke):
    writer = deploy("def handler(event, context):\n    open('/tmp/x', 'w').write('x' * 4096)\n    return 'ok'\n", name="escape-writer")
    reader = deploy("import os\ndef handler(event, context):\n    return os.listdir('/tmp')\n", name="escape-reader")
    assert invoke(writer)[0] == "ok"
    assert invoke(reader)[0] == []


LAYOUT = """
import ctypes

def handler(event, context):
    return [hash("freehold"), ctypes.cast(ctypes.CDLL(None).getpid, ctypes.c_void_p).value]
"""


@pytest.mark.parametrize("flags, shared", [([], True), (["--zygote-copies-max", "1"], False)], ids=["default", "never"])
def test_what_copies_of_an_interpreter_have_in_common(fresh_server, python_runtime, flags, shared):
    """Address layout and hash seed are the only things, and one setting gives each environment its own."""
    server = fresh_server(*flags)
    client, role = server.client("lambda"), role_for(server.client("iam"))
    seen = []
    for name in ("layout-a", "layout-b"):
        client.create_function(
            FunctionName=name, Runtime=python_runtime, Handler="app.handler", Role=role,
            Code={"ZipFile": zipped({"app.py": LAYOUT})},
        )
        client.get_waiter("function_active_v2").wait(FunctionName=name)
        seen.append(call(client, name, {}))
    assert [a == b for a, b in zip(*seen)] == [shared, shared], seen


def archive_with(entries):
    """A zip of (name, mode, content): names and modes as an attacker would write them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, mode, content in entries:
            info = zipfile.ZipInfo(name)
            info.create_system = 3
            info.external_attr = mode << 16
            archive.writestr(info, content)
    return buffer.getvalue()


HANDLER = ("app.py", 0o100644, "import os\ndef handler(event, context):\n    return os.path.exists(event['path'])\n")


@pytest.mark.parametrize("entries", [
    [("../../../../{marker}", 0o100644, "x")],
    [("{marker}", 0o100644, "x")],
    [("out", 0o120777, "{parent}"), ("out/{name}", 0o100644, "x")],
    [("a", 0o120777, ".."), ("a/b", 0o120777, ".."), ("a/b/{name}", 0o100644, "x")],
    [("self", 0o120777, "self")],
    [("device", 0o060644, ""), ("pipe", 0o010644, "")],
    [("x" * 300, 0o100644, "x")],
], ids=["dots", "absolute", "through-a-link", "through-two-links", "a-loop", "special-files", "a-long-name"])
def test_an_archive_stays_in_its_place(aws, role, python_runtime, tmp_path, entries):
    marker = tmp_path / "marker"
    values = {"marker": str(marker).lstrip("/"), "parent": str(tmp_path), "name": "marker"}
    filled = [(name.format(**values), mode, content.format(**values)) for name, mode, content in entries]
    client = aws("lambda")
    name = "escape-archive"
    try:
        client.create_function(
            FunctionName=name, Runtime=python_runtime, Handler="app.handler", Role=role,
            Code={"ZipFile": archive_with([HANDLER, *filled])},
        )
    except botocore.exceptions.ClientError as refused:
        assert refused.response["Error"]["Code"] == "InvalidParameterValueException", refused
    else:
        try:
            client.get_waiter("function_active_v2").wait(FunctionName=name)
            assert call(client, name, {"path": str(marker)}) is False
        finally:
            client.delete_function(FunctionName=name)
    assert not marker.exists()
