"""Requests that are wrong: each gets AWS's error, through raw HTTP where the SDK would not send it."""
import datetime
import http.client
import json
import socket

import boto3
import botocore.auth
import botocore.awsrequest
import botocore.credentials
import botocore.exceptions
import pytest

from conftest import zipped


def signed(server, method, path, body=b"", service="lambda", headers=None, secret=None, key=None, at=None):
    """A signed request as (method, path, body, headers), to be tampered with."""
    credentials = botocore.credentials.Credentials(
        key or server.access["access_key_id"], secret or server.access["secret_access_key"])
    request = botocore.awsrequest.AWSRequest(method, server.endpoint + path, data=body, headers=headers or {})
    botocore.auth.SigV4Auth(credentials, service, "us-east-1").add_auth(request)
    return method, path, body, dict(request.headers)


def send(server, method, path, body, headers):
    connection = http.client.HTTPConnection(server.listen, timeout=30)
    connection.request(method, path, body=body, headers=headers)
    response = connection.getresponse()
    text = response.read()
    connection.close()
    return response, text


def code(response):
    return (response.getheader("x-amzn-errortype") or "").split(":")[0]


def test_signatures(server):
    path = "/2015-03-31/functions"
    good = signed(server, "GET", path)
    assert send(server, *good)[0].status == 200

    response, text = send(server, "GET", path, b"", {})
    assert response.status == 403 and code(response) == "MissingAuthenticationTokenException"

    response, text = send(server, *signed(server, "GET", path, secret="wrong"))
    assert response.status == 403 and code(response) == "InvalidSignatureException"
    assert "does not match the signature you provided" in json.loads(text)["message"]

    response, text = send(server, *signed(server, "GET", path, key="AKIAIOSFODNN7EXAMPLE"))
    assert response.status == 403 and code(response) == "UnrecognizedClientException"
    assert json.loads(text)["message"] == "The security token included in the request is invalid."

    method, path, body, headers = signed(server, "POST", path, b'{"a": 1}')
    assert send(server, method, path, b'{"a": 2}', headers)[0].status == 403


def test_clock_skew(server, monkeypatch):
    past = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=1)
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda remove_tzinfo=True: past.replace(tzinfo=None))
    response, text = send(server, *signed(server, "GET", "/2015-03-31/functions"))
    assert response.status == 403 and code(response) == "InvalidSignatureException"
    assert json.loads(text)["message"].startswith("Signature expired: ")


def test_query_protocol_errors(server):
    sts = server.client("sts", aws_secret_access_key="wrong")
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        sts.get_caller_identity()
    assert refused.value.response["Error"]["Code"] == "SignatureDoesNotMatch"
    sts = server.client("sts", aws_access_key_id="AKIAIOSFODNN7EXAMPLE")
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        sts.get_caller_identity()
    assert refused.value.response["Error"]["Code"] == "InvalidClientTokenId"


@pytest.mark.parametrize("body, expected", [
    (b"{", "SerializationException"),
    (b"[]", "SerializationException"),
    (b'{"FunctionName": 5}', "SerializationException"),
    (b"\xff", "SerializationException"),
    (b"[" * 100_000, "SerializationException"),
    (b"{}", "ValidationException"),
])
def test_malformed_bodies(server, body, expected):
    response, text = send(server, *signed(server, "POST", "/2015-03-31/functions", body))
    assert response.status == 400 and code(response) == expected, text
    assert response.getheader("x-amzn-requestid")


def test_validation_reads_as_on_aws(aws, role, python_runtime):
    client = aws("lambda")
    good = dict(FunctionName="x", Runtime=python_runtime, Role=role, Handler="a.b", Code={"ZipFile": b"x"})
    for wrong, message in [
        ({"Timeout": 100000}, "Value '100000' at 'timeout' failed to satisfy constraint: "
                              "Member must have value less than or equal to 5400"),
        # The model allows what Managed Instances may have; other functions have 15 minutes.
        ({"Timeout": 901}, "Member must have value less than or equal to 900"),
        ({"FunctionName": "a b"}, "Value 'a b' at 'functionName' failed to satisfy constraint: "
                                  "Member must satisfy regular expression pattern: "),
        ({"Runtime": "cobol85"}, "Value 'cobol85' at 'runtime' failed to satisfy constraint: "
                                 "Member must satisfy enum value set: ["),
    ]:
        with pytest.raises(botocore.exceptions.ClientError) as refused:
            client.create_function(**{**good, **wrong})
        error = refused.value.response["Error"]
        assert error["Code"] in ("ValidationException", "InvalidParameterValueException")
        assert message in error["Message"], error


def test_unsupported_and_unknown_operations(server, aws):
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        aws("lambda").list_code_signing_configs()
    assert "ListCodeSigningConfigs" in refused.value.response["Error"]["Message"]
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        aws("iam").create_group(GroupName="g")
    assert "CreateGroup" in refused.value.response["Error"]["Message"]
    headers = {"X-Amz-Target": "Logs_20140328.Nonsense", "Content-Type": "application/x-amz-json-1.1"}
    response, text = send(server, *signed(server, "POST", "/", b"{}", service="logs", headers=headers))
    assert response.status in (400, 404) and b"UnknownOperationException" in text
    response, _ = send(server, *signed(server, "GET", "/nowhere"))
    assert 400 <= response.status < 500


@pytest.mark.parametrize("package, message", [
    (b"this is no zip", "Could not unzip uploaded file"),
    (zipped({"app.py": "x"})[:-30], "Could not unzip uploaded file"),
    (zipped({"../escape.py": "x"}), "Could not unzip uploaded file"),
    (zipped({"/etc/absolute.py": "x"}), "Could not unzip uploaded file"),
    (zipped({"bomb": b"\0" * 270_000_000}), "Unzipped size must be smaller than 262144000 bytes"),
], ids=["garbage", "truncated", "traversal", "absolute", "bomb"])
def test_bad_packages(aws, role, python_runtime, package, message):
    client = aws("lambda")
    with pytest.raises(client.exceptions.InvalidParameterValueException, match=message):
        client.create_function(FunctionName="bad-package", Runtime=python_runtime, Role=role, Handler="app.handler",
                               Code={"ZipFile": package})
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.get_function(FunctionName="bad-package")


def test_a_role_that_lambda_may_not_assume(aws, python_runtime):
    trust = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
    role = aws("iam").create_role(RoleName="not-for-lambda", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    client = aws("lambda")
    for arn in (role, "arn:aws:iam::000000000000:role/nowhere"):
        with pytest.raises(client.exceptions.InvalidParameterValueException, match="cannot be assumed by Lambda"):
            client.create_function(FunctionName="bad-role", Runtime=python_runtime, Role=arn, Handler="a.b",
                                   Code={"ZipFile": zipped({"a.py": ""})})


def test_honest_about_what_is_missing(aws, role, python_runtime):
    client = aws("lambda")
    with pytest.raises(client.exceptions.InvalidParameterValueException, match="KMSKeyArn"):
        client.create_function(FunctionName="sealed", Runtime=python_runtime, Role=role, Handler="a.b",
                               Code={"ZipFile": zipped({"a.py": ""})},
                               KMSKeyArn="arn:aws:kms:us-east-1:000000000000:key/k")
    with pytest.raises(client.exceptions.InvalidParameterValueException, match="freehold runtimes"):
        client.create_function(FunctionName="rare", Runtime="dotnet8", Role=role, Handler="a.b",
                               Code={"ZipFile": zipped({"a.dll": ""})})


def test_raw_garbage_leaves_the_server_up(server):
    for data in [b"\0" * 1000, b"GET", b"POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
                 b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 100_000 + b"\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\xff" * 100]:
        with socket.create_connection(server.listen.split(":"), timeout=30) as link:
            try:
                link.sendall(data)
                link.shutdown(socket.SHUT_WR)
                while link.recv(65536):
                    pass
            except OSError:
                # It may well have hung up before we did.
                pass
    # A half-closed connection in the middle of a body.
    with socket.create_connection(server.listen.split(":")) as link:
        link.sendall(b"POST /2015-03-31/functions HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc")
        link.shutdown(socket.SHUT_WR)
        link.recv(65536)
    assert server.client("sts").get_caller_identity()["Account"] == "000000000000"


def test_permissions_are_enforced(server, aws, deploy):
    iam = aws("iam")
    iam.create_user(UserName="limited")
    key = iam.create_access_key(UserName="limited")["AccessKey"]
    mine = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
    name = deploy("def handler(event, context):\n    return 1\n")
    client = server.client("lambda", **mine)
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{name}"
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        client.invoke(FunctionName=name)
    error = refused.value.response["Error"]
    assert error["Code"] == "AccessDeniedException"
    assert error["Message"] == (
        "User: arn:aws:iam::000000000000:user/limited is not authorized to perform: lambda:InvokeFunction on resource: "
        f"{arn} because no identity-based policy allows the lambda:InvokeFunction action")
    iam.put_user_policy(UserName="limited", PolicyName="p", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "lambda:Invoke*", "Resource": arn}]}))
    assert client.invoke(FunctionName=name)["StatusCode"] == 200
    with pytest.raises(botocore.exceptions.ClientError):
        client.delete_function(FunctionName=name)
    assert server.client("sts", **mine).get_caller_identity()["Arn"] == "arn:aws:iam::000000000000:user/limited"
    iam.update_access_key(UserName="limited", AccessKeyId=key["AccessKeyId"], Status="Inactive")
    with pytest.raises(botocore.exceptions.ClientError):
        client.invoke(FunctionName=name)
