"""The sample handler, verbatim, through the AWS CLI as a user types it."""
import base64
import hashlib
import json
import urllib.request

import pytest

from conftest import SAMPLE, TRUST, zipped


@pytest.fixture
def package(tmp_path):
    path = tmp_path / "function.zip"
    path.write_bytes(zipped({"lambda_function.py": SAMPLE}))
    return path


def test_the_sample_with_the_aws_cli(server, aws, package, python_runtime, tmp_path):
    role = json.loads(server.cli(
        "iam", "create-role", "--role-name", "cli-role", "--assume-role-policy-document", TRUST).stdout)["Role"]["Arn"]
    server.cli("iam", "attach-role-policy", "--role-name", "cli-role", "--policy-arn",
               "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")
    made = json.loads(server.cli(
        "lambda", "create-function", "--function-name", "cli-sample", "--runtime", python_runtime,
        "--handler", "lambda_function.lambda_handler", "--role", role, "--zip-file", f"fileb://{package}").stdout)
    assert made["State"] == "Pending" and made["StateReasonCode"] == "Creating"
    assert made["CodeSha256"] == base64.b64encode(hashlib.sha256(package.read_bytes()).digest()).decode()
    assert made["Version"] == "$LATEST" and made["MemorySize"] == 128 and made["Timeout"] == 3
    server.cli("lambda", "wait", "function-active-v2", "--function-name", "cli-sample")

    answer = tmp_path / "answer.json"
    event = tmp_path / "event.json"
    event.write_text('{"name": "World"}')
    told = json.loads(server.cli(
        "lambda", "invoke", "--function-name", "cli-sample", "--payload", f"fileb://{event}", "--log-type", "Tail",
        str(answer)).stdout)
    assert json.loads(answer.read_text()) == {"statusCode": 200, "body": '"Hello, World!"'}
    assert told["StatusCode"] == 200 and told["ExecutedVersion"] == "$LATEST" and "FunctionError" not in told
    tail = base64.b64decode(told["LogResult"]).decode()
    assert "START RequestId" in tail and "REPORT RequestId" in tail and "Init Duration" in tail

    package.write_bytes(zipped({"lambda_function.py": SAMPLE.replace("Hello", "Goodbye")}))
    server.cli("lambda", "update-function-code", "--function-name", "cli-sample", "--zip-file", f"fileb://{package}")
    server.cli("lambda", "wait", "function-updated-v2", "--function-name", "cli-sample")
    server.cli("lambda", "invoke", "--function-name", "cli-sample", "--payload", f"fileb://{event}", str(answer))
    assert json.loads(answer.read_text())["body"] == '"Goodbye, World!"'

    version = json.loads(server.cli("lambda", "publish-version", "--function-name", "cli-sample").stdout)["Version"]
    assert version == "1"
    alias = json.loads(server.cli(
        "lambda", "create-alias", "--function-name", "cli-sample", "--name", "live", "--function-version", "1").stdout)
    assert alias["AliasArn"].endswith(":function:cli-sample:live")
    told = json.loads(server.cli(
        "lambda", "invoke", "--function-name", "cli-sample:live", "--payload", f"fileb://{event}", str(answer)).stdout)
    assert told["ExecutedVersion"] == "1"

    url = json.loads(server.cli(
        "lambda", "create-function-url-config", "--function-name", "cli-sample", "--auth-type", "AWS_IAM").stdout)
    assert url["FunctionUrl"].startswith("http://") and ".lambda-url.us-east-1." in url["FunctionUrl"]

    found = json.loads(server.cli("lambda", "get-function", "--function-name", "cli-sample").stdout)
    with urllib.request.urlopen(found["Code"]["Location"]) as download:
        assert download.read() == package.read_bytes()
    server.cli("lambda", "delete-function", "--function-name", "cli-sample")
    gone = server.cli("lambda", "get-function", "--function-name", "cli-sample", check=False)
    assert "ResourceNotFoundException" in gone.stderr
    assert "Function not found: arn:aws:lambda:us-east-1:000000000000:function:cli-sample" in gone.stderr


def test_logs_tail(server, deploy, invoke):
    name = deploy("def handler(event, context):\n    print('a line to find')\n    return 1\n")
    invoke(name)
    from conftest import eventually
    told = eventually(lambda: server.cli_v2("logs", "tail", f"/aws/lambda/{name}", check=False).stdout)
    for expected in ["START RequestId", "a line to find", "END RequestId", "REPORT RequestId"]:
        assert expected in told


def test_waiters_list_and_settings(aws, deploy):
    client = aws("lambda")
    name = deploy("def handler(event, context):\n    return event\n", MemorySize=256, Timeout=7,
                  Environment={"Variables": {"AA": "1"}}, Description="d", Tags={"team": "x"})
    client.update_function_configuration(FunctionName=name, MemorySize=512, Environment={"Variables": {"BB": "2"}})
    client.get_waiter("function_updated_v2").wait(FunctionName=name)
    settings = client.get_function_configuration(FunctionName=name)
    assert settings["MemorySize"] == 512 and settings["Timeout"] == 7
    assert settings["Environment"]["Variables"] == {"BB": "2"}
    assert settings["State"] == "Active" and settings["LastUpdateStatus"] == "Successful"
    names = [f["FunctionName"] for page in client.get_paginator("list_functions").paginate(PaginationConfig={"PageSize": 1})
             for f in page["Functions"]]
    assert name in names and names == sorted(names)
    arn = settings["FunctionArn"]
    assert client.list_tags(Resource=arn)["Tags"] == {"team": "x"}
    client.tag_resource(Resource=arn, Tags={"y": "z"})
    client.untag_resource(Resource=arn, TagKeys=["team"])
    assert client.list_tags(Resource=arn)["Tags"] == {"y": "z"}
    usage = client.get_account_settings()
    assert usage["AccountLimit"]["ConcurrentExecutions"] == 1000
    assert usage["AccountUsage"]["FunctionCount"] >= 1 and usage["AccountUsage"]["TotalCodeSize"] > 0


def test_versions_and_aliases(aws, deploy, invoke):
    client = aws("lambda")
    name = deploy("def handler(event, context):\n    return [context.function_version, 1]\n")
    assert client.publish_version(FunctionName=name)["Version"] == "1"
    # Nothing changed, so publishing again gives the same version.
    assert client.publish_version(FunctionName=name)["Version"] == "1"
    client.update_function_code(
        FunctionName=name, ZipFile=zipped({"app.py": "def handler(event, context):\n    return [context.function_version, 2]\n"}))
    client.get_waiter("function_updated_v2").wait(FunctionName=name)
    assert client.publish_version(FunctionName=name, Description="second")["Version"] == "2"
    assert [v["Version"] for v in client.list_versions_by_function(FunctionName=name)["Versions"]] == ["$LATEST", "1", "2"]
    assert invoke(name, Qualifier="1")[0] == ["1", 1]
    assert invoke(f"{name}:2")[0] == ["2", 2]
    client.create_alias(FunctionName=name, Name="live", FunctionVersion="1",
                        RoutingConfig={"AdditionalVersionWeights": {"2": 0.5}})
    seen = {tuple(invoke(name, Qualifier="live")[0]) for _ in range(60)}
    assert seen == {("1", 1), ("2", 2)}
    client.update_alias(FunctionName=name, Name="live", FunctionVersion="2", RoutingConfig={"AdditionalVersionWeights": {}})
    assert {tuple(invoke(name, Qualifier="live")[0]) for _ in range(10)} == {("2", 2)}
    assert [a["Name"] for a in client.list_aliases(FunctionName=name)["Aliases"]] == ["live"]
    with pytest.raises(client.exceptions.ResourceConflictException):
        client.delete_function(FunctionName=name, Qualifier="2")
    client.delete_alias(FunctionName=name, Name="live")
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.get_alias(FunctionName=name, Name="live")


def test_permissions(aws, deploy):
    client = aws("lambda")
    name = deploy("def handler(event, context):\n    return 1\n")
    statement = json.loads(client.add_permission(
        FunctionName=name, StatementId="s3", Action="lambda:InvokeFunction", Principal="s3.amazonaws.com",
        SourceArn="arn:aws:s3:::bucket", SourceAccount="000000000000")["Statement"])
    assert statement["Principal"] == {"Service": "s3.amazonaws.com"}
    assert statement["Condition"] == {
        "ArnLike": {"AWS:SourceArn": "arn:aws:s3:::bucket"}, "StringEquals": {"AWS:SourceAccount": "000000000000"}}
    policy = client.get_policy(FunctionName=name)
    assert [s["Sid"] for s in json.loads(policy["Policy"])["Statement"]] == ["s3"]
    with pytest.raises(client.exceptions.ResourceConflictException):
        client.add_permission(FunctionName=name, StatementId="s3", Action="lambda:InvokeFunction", Principal="s3.amazonaws.com")
    client.remove_permission(FunctionName=name, StatementId="s3", RevisionId=policy["RevisionId"])
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.get_policy(FunctionName=name)


def test_everything_survives_a_restart(fresh_server, tmp_path, python_runtime):
    from conftest import role_for
    own = fresh_server()
    client = own.client("lambda")
    role = role_for(own.client("iam"))
    client.create_function(FunctionName="kept", Runtime=python_runtime, Handler="lambda_function.lambda_handler", Role=role,
                           Code={"ZipFile": zipped({"lambda_function.py": SAMPLE})})
    client.get_waiter("function_active_v2").wait(FunctionName="kept")
    client.publish_version(FunctionName="kept")
    before = client.get_function_configuration(FunctionName="kept")
    own.kill()
    own.start()
    client = own.client("lambda")
    after = client.get_function_configuration(FunctionName="kept")
    for response in (before, after):
        response.pop("ResponseMetadata")
    assert after == before
    answer = client.invoke(FunctionName="kept", Qualifier="1", Payload=b'{"name":"x"}')
    assert json.loads(answer["Payload"].read())["body"] == '"Hello, x!"'
