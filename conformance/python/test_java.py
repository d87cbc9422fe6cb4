"""Java functions: every kind of handler, errors, logs, the context, memory; for each Java that the host has."""
import base64
import json
import pathlib
import shutil
import subprocess
import urllib.request

import pytest

from conftest import ROOT, eventually, zipped

SOURCES = ROOT / "conformance/java-functions"


@pytest.fixture(scope="session")
def java_runtimes(server):
    found = json.loads(server.freehold("runtimes", "--json").stdout)
    names = [runtime["name"] for runtime in found if runtime["name"].startswith("java")]
    if not names:
        pytest.skip("no Java 11, 17, 21 or 25 is installed on this host")
    return names


@pytest.fixture(scope="session")
def package(tmp_path_factory, java_runtimes):
    """The compiled functions as a deployment package. They are compiled against the interfaces that the platform has."""
    javac = shutil.which("javac")
    if not javac:
        pytest.skip("no Java compiler is installed on this host")
    classes = tmp_path_factory.mktemp("classes")
    jar = ROOT / "runtimes/java/freehold-runtime.jar"
    subprocess.run([javac, "--release", "11", "-cp", jar, "-d", classes, *SOURCES.rglob("*.java")], check=True)
    return {str(path.relative_to(classes)): path.read_bytes() for path in pathlib.Path(classes).rglob("*.class")}


@pytest.fixture
def java(deploy, package, java_runtimes):
    """java(handler, …) → the name of a function on the newest Java."""
    def create(handler, files=None, **settings):
        settings = {"MemorySize": 512, "Timeout": 20, "runtime": java_runtimes[-1], **settings}
        name = settings.pop("name", None) or "java-" + "".join(letter if letter.isalnum() else "-" for letter in handler) + f"-{settings['runtime']}"
        return deploy(zipped(files or package), handler=handler, name=name[-60:].strip("-"), **settings)
    return create


@pytest.fixture(params=["java11", "java17", "java21", "java25"])
def runtime(request, java_runtimes):
    if request.param not in java_runtimes:
        pytest.skip(f"{request.param} isn't installed on this host")
    return request.param


ORDER = {"name": "World", "lines": [{"product": "tea", "count": 2, "unknown": True}], "prices": {"tea": 1.5}, "size": "LARGE",
         "number": 12345678901, "extra": {"ignored": []}}


def test_objects_in_and_out_on_every_java(java, invoke, java_runtimes):
    for runtime in java_runtimes:
        answer, response = invoke(java("example.Greeter", runtime=runtime), ORDER)
        assert "FunctionError" not in response, answer
        assert answer == {"greeting": "Hello, World!", "total": 3.0, "lines": [{"product": "tea", "count": 2}], "size": "LARGE",
                          "number": 12345678901, "paid": False}


@pytest.mark.parametrize("handler, event, expected", [
    ("example.Greeter::handleRequest", ORDER, None),
    ("example.Methods::text", "you", "Hello, you"),
    ("example.Methods::add", [1, 2, 3], 6),
    ("example.Methods::anything", {"a": [1, 2.5, None, True, "ü \" \\ \n"], "b": {}}, {"a": [1, 2.5, None, True, "ü \" \\ \n"], "b": {}}),
    ("example.Methods::nothing", {}, None),
    ("example.Methods::stream", {"a": 1}, "8"),
    ("example.Methods$Streams", {"a": ["b"]}, {"a": ["b"]}),
    ("example.Methods$Streams::handleRequest", [1], [1]),
])
def test_handlers(java, invoke, handler, event, expected):
    answer, response = invoke(java(handler), event)
    assert "FunctionError" not in response, answer
    if expected is not None or "nothing" in handler:
        assert answer == expected


def test_an_environment_is_kept(java, invoke):
    name = java("example.Methods::count")
    assert [invoke(name)[0] for _ in range(3)] == [1, 2, 3]


def test_the_context(java, invoke, runtime):
    name = java("example.Methods::context", runtime=runtime, MemorySize=1024, Environment={"Variables": {"MINE": "1"}})
    client_context = base64.b64encode(json.dumps({"custom": {"key": "value"}}).encode()).decode()
    answer, response = invoke(name, ClientContext=client_context)
    assert answer["id"] == response["ResponseMetadata"]["RequestId"]
    assert answer["name"] == name and answer["version"] == "$LATEST" and answer["arn"].endswith(f":function:{name}")
    assert answer["memory"] == 1024 and 0 < answer["remaining"] <= 20000
    assert answer["group"] == f"/aws/lambda/{name}" and "[$LATEST]" in answer["stream"]
    assert answer["custom"] == {"key": "value"} and answer["trace"].startswith("Root=1-")
    assert answer["task"] == "/var/task" and answer["mine"] == "1"
    assert answer["execution"] == f"AWS_Lambda_{runtime}" and answer["java"] == runtime.removeprefix("java")
    assert 800 <= answer["heap"] <= 871


@pytest.mark.parametrize("memory, least, most", [(128, 95, 103), (1024, 800, 871)])
def test_a_worker_that_has_waited_is_like_one_of_the_functions_own(java, invoke, java_runtimes, memory, least, most):
    """Started ahead of demand, or, for what only counts at a start, for the function: the same surroundings."""
    for runtime in java_runtimes:
        mine = {"MINE": "\u00fc = 1", "TZ": "Europe/Berlin"}
        seen = {}
        for kind, more in [("waited", {}), ("own", {"JAVA_TOOL_OPTIONS": "-Dmine=yes"})]:
            name = java("example.Methods::surroundings", runtime=runtime, MemorySize=memory, name=f"java-{kind}-{runtime}-{memory}",
                        Environment={"Variables": {**mine, **more}})
            seen[kind], response = invoke(name)
            assert "FunctionError" not in response, seen[kind]
        waited, own = seen["waited"], seen["own"]
        assert waited["waited"] and not own["waited"]
        assert own["mine"] == "yes" and waited["mine"] is None
        for one in (waited, own):
            assert one["child"] == one["environment"] and one["environment"]["MINE"] == mine["MINE"]
            assert one["zone"] == "Europe/Berlin" and one["charset"] == "UTF-8" and least <= one["heap"] <= most
        assert set(own["environment"]) - set(waited["environment"]) == {"JAVA_TOOL_OPTIONS"}
        assert waited["libraries"] == own["libraries"] and waited["heap"] == own["heap"]
        assert waited["processors"] == own["processors"]


def test_waiting_workers_are_for_one_memory_size(server, java, invoke):
    """A size that nobody has had yet: the first start finds what the deployment had made, and the pools say so."""
    name = java("example.Methods::count", MemorySize=777)
    assert invoke(name)[0] == 1
    with urllib.request.urlopen(f"{server.endpoint}/metrics") as response:
        lines = response.read().decode().splitlines()
    sized = [line for line in lines if 'memory_mb="777"' in line]
    assert [line for line in sized if line.startswith("freehold_pool_hits_total") and line.endswith(" 1")], sized
    assert [line for line in sized if line.startswith("freehold_pool_misses_total") and line.endswith(" 0")], sized


def test_an_archive_of_classes_is_made_and_used(server, java, invoke, java_runtimes):
    for runtime in java_runtimes:
        name = java("example.Methods::mappings", runtime=runtime, MemorySize=512)
        mapped, response = invoke(name)
        assert "FunctionError" not in response, mapped
        assert mapped == [f"/var/runtime/java/{archive.name}" for archive in
                          (server.data_dir / "runtimes").glob(f"*/java/{runtime}-*.jsa")] and len(mapped) == 1


def messages(aws, name, wanted):
    def look():
        events = aws("logs").filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]
        texts = [event["message"] for event in events]
        return texts if any(text.startswith(wanted) for text in texts) else None
    return eventually(look)


def test_logs(aws, java, invoke):
    name = java("example.Methods::logs")
    assert invoke(name)[0] == "ok"
    texts = [text.rstrip("\n") for text in messages(aws, name, "REPORT")]
    for line in ["out one", "out two", "err one", "record one\nsecond line of it", "quiet", "loud", "from another thread"]:
        assert line in texts, texts


def test_json_logs(aws, java, invoke, runtime):
    name = java("example.Methods::logs", runtime=runtime, name=f"java-json-logs-{runtime}", LoggingConfig={"LogFormat": "JSON", "ApplicationLogLevel": "WARN"})
    _, response = invoke(name)
    def look():
        events = aws("logs").filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]
        records = [json.loads(event["message"]) for event in events if event["message"].startswith("{")]
        return records if any(record.get("type") == "platform.report" for record in records) else None
    records = eventually(look)
    loud, = [record for record in records if record.get("message") == "loud"]
    assert loud["level"] == "ERROR" and loud["AWSRequestId"] == response["ResponseMetadata"]["RequestId"] and loud["timestamp"]
    assert not [record for record in records if record.get("message") == "quiet"]


def test_an_exception(aws, java, invoke, runtime):
    name = java("example.Methods::fail", runtime=runtime)
    answer, response = invoke(name)
    assert response["FunctionError"] == "Unhandled"
    assert answer["errorMessage"] == "outside" and answer["errorType"] == "java.lang.RuntimeException"
    assert answer["stackTrace"][0].startswith("example.Methods.fail(Methods.java:")
    assert answer["cause"]["errorMessage"] == "inside" and answer["cause"]["errorType"] == "java.lang.IllegalStateException"
    record, = [text for text in messages(aws, name, "REPORT") if text.startswith("outside: java.lang.RuntimeException")]
    assert "\tat example.Methods.fail" in record and "Caused by: java.lang.IllegalStateException: inside" in record
    # The environment goes on.
    assert invoke(name)[1]["FunctionError"] == "Unhandled"


@pytest.mark.parametrize("handler, kind, message", [
    ("example.Missing::x", "java.lang.ClassNotFoundException", "Class not found: example.Missing"),
    ("example.Methods::missing", "java.lang.NoSuchMethodException",
     "No public method named missing with appropriate method signature found on class example.Methods"),
    ("example.Methods$NoConstructor::handle", "java.lang.NoSuchMethodException",
     "Class example.Methods$NoConstructor must have a public zero-argument constructor"),
    ("example.Methods$Broken::handle", "java.lang.IllegalArgumentException", "broken on purpose"),
    ("example.Methods", "java.lang.ClassNotFoundException", "Class example.Methods does not implement an appropriate handler interface"),
])
def test_init_failures(java, invoke, handler, kind, message):
    answer, response = invoke(java(handler))
    assert response["FunctionError"] == "Unhandled"
    assert (answer["errorType"], answer["errorMessage"]) == (kind, message)


def test_bad_input(java, invoke):
    answer, response = invoke(java("example.Methods::add"), {"not": "a list"})
    assert response["FunctionError"] == "Unhandled" and answer["errorMessage"] == "An error occurred during JSON parsing"


def test_exits_and_memory(java, invoke):
    answer, response = invoke(java("example.Methods::exit"))
    assert response["FunctionError"] == "Unhandled" and "exit status 3" in answer["errorMessage"]
    answer, response = invoke(java("example.Methods::hoard", MemorySize=256))
    assert response["FunctionError"] == "Unhandled"
    assert answer["errorType"] == "java.lang.OutOfMemoryError" and "heap space" in answer["errorMessage"]


def test_libraries_beside_the_code(java, invoke, package, tmp_path):
    """A jar in lib/, as Gradle's and Maven's packages have it."""
    jar = tmp_path / "library.jar"
    jar.write_bytes(zipped(package))
    answer, response = invoke(java("example.Methods::text", files={"lib/library.jar": jar.read_bytes()}), "jar")
    assert answer == "Hello, jar", answer


def test_large_payloads(java, invoke):
    event = {"text": "x" * 5_000_000}
    assert invoke(java("example.Methods::anything", MemorySize=1024), event)[0] == event
