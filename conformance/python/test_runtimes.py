"""Node.js, and custom runtimes over the public Runtime API: a Rust function, and AWS's own Python client."""
import json
import os
import pathlib
import sys

import pytest

from conftest import zipped


def test_node(deploy, invoke, node_runtime):
    name = deploy({"index.mjs": """
        export const handler = async (event, context) => {
            console.log('hello from node');
            if (event.fail) throw new TypeError('no such thing');
            return {event, name: context.functionName, left: context.getRemainingTimeInMillis() > 0};
        };
    """}, handler="index.handler", runtime=node_runtime)
    answer, _ = invoke(name, {"a": [1, None, "ü"]})
    assert answer == {"event": {"a": [1, None, "ü"]}, "name": name, "left": True}
    answer, response = invoke(name, {"fail": True})
    assert response["FunctionError"] == "Unhandled"
    assert answer["errorType"] == "TypeError" and answer["errorMessage"] == "no such thing" and answer["trace"]


@pytest.mark.parametrize("code, event, expected", [
    ("exports.handler = (event, context, callback) => callback(null, event.x + 1);", {"x": 1}, 2),
    ("exports.handler = (event, context, callback) => setTimeout(() => callback(null, 'late'), 20);", {}, "late"),
    ("exports.handler = async () => undefined;", {}, None),
], ids=["callback", "later", "nothing"])
def test_node_handlers(deploy, invoke, node_runtime, code, event, expected):
    name = deploy({"index.js": code}, handler="index.handler", runtime=node_runtime)
    assert invoke(name, event)[0] == expected


@pytest.mark.parametrize("files, kind", [
    ({"index.js": "exports.other = 1;"}, "Runtime.HandlerNotFound"),
    ({"other.js": ""}, "Runtime.ImportModuleError"),
    ({"index.js": "syntax error here"}, "Runtime.UserCodeSyntaxError"),
])
def test_node_init_failures(deploy, invoke, node_runtime, files, kind):
    name = deploy(files, handler="index.handler", runtime=node_runtime)
    assert invoke(name)[0]["errorType"] == kind


def test_the_environment_of_a_function(deploy, invoke, python_runtime):
    name = deploy("""
        import os, pathlib
        def handler(event, context):
            return {
                'env': dict(os.environ), 'cwd': os.getcwd(), 'arn': context.invoked_function_arn,
                'version': context.function_version, 'memory': context.memory_limit_in_mb,
                'remaining': context.get_remaining_time_in_millis(), 'id': context.aws_request_id,
                'group': context.log_group_name, 'stream': context.log_stream_name,
                'files': sorted(os.listdir('/var/task')), 'opt': os.path.isdir('/opt'),
                'tmp': os.statvfs('/tmp').f_bavail * os.statvfs('/tmp').f_frsize >> 20,
            }
    """, MemorySize=192, Timeout=9, EphemeralStorage={"Size": 600}, Environment={"Variables": {"MINE": "1"}})
    answer, response = invoke(name)
    env = answer["env"]
    assert env["MINE"] == "1" and env["AWS_LAMBDA_FUNCTION_NAME"] == name and env["AWS_LAMBDA_FUNCTION_VERSION"] == "$LATEST"
    assert env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] == "192" and env["LAMBDA_TASK_ROOT"] == "/var/task"
    assert env["_HANDLER"] == "app.handler" and env["AWS_REGION"] == "us-east-1" and env["TZ"] == ":UTC"
    assert env["AWS_EXECUTION_ENV"] == f"AWS_Lambda_{python_runtime}" and env["AWS_ACCESS_KEY_ID"].startswith("ASIA")
    assert env["_X_AMZN_TRACE_ID"].startswith("Root=1-")
    assert answer["cwd"] == "/var/task" and answer["files"][0] == "app.py" and answer["opt"]
    assert answer["arn"].endswith(f":function:{name}") and answer["memory"] in (192, "192")
    assert 0 < answer["remaining"] <= 9000 and answer["id"] == response["ResponseMetadata"]["RequestId"]
    assert answer["group"] == f"/aws/lambda/{name}" and "[$LATEST]" in answer["stream"]
    # What can be written is what was configured; the file system itself takes some more.
    assert 600 <= answer["tmp"] < 640


def test_calls_back_with_its_own_role(server, aws, deploy, invoke, python_runtime):
    import boto3
    import botocore
    site = pathlib.Path(boto3.__file__).parent.parent
    files = {"app.py": """
        import sys
        sys.path.insert(0, '/var/task/vendor')
        import hashlib, hmac, datetime, json, os, urllib.request, urllib.error

        def call(region, service, body):
            # SigV4 by hand: the function brings no SDK.
            at = datetime.datetime.now(datetime.timezone.utc).strftime('%Y%m%dT%H%M%SZ')
            url = os.environ['AWS_ENDPOINT_URL']
            host = url.split('//')[1]
            signed = 'host;x-amz-date;x-amz-security-token'
            token = os.environ['AWS_SESSION_TOKEN']
            canonical = '\\n'.join(['POST', '/', '', f'host:{host}', f'x-amz-date:{at}', f'x-amz-security-token:{token}', '',
                                    signed, hashlib.sha256(body).hexdigest()])
            scope = f'{at[:8]}/{region}/{service}/aws4_request'
            text = '\\n'.join(['AWS4-HMAC-SHA256', at, scope, hashlib.sha256(canonical.encode()).hexdigest()])
            key = ('AWS4' + os.environ['AWS_SECRET_ACCESS_KEY']).encode()
            for part in scope.split('/'):
                key = hmac.new(key, part.encode(), 'sha256').digest()
            signature = hmac.new(key, text.encode(), 'sha256').hexdigest()
            auth = (f'AWS4-HMAC-SHA256 Credential={os.environ["AWS_ACCESS_KEY_ID"]}/{scope}, SignedHeaders={signed}, '
                    f'Signature={signature}')
            headers = {'X-Amz-Date': at, 'X-Amz-Security-Token': token, 'Authorization': auth,
                       'Content-Type': 'application/x-www-form-urlencoded'}
            try:
                return urllib.request.urlopen(urllib.request.Request(url + '/', body, headers)).read().decode()
            except urllib.error.HTTPError as error:
                return error.read().decode()

        def handler(event, context):
            return [call('us-east-1', 'sts', b'Action=GetCallerIdentity&Version=2011-06-15'),
                    call('us-east-1', 'iam', b'Action=ListUsers&Version=2010-05-08')]
    """}
    who, denied = invoke(deploy(files, Timeout=20))[0]
    assert "assumed-role/conformance/" in who
    assert "AccessDenied" in denied and "iam:ListUsers" in denied


def test_awslambdaric(deploy, invoke):
    """AWS's own runtime client for Python, as a custom runtime."""
    import awslambdaric
    site = pathlib.Path(awslambdaric.__file__).parent
    files = {
        "bootstrap": f"#!/bin/sh\nexport PYTHONPATH=/var/task/vendor:/var/task\n"
                     f"exec /usr/bin/env python3 -m awslambdaric app.handler\n",
        "app.py": "def handler(event, context):\n    print('through ric')\n    return {'got': event, 'arn': context.invoked_function_arn}\n",
    }
    for path in site.parent.rglob("*"):
        top = path.relative_to(site.parent).parts[0]
        if path.is_file() and (top in ("awslambdaric", "snapshot_restore_py", "simplejson") or top.startswith("runtime_client")):
            files[f"vendor/{path.relative_to(site.parent)}"] = path.read_bytes()
    if not os.path.exists("/usr/bin/python3"):
        pytest.skip("custom runtimes see the system's directories only, and /usr/bin/python3 isn't installed")
    import subprocess
    system = subprocess.run(["/usr/bin/python3", "-c", "import sys; print(sys.version_info[:2])"], capture_output=True, text=True)
    if system.stdout.strip() != str(sys.version_info[:2]):
        pytest.skip(f"awslambdaric has a compiled part for Python {sys.version_info[:2]}; the system's is {system.stdout.strip()}")
    name = deploy(files, runtime="provided.al2023", handler="app.handler", MemorySize=256, Timeout=20)
    answer, _ = invoke(name, {"a": 1})
    assert answer["got"] == {"a": 1} and answer["arn"].endswith(name)


def test_a_rust_function(deploy, invoke):
    binary = os.environ.get("FREEHOLD_TEST_RUST_FUNCTION")
    if not binary or not os.path.exists(binary):
        pytest.skip("`cargo xtask test` builds conformance/rust-function first")
    name = deploy({"bootstrap": pathlib.Path(binary).read_bytes()}, runtime="provided.al2023", handler="bootstrap",
                  MemorySize=256, Timeout=20)
    assert invoke(name, {"name": "Rust"})[0] == {"greeting": "Hello, Rust!"}
    answer, response = invoke(name, {"name": "fail"})
    assert response["FunctionError"] == "Unhandled" and "refused" in answer["errorMessage"]


@pytest.mark.parametrize("bootstrap, kind", [
    (None, "Runtime.InvalidEntrypoint"),
    ("#!/bin/sh\nexit 7\n", "Runtime.ExitError"),
], ids=["missing", "exits"])
def test_bootstrap_failures(deploy, invoke, bootstrap, kind):
    files = {"bootstrap": bootstrap} if bootstrap else {"other": "x"}
    answer, response = invoke(deploy(files, runtime="provided.al2023", handler="x"))
    assert response["FunctionError"] == "Unhandled" and answer["errorType"] == kind


def test_garbage_to_the_runtime_api(deploy, invoke):
    name = deploy({"bootstrap": """\
        #!/usr/bin/env python3
        import os, socket, http.client
        api = os.environ['AWS_LAMBDA_RUNTIME_API']
        host, port = api.split(':')
        for data in (b'\\0' * 500, b'GET', b'POST /nowhere HTTP/1.1\\r\\nContent-Length: 5\\r\\n\\r\\nab'):
            with socket.create_connection((host, int(port))) as link:
                link.sendall(data)
        def request(method, path, body=None):
            connection = http.client.HTTPConnection(api)
            connection.request(method, '/2018-06-01/runtime/' + path, body)
            response = connection.getresponse()
            return response.status, response.getheader('Lambda-Runtime-Aws-Request-Id'), response.read()
        seen = [request('POST', 'invocation/unknown/response', b'1')[0], request('GET', 'nonsense')[0]]
        while True:
            _, id, _ = request('GET', 'invocation/next')
            seen.append(request('POST', 'invocation/' + id + '/response', str(seen).encode())[0])
    """}, runtime="provided.al2023", handler="x", Timeout=20)
    assert all(400 <= status < 500 for status in invoke(name)[0])
    assert invoke(name)[0][-1] == 202
