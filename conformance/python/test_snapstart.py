"""SnapStart: a version's init runs once, when it is published, and its environments begin from the state that it left."""
import base64
import concurrent.futures
import json
import re
import time
import uuid

import botocore.exceptions
import pytest

from conftest import role_for, zipped

CODE = """
    import os, random, socket, time, uuid
    from snapshot_restore_py import register_after_restore, register_before_snapshot
    print("init runs")
    time.sleep(0.3)
    ONCE = str(uuid.uuid4())
    open("/tmp/init", "w").write("from init")
    listener = socket.create_server(("127.0.0.1", 0))
    connection = socket.create_connection(listener.getsockname())
    hooks = []
    register_before_snapshot(hooks.append, "before")
    @register_after_restore
    def after():
        hooks.append(os.environ["AWS_LAMBDA_LOG_STREAM_NAME"])

    def is_dead():
        connection.setblocking(False)
        try:
            return connection.recv(1) == b""
        except BlockingIOError:
            return False

    def handler(event, context):
        time.sleep(event.get("sleep", 0))
        content = open("/tmp/init").read()
        open("/tmp/init", "a").write("!")
        return {
            "once": ONCE, "hooks": hooks, "file": content, "stream": context.log_stream_name,
            "type": os.environ["AWS_LAMBDA_INITIALIZATION_TYPE"], "random": [random.random(), os.urandom(8).hex()],
            "dead": is_dead(), "key": os.environ["AWS_ACCESS_KEY_ID"],
            "version": context.function_version,
        }
"""


@pytest.fixture(scope="module")
def runtime(python_runtime):
    if int(python_runtime.split(".")[1]) < 12:
        pytest.skip("SnapStart needs Python 3.12, as on AWS, and the host has none")
    return python_runtime


def create(server, runtime, code=CODE, **settings):
    """A function with SnapStart; returns its name."""
    lambda_ = server.client("lambda")
    name = f"snap-{uuid.uuid4().hex[:8]}"
    settings.setdefault("SnapStart", {"ApplyOn": "PublishedVersions"})
    lambda_.create_function(
        FunctionName=name, Runtime=runtime, Role=role_for(server.client("iam")), Handler="app.handler",
        Code={"ZipFile": zipped({"app.py": code})}, **settings,
    )
    lambda_.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig={"Delay": 0.1})
    return name


def publish(server, name):
    """The version's configuration when it is not pending any more."""
    lambda_ = server.client("lambda")
    version = lambda_.publish_version(FunctionName=name)
    assert version["State"] == "Pending"
    assert version["SnapStart"] == {"ApplyOn": "PublishedVersions", "OptimizationStatus": "Off"}
    while version["State"] == "Pending":
        time.sleep(0.05)
        version = lambda_.get_function_configuration(FunctionName=name, Qualifier=version["Version"])
    return version


def invoke(server, name, payload=None, qualifier="1"):
    answer = server.client("lambda").invoke(
        FunctionName=name, Qualifier=qualifier, Payload=json.dumps(payload or {}), LogType="Tail",
    )
    result = json.loads(answer["Payload"].read())
    assert "FunctionError" not in answer, result
    return result, base64.b64decode(answer["LogResult"]).decode()


def test_one_init_serves_all_environments_of_a_version(server, runtime):
    name = create(server, runtime)
    version = publish(server, name)
    assert (version["State"], version["SnapStart"]["OptimizationStatus"]) == ("Active", "On"), version
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: invoke(server, name, {"sleep": 1}), range(4)))
    results = [result for result, _ in answers]
    assert len({result["stream"] for result in results}) == 4
    assert len({result["once"] for result in results}) == 1
    for result in results:
        assert result["hooks"] == ["before", result["stream"]]
        assert (result["file"], result["dead"], result["type"]) == ("from init", True, "snap-start")
        assert result["version"] == "1"
    for drawn in zip(*(result["random"] for result in results)):
        assert len(set(drawn)) == 4
    # Each has a session of its own.
    assert len({result["key"] for result in results}) == 4
    for _, log in answers:
        report = log[log.index("REPORT RequestId"):]
        assert "Init Duration" not in report and "init runs" not in log
        restore = float(re.search(r"\tRestore Duration: ([\d.]+) ms", report)[1])
        billed_restore = int(re.search(r"Billed Restore Duration: (\d+) ms", report)[1])
        duration = float(re.search(r"\tDuration: ([\d.]+) ms", report)[1])
        billed = int(re.search(r"\tBilled Duration: (\d+) ms", report)[1])
        assert billed_restore <= restore + 1
        assert duration + billed_restore - 1 <= billed <= duration + billed_restore + 1
    # Warm, without any of it; at most one environment was made in vain, and tells of its restore now.
    logs = [invoke(server, name)[1] for _ in range(2)]
    assert "Restore Duration" not in logs[-1]


def test_the_latest_code_is_initialised_as_ever(server, runtime):
    name = create(server, runtime)
    result, log = invoke(server, name, qualifier="$LATEST")
    assert (result["type"], result["hooks"], result["dead"]) == ("on-demand", [], False)
    assert "Init Duration" in log and "Restore" not in log


def test_the_init_is_in_the_log_of_the_version(server, runtime):
    name = create(server, runtime)
    publish(server, name)
    result, _ = invoke(server, name)
    logs = server.client("logs")
    group = f"/aws/lambda/{name}"
    deadline = time.time() + 30
    while True:
        events = logs.filter_log_events(logGroupName=group)["events"]
        lines = [(event["logStreamName"], event["message"]) for event in events]
        if any("REPORT RequestId" in line for _, line in lines):
            break
        assert time.time() < deadline, lines
        time.sleep(0.1)
    of_init = [line for stream, line in lines if stream != result["stream"]]
    assert any(line.startswith("INIT_START") for line in of_init)
    assert "init runs\n" in of_init
    assert any(line.startswith("INIT_REPORT Init Duration: ") for line in of_init)
    of_environment = [line for stream, line in lines if stream == result["stream"]]
    assert of_environment[0].startswith("RESTORE_START Runtime Version: ")
    assert of_environment[1].startswith("RESTORE_REPORT Restore Duration: ")


def test_published_with_the_code(server, runtime):
    lambda_ = server.client("lambda")
    name = create(server, runtime)
    updated = lambda_.update_function_code(
        FunctionName=name, ZipFile=zipped({"app.py": CODE + "\n    # changed\n"}), Publish=True,
    )
    assert (updated["Version"], updated["State"]) == ("1", "Pending")
    lambda_.get_waiter("published_version_active").wait(
        FunctionName=name, Qualifier="1", WaiterConfig={"Delay": 0.1},
    )
    assert invoke(server, name)[0]["type"] == "snap-start"


def test_a_version_that_is_not_ready_says_so(server, runtime):
    lambda_ = server.client("lambda")
    name = create(server, runtime, "import time\ntime.sleep(5)\ndef handler(event, context):\n    return 1\n", Timeout=3)
    lambda_.publish_version(FunctionName=name)
    with pytest.raises(lambda_.exceptions.SnapStartNotReadyException) as refused:
        lambda_.invoke(FunctionName=name, Qualifier="1")
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 409
    # Init may take longer than the function's time-out and than init usually may.
    lambda_.get_waiter("published_version_active").wait(
        FunctionName=name, Qualifier="1", WaiterConfig={"Delay": 0.2},
    )
    assert invoke(server, name)[0] == 1


def test_what_cannot_be_copied_is_initialised_in_each_environment(server, runtime):
    code = """
        import os, threading
        threading.Thread(target=threading.Event().wait, daemon=True).start()
        def handler(event, context):
            return os.environ["AWS_LAMBDA_INITIALIZATION_TYPE"]
    """
    name = create(server, runtime, code)
    version = publish(server, name)
    assert (version["State"], version["SnapStart"]["OptimizationStatus"]) == ("Active", "Off")
    result, log = invoke(server, name)
    assert result == "on-demand" and "Init Duration" in log


def test_a_failing_init_fails_the_version(server, runtime):
    name = create(server, runtime, "raise ValueError('not today')\n")
    version = publish(server, name)
    assert version["State"] == "Failed"
    assert version["StateReasonCode"] == "FunctionError.RuntimeInitError"
    assert version["StateReason"] == "ValueError: not today"


def test_hooks_that_fail(server, runtime):
    hook = "from snapshot_restore_py import *\n{}(lambda: 1 / 0)\ndef handler(event, context):\n    return 1\n"
    name = create(server, runtime, hook.format("register_before_snapshot"))
    version = publish(server, name)
    assert version["State"] == "Failed" and "Runtime.BeforeSnapshotError" in version["StateReason"]
    name = create(server, runtime, hook.format("register_after_restore"))
    assert publish(server, name)["State"] == "Active"
    lambda_ = server.client("lambda")
    with pytest.raises(lambda_.exceptions.SnapStartException) as refused:
        lambda_.invoke(FunctionName=name, Qualifier="1")
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_configurations_that_cannot_have_it(server, runtime):
    lambda_ = server.client("lambda")

    def refusal(call, **arguments):
        with pytest.raises(botocore.exceptions.ClientError) as refused:
            call(**arguments)
        assert refused.value.response["Error"]["Code"] == "InvalidParameterValueException"
        return refused.value.response["Error"]["Message"]

    name = create(server, runtime)
    configure = lambda_.update_function_configuration
    assert "ephemeral storage" in refusal(configure, FunctionName=name, EphemeralStorage={"Size": 1024})
    assert publish(server, name)["State"] == "Active"
    assert "Provisioned Concurrency is not supported for SnapStart" in refusal(
        lambda_.put_provisioned_concurrency_config,
        FunctionName=name, Qualifier="1", ProvisionedConcurrentExecutions=1,
    )
    # Turned off, which concerns later versions only.
    configure(FunctionName=name, SnapStart={"ApplyOn": "None"})
    lambda_.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig={"Delay": 0.1})
    second = lambda_.publish_version(FunctionName=name)
    assert (second["Version"], second["SnapStart"]["ApplyOn"]) == ("2", "None")
    assert lambda_.get_function_configuration(FunctionName=name, Qualifier="1")["SnapStart"]["OptimizationStatus"] == "On"
    others = [r["name"] for r in json.loads(server.freehold("runtimes", "--json").stdout)]
    for other in others:
        if other.startswith(("nodejs", "provided", "java", "ruby")) or other == "python3.11":
            message = refusal(
                lambda_.create_function, FunctionName=f"snap-{uuid.uuid4().hex[:8]}", Runtime=other, Handler="app.handler",
                Role=role_for(server.client("iam")), Code={"ZipFile": zipped({"app.py": CODE})},
                SnapStart={"ApplyOn": "PublishedVersions"},
            )
            assert other in message and "SnapStart" in message


def test_a_killed_server_makes_the_state_again(fresh_server):
    server = fresh_server()
    found = [r["name"] for r in json.loads(server.freehold("runtimes", "--json").stdout)]
    pythons = [name for name in found if name.startswith("python3.") and int(name.split(".")[1]) >= 12]
    if not pythons:
        pytest.skip("SnapStart needs Python 3.12, as on AWS, and the host has none")
    name = create(server, pythons[-1])
    assert publish(server, name)["SnapStart"]["OptimizationStatus"] == "On"
    before, _ = invoke(server, name)
    server.client("lambda").update_function_code(
        FunctionName=name, ZipFile=zipped({"app.py": CODE + "\n    # changed\n"}), Publish=True,
    )
    # Perhaps in the middle of making the second version's.
    server.kill()
    server.start()
    after, log = invoke(server, name)
    assert before["once"] != after["once"] and "Restore Duration" in log
    lambda_ = server.client("lambda")
    lambda_.get_waiter("published_version_active").wait(
        FunctionName=name, Qualifier="2", WaiterConfig={"Delay": 0.1},
    )
    assert invoke(server, name, qualifier="2")[0]["type"] == "snap-start"


def test_what_it_saves(server, runtime):
    """Prints a figure (`pytest -s`): how long a function with a heavy import takes to be ready, both ways."""
    import boto3
    import botocore
    import dateutil
    import jmespath
    import pathlib
    import s3transfer
    import six
    import urllib3
    files = {"app.py": "import boto3\nclient = boto3.client('s3', region_name='us-east-1')\ndef handler(event, context):\n    return 1\n"}
    for module in (boto3, botocore, dateutil, jmespath, s3transfer, urllib3):
        root = pathlib.Path(module.__file__).parent
        for path in root.rglob("*"):
            # Of the services' models, what the function needs.
            wanted = path.suffix == ".py" or path.parent.name == "data" or "data/s3/" in path.as_posix()
            if path.is_file() and wanted and "__pycache__" not in path.parts:
                files[f"{root.name}/{path.relative_to(root)}"] = path.read_bytes()
    files["six.py"] = pathlib.Path(six.__file__).read_bytes()
    lambda_ = server.client("lambda")
    name = f"snap-{uuid.uuid4().hex[:8]}"
    lambda_.create_function(
        FunctionName=name, Runtime=runtime, Role=role_for(server.client("iam")), Handler="app.handler", Timeout=60,
        MemorySize=512, Code={"ZipFile": zipped(files)}, SnapStart={"ApplyOn": "PublishedVersions"},
    )
    lambda_.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig={"Delay": 0.1})
    version = publish(server, name)
    assert version["SnapStart"]["OptimizationStatus"] == "On", version
    _, ordinary = invoke(server, name, qualifier="$LATEST")
    _, restored = invoke(server, name)
    took = [re.search(pattern, log)[0] for pattern, log in (
        (r"Init Duration: [\d.]+ ms", ordinary), (r"Restore Duration: [\d.]+ ms\tBilled Restore Duration: \d+ ms", restored),
    )]
    print("boto3 with a client:", *took, sep="\n  ")
