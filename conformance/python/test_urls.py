"""Function URLs over plain HTTP, as browsers and webhooks call them."""
import json
import urllib.error
import urllib.request

import botocore.auth
import botocore.awsrequest
import botocore.credentials
import pytest

ECHO = "def handler(event, context):\n    return event\n"


@pytest.fixture
def public(aws):
    """Gives a function a URL that anybody may call."""

    def create(name, **settings):
        client = aws("lambda")
        url = client.create_function_url_config(FunctionName=name, AuthType="NONE", **settings)["FunctionUrl"]
        client.add_permission(FunctionName=name, StatementId="url", Action="lambda:InvokeFunctionUrl", Principal="*",
                              FunctionUrlAuthType="NONE")
        client.add_permission(FunctionName=name, StatementId="invoke", Action="lambda:InvokeFunction", Principal="*",
                              InvokedViaFunctionUrl=True)
        return url

    return create


def refused(call):
    with pytest.raises(urllib.error.HTTPError) as error:
        call()
    return error.value


def test_the_event(server, deploy, public):
    url = public(deploy(ECHO))
    request = dict(data=b'{"a":1}', method="POST", headers={
        "Content-Type": "application/json", "X-Mine": "1", "Cookie": "c=1; d=2"})
    with server.open_url(url + "some/path%20here?x=1&x=2&y=", **request) as response:
        event = json.load(response)
        assert response.headers["content-type"] == "application/json"
        assert response.headers["x-amzn-requestid"]
    assert event["version"] == "2.0" and event["routeKey"] == "$default"
    assert event["rawPath"] == "/some/path%20here" or event["rawPath"] == "/some/path here"
    assert event["rawQueryString"] == "x=1&x=2&y="
    assert event["queryStringParameters"] == {"x": "1,2", "y": ""}
    assert event["headers"]["x-mine"] == "1" and event["cookies"] == ["c=1", "d=2"]
    assert event["body"] == '{"a":1}' and event["isBase64Encoded"] is False
    http = event["requestContext"]["http"]
    assert http["method"] == "POST" and http["protocol"] == "HTTP/1.1" and http["sourceIp"] == "127.0.0.1"
    assert event["requestContext"]["domainPrefix"] == url.split("//")[1].split(".")[0]


def test_answers(server, deploy, public):
    url = public(deploy("""
        def handler(event, context):
            path = event['rawPath']
            if path == '/full':
                return {'statusCode': 201, 'headers': {'X-A': 'b'}, 'cookies': ['c=1', 'd=2'], 'body': 'aGk=',
                        'isBase64Encoded': True}
            if path == '/text':
                return 'plain'
            if path == '/wrong':
                return {'statusCode': 'nonsense'}
            raise ValueError('no')
    """))
    with server.open_url(url + "full") as response:
        assert response.status == 201 and response.read() == b"hi" and response.headers["x-a"] == "b"
        assert response.headers.get_all("set-cookie") == ["c=1", "d=2"]
    with server.open_url(url + "text") as response:
        assert response.read() == b'"plain"' and response.headers["content-type"] == "application/json"
    for path in ("fail", "wrong"):
        assert refused(lambda: server.open_url(url + path)).code == 502


def test_who_may_call(server, aws, deploy, public):
    client = aws("lambda")
    name = deploy(ECHO)
    url = client.create_function_url_config(FunctionName=name, AuthType="NONE")["FunctionUrl"]
    # A public URL still needs the permission that opens it.
    assert refused(lambda: server.open_url(url)).code == 403
    client.update_function_url_config(FunctionName=name, AuthType="AWS_IAM")
    assert refused(lambda: server.open_url(url)).code == 403
    host = url.split("//")[1].rstrip("/")
    request = botocore.awsrequest.AWSRequest("GET", url, headers={"Host": host})
    credentials = botocore.credentials.Credentials(server.access["access_key_id"], server.access["secret_access_key"])
    botocore.auth.SigV4Auth(credentials, "lambda", "us-east-1").add_auth(request)
    with server.open_url(url, headers={k: v for k, v in request.headers.items() if k != "Host"}) as response:
        event = json.load(response)
    assert event["requestContext"]["authorizer"]["iam"]["accountId"] == "000000000000"
    client.delete_function_url_config(FunctionName=name)
    assert refused(lambda: server.open_url(url)).code in (403, 404)


def test_cors(server, deploy, public):
    url = public(deploy("def handler(event, context):\n    return 'ok'\n"), Cors={
        "AllowOrigins": ["https://app.example"], "AllowMethods": ["GET"], "AllowHeaders": ["x-a"], "MaxAge": 60})
    preflight = dict(method="OPTIONS", headers={
        "Origin": "https://app.example", "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "x-a"})
    with server.open_url(url, **preflight) as response:
        assert response.headers["access-control-allow-origin"] == "https://app.example"
        assert response.headers["access-control-max-age"] == "60"
    with server.open_url(url, headers={"Origin": "https://app.example"}) as response:
        assert response.headers["access-control-allow-origin"] == "https://app.example"
    with server.open_url(url, headers={"Origin": "https://evil.example"}) as response:
        assert response.headers["access-control-allow-origin"] is None


STREAM = """
    exports.handler = awslambda.streamifyResponse(async (event, stream) => {
        stream = awslambda.HttpResponseStream.from(stream, {statusCode: 202, headers: {'X-S': '1', 'Content-Type': 'text/plain'}});
        for (const part of ['one ', 'two ', 'three']) stream.write(part);
        stream.end();
    });
"""


def test_streaming(server, aws, deploy, public, node_runtime):
    name = deploy({"index.js": STREAM}, handler="index.handler", runtime=node_runtime)
    url = public(name, InvokeMode="RESPONSE_STREAM")
    with server.open_url(url) as response:
        assert response.status == 202 and response.headers["x-s"] == "1"
        assert response.read() == b"one two three"
    events = list(aws("lambda").invoke_with_response_stream(FunctionName=name, Payload=b"{}")["EventStream"])
    chunks = b"".join(e["PayloadChunk"]["Payload"] for e in events if "PayloadChunk" in e)
    assert chunks.endswith(b"one two three") and b"\0" * 8 in chunks
    assert "InvokeComplete" in events[-1] and "ErrorCode" not in events[-1]["InvokeComplete"]


def test_streaming_of_a_plain_handler(aws, deploy):
    name = deploy("def handler(event, context):\n    if event.get('fail'):\n        raise ValueError('no')\n    return 'x' * 100000\n")
    events = list(aws("lambda").invoke_with_response_stream(FunctionName=name, Payload=b"{}")["EventStream"])
    assert b"".join(e["PayloadChunk"]["Payload"] for e in events if "PayloadChunk" in e) == b'"' + b"x" * 100000 + b'"'
    events = list(aws("lambda").invoke_with_response_stream(FunctionName=name, Payload=b'{"fail": 1}')["EventStream"])
    assert events[-1]["InvokeComplete"]["ErrorCode"]
