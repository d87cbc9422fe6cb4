"""LoggingConfig: what functions and the platform write in either format, at every level, and into which group."""
import base64
import json
import re
import subprocess

import botocore.exceptions
import pytest

import images
from conftest import binary, eventually
from test_extensions import TIME, check_spans, lines, number

SECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

PYTHON = '''
import logging, sys
log = logging.getLogger("mine")

def handler(event, context):
    log.debug("quiet")
    log.info("%s and %d", "text", 7, extra={"order": {"id": 1}, "nothing": None, "thing": object})
    log.warning({"an": "object"})
    log.log(35, "between")
    print("printed")
    try:
        int("x")
    except ValueError:
        log.exception("caught")
    if event.get("fail"):
        raise LookupError("not\\nthere")
    return 1
'''

NODE = '''
exports.handler = async (event) => {
    console.debug("quiet");
    console.log("%s and %d", "text", 7);
    console.info({ an: "object" });
    console.warn("careful", [1, 2]);
    const error = Object.assign(new TypeError("caught"), { code: 7 });
    console.error(error);
    console.error("saw", error);
    process.stdout.write("printed\\n");
    if (event.fail) throw new RangeError("not\\nthere");
    return 1;
};
'''


def logged(aws, name, group=None):
    """The log of the function's first invocation, when it is whole."""
    return eventually(lambda: (lambda found: any("REPORT" in l or "platform.report" in l for l in found) and found)(lines(aws, name, group)))


def json_lines(found):
    return [json.loads(line) for line in found if line.startswith("{")]


def platform(found, kind):
    return [line for line in json_lines(found) if line.get("type") == kind]


def application(found):
    return [line for line in json_lines(found) if "type" not in line]


def shape(record):
    """A record without what differs from one run to the next."""
    same = {key: value for key, value in record.items() if key not in ("timestamp", "requestId", "location", "stackTrace")}
    kinds = {key: type(record[key]).__name__ for key in ("timestamp", "requestId", "location", "stackTrace") if key in record}
    return {**same, "kinds": kinds}


JSON = {"LogFormat": "JSON", "ApplicationLogLevel": "INFO", "SystemLogLevel": "DEBUG"}


def test_platform_records(aws, deploy, invoke):
    name = deploy("def handler(event, context):\n    return 'ok'\n", LoggingConfig=JSON)
    _, response = invoke(name, LogType="Tail")
    request_id = response["ResponseMetadata"]["RequestId"]
    found = logged(aws, name)
    records = json_lines(found)
    assert len(records) == len(found), found
    assert [record["type"] for record in records] == [
        "platform.initStart", "platform.initRuntimeDone", "platform.initReport", "platform.start", "platform.runtimeDone", "platform.report"]
    for record in records:
        assert set(record) == {"time", "type", "record"} and TIME.fullmatch(record["time"])
    started, initialised, init_report, start, done, report = [record["record"] for record in records]
    assert set(started) == {"initializationType", "phase", "runtimeVersion", "functionName", "functionVersion"}
    assert (started["initializationType"], started["phase"], started["functionName"], started["functionVersion"]) == (
        "on-demand", "init", name, "$LATEST")
    assert initialised == {"initializationType": "on-demand", "phase": "init", "status": "success"}
    assert set(init_report) == {"initializationType", "phase", "status", "metrics"} and set(init_report["metrics"]) == {"durationMs"}
    assert start == {"requestId": request_id, "version": "$LATEST"}
    assert set(done) == {"requestId", "status", "spans", "metrics"} and (done["requestId"], done["status"]) == (request_id, "success")
    assert set(done["metrics"]) == {"durationMs", "producedBytes"} and done["metrics"]["producedBytes"] == len('"ok"')
    check_spans(done["spans"], ["responseLatency", "responseDuration", "runtimeOverhead"])
    assert set(report) == {"requestId", "status", "metrics"} and report["status"] == "success"
    assert set(report["metrics"]) == {"durationMs", "billedDurationMs", "memorySizeMB", "maxMemoryUsedMB", "initDurationMs"}
    assert all(number(value) for value in report["metrics"].values())
    # The tail is in the same format, and without the init phase that came before the invocation.
    tail = base64.b64decode(response["LogResult"]).decode().splitlines()
    assert json.loads(tail[-1])["type"] == "platform.report"


@pytest.mark.parametrize("handler, timeout, status, error", [
    ("import time\ndef handler(event, context):\n    time.sleep(60)\n", 1, "timeout", None),
    ("import os\ndef handler(event, context):\n    os._exit(1)\n", 3, "error", "Runtime.ExitError"),
    ("def handler(event, context):\n    raise KeyError(1)\n", 3, "error", "KeyError"),
])
def test_platform_records_of_failures(aws, deploy, invoke, handler, timeout, status, error):
    name = deploy(handler, Timeout=timeout, name=f"failing-{error or status}".replace(".", "-"), LoggingConfig={**JSON, "SystemLogLevel": "WARN"})
    invoke(name)
    found = logged(aws, name)
    # At WARN, of the platform's records only those of failures are left.
    assert [r["type"] for r in json_lines(found) if "type" in r] == ["platform.runtimeDone", "platform.report"]
    for kind in ["platform.runtimeDone", "platform.report"]:
        record = platform(found, kind)[0]["record"]
        assert record["status"] == status and record.get("errorType") == error


def test_python_records_are_those_of_awss_client(server, aws, role, deploy, invoke, tmp_path):
    """The same code on AWS's own runtime client, in an image, beside the managed runtime."""
    name = deploy(PYTHON, LoggingConfig=JSON)
    _, response = invoke(name, {"fail": True})
    request_id = response["ResponseMetadata"]["RequestId"]
    mine = application(logged(aws, name))
    info, warning, between, caught, failed = mine
    assert set(info) == {"timestamp", "level", "message", "logger", "requestId", "order", "thing"}
    assert SECONDS.fullmatch(info["timestamp"]) and info["requestId"] == request_id and info["logger"] == "mine"
    assert (info["level"], info["message"], info["order"]) == ("INFO", "text and 7", {"id": 1})
    assert (warning["level"], warning["message"]) == ("WARNING", {"an": "object"})
    assert (between["level"], between["message"]) == ("WARNING", "between")
    assert set(caught) == {"timestamp", "level", "message", "logger", "requestId", "stackTrace", "errorType", "errorMessage", "location"}
    assert (caught["level"], caught["errorType"]) == ("ERROR", "ValueError") and isinstance(caught["stackTrace"], list)
    assert re.fullmatch(r"/var/task/app.py:handler:\d+", caught["location"])
    assert set(failed) == {"timestamp", "level", "errorMessage", "errorType", "requestId", "stackTrace"}
    assert (failed["level"], failed["errorType"], failed["errorMessage"]) == ("ERROR", "LookupError", "not\nthere")
    # What is printed stays what it is.
    assert "printed" in lines(aws, name)

    image = images.python_image(app=PYTHON)
    done = subprocess.run([binary(), "image", "import", image.layout(tmp_path / "layout"), "--name", "shop/logging:v1",
                           "--data-dir", server.data_dir, "--json"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    client, other = aws("lambda"), "logging-on-awss-client"
    client.create_function(FunctionName=other, PackageType="Image", Role=role, Timeout=20, MemorySize=256, LoggingConfig=JSON,
                           Code={"ImageUri": json.loads(done.stdout)["imageUri"]})
    try:
        client.get_waiter("function_active_v2").wait(FunctionName=other)
        invoke(other, {"fail": True})
        theirs = application(logged(aws, other))
    finally:
        client.delete_function(FunctionName=other)
    assert [shape(record) for record in mine] == [shape(record) for record in theirs]


def test_node_records(aws, deploy, invoke, node_runtime):
    name = deploy({"index.js": NODE}, handler="index.handler", runtime=node_runtime, LoggingConfig=JSON)
    _, response = invoke(name, {"fail": True})
    request_id = response["ResponseMetadata"]["RequestId"]
    found = logged(aws, name)
    text, an_object, careful, caught, beside, failed = application(found)
    for record in (text, an_object, careful, caught, beside, failed):
        assert TIME.fullmatch(record["timestamp"]) and record["requestId"] == request_id
    common = {"timestamp", "level", "requestId", "message"}
    assert set(text) == common and (text["level"], text["message"]) == ("INFO", "text and 7")
    assert set(an_object) == common and (an_object["level"], an_object["message"]) == ("INFO", {"an": "object"})
    assert set(careful) == common and (careful["level"], careful["message"]) == ("WARN", "careful [ 1, 2 ]")
    # An error alone is the message; among other things it is told beside it.
    assert set(caught) == common and caught["level"] == "ERROR"
    assert set(caught["message"]) == {"errorType", "errorMessage", "stackTrace", "code"}
    assert (caught["message"]["errorType"], caught["message"]["errorMessage"], caught["message"]["code"]) == ("TypeError", "caught", 7)
    assert caught["message"]["stackTrace"][0] == "TypeError: caught"
    assert set(beside) == common | {"errorType", "errorMessage", "stackTrace"} and beside["message"].startswith("saw TypeError: caught")
    assert (beside["errorType"], beside["errorMessage"], beside["stackTrace"][0]) == ("TypeError", "caught", "TypeError: caught")
    assert failed["level"] == "ERROR" and set(failed) == common
    assert set(failed["message"]) == {"errorType", "errorMessage", "stackTrace"}
    assert (failed["message"]["errorType"], failed["message"]["errorMessage"]) == ("RangeError", "not\nthere")
    assert "printed" in found


def test_text_is_the_default(aws, deploy, invoke, node_runtime):
    name = deploy(PYTHON)
    config = aws("lambda").get_function_configuration(FunctionName=name)["LoggingConfig"]
    assert config == {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{name}"}
    _, response = invoke(name)
    request_id = response["ResponseMetadata"]["RequestId"]
    found = logged(aws, name)
    stamp = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
    assert any(re.fullmatch(rf"\[WARNING\]\t{stamp}\t{request_id}\t\{{'an': 'object'\}}", line) for line in found), found
    assert any(re.match(rf"\[ERROR\]\t{stamp}\t{request_id}\tcaught\nTraceback \(most recent call last\):\n", line) for line in found)
    assert not any("text and 7" in line for line in found), "Python's own threshold is WARNING"
    name = deploy({"index.js": NODE}, handler="index.handler", runtime=node_runtime)
    _, response = invoke(name)
    request_id = response["ResponseMetadata"]["RequestId"]
    found = logged(aws, name)
    for level, message in [("DEBUG", "quiet"), ("INFO", "text and 7"), ("INFO", r"\{ an: 'object' \}"), ("WARN", r"careful \[ 1, 2 \]")]:
        assert any(re.fullmatch(rf"{stamp}\t{request_id}\t{level}\t{message}", line) for line in found), found


@pytest.mark.parametrize("level, expected", [
    ("TRACE", {"DEBUG", "INFO", "WARNING", "ERROR"}), ("DEBUG", {"DEBUG", "INFO", "WARNING", "ERROR"}),
    ("WARN", {"WARNING", "ERROR"}), ("FATAL", set())])
def test_application_levels(aws, deploy, invoke, level, expected):
    name = deploy(PYTHON, LoggingConfig={"LogFormat": "JSON", "ApplicationLogLevel": level})
    invoke(name)
    found = logged(aws, name)
    assert {record["level"] for record in application(found)} == expected
    # What has no level is not filtered, and the platform's level is its own.
    assert "printed" in found and platform(found, "platform.start")


def test_a_group_of_ones_own(aws, deploy, invoke):
    group = "/shared/by/several"
    names = [deploy("def handler(event, context):\n    print('from', context.log_group_name, context.function_name)\n",
                    LoggingConfig={"LogGroup": group}) for _ in range(2)]
    assert aws("lambda").get_function_configuration(FunctionName=names[0])["LoggingConfig"] == {"LogFormat": "Text", "LogGroup": group}
    for name in names:
        invoke(name)
    found = eventually(lambda: (lambda f: sum("REPORT" in line for line in f) == 2 and f)(lines(aws, None, group)))
    assert {line for line in found if line.startswith("from")} == {f"from {group} {name}" for name in names}
    assert lines(aws, names[0]) == []


def test_settings_are_checked(aws, deploy):
    name = deploy("def handler(event, context):\n    return 1\n")
    client = aws("lambda")

    def refused(**config):
        with pytest.raises(botocore.exceptions.ClientError) as caught:
            client.update_function_configuration(FunctionName=name, LoggingConfig=config)
        return caught.value.response["Error"]

    error = refused(LogFormat="Text", SystemLogLevel="WARN")
    assert error["Code"] == "InvalidParameterValueException" and "LogLevel" in error["Message"]
    for config, member in [({"LogFormat": "XML"}, "logFormat"), ({"LogFormat": "JSON", "ApplicationLogLevel": "LOUD"}, "applicationLogLevel"),
                           ({"LogFormat": "JSON", "SystemLogLevel": "ERROR"}, "systemLogLevel"), ({"LogGroup": "no spaces"}, "logGroup")]:
        error = refused(**config)
        assert error["Code"] == "ValidationException" and f"at 'loggingConfig.{member}' failed to satisfy constraint" in error["Message"], error
    changed = client.update_function_configuration(FunctionName=name, LoggingConfig={"LogFormat": "JSON"})["LoggingConfig"]
    assert changed == {"LogFormat": "JSON", "ApplicationLogLevel": "INFO", "SystemLogLevel": "INFO", "LogGroup": f"/aws/lambda/{name}"}


def test_tenants_are_told(aws, deploy, node_runtime):
    client = aws("lambda")
    for handler, code, runtime in [("app.handler", {"app.py": PYTHON}, None), ("index.handler", {"index.js": NODE}, node_runtime)]:
        name = deploy(code, handler=handler, runtime=runtime, LoggingConfig=JSON, TenancyConfig={"TenantIsolationMode": "PER_TENANT"})
        client.invoke(FunctionName=name, TenantId="blue", Payload="{}")
        assert {record["tenantId"] for record in application(logged(aws, name))} == {"blue"}
