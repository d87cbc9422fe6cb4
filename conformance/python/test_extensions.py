"""Extensions as their authors ship them: in layers, in images and inside the function's process; written against AWS's
documentation, and on AWS's own crate."""
import json
import os
import re
import shutil
import subprocess

import pytest

import images
from conftest import binary, eventually, zipped

# What the documentation shows: register, subscribe to telemetry, listen, ask for events.
HEAD = '''#!/usr/bin/env python3
import http.server, json, os, sys, threading, urllib.error, urllib.request
NAME = os.path.basename(sys.argv[0])
API = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"]

def say(*what):
    print(*what, flush=True)

def call(method, path, body=None, headers={}):
    data = None if body is None else (body if isinstance(body, str) else json.dumps(body)).encode()
    request = urllib.request.Request(API + path, data, {"Content-Type": "application/json", **headers}, method=method)
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, response.headers, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()

def register(events, name=NAME, **headers):
    headers = {"Lambda-Extension-Name": name, "Lambda-Extension-Accept-Feature": "accountId", **headers}
    return call("POST", "/2020-01-01/extension/register", {"events": events}, headers)

def next_event():
    return json.loads(call("GET", "/2020-01-01/extension/event/next", headers=me)[2])

def listen(port, handle):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        def log_message(self, *arguments): pass
        def do_POST(self):
            handle(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()
    server = http.server.ThreadingHTTPServer(("sandbox.localdomain", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

def subscribe(types, port, schema="2022-12-13", **more):
    body = {"schemaVersion": schema, "types": types, **more,
            "buffering": {"maxItems": 1000, "maxBytes": 262144, "timeoutMs": 25},
            "destination": {"protocol": "HTTP", "URI": f"http://sandbox.localdomain:{port}"}}
    return call("PUT", "/2022-07-01/telemetry", body, me)
'''

TELEMETRY = HEAD + '''
reports = threading.Semaphore(0)
def handle(events):
    for event in events:
        say("GOT", json.dumps(event))
        if event["type"] == "platform.report": reports.release()
listen(8099, handle)
status, headers, body = register(["INVOKE", "SHUTDOWN"])
say("REGISTERED", status, body)
me = {"Lambda-Extension-Identifier": headers["Lambda-Extension-Identifier"]}
say("SUBSCRIBED", *subscribe(["platform", "function"], 8099)[::2])
invocations = 0
while True:
    event = next_event()
    say("EVENT", json.dumps(event))
    if event["eventType"] == "SHUTDOWN":
        # What is still to come comes during this phase.
        for _ in range(invocations): reports.acquire(timeout=1)
        sys.exit(0)
    invocations += 1
'''


@pytest.fixture
def publish(aws):
    made = []

    def create(name, files):
        done = aws("lambda").publish_layer_version(LayerName=name, Content={"ZipFile": zipped(files)})
        made.append((name, done["Version"]))
        return done["LayerVersionArn"]

    yield create
    for name, version in made:
        aws("lambda").delete_layer_version(LayerName=name, VersionNumber=version)


def lines(aws, name, group=None):
    """Everything in the function's log."""
    logs = aws("logs")
    try:
        pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group or f"/aws/lambda/{name}")
        return [e["message"].rstrip("\n") for page in pages for e in page["events"]]
    except logs.exceptions.ResourceNotFoundException:
        return []


def said(aws, name, word):
    """What an extension printed after `word`."""
    return [line.removeprefix(word + " ") for line in lines(aws, name) if line.startswith(word + " ")]


@pytest.fixture
def invoke(invoke):
    """Waits for the extensions, too: the answer alone comes before they are done, and another invocation at once would
    need another environment."""
    def call(name, event=None, **settings):
        return invoke(name, event, **{"LogType": "Tail", **settings})

    return call


def retire(aws, name):
    """Ends the function's environments."""
    aws("lambda").update_function_configuration(FunctionName=name, Description="another")
    aws("lambda").get_waiter("function_updated_v2").wait(FunctionName=name)


def number(value, low=0):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value >= low


TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def check_spans(spans, names):
    assert [span["name"] for span in spans] == names
    for span in spans:
        assert set(span) == {"name", "start", "durationMs"} and TIME.fullmatch(span["start"]) and number(span["durationMs"])


def test_an_extension_in_a_layer(aws, publish, deploy, invoke):
    layer = publish("watcher", {"extensions/watcher": TELEMETRY})
    name = deploy("def handler(event, context):\n    print('hello')\n    return event\n", Layers=[layer], Timeout=20)
    version = "$LATEST"
    answer, first = invoke(name, {"n": 1})
    assert answer == {"n": 1}
    assert invoke(name, {"n": 2})[0] == {"n": 2}
    retire(aws, name)
    eventually(lambda: any("SHUTDOWN" in event for event in said(aws, name, "EVENT")))

    status, body = said(aws, name, "REGISTERED")[0].split(" ", 1)
    assert status == "200" and json.loads(body) == {
        "functionName": name, "functionVersion": version, "handler": "app.handler", "accountId": "000000000000"}
    assert said(aws, name, "SUBSCRIBED") == ['200 "OK"']
    # In the log, too.
    log = lines(aws, name)
    assert "TELEMETRY\tName: watcher\tState: Subscribed\tTypes: [Platform, Function]" in log
    assert "EXTENSION\tName: watcher\tState: Ready\tEvents: [INVOKE,SHUTDOWN]" in log

    *invokes, shutdown = [json.loads(event) for event in said(aws, name, "EVENT")]
    request_id = first["ResponseMetadata"]["RequestId"]
    assert [event["eventType"] for event in invokes] == ["INVOKE", "INVOKE"]
    assert set(invokes[0]) == {"eventType", "deadlineMs", "requestId", "invokedFunctionArn", "tracing"}
    assert invokes[0]["requestId"] == request_id
    assert invokes[0]["invokedFunctionArn"] == f"arn:aws:lambda:us-east-1:000000000000:function:{name}"
    assert invokes[0]["tracing"]["type"] == "X-Amzn-Trace-Id" and invokes[0]["tracing"]["value"].startswith("Root=1-")
    assert set(shutdown) == {"eventType", "shutdownReason", "deadlineMs"} and shutdown["shutdownReason"] == "spindown"

    events = [json.loads(event) for event in said(aws, name, "GOT")]
    for event in events:
        assert set(event) == {"time", "type", "record"} and TIME.fullmatch(event["time"])
    by_type = {}
    for event in events:
        by_type.setdefault(event["type"], []).append(event["record"])
    assert {kind: len(records) for kind, records in by_type.items()} == {
        "platform.initStart": 1, "platform.initRuntimeDone": 1, "platform.initReport": 1, "platform.extension": 1,
        "platform.telemetrySubscription": 1, "platform.start": 2, "platform.runtimeDone": 2, "platform.report": 2,
        "function": 2}
    started = by_type["platform.initStart"][0]
    assert set(started) == {"initializationType", "phase", "runtimeVersion", "functionName", "functionVersion", "instanceId",
                            "instanceMaxMemory"}
    assert (started["initializationType"], started["phase"]) == ("on-demand", "init")
    assert (started["functionName"], started["functionVersion"]) == (name, version)
    assert by_type["platform.initRuntimeDone"][0] == {"initializationType": "on-demand", "phase": "init", "status": "success"}
    report = by_type["platform.initReport"][0]
    assert set(report) == {"initializationType", "phase", "status", "metrics"} and number(report["metrics"]["durationMs"])
    assert by_type["platform.telemetrySubscription"] == [{"name": "watcher", "state": "Subscribed", "types": ["platform", "function"]}]
    assert by_type["platform.extension"] == [{"name": "watcher", "state": "Ready", "events": ["INVOKE", "SHUTDOWN"]}]
    assert by_type["platform.start"][0] == {"requestId": request_id, "version": version}
    assert by_type["function"] == ["hello", "hello"]
    done = by_type["platform.runtimeDone"][0]
    assert set(done) == {"requestId", "status", "metrics", "spans"} and done["status"] == "success"
    assert set(done["metrics"]) == {"durationMs", "producedBytes"} and done["metrics"]["producedBytes"] == len('{"n": 1}')
    check_spans(done["spans"], ["responseLatency", "responseDuration", "runtimeOverhead"])
    cold, warm = by_type["platform.report"]
    assert set(cold) == {"requestId", "status", "metrics", "spans"} and cold["requestId"] == request_id
    metrics = {"durationMs", "billedDurationMs", "memorySizeMB", "maxMemoryUsedMB"}
    assert set(cold["metrics"]) == metrics | {"initDurationMs"} and set(warm["metrics"]) == metrics
    assert all(number(value) for value in cold["metrics"].values()) and cold["metrics"]["memorySizeMB"] == 128
    check_spans(cold["spans"], ["extensionOverhead"])


def failing(aws, deploy, invoke, layer, handler, timeout=3):
    """Invokes what fails: the extension's records of it, and the event that it got at the end."""
    name = deploy(handler, Layers=[layer], Timeout=timeout)
    invoke(name)
    ended = eventually(lambda: [json.loads(e) for e in said(aws, name, "EVENT") if "SHUTDOWN" in e])
    eventually(lambda: any("platform.report" in event for event in said(aws, name, "GOT")))
    events = [json.loads(event) for event in said(aws, name, "GOT")]
    return {event["type"]: event["record"] for event in events}, ended[0]


def test_how_invocations_fail_and_environments_end(aws, publish, deploy, invoke):
    layer = publish("failures", {"extensions/watcher": TELEMETRY})
    records, ended = failing(aws, deploy, invoke, layer, "import time\ndef handler(event, context):\n    time.sleep(60)\n", 1)
    assert ended["shutdownReason"] == "timeout"
    for kind in ["platform.runtimeDone", "platform.report"]:
        assert records[kind]["status"] == "timeout" and "errorType" not in records[kind]
    assert records["platform.report"]["metrics"]["durationMs"] == 1000 == records["platform.report"]["metrics"]["billedDurationMs"] - round(
        records["platform.report"]["metrics"].get("initDurationMs", 0) + 0.4999)

    records, ended = failing(aws, deploy, invoke, layer, "import os\ndef handler(event, context):\n    os._exit(3)\n")
    assert ended["shutdownReason"] == "failure"
    for kind in ["platform.runtimeDone", "platform.report"]:
        assert (records[kind]["status"], records[kind]["errorType"]) == ("error", "Runtime.ExitError")
    assert "spans" not in records["platform.runtimeDone"]

    name = deploy("def handler(event, context):\n    raise KeyError(1)\n", Layers=[layer])
    invoke(name)
    retire(aws, name)
    eventually(lambda: any("platform.report" in event for event in said(aws, name, "GOT")))
    records = {json.loads(event)["type"]: json.loads(event)["record"] for event in said(aws, name, "GOT")}
    assert (records["platform.runtimeDone"]["status"], records["platform.runtimeDone"]["errorType"]) == ("error", "KeyError")


def test_how_extensions_fail(aws, publish, deploy, invoke):
    def outcome(kind, code, answered=False):
        name = deploy("def handler(event, context):\n    return 1\n", Layers=[publish(kind, {f"extensions/{kind}": code})], Timeout=5)
        answer, response = invoke(name, LogType="None" if answered else "Tail")
        if answered:
            return None, None, name
        assert response["FunctionError"] == "Unhandled"
        return answer["errorType"], answer["errorMessage"], name

    error, message, name = outcome("crashes", HEAD + "register(['INVOKE'])\nsys.exit(7)\n")
    assert error == "Extension.Crash" and message.endswith("Error: exit status 7"), message
    eventually(lambda: any(line.startswith("EXTENSION\tName: crashes\tState: Exited") for line in lines(aws, name)))
    error, message, _ = outcome("reports", HEAD + """
me = {"Lambda-Extension-Identifier": register(["INVOKE"])[1]["Lambda-Extension-Identifier"]}
say(call("POST", "/2020-01-01/extension/init/error", {"errorMessage": "no licence", "errorType": "x", "stackTrace": []},
         {**me, "Lambda-Extension-Function-Error-Type": "Extension.NoLicence"}))
sys.exit(1)
""")
    assert error == "Extension.InitError" and "Extension.NoLicence" in message
    # Which comes first, the function's answer or the extension's error, is open; the invocation has failed either way.
    _, _, name = outcome("leaves", answered=True, code=HEAD + """
me = {"Lambda-Extension-Identifier": register(["INVOKE"])[1]["Lambda-Extension-Identifier"]}
next_event()
say(call("POST", "/2020-01-01/extension/exit/error", {"errorMessage": "enough"},
         {**me, "Lambda-Extension-Function-Error-Type": "Extension.Enough"}))
threading.Event().wait()
""")
    reports = eventually(lambda: [line for line in lines(aws, name) if line.startswith("REPORT")])
    assert "Status: error\tError Type: Extension.ExitError" in reports[0]
    error, message, _ = outcome("unstartable", "#!/nowhere/at/all\n")
    assert error == "Extension.LaunchError"


def test_subscriptions_are_checked(aws, publish, deploy, invoke):
    code = HEAD + '''
me = {"Lambda-Extension-Identifier": register(["INVOKE"])[1]["Lambda-Extension-Identifier"]}
valid = {"schemaVersion": "2022-12-13", "types": ["platform"], "destination": {"protocol": "HTTP", "URI": "http://sandbox.localdomain:8099"}}
for change in [
    {"buffering": {"maxItems": 999}}, {"buffering": {"maxItems": 10001}}, {"buffering": {"maxBytes": 262143}},
    {"buffering": {"maxBytes": 1048577}}, {"buffering": {"timeoutMs": 24}}, {"buffering": {"timeoutMs": 30001}},
    {"buffering": {"maxItems": 10000, "maxBytes": 1048576, "timeoutMs": 30000}},
    {"types": []}, {"types": ["everything"]}, {"schemaVersion": "1999-01-01"},
    {"destination": {"protocol": "HTTP", "URI": "http://sandbox.localdomain"}},
    {"destination": {"protocol": "HTTP", "URI": "http://sandbox.localdomain:9001"}},
    {"destination": {"protocol": "HTTP", "URI": "http://example.com:80"}},
    {"destination": {"protocol": "TCP"}}, {"destination": {"protocol": "TCP", "port": 9001}}, {},
]:
    status, _, body = call("PUT", "/2022-07-01/telemetry", {**valid, **change}, me)
    say("CHECK", json.dumps([status, json.loads(body)]))
status, _, body = call("PUT", "/2020-08-15/logs", {**valid, "schemaVersion": "2021-03-18"}, me)
say("OTHER", json.dumps([status, json.loads(body)]))
while True: next_event()
'''
    name = deploy("def handler(event, context):\n    return 1\n", Layers=[publish("checks", {"extensions/checks": code})])
    assert invoke(name)[0] == 1
    found = eventually(lambda: said(aws, name, "OTHER") and [json.loads(line) for line in said(aws, name, "CHECK")])
    refused = [body["errorMessage"] for status, body in found if status == 400 and body["errorType"] == "ValidationError"]
    assert refused == [
        *["buffering.maxItems should be between 1000 and 10000"] * 2,
        *["buffering.maxBytes should be between 262144 and 1048576"] * 2,
        *["buffering.timeoutMs should be between 25 and 30000"] * 2,
        "types should not be empty", "type is not supported: everything", "schemaVersion is not supported: 1999-01-01",
        "URI port is not provided", "URI port 9001 is reserved", "URI host should be sandbox.localdomain",
        "port is not provided", "port 9001 is reserved"]
    assert [body for status, body in found if status == 200] == ["OK", "OK"]
    # "After subscribing using one of these APIs, any attempt to subscribe using the other API returns an error."
    assert json.loads(said(aws, name, "OTHER")[0])[0] == 403


def test_a_slow_subscriber_loses_records_and_is_told(aws, publish, deploy, invoke):
    code = HEAD + '''
release, told = threading.Event(), threading.Event()
received, dropped = [], []
def handle(events):
    release.wait()
    received.extend(event for event in events if event["type"] == "function")
    dropped.extend(event["record"] for event in events if event["type"] == "platform.logsDropped")
    if dropped: told.set()
listen(8099, handle)
me = {"Lambda-Extension-Identifier": register(["INVOKE"])[1]["Lambda-Extension-Identifier"]}
subscribe(["platform", "function"], 8099)
next_event()
next_event()
release.set()
told.wait()
say("LOST", json.dumps([len(received), dropped]))
while True: next_event()
'''
    name = deploy("def handler(event, context):\n    for n in range(event['n']):\n        print('line', n)\n", Timeout=60, MemorySize=512,
                  Layers=[publish("slow", {"extensions/slow": code})])
    assert "FunctionError" not in invoke(name, {"n": 12_000})[1]
    assert "FunctionError" not in invoke(name, {"n": 0})[1]
    received, dropped = json.loads(eventually(lambda: said(aws, name, "LOST"))[0])
    for record in dropped:
        assert set(record) == {"reason", "droppedRecords", "droppedBytes"}
    # Besides lines, at most what the platform said of two invocations.
    accounted = received + sum(record["droppedRecords"] for record in dropped)
    assert received < 12_000 <= accounted < 12_000 + 8
    # The log misses nothing.
    assert sum(line.startswith("line ") for line in lines(aws, name)) == 12_000


def rust_extension():
    path = os.environ.get("FREEHOLD_TEST_RUST_EXTENSION")
    if not path or not shutil.which(path):
        pytest.skip("the Rust extension has not been built: run cargo xtask test")
    return open(path, "rb").read()


@pytest.mark.parametrize("runtime", ["python", "nodejs"])
def test_awss_own_crate(aws, publish, deploy, invoke, runtime, request):
    """The crate decodes what it is sent into types of its own: what it does not know, it refuses."""
    program = rust_extension()
    layer = publish("crate", {"extensions/rust-telemetry": program, "extensions/rust-logs": program})
    if runtime == "python":
        name = deploy("def handler(event, context):\n    print('hello')\n    return event\n", Layers=[layer], Timeout=20)
    else:
        name = deploy({"index.js": "exports.handler = async (event) => { console.log('hello'); return event; };"},
                      handler="index.handler", runtime=request.getfixturevalue("node_runtime"), Layers=[layer], Timeout=20)
    _, response = invoke(name, {"a": 1})
    assert "FunctionError" not in response
    request_id = response["ResponseMetadata"]["RequestId"]

    def delivered():
        # What is said of an invocation after its end comes when the environment runs again.
        invoke(name, {"a": 1})
        return all(any(r.startswith("PlatformReport") for r in said(aws, name, word)) for word in ["TELEMETRY", "LOG"])

    eventually(delivered)
    retire(aws, name)
    eventually(lambda: len(said(aws, name, "SHUTDOWN")) == 2)
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{name}"
    assert said(aws, name, "INVOKE")[:2] == [f"{request_id} {arn}"] * 2
    assert all(re.fullmatch(r"spindown \d{13}", line) for line in said(aws, name, "SHUTDOWN"))
    kinds = {record.split(" ")[0].split("(")[0] for record in said(aws, name, "TELEMETRY")}
    assert {"PlatformInitStart", "PlatformInitRuntimeDone", "PlatformInitReport", "PlatformTelemetrySubscription", "PlatformExtension",
            "PlatformStart", "PlatformRuntimeDone", "PlatformReport", "Function"} == kinds
    report = next(record for record in said(aws, name, "TELEMETRY") if record.startswith("PlatformReport"))
    assert request_id in report and "status: Success" in report
    logs = {record.split(" ")[0].split("(")[0] for record in said(aws, name, "LOG")}
    # It does not know `platform.initRuntimeDone`, and what it cannot decode it refuses with all that came along.
    assert {"PlatformStart", "PlatformEnd", "PlatformRuntimeDone", "PlatformReport", "Function"} <= logs
    assert any("hello" in record for record in said(aws, name, "LOG") if record.startswith("Function"))


def test_an_extension_inside_the_functions_process(aws, publish, deploy, invoke):
    """As documented: a wrapper script sets the runtime up so that the extension is loaded into its process."""
    internal = HEAD.replace('NAME = os.path.basename(sys.argv[0])', 'NAME = "internal"') + '''
status, headers, _ = register(["SHUTDOWN"])
EARLY = [status]
status, headers, _ = register(["INVOKE"])
me = {"Lambda-Extension-Identifier": headers["Lambda-Extension-Identifier"]}
SEEN = []
def run():
    while True: SEEN.append(next_event()["requestId"])
threading.Thread(target=run, daemon=True).start()
'''
    layer = publish("inside", {
        "wrapper": "#!/bin/sh\nexport PYTHONPATH=/opt/inside:$PYTHONPATH\nexport INSIDE=yes\nexec \"$@\"\n",
        "inside/internal_extension.py": internal})
    name = deploy("""
        import os, sys
        if os.environ.get("INSIDE"):
            import internal_extension
        def handler(event, context):
            while context.aws_request_id not in internal_extension.SEEN: pass
            return [internal_extension.EARLY, len(internal_extension.SEEN)]
    """, Layers=[layer], Environment={"Variables": {"AWS_LAMBDA_EXEC_WRAPPER": "/opt/wrapper"}}, Timeout=10)
    # Internal ones cannot ask for SHUTDOWN.
    assert invoke(name)[0] == [[403], 1]
    assert invoke(name)[0] == [[403], 2]
    assert "EXTENSION\tName: internal\tState: Ready\tEvents: [INVOKE]" in eventually(lambda: lines(aws, name))


def test_extensions_in_an_image(server, aws, role, invoke, tmp_path):
    """`/opt/extensions` of an image is what it is of a layer."""
    base = images.python_layer()
    own = images.Layer().file("opt/extensions/watcher", TELEMETRY.replace("/usr/bin/env python3", "/usr/local/bin/python3"), mode=0o755)
    own.dir("var/task").file("var/task/app.py", "def handler(event, context):\n    print('hello')\n    return event\n")
    image = images.Image([base, own], Env=["PATH=/usr/local/bin:/usr/bin", "LD_LIBRARY_PATH=/usr/local/lib"],
                         Entrypoint=["python3", "-m", "awslambdaric"], Cmd=["app.handler"], WorkingDir="/var/task")
    done = subprocess.run([binary(), "image", "import", image.layout(tmp_path / "layout"), "--name", "shop/watched:v1",
                           "--data-dir", server.data_dir, "--json"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    name = "image-with-extension"
    client = aws("lambda")
    client.create_function(FunctionName=name, PackageType="Image", Role=role, Timeout=20, MemorySize=256,
                           Code={"ImageUri": json.loads(done.stdout)["imageUri"]})
    try:
        client.get_waiter("function_active_v2").wait(FunctionName=name)
        assert invoke(name, {"n": 1})[0] == {"n": 1}
        retire(aws, name)
        eventually(lambda: any("SHUTDOWN" in event for event in said(aws, name, "EVENT")))
        kinds = {json.loads(event)["type"] for event in said(aws, name, "GOT")}
        assert {"platform.initStart", "platform.start", "platform.runtimeDone", "platform.report", "function"} <= kinds
        events = [json.loads(event)["eventType"] for event in said(aws, name, "EVENT")]
        assert events == ["INVOKE", "SHUTDOWN"]
    finally:
        client.delete_function(FunctionName=name)


def test_two_seconds_to_end_in(aws, publish, deploy, invoke):
    """External extensions have two seconds, which the event's deadline says; who takes longer is killed."""
    code = HEAD + '''
import time
me = {"Lambda-Extension-Identifier": register(["SHUTDOWN"])[1]["Lambda-Extension-Identifier"]}
event = next_event()
say("LEFT", event["deadlineMs"] - time.time() * 1000)
time.sleep(60)
say("SURVIVED")
'''
    name = deploy("def handler(event, context):\n    return 1\n", Layers=[publish("lingers", {"extensions/lingers": code})])
    invoke(name)
    retire(aws, name)
    left, = eventually(lambda: said(aws, name, "LEFT"))
    assert 0 < float(left) <= 2000
    assert invoke(name)[0] == 1
    retire(aws, name)
    eventually(lambda: len(said(aws, name, "LEFT")) == 2)
    assert said(aws, name, "SURVIVED") == []
