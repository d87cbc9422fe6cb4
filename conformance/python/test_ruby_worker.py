"""The Ruby worker by itself, over its protocol: runs with any Ruby 3.1 or later on PATH, also one that functions cannot
have, so that the worker is tested on hosts without a Ruby of Lambda's."""
import json
import os
import shutil
import socket
import struct
import subprocess
import sys

import pytest

from conftest import ROOT

WORKER = ROOT / "runtimes/ruby/worker.rb"
INIT, INVOKE, SHUTDOWN = 1, 2, 3
READY, INIT_OK, INIT_ERROR, RESPONSE, ERROR = 65, 66, 67, 68, 69

CODE = """
require "logger"
require "stringio"
LOG = Logger.new($stdout)
def echo(event:, context:) = event
def text(event:, context:) = "Hello, #{event["name"]}"
def stream(event:, context:) = StringIO.new("raw")
def describe(event:, context:)
  { id: context.aws_request_id, name: context.function_name, arn: context.invoked_function_arn,
    memory: context.memory_limit_in_mb, left: context.get_remaining_time_in_millis, client: context.client_context,
    identity: context.identity, trace: ENV["_X_AMZN_TRACE_ID"], mine: ENV["MINE"], dir: Dir.pwd, deadline: context.deadline_ms }
end
def fail(event:, context:) = raise(ArgumentError, "on purpose")
def missing_name(event:, context:) = nowhere
def leave(event:, context:) = exit(3)
def logs(event:, context:)
  puts "printed"
  LOG.info("logged")
  LOG.warn("two\\nlines")
  system("echo child")
  fork { puts "forked" }
  Process.wait
  "ok"
end
module Outer
  class << self
    def call(event:, context:) = [event]
  end
end
"""


class Worker:
    def __init__(self, ruby, root, handler, log_format="Text", log_level=None):
        self.socket, theirs = socket.socketpair()
        self.socket.settimeout(30)
        # Descriptor 3, whatever number the socket has here.
        code = "import os, sys; os.dup2(int(sys.argv[1]), 3); os.execv(sys.argv[2], sys.argv[2:])"
        command = [sys.executable, "-c", code, str(theirs.fileno()), ruby, WORKER]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd="/",
                                        pass_fds=[theirs.fileno()])
        theirs.close()
        assert self.receive()[0] == READY
        self.send(INIT, {"handler": handler, "taskRoot": str(root), "logFormat": log_format, "logLevel": log_level, "memoryMb": 128,
                         "environment": {"PATH": os.environ["PATH"], "MINE": "1", "AWS_LAMBDA_FUNCTION_NAME": "f",
                                         "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128"}})
        self.init = self.receive()

    def send(self, kind, header, payload=b""):
        head = json.dumps(header).encode()
        self.socket.sendall(struct.pack(">IBI", 5 + len(head) + len(payload), kind, len(head)) + head + payload)

    def read(self, size):
        data = b""
        while len(data) < size:
            part = self.socket.recv(size - len(data))
            assert part, "the worker has gone"
            data += part
        return data

    def receive(self):
        length, kind, head = struct.unpack(">IBI", self.read(9))
        header, payload = self.read(head), self.read(length - 5 - head)
        return kind, json.loads(header) if header else {}, payload

    def invoke(self, event, **header):
        header = {"requestId": "r-1", "deadlineMs": 4102444800000, "invokedFunctionArn": "arn:f", "traceId": "Root=1-a",
                  "clientContext": None, "identity": None, **header}
        self.send(INVOKE, header, json.dumps(event).encode())
        return self.receive()

    def end(self):
        """Everything that was logged, and the exit status."""
        self.socket.close()
        output = self.process.communicate(timeout=30)[0].decode()
        return output, self.process.returncode


@pytest.fixture
def worker(tmp_path):
    ruby = shutil.which("ruby")
    if not ruby:
        pytest.skip("no Ruby is installed on this host")
    version = subprocess.run([ruby, "-e", "print RUBY_VERSION"], capture_output=True, text=True, check=True).stdout
    if tuple(map(int, version.split(".")[:2])) < (3, 1):
        pytest.skip(f"the Ruby on this host is {version}; the worker needs 3.1")
    (tmp_path / "app.rb").write_text(CODE)
    (tmp_path / "broken.rb").write_text("def (")
    started = []
    def start(handler, **options):
        started.append(Worker(ruby, tmp_path, handler, **options))
        return started[-1]
    yield start
    for one in started:
        one.socket.close()
        one.process.kill()
        one.process.wait()


@pytest.mark.parametrize("handler, event, expected", [
    ("app.echo", {"a": [1, 2.5, None, True, "ü"]}, {"a": [1, 2.5, None, True, "ü"]}),
    ("app.echo", None, None),
    ("app.text", {"name": "you"}, "Hello, you"),
    ("app.Outer.call", 1, [1]),
])
def test_answers(worker, handler, event, expected):
    one = worker(handler)
    assert one.init[0] == INIT_OK, one.init
    for _ in range(2):
        kind, header, payload = one.invoke(event)
        assert kind == RESPONSE, payload
        assert header == {"requestId": "r-1", "contentType": "application/json"} and json.loads(payload) == expected
    assert one.end()[1] == 0


def test_raw_and_large_answers(worker):
    kind, header, payload = worker("app.stream").invoke({})
    assert (kind, header["contentType"], payload) == (RESPONSE, "application/unknown", b"raw")
    event = {"text": "x" * 5_000_000}
    assert json.loads(worker("app.echo").invoke(event)[2]) == event


def test_context(worker, tmp_path):
    one = worker("app.describe")
    answer = json.loads(one.invoke({}, clientContext='{"custom":{"k":"v"}}', identity='{"cognitoIdentityId":"i"}')[2])
    assert answer.pop("left") > 1000
    assert answer == {"id": "r-1", "name": "f", "arn": "arn:f", "memory": "128", "client": {"custom": {"k": "v"}},
                      "identity": {"cognitoIdentityId": "i"}, "trace": "Root=1-a", "mine": "1", "dir": str(tmp_path),
                      "deadline": 4102444800000}
    assert json.loads(one.invoke({}, traceId=None)[2])["trace"] is None


def test_errors(worker):
    one = worker("app.fail")
    for _ in range(2):
        kind, _, payload = one.invoke({})
        document = json.loads(payload)
        assert kind == ERROR and (document["errorMessage"], document["errorType"]) == ("on purpose", "Function<ArgumentError>")
        assert "app.rb" in document["stackTrace"][0] and not any("worker.rb" in line for line in document["stackTrace"])
    output, status = one.end()
    assert status == 0
    assert output.startswith("Error raised from handler method\n\x1e{\x1f") and '"errorType": "Function<ArgumentError>"' in output


@pytest.mark.parametrize("handler, kind", [("app.missing_name", "Function<NameError>"), ("app.leave", "Function<SystemExit>"),
                                           ("app.absent", "Function<NoMethodError>")])
def test_errors_that_end_the_environment(worker, handler, kind):
    one = worker(handler)
    reply, _, payload = one.invoke({})
    assert reply == ERROR and json.loads(payload)["errorType"] == kind
    assert one.process.wait(timeout=30) == 1


@pytest.mark.parametrize("handler, kind", [("nowhere.x", "Init<LoadError>"), ("broken.x", "Init<SyntaxError>"), ("app", "Init<ArgumentError>")])
def test_init_errors(worker, handler, kind):
    one = worker(handler)
    assert one.init[0] == INIT_ERROR and json.loads(one.init[2])["errorType"] == kind
    assert one.process.wait(timeout=30) == 1


def test_logs(worker):
    one = worker("app.logs")
    assert json.loads(one.invoke({})[2]) == "ok"
    # The forked process had no descriptor to speak on: the next answer is the worker's.
    assert json.loads(one.invoke({})[2]) == "ok"
    lines = one.end()[0].split("\n")
    assert {"printed", "child", "forked"} <= set(lines)
    assert any(line.startswith("I, [") and line.endswith("INFO r-1 -- : logged") for line in lines), lines
    assert any(line.startswith("\x1eW, [") and line.endswith("two\x1flines") for line in lines), lines


def test_json_logs(worker):
    one = worker("app.logs", log_format="JSON", log_level="WARN")
    one.invoke({})
    records = [json.loads(line) for line in one.end()[0].split("\n") if line.startswith("{")]
    record, = records
    assert record.pop("timestamp")
    assert record == {"level": "WARN", "message": "two\nlines", "requestId": "r-1"}
