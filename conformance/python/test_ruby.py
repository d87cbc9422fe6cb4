"""Ruby functions, in the sandbox, for each Ruby of Lambda's that the host has. test_ruby_worker.py has the details."""
import json

import pytest

from conftest import eventually, zipped

APP = b"""
require "logger"
require "helper"
LOG = Logger.new($stdout)
def echo(event:, context:) = { "event" => event, "ruby" => RUBY_VERSION, "helper" => HELPER, "library" => library,
                               "environment" => ENV["AWS_EXECUTION_ENV"], "id" => context.aws_request_id }
def library
  require "from_bundle"
  BUNDLED
end
def fail(event:, context:)
  LOG.info("before it fails")
  raise "on purpose"
end
"""


@pytest.fixture(scope="session")
def ruby_runtimes(server):
    found = json.loads(server.freehold("runtimes", "--json").stdout)
    names = [runtime["name"] for runtime in found if runtime["name"].startswith("ruby")]
    if not names:
        pytest.skip("no Ruby 3.2 or later is installed on this host")
    return names


@pytest.fixture
def ruby(deploy):
    def create(handler, runtime):
        # The directory of a bundled gem's specification names the version of Ruby's interface.
        api = runtime.removeprefix("ruby") + ".0"
        gem = f"vendor/bundle/ruby/{api}"
        specification = b'Gem::Specification.new { |s| s.name = "bundled"; s.version = "1.0.0"; s.summary = "x"; s.authors = ["x"] }'
        package = {"app.rb": APP, "helper.rb": b'HELPER = "beside"', f"{gem}/specifications/bundled-1.0.0.gemspec": specification,
                   f"{gem}/gems/bundled-1.0.0/lib/from_bundle.rb": b'BUNDLED = "gem"'}
        name = f"{handler}-{runtime}".replace(".", "-")
        return deploy(zipped(package), handler=handler, name=name, runtime=runtime, MemorySize=256, Timeout=20)
    return create


def test_answers_with_files_and_gems_of_the_package(ruby, invoke, ruby_runtimes):
    for runtime in ruby_runtimes:
        answer, response = invoke(ruby("app.echo", runtime), {"a": ["ü", 1]})
        assert "FunctionError" not in response, answer
        assert answer.pop("id") == response["ResponseMetadata"]["RequestId"]
        assert answer.pop("ruby").startswith(runtime.removeprefix("ruby") + ".")
        assert answer == {"event": {"a": ["ü", 1]}, "helper": "beside", "library": "gem", "environment": f"AWS_Lambda_{runtime}"}


def test_errors_and_logs(aws, ruby, invoke, ruby_runtimes):
    name = ruby("app.fail", ruby_runtimes[-1])
    answer, response = invoke(name)
    assert response["FunctionError"] == "Unhandled"
    assert (answer["errorMessage"], answer["errorType"]) == ("on purpose", "Function<RuntimeError>")
    assert answer["stackTrace"][0].startswith("/var/task/app.rb:")
    def look():
        events = aws("logs").filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]
        texts = [event["message"] for event in events]
        return texts if any(text.startswith("REPORT") for text in texts) else None
    texts = eventually(look)
    identity = response["ResponseMetadata"]["RequestId"]
    assert any(text.rstrip("\n").endswith(f"RequestId: {identity} -- : before it fails") for text in texts), texts
    assert any(text.startswith("Error raised from handler method\n{") for text in texts), texts
