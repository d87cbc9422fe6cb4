"""Every version of every runtime that AWS has: handlers, the context, errors and logs, on each that this machine has or
that can be fetched. Java and Ruby have files of their own, with the same for all of their versions."""
import json

import pytest

from conftest import eventually

PYTHONS = [f"python3.{minor}" for minor in range(8, 15)]
NODES = ["nodejs18.x", "nodejs20.x", "nodejs22.x", "nodejs24.x"]
JAVAS = ["java11", "java17", "java21", "java25"]
RUBIES = ["ruby3.2", "ruby3.3", "ruby3.4"]

PYTHON = '''
import asyncio, decimal, json, logging, os, sys, urllib.request
from pkg import inner

def handler(event, context):
    if event.get("fail"):
        inner.fail()
    logging.getLogger().warning("logged %s", event["number"], extra={"own": 1})
    print("printed")
    asyncio.run(asyncio.sleep(0))
    return {
        "event": event, "version": "%d.%d" % sys.version_info[:2], "execution": os.environ["AWS_EXECUTION_ENV"],
        "decimal": decimal.Decimal("1.5"), "text": "\\u00fc",
        "context": [context.function_name, context.function_version, context.invoked_function_arn, context.aws_request_id,
                    context.memory_limit_in_mb, context.log_group_name, context.log_stream_name,
                    0 < context.get_remaining_time_in_millis() <= 20000, context.client_context, str(context.identity)],
    }
'''

NODE = '''
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const waited = await Promise.resolve("top-level await");
const { inner } = await import("./inner.mjs");

export const handler = async (event, context) => {
    if (event.fail) throw new RangeError("on purpose");
    console.warn("logged %s", event.number);
    console.log({ own: 1 });
    const { sum } = require("./sum.cjs");
    return {
        event, waited, inner, sum: sum(1, 2), version: process.versions.node.split(".")[0],
        execution: process.env.AWS_EXECUTION_ENV, fetch: typeof fetch, json: JSON.parse(readFileSync("/var/task/data.json")),
        context: [context.functionName, context.functionVersion, context.invokedFunctionArn, context.awsRequestId,
                  context.memoryLimitInMB, context.logGroupName, context.logStreamName,
                  context.getRemainingTimeInMillis() > 0 && context.getRemainingTimeInMillis() <= 20000],
    };
};

export const streaming = awslambda.streamifyResponse(async (event, stream, context) => {
    stream.setContentType("text/plain");
    for (const part of ["one ", "two ", context.functionName]) {
        stream.write(part);
        await new Promise(resolve => setTimeout(resolve, 5));
    }
    stream.end();
});
'''
NODE_FILES = {"index.mjs": NODE, "inner.mjs": "export const inner = 'imported';", "sum.cjs": "exports.sum = (a, b) => a + b;",
              "data.json": '{"a": 1}'}


@pytest.fixture(scope="session")
def having(server, more_interpreters):
    """having(runtime): skips the test when the runtime cannot be had, and says why."""
    names = {runtime["name"] for runtime in json.loads(server.freehold("runtimes", "--json").stdout)}

    def check(runtime):
        if runtime not in names:
            pytest.skip(f"{runtime} isn't installed on this host" +
                        (f", and can't be fetched: {more_interpreters[1][runtime]}" if runtime in more_interpreters[1] else ""))
        return runtime

    return check


def records(aws, name, done="REPORT"):
    def look():
        try:
            events = aws("logs").filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]
        except aws("logs").exceptions.ResourceNotFoundException:
            return None  # The group comes with the first event.
        texts = [event["message"].rstrip("\n") for event in events]
        return texts if any(text.startswith(done) or f'"{done}"' in text for text in texts) else None
    return eventually(look)


@pytest.mark.parametrize("runtime", JAVAS + RUBIES)
def test_is_there(having, runtime):
    """For those whose tests run on all versions that there are: which were not."""
    having(runtime)


def check_context(seen, name, response, memory):
    assert seen[:4] == [name, "$LATEST", seen[2], response["ResponseMetadata"]["RequestId"]]
    assert seen[2].endswith(f":function:{name}") and str(seen[4]) == memory
    assert seen[5] == f"/aws/lambda/{name}" and "[$LATEST]" in seen[6] and seen[7] is True


@pytest.mark.parametrize("runtime", PYTHONS)
@pytest.mark.parametrize("own", [{}, {"PYTHONHASHSEED": "1"}], ids=["waiting", "own"])
def test_python(having, deploy, invoke, aws, runtime, own):
    files = {"app.py": PYTHON, "pkg/__init__.py": "", "pkg/inner.py": "def fail():\n    raise KeyError('on purpose')\n"}
    name = deploy(files, runtime=having(runtime), name=f"every-{runtime.replace('.', '')}-{len(own)}", MemorySize=192, Timeout=20,
                  Environment={"Variables": own})
    answer, response = invoke(name, {"number": 7})
    assert "FunctionError" not in response, answer
    assert answer["event"] == {"number": 7} and f"python{answer['version']}" == runtime
    assert answer["execution"] == f"AWS_Lambda_{runtime}" and answer["decimal"] == 1.5 and answer["text"] == "\u00fc"
    check_context(answer["context"], name, response, "192")
    assert answer["context"][8] is None and "cognito_identity_id=None" in answer["context"][9]
    answer, failed = invoke(name, {"fail": True})
    assert failed["FunctionError"] == "Unhandled" and answer["errorType"] == "KeyError"
    assert answer["errorMessage"] == "'on purpose'" and answer["requestId"] == failed["ResponseMetadata"]["RequestId"]
    assert [line.split('"')[1] for line in answer["stackTrace"]] == ["/var/task/app.py", "/var/task/pkg/inner.py"]
    texts = records(aws, name)
    request = response["ResponseMetadata"]["RequestId"]
    logged, = [text for text in texts if "logged 7" in text]
    assert logged.startswith("[WARNING]\t") and f"\t{request}\t" in logged and "printed" in texts


@pytest.mark.parametrize("runtime", PYTHONS)
def test_python_json_logs(having, deploy, invoke, aws, runtime):
    files = {"app.py": PYTHON, "pkg/__init__.py": "", "pkg/inner.py": "def fail():\n    raise KeyError('on purpose')\n"}
    name = deploy(files, runtime=having(runtime), name=f"every-json-{runtime.replace('.', '')}", Timeout=20,
                  LoggingConfig={"LogFormat": "JSON"})
    _, response = invoke(name, {"number": 7})
    logged, = [json.loads(text) for text in records(aws, name, "platform.report") if "logged 7" in text]
    assert logged["level"] == "WARNING" and logged["requestId"] == response["ResponseMetadata"]["RequestId"]
    assert logged["message"] == "logged 7" and logged["own"] == 1 and logged["timestamp"].endswith("Z")


@pytest.mark.parametrize("runtime", NODES)
@pytest.mark.parametrize("own", [{}, {"NODE_OPTIONS": "--no-deprecation"}], ids=["waiting", "own"])
def test_node(having, deploy, invoke, aws, runtime, own):
    name = deploy(NODE_FILES, handler="index.handler", runtime=having(runtime), name=f"every-{runtime.split('.')[0]}-{len(own)}",
                  MemorySize=192, Timeout=20, Environment={"Variables": own})
    answer, response = invoke(name, {"number": 7})
    assert "FunctionError" not in response, answer
    assert answer["event"] == {"number": 7} and answer["waited"] == "top-level await" and answer["inner"] == "imported"
    assert answer["sum"] == 3 and f"nodejs{answer['version']}.x" == runtime and answer["fetch"] == "function"
    assert answer["execution"] == f"AWS_Lambda_{runtime}" and answer["json"] == {"a": 1}
    check_context(answer["context"], name, response, "192")
    answer, failed = invoke(name, {"fail": True})
    assert failed["FunctionError"] == "Unhandled"
    assert (answer["errorType"], answer["errorMessage"]) == ("RangeError", "on purpose")
    assert answer["trace"][0] == "RangeError: on purpose" and "/var/task/index.mjs" in answer["trace"][1]
    request = response["ResponseMetadata"]["RequestId"]
    logged, = [text for text in records(aws, name) if "logged 7" in text]
    assert logged.split("\t")[1:] == [request, "WARN", "logged 7"]


@pytest.mark.parametrize("runtime", NODES)
def test_node_json_logs(having, deploy, invoke, aws, runtime):
    name = deploy(NODE_FILES, handler="index.handler", runtime=having(runtime), name=f"every-json-{runtime.split('.')[0]}", Timeout=20,
                  LoggingConfig={"LogFormat": "JSON", "ApplicationLogLevel": "WARN"})
    _, response = invoke(name, {"number": 7})
    written = [json.loads(text) for text in records(aws, name, "platform.report")]
    logged, = [record for record in written if record.get("message") == "logged 7"]
    assert logged["level"] == "WARN" and logged["requestId"] == response["ResponseMetadata"]["RequestId"]
    assert logged["timestamp"].endswith("Z")
    assert not [record for record in written if isinstance(record.get("message"), dict)]


@pytest.mark.parametrize("runtime", NODES)
def test_node_streams(having, deploy, aws, runtime):
    name = deploy(NODE_FILES, handler="index.streaming", runtime=having(runtime), name=f"every-stream-{runtime.split('.')[0]}", Timeout=20)
    response = aws("lambda").invoke_with_response_stream(FunctionName=name, Payload=b"{}")
    events = list(response["EventStream"])
    text = b"".join(event["PayloadChunk"]["Payload"] for event in events if "PayloadChunk" in event)
    assert text.decode() == f"one two {name}" and "InvokeComplete" in events[-1]
    assert "ErrorCode" not in events[-1]["InvokeComplete"]
