"""Functions that misbehave: each gets AWS's error payload, and the platform stays up and loses nothing."""
import concurrent.futures
import json

import botocore.exceptions
import pytest

from conftest import zipped


def test_an_unhandled_exception(deploy, invoke):
    name = deploy("def handler(event, context):\n    return event['name']\n")
    answer, response = invoke(name)
    assert response["FunctionError"] == "Unhandled" and response["StatusCode"] == 200
    assert answer["errorMessage"] == "'name'" and answer["errorType"] == "KeyError"
    assert answer["requestId"] == response["ResponseMetadata"]["RequestId"]
    assert any("in handler" in line for line in answer["stackTrace"])


@pytest.mark.parametrize("files, handler, kind, message", [
    ({"other.py": "x = 1"}, "app.handler", "Runtime.ImportModuleError", "Unable to import module 'app': No module named 'app'"),
    ({"app.py": "x = 1"}, "app.handler", "Runtime.HandlerNotFound", "Handler 'handler' missing on module 'app'"),
    ({"app.py": "def handler(:"}, "app.handler", "Runtime.UserCodeSyntaxError", "Syntax error in module 'app'"),
    ({"app.py": "1/0"}, "app.handler", "ZeroDivisionError", "division by zero"),
])
def test_init_failures(deploy, invoke, files, handler, kind, message):
    name = deploy(files, handler=handler)
    for _ in range(2):
        answer, response = invoke(name)
        assert response["FunctionError"] == "Unhandled"
        assert answer["errorType"] == kind
        assert message in answer["errorMessage"]


def test_a_time_out(deploy, invoke):
    name = deploy("import time\ndef handler(event, context):\n    time.sleep(event.get('sleep', 0))\n    return 'ok'\n", Timeout=1)
    answer, response = invoke(name, {"sleep": 30})
    request_id = response["ResponseMetadata"]["RequestId"]
    assert response["FunctionError"] == "Unhandled"
    assert answer["errorMessage"].endswith("Task timed out after 1.00 seconds") and request_id in answer["errorMessage"]
    assert invoke(name)[0] == "ok"


def test_a_spinning_handler_times_out(deploy, invoke):
    name = deploy("def handler(event, context):\n    while True: pass\n", Timeout=1)
    assert "Task timed out after 1.00 seconds" in invoke(name)[0]["errorMessage"]


def test_memory(deploy, invoke):
    name = deploy("def handler(event, context):\n    return len(bytearray(event['mb'] << 20))\n", MemorySize=128, Timeout=20)
    answer, response = invoke(name, {"mb": 400})
    assert response["FunctionError"] == "Unhandled"
    assert answer["errorType"] in ("Runtime.OutOfMemory", "Runtime.ExitError")
    assert "signal: killed" in answer["errorMessage"]
    assert invoke(name, {"mb": 8})[0] == 8 << 20


@pytest.mark.parametrize("code, message", [
    ("import os\ndef handler(event, context):\n    os._exit(3)\n", "Runtime exited with error: exit status 3"),
    ("import os\ndef handler(event, context):\n    os._exit(0)\n", "Runtime exited without providing a reason"),
    ("import os, signal\ndef handler(event, context):\n    os.kill(os.getpid(), signal.SIGSEGV)\n", "signal: segmentation fault"),
], ids=["exit-3", "exit-0", "signal"])
def test_the_process_ends(deploy, invoke, code, message):
    answer, response = invoke(deploy(code))
    assert response["FunctionError"] == "Unhandled"
    assert answer["errorType"] == "Runtime.ExitError"
    assert message in answer["errorMessage"] and response["ResponseMetadata"]["RequestId"] in answer["errorMessage"]


def test_an_answer_that_is_not_json(deploy, invoke):
    answer, _ = invoke(deploy("def handler(event, context):\n    return {1, 2}\n"))
    assert answer["errorType"] == "Runtime.MarshalError" and "Unable to marshal response" in answer["errorMessage"]


def test_payload_limits(aws, deploy, invoke):
    client = aws("lambda")
    name = deploy("def handler(event, context):\n    return 'x' * event['size']\n", MemorySize=512, Timeout=20)
    assert len(invoke(name, {"size": 6_000_000})[0]) == 6_000_000
    answer, response = invoke(name, {"size": 7_000_000})
    assert response["FunctionError"] == "Unhandled" and answer["errorType"] == "Function.ResponseSizeTooLarge"
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        client.invoke(FunctionName=name, Payload=json.dumps("x" * 6_300_000))
    assert refused.value.response["Error"]["Code"] in ("RequestTooLargeException", "RequestEntityTooLargeException")
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        client.invoke(FunctionName=name, InvocationType="Event", Payload=json.dumps("x" * 1_100_000))
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413


@pytest.mark.parametrize("body", [b"{", b"nonsense", b'{"a":1}x', b"\xff\xfe"],
                         ids=["open", "word", "trailing", "bytes"])
def test_a_payload_that_is_not_json(aws, deploy, body):
    client = aws("lambda")
    name = deploy("def handler(event, context):\n    return 1\n")
    with pytest.raises(client.exceptions.InvalidRequestContentException, match="Could not parse request body into json"):
        client.invoke(FunctionName=name, Payload=body)


def test_forks_sockets_and_tmp_are_bounded(deploy, invoke):
    name = deploy("""
        import os, socket, time

        def forks():
            made = []
            try:
                while len(made) < 5000:
                    pid = os.fork()
                    if pid == 0:
                        time.sleep(600)
                    made.append(pid)
            except OSError as error:
                return [len(made), error.errno]

        def sockets():
            made = []
            try:
                while len(made) < 5000:
                    made.append(socket.socket())
            except OSError as error:
                return [len(made), error.errno]

        def tmp():
            written = 0
            try:
                with open('/tmp/fill', 'wb', buffering=0) as file:
                    while written < 2 << 30:
                        written += file.write(b'x' * (1 << 20))
            except OSError as error:
                return [written >> 20, error.errno]

        def handler(event, context):
            return globals()[event['do']]()
    """, MemorySize=1024, Timeout=60)
    made, errno = invoke(name, {"do": "sockets"})[0]
    assert made <= 1024 and errno == 24
    written, errno = invoke(name, {"do": "tmp"})[0]
    assert written <= 512 and errno == 28
    made, errno = invoke(name, {"do": "forks"})[0]
    assert made <= 1024 and errno == 11
    assert "FunctionError" not in invoke(name, {"do": "sockets"})[1]


def test_a_function_cannot_reach_out(server, deploy, invoke):
    name = deploy("""
        import os, socket, subprocess

        def attempt(what):
            try:
                return repr(what())
            except BaseException as error:
                return 'refused: ' + type(error).__name__

        def connect(port):
            with socket.create_connection(('127.0.0.1', port), timeout=2) as link:
                link.sendall(b'GET /health HTTP/1.0\\r\\n\\r\\n')
                return link.recv(100)

        def handler(event, context):
            return {
                'shadow': attempt(lambda: open('/etc/shadow').read()),
                'data': attempt(lambda: os.listdir(event['data_dir'])),
                'root': attempt(lambda: os.listdir('/root/.ssh')),
                'write_task': attempt(lambda: open('/var/task/x', 'w')),
                'write_usr': attempt(lambda: open('/usr/x', 'w')),
                'kill_1': attempt(lambda: os.kill(1, 9)),
                'setuid': attempt(lambda: os.setuid(0)),
                'raw': attempt(lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)),
                'mount': attempt(lambda: subprocess.run(['mount', '-t', 'tmpfs', 'none', '/tmp'], check=True)),
                'unshare': attempt(lambda: subprocess.run(['unshare', '-Ur', 'true'], check=True)),
                'host_port': attempt(lambda: connect(event['port'])),
                'processes': [p for p in os.listdir('/proc') if p.isdigit()],
                'uid': os.getuid(),
            }
    """)
    # A port on which something of the host listens, but not inside the sandbox.
    import socket
    with socket.create_server(("127.0.0.1", 0)) as listener:
        answer, response = invoke(name, {"data_dir": str(server.data_dir), "port": listener.getsockname()[1]})
    assert "FunctionError" not in response, answer
    # The kernel takes a signal to PID 1 and drops it: what matters is that the sandbox lives on.
    assert answer.pop("kill_1") == "None"
    refused = {key: value for key, value in answer.items() if key not in ("processes", "uid")}
    assert all(value.startswith("refused: ") for value in refused.values()), refused
    assert len(answer["processes"]) <= 4 and answer["uid"] != 0


def test_environments_share_nothing(deploy, invoke):
    code = """
        import os
        def handler(event, context):
            found = os.path.exists('/tmp/secret')
            open('/tmp/secret', 'w').write('s')
            return found
    """
    first, second = deploy(code), deploy(code)
    assert invoke(first)[0] is False
    # The same environment serves again and finds its own file; another function does not.
    assert invoke(first)[0] is True
    assert invoke(second)[0] is False


def test_concurrency_to_the_limit_and_back(aws, deploy, invoke):
    client = aws("lambda")
    name = deploy("import time\ndef handler(event, context):\n    time.sleep(event['s'])\n    return context.aws_request_id\n",
                  Timeout=30)
    client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=3)

    def call(_):
        try:
            return invoke(name, {"s": 2})[0]
        except client.exceptions.TooManyRequestsException as refused:
            return refused.response

    with concurrent.futures.ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(call, range(10)))
    refused = [answer for answer in answers if isinstance(answer, dict)]
    served = [answer for answer in answers if isinstance(answer, str)]
    assert len(served) >= 3 and len(refused) >= 1 and len(set(served)) == len(served)
    assert refused[0]["ResponseMetadata"]["HTTPStatusCode"] == 429
    assert refused[0]["Reason"] == "ReservedFunctionConcurrentInvocationLimitExceeded"
    client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    with pytest.raises(client.exceptions.TooManyRequestsException):
        invoke(name, {"s": 0})
    client.delete_function_concurrency(FunctionName=name)
    assert invoke(name, {"s": 0})[1]["StatusCode"] == 200


def test_a_client_that_disappears(server, deploy, invoke):
    import botocore.config
    name = deploy("import time\ndef handler(event, context):\n    time.sleep(event['s'])\n    return 'ok'\n", Timeout=20)
    hasty = server.client("lambda", config=botocore.config.Config(read_timeout=1, retries={"total_max_attempts": 1}))
    with pytest.raises(botocore.exceptions.ReadTimeoutError):
        hasty.invoke(FunctionName=name, Payload=b'{"s": 3}')
    assert invoke(name, {"s": 0})[0] == "ok"


def test_frozen_between_requests(deploy, invoke):
    name = deploy("""
        import threading, time
        ticks = 0
        def count():
            global ticks
            while True:
                ticks += 1
                time.sleep(0.01)
        threading.Thread(target=count, daemon=True).start()
        def handler(event, context):
            before = ticks
            if event.get('work'):
                time.sleep(0.3)
            return [before, ticks]
    """)
    import time
    invoke(name, {"work": True})
    end = invoke(name)[0][1]
    # Nothing to await: the point is that time passes outside while none passes inside.
    time.sleep(1.5)
    later = invoke(name)[0][0]
    # Unfrozen it would have counted about 150 more.
    assert later - end < 60
