"""`--isolation gvisor`: the same functions, tests and attacks on a server that runs them under gVisor. The imported tests
are those of the other files, run again here: the fixtures below give them such a server."""
import base64
import json
import os
import pathlib
import re
import statistics
import subprocess
import time
import urllib.request

import pytest

import test_escape
from conftest import Server, binary, eventually, role_for, zipped
from test_escape import scene, test_nothing_of_an_attacker_is_left_for_the_next  # noqa: F401
from test_faults import (  # noqa: F401
    test_a_spinning_handler_times_out, test_a_time_out, test_an_unhandled_exception,
    test_environments_share_nothing, test_frozen_between_requests, test_init_failures, test_memory, test_the_process_ends,
)
from test_java import java, java_runtimes, package, test_an_exception, test_objects_in_and_out_on_every_java  # noqa: F401
from test_layers import publish, test_a_bootstrap_in_a_layer, test_layers_are_merged_in_order  # noqa: F401
from test_logs_and_receipts import admin, test_json_logs, test_lines_in_order, test_receipts_agree_with_the_report_lines  # noqa: F401
from test_runtimes import (  # noqa: F401
    test_a_rust_function, test_bootstrap_failures, test_garbage_to_the_runtime_api, test_node, test_node_handlers,
    test_node_init_failures, test_the_environment_of_a_function,
)
from test_urls import public, test_streaming, test_streaming_of_a_plain_handler  # noqa: F401

RUNSC = next((p for p in ("/usr/bin/runsc", "/usr/local/bin/runsc") if os.path.exists(p)), None)
pytestmark = pytest.mark.skipif(os.getuid() != 0 or not RUNSC, reason="needs root and gVisor's runsc")

# Probes that win something of gVisor's kernel, which is the function's own: none of it is the host's.
OF_ITS_OWN_KERNEL = {
    "capabilities": "its /proc/self/status has other lines",
    "clone_into_new_namespaces": "it has namespaces of its own to give",
    "new_namespaces": "the same",
    "devices_of_the_host": "a /dev/fuse that gVisor implements",
    "higher_priority": "priorities among its own threads",
    "spare_oneself_from_the_oom_killer": "a file that gVisor ignores",
    "kernel_log": "jokes",
    "kill_the_init_process": "the function is that process itself",
    "read_the_init_process": "the same",
    "raw_packets": "gVisor opens a netlink socket of its own that says nothing",
    "packets_out_of_nowhere": "refused with another error",
    "perf_events": "refused with another error",
    "ring_of_system_calls": "refused with another error",
    "switch_off_address_randomisation": "refused with another error",
    "scratch_space_is_not_executable_with_privilege": "its own list of mounts lacks the options; no_new_privs does the work",
    "setuid_programs_of_the_host": "its /proc/self/status has other lines",
    "the_devices_tree": "a /sys that gVisor makes up",
}


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    data_dir = tmp_path_factory.mktemp("gvisor") / "data"
    data_dir.mkdir()
    running = Server(data_dir, "--isolation", "gvisor")
    yield running
    assert running.process.poll() is None, f"the server died: see {running.log.name}"
    assert running.stop() == 0
    # Nothing of gVisor's outlives it.
    assert str(data_dir) not in subprocess.run(["mount"], capture_output=True, text=True).stdout


@pytest.fixture(scope="session")
def aws(server):
    clients = {}
    return lambda service: clients.setdefault(service, server.client(service))


@pytest.fixture(scope="session")
def role(aws):
    return role_for(aws("iam"))


def newest(server, prefix):
    found = [r["name"] for r in json.loads(server.freehold("runtimes", "--json").stdout) if r["name"].startswith(prefix)]
    return max(found, key=lambda name: [int(n) for n in re.findall(r"\d+", name)], default=None)


@pytest.fixture(scope="session")
def python_runtime(server):
    return newest(server, "python") or pytest.skip("no Python")


@pytest.fixture(scope="session")
def node_runtime(server):
    return newest(server, "nodejs") or pytest.skip("no Node.js")


LOOK = """
    import os, subprocess
    def handler(event, context):
        return {"version": open("/proc/version").read(), "uid": os.getuid(), "pid": os.getpid(),
                "log": subprocess.run(["dmesg"], capture_output=True, text=True).stdout}
"""


def test_it_is_gvisors_kernel(server, deploy, invoke):
    answer, _ = invoke(deploy(LOOK))
    assert answer["version"] != pathlib.Path("/proc/version").read_text()
    assert "Starting gVisor" in answer["log"]
    assert answer["uid"] == 993
    with urllib.request.urlopen(f"{server.endpoint}/health") as health:
        assert json.load(health)["isolation"]["mode"] == "gvisor"


def test_receipts_say_so(server, deploy, invoke):
    name = deploy(LOOK)
    invoke(name)
    receipt, = eventually(lambda: admin(server, ["--function", name, "--receipts"])["receipts"])
    assert receipt["isolation"] == "gvisor"


def test_node_and_custom_runtimes_too(deploy, invoke, node_runtime):
    node = deploy({"index.js": "exports.handler = async () => require('fs').readFileSync('/proc/version', 'utf8');"},
                  handler="index.handler", runtime=node_runtime)
    custom = deploy({"bootstrap": """\
        #!/bin/sh
        exec /usr/bin/python3 - <<'EOF'
        import json, os, urllib.request
        api = f"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/invocation"
        while True:
            with urllib.request.urlopen(f"{api}/next") as event:
                request = event.headers["Lambda-Runtime-Aws-Request-Id"]
            data = json.dumps(open("/proc/version").read()).encode()
            urllib.request.urlopen(urllib.request.Request(f"{api}/{request}/response", data=data, method="POST")).close()
        EOF
    """}, handler="x", runtime="provided.al2023", Timeout=20)
    host = pathlib.Path("/proc/version").read_text()
    kernels = {invoke(node)[0], invoke(custom)[0]}
    assert len(kernels) == 1 and host not in kernels, kernels


EXTENSION = """\
#!/usr/bin/python3 -u
import json, os, urllib.request
API = f"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2020-01-01/extension"
def call(path, headers, body=None):
    with urllib.request.urlopen(urllib.request.Request(f"{API}/{path}", data=body, headers=headers)) as answer:
        return dict(answer.headers), answer.read()
headers, _ = call("register", {"Lambda-Extension-Name": "watcher"}, json.dumps({"events": ["INVOKE", "SHUTDOWN"]}).encode())
me = {"Lambda-Extension-Identifier": headers["lambda-extension-identifier"]}
while True:
    event = json.loads(call("event/next", me)[1])
    print("watched", event["eventType"], open("/proc/version").read().split("#")[0])
    if event["eventType"] == "SHUTDOWN":
        break
"""


@pytest.mark.parametrize("runtime", ["python", "custom"])
def test_extensions(aws, deploy, publish, python_runtime, runtime):
    layer = publish("watcher", {"extensions/watcher": EXTENSION})
    if runtime == "custom":
        name = deploy({"bootstrap": """\
            #!/bin/sh
            exec /usr/bin/python3 - <<'EOF'
            import os, urllib.request
            api = f"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/invocation"
            while True:
                with urllib.request.urlopen(f"{api}/next") as event:
                    request = event.headers["Lambda-Runtime-Aws-Request-Id"]
                urllib.request.urlopen(urllib.request.Request(f"{api}/{request}/response", data=b'"fine"', method="POST")).close()
            EOF
        """}, handler="x", runtime="provided.al2023", Timeout=20, Layers=[layer["LayerVersionArn"]])
    else:
        name = deploy("def handler(event, context):\n    return 'fine'\n", Timeout=20, Layers=[layer["LayerVersionArn"]])
    for _ in range(2):
        answer = aws("lambda").invoke(FunctionName=name, Payload="{}", LogType="Tail")
        assert json.load(answer["Payload"]) == "fine", answer
    logs = base64.b64decode(answer["LogResult"]).decode()
    assert "Name: watcher" in logs or "watched INVOKE" in logs, logs


@pytest.mark.parametrize("name", [n for n in test_escape.PROBES if n not in OF_ITS_OWN_KERNEL])
def test_a_probe_wins_nothing(aws, scene, name):  # noqa: F811
    assert test_escape.call(aws("lambda"), "escape-attacker", {**scene, "probe": name})["won"] is None


def test_exceptions_are_of_probes_that_exist():
    assert set(OF_ITS_OWN_KERNEL) < set(test_escape.PROBES)


def test_the_internet(fresh_server, python_runtime):
    """Reaching out depends on the network that the host has; that a way out exists, and where it does not lead, does not."""
    server = fresh_server("--isolation", "gvisor", "--egress", "auto")
    with urllib.request.urlopen(f"{server.endpoint}/health") as health:
        if json.load(health)["isolation"]["egress"] != "internet":
            pytest.skip("this host can give functions no way to the Internet")
    lam, role = server.client("lambda"), role_for(server.client("iam"))
    lam.create_function(FunctionName="out", Runtime=python_runtime, Handler="app.handler", Role=role, Timeout=30, Code={
        "ZipFile": zipped({"app.py": """
            import errno, socket
            def handler(event, context):
                found = {}
                for name, address in event.items():
                    try:
                        socket.create_connection(tuple(address), timeout=3).close()
                        found[name] = "connected"
                    except OSError as e:
                        found[name] = errno.errorcode.get(e.errno, str(e))
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
                    # No packet: the kernel looks for a route.
                    udp.connect(("192.0.2.1", 53))
                    found["own"] = udp.getsockname()[0]
                return found
        """})})
    lam.get_waiter("function_active_v2").wait(FunctionName="out")
    port = int(server.listen.rsplit(":", 1)[1])
    own, *_ = subprocess.run(["hostname", "-I"], capture_output=True, text=True).stdout.split() or ["127.0.0.1"]
    event = {"metadata": ["169.254.169.254", 80], "server": ["127.0.0.1", port], "host": [own, port]}
    answer = json.load(lam.invoke(FunctionName="out", Payload=json.dumps(event))["Payload"])
    assert answer.pop("own").startswith("198.18."), answer
    assert "connected" not in answer.values(), answer


def test_without_runsc_the_server_refuses(tmp_path):
    """Hidden behind an empty file, in a mount namespace of the server's own."""
    data = tmp_path / "data"
    data.mkdir()
    for parent in data.parents:
        if not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)
    script = f'mount --bind /bin/false {RUNSC} && exec "$@"'
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "sh", binary(), "serve", "--data-dir", data, "--listen", "127.0.0.1:0",
         "--isolation", "gvisor"],
        capture_output=True, text=True, timeout=120,
        env={k: v for k, v in os.environ.items() if not k.startswith(("FREEHOLD_", "AWS_"))},
    )
    assert done.returncode != 0 and "gVisor (runsc) does not work here" in done.stderr, done.stderr


def test_doctor_lists_it():
    found = json.loads(subprocess.run([binary(), "doctor", "--json"], capture_output=True, text=True).stdout)
    check, = [row for row in found if row["name"] == "mode gvisor (as root)"]
    assert check["ok"] and RUNSC in check["found"]


def test_what_it_costs(server, fresh_server, python_runtime, capsys):
    """Prints cold and warm starts, and memory, beside those of plain sandboxes. Nothing is asserted about times."""
    rows = []
    for mode, running in [("gvisor", server), ("namespaces", fresh_server())]:
        lam, role = running.client("lambda"), role_for(running.client("iam"))
        for runtime in filter(None, [python_runtime, newest(running, "nodejs")]):
            files = {"app.py": "def handler(event, context):\n    return 1\n", "app.js": "exports.handler = async () => 1;"}
            cold, warm, memory = [], [], 0
            for i in range(3):
                name = f"cost-{runtime.replace('.', '-')}-{i}"
                lam.create_function(FunctionName=name, Runtime=runtime, Handler="app.handler", Role=role,
                                    Code={"ZipFile": zipped(files)}, MemorySize=256, Timeout=30)
                lam.get_waiter("function_active_v2").wait(FunctionName=name)
                for n in range(11):
                    began = time.monotonic()
                    told = lam.invoke(FunctionName=name, Payload="{}", LogType="Tail")
                    (warm if n else cold).append((time.monotonic() - began) * 1000)
                    report = base64.b64decode(told["LogResult"]).decode()
                    memory = max(memory, int(re.search(r"Max Memory Used: (\d+) MB", report)[1]))
                lam.delete_function(FunctionName=name)
            rows.append((mode, runtime, statistics.median(cold), statistics.median(warm), memory))
    with capsys.disabled():
        print("\n| isolation | runtime | cold start ms | warm ms | memory MB |\n|---|---|---|---|---|")
        for mode, runtime, cold, warm, memory in rows:
            print(f"| {mode} | {runtime} | {cold:.0f} | {warm:.1f} | {memory} |")
