"""Ruby functions: handlers, errors, logs, the context, gems of layers; on every Ruby from 3.2 that the host has."""
import base64
import itertools
import json

import pytest

from conftest import eventually, zipped

CODE = '''
require "logger"
require "stringio"

$count = 0

def echo(event:, context:)
  event
end

def count(event:, context:)
  $count += 1
end

def describe(event:, context:)
  names = %i[function_name function_version invoked_function_arn memory_limit_in_mb aws_request_id log_group_name
             log_stream_name deadline_ms identity client_context tenant_id]
  names.to_h { |name| [name, context.public_send(name)] }.merge(
    remaining: context.get_remaining_time_in_millis, trace: ENV["_X_AMZN_TRACE_ID"], mine: ENV["MINE"],
    execution: ENV["AWS_EXECUTION_ENV"], ruby: RUBY_VERSION, gems: ENV["GEM_PATH"], lib: ENV["RUBYLIB"], cwd: Dir.pwd)
end

def logs(event:, context:)
  puts "from puts", "second of it"
  $stdout.puts "to stdout"
  $stderr.puts "to stderr"
  warn "warned"
  system("echo from a program")
  Logger.new($stdout).info("quiet\\nsecond of quiet")
  Logger.new($stderr, progname: "prog").error("loud")
  "ok"
end

def log_error(event:, context:)
  begin
    raise KeyError, "inside"
  rescue KeyError => e
    Logger.new($stdout).error(e)
  end
end

def fail(event:, context:)
  helper
end

def helper
  raise ArgumentError, "on purpose \\u00fc"
end

def undefined(event:, context:)
  no_such_thing
end

def leave(event:, context:)
  exit 3
end

def vanish(event:, context:)
  exit! 3
end

def unwritable(event:, context:)
  Float::NAN
end

def raw(event:, context:)
  StringIO.new("as it is")
end

def forks(event:, context:)
  pid = fork { IO.for_fd(3).write("x") rescue exit!(9); exit!(0) }
  Process.wait2(pid)[1].exitstatus
end

def library(event:, context:)
  require "from_layer"
  require "from_gem"
  [FromLayer::NAME, FromGem::NAME]
end

module Shop
  class Till
    def self.ring(event:, context:)
      { "rung" => event }
    end
  end
end
'''


@pytest.fixture(scope="session")
def ruby_runtimes(server):
    found = json.loads(server.freehold("runtimes", "--json").stdout)
    names = [runtime["name"] for runtime in found if runtime["name"].startswith("ruby")]
    if not names:
        pytest.skip("no Ruby 3.2 or later is installed on this host")
    return names


# Names of functions must differ: their log groups outlive them.
numbers = itertools.count(1)


@pytest.fixture
def ruby(deploy, ruby_runtimes):
    """ruby(method, …) → the name of a function on the newest Ruby."""
    def create(handler, files=None, **settings):
        settings = {"MemorySize": 256, "Timeout": 10, "runtime": ruby_runtimes[-1], **settings}
        name = "ruby-" + "".join(letter if letter.isalnum() else "-" for letter in handler) + f"-{next(numbers)}"
        return deploy(zipped(files or {"function.rb": CODE}), handler=handler, name=name, **settings)
    return create


def messages(aws, name):
    def look():
        try:
            events = aws("logs").filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]
        except aws("logs").exceptions.ResourceNotFoundException:
            return None  # The group comes with the first event.
        texts = [event["message"].rstrip("\n") for event in events]
        return texts if any(text.startswith("REPORT") or "platform.report" in text for text in texts) else None
    return eventually(look)


EVENT = {"a": [1, 2.5, None, True, "\u00fc \" \\ \n"], "b": {}, "big": 12345678901234567890}


def test_json_in_and_out_on_every_ruby(ruby, invoke, ruby_runtimes):
    for runtime in ruby_runtimes:
        answer, response = invoke(ruby("function.echo", runtime=runtime), EVENT)
        assert "FunctionError" not in response and answer == EVENT


def test_a_class_method(ruby, invoke):
    assert invoke(ruby("function.Shop::Till.ring"), {"sum": 1})[0] == {"rung": {"sum": 1}}


def test_a_handler_in_a_directory(ruby, invoke):
    name = ruby("lib/deep.run", files={"lib/deep.rb": "def run(event:, context:) = 'deep'"})
    assert invoke(name)[0] == "deep"


def test_an_environment_is_kept(ruby, invoke):
    name = ruby("function.count")
    assert [invoke(name)[0] for _ in range(3)] == [1, 2, 3]


def test_the_context(ruby, invoke, ruby_runtimes):
    name = ruby("function.describe", Environment={"Variables": {"MINE": "1"}})
    client_context = base64.b64encode(json.dumps({"custom": {"key": "value"}}).encode()).decode()
    answer, response = invoke(name, ClientContext=client_context)
    assert answer["aws_request_id"] == response["ResponseMetadata"]["RequestId"]
    assert answer["function_name"] == name and answer["function_version"] == "$LATEST"
    assert answer["invoked_function_arn"].endswith(f":function:{name}") and answer["memory_limit_in_mb"] == "256"
    assert answer["log_group_name"] == f"/aws/lambda/{name}" and "[$LATEST]" in answer["log_stream_name"]
    assert answer["client_context"] == {"custom": {"key": "value"}} and answer["tenant_id"] is None
    assert 0 < answer["remaining"] <= 10000 and answer["deadline_ms"] > 1_600_000_000_000
    assert answer["trace"].startswith("Root=1-") and answer["mine"] == "1" and answer["cwd"] == "/var/task"
    minor = ruby_runtimes[-1].removeprefix("ruby")
    assert answer["execution"] == f"AWS_Lambda_{ruby_runtimes[-1]}" and answer["ruby"].startswith(minor + ".")
    assert answer["gems"] == f"/var/task/vendor/bundle/ruby/{minor}.0:/opt/ruby/gems/{minor}.0"


def test_logs(aws, ruby, invoke):
    name = ruby("function.logs")
    answer, response = invoke(name)
    assert answer == "ok"
    texts = messages(aws, name)
    for line in ["from puts\nsecond of it", "to stdout", "to stderr", "warned", "from a program"]:
        assert line in texts, texts
    request = response["ResponseMetadata"]["RequestId"]
    quiet, = [text for text in texts if "quiet" in text]
    assert quiet.startswith("I, [") and quiet.endswith(f"  INFO {request} -- : quiet\nsecond of quiet")
    loud, = [text for text in texts if "loud" in text]
    assert loud.startswith("E, [") and loud.endswith(f" ERROR {request} -- prog: loud")


def test_json_logs(aws, ruby, invoke):
    name = ruby("function.logs", LoggingConfig={"LogFormat": "JSON", "ApplicationLogLevel": "WARN"})
    _, response = invoke(name)
    records = [json.loads(text) for text in messages(aws, name) if text.startswith("{")]
    loud, = [record for record in records if record.get("message") == "loud"]
    assert loud["level"] == "ERROR" and loud["requestId"] == response["ResponseMetadata"]["RequestId"]
    assert loud["logger"] == "prog" and loud["timestamp"].endswith("Z")
    assert not [record for record in records if "quiet" in str(record.get("message"))]


def test_an_exception_in_json_logs(aws, ruby, invoke):
    name = ruby("function.log_error", LoggingConfig={"LogFormat": "JSON"})
    invoke(name)
    records = [json.loads(text) for text in messages(aws, name) if text.startswith("{")]
    error, = [record for record in records if record.get("errorType") == "KeyError"]
    assert error["message"] == error["errorMessage"] == "inside"
    assert error["stackTrace"][0].startswith("/var/task/function.rb:") and error["location"].startswith("/var/task/function.rb:")


def test_an_exception(aws, ruby, invoke):
    name = ruby("function.fail")
    answer, response = invoke(name)
    assert response["FunctionError"] == "Unhandled"
    assert answer["errorMessage"] == "on purpose \u00fc" and answer["errorType"] == "Function<ArgumentError>"
    assert [line.split(":")[0] for line in answer["stackTrace"]] == ["/var/task/function.rb"] * 2
    texts = messages(aws, name)
    assert "Error raised from handler method" in texts
    record, = [text for text in texts if text.startswith("{\n")]
    assert json.loads(record) == answer
    # The environment goes on.
    assert invoke(name)[0]["errorType"] == "Function<ArgumentError>"


@pytest.mark.parametrize("method, kind", [
    ("undefined", "Function<NameError>"), ("absent", "Function<NoMethodError>"), ("leave", "Function<SystemExit>"),
    ("unwritable", "Function<JSON::GeneratorError>"),
])
def test_failures(ruby, invoke, method, kind):
    name = ruby(f"function.{method}")
    for _ in range(2):
        answer, response = invoke(name)
        assert response["FunctionError"] == "Unhandled" and answer["errorType"] == kind, answer


def test_a_process_that_ends(ruby, invoke):
    answer, response = invoke(ruby("function.vanish"))
    assert response["FunctionError"] == "Unhandled" and "exit status 3" in answer["errorMessage"]


@pytest.mark.parametrize("handler, files, kind, message", [
    ("missing.run", {"a.rb": ""}, "Init<LoadError>", "cannot load such file -- missing"),
    ("a.run", {"a.rb": "raise 'broken'"}, "Init<RuntimeError>", "broken"),
    ("a.run", {"a.rb": "def ("}, "Init<SyntaxError>", "a.rb"),
    ("run", {"a.rb": ""}, "Init<ArgumentError>", "Invalid handler"),
])
def test_init_failures(ruby, invoke, handler, files, kind, message):
    answer, response = invoke(ruby(handler, files=files))
    assert response["FunctionError"] == "Unhandled"
    assert answer["errorType"] == kind and message in answer["errorMessage"]


def test_streams_are_answered_as_they_are(aws, ruby):
    response = aws("lambda").invoke(FunctionName=ruby("function.raw"))
    assert response["Payload"].read() == b"as it is"


def test_a_forked_process_may_not_answer(ruby, invoke):
    assert invoke(ruby("function.forks"))[0] == 9


def test_gems_and_libraries_of_a_layer(aws, ruby, invoke, ruby_runtimes):
    abi = ruby_runtimes[-1].removeprefix("ruby") + ".0"
    gem = f"ruby/gems/{abi}"
    specification = ('Gem::Specification.new do |s| s.name = "from_gem"; s.version = "1.0.0"; s.summary = "x"; '
                     's.authors = ["x"]; s.files = ["lib/from_gem.rb"]; s.require_paths = ["lib"] end')
    content = zipped({
        "ruby/lib/from_layer.rb": 'module FromLayer; NAME = "library"; end',
        f"{gem}/gems/from_gem-1.0.0/lib/from_gem.rb": 'module FromGem; NAME = "gem"; end',
        f"{gem}/specifications/from_gem-1.0.0.gemspec": specification,
    })
    layer = aws("lambda").publish_layer_version(LayerName="ruby-gems", Content={"ZipFile": content})
    name = ruby("function.library", Layers=[layer["LayerVersionArn"]])
    assert invoke(name)[0] == ["library", "gem"]


def test_large_payloads(ruby, invoke):
    event = {"text": "x" * 5_000_000}
    assert invoke(ruby("function.echo", MemorySize=512), event)[0] == event
