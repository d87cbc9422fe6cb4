"""Layers, from publishing to `/opt`, and how a function is held to a release of its runtime."""
import json
import os
import shutil
import subprocess
import sys
import urllib.request

import botocore.exceptions
import pytest

from conftest import zipped


@pytest.fixture
def publish(aws):
    """publish(name, {files}, …) → the answer; all versions are deleted after the test."""
    made = []

    def call(name, files, **settings):
        content = {"ZipFile": files if isinstance(files, bytes) else zipped(files)}
        answer = aws("lambda").publish_layer_version(LayerName=name, Content=content, **settings)
        made.append((name, answer["Version"]))
        return answer

    yield call
    for name, version in made:
        aws("lambda").delete_layer_version(LayerName=name, VersionNumber=version)


def refused(call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**arguments)
    error = caught.value.response["Error"]
    return f"{error['Code']}: {error['Message']}"


def test_a_layers_life(aws, publish):
    client = aws("lambda")
    first = publish("life", {"a": "1"}, Description="one", CompatibleRuntimes=["python3.12"], LicenseInfo="MIT",
                    CompatibleArchitectures=["x86_64"])
    arn = "arn:aws:lambda:us-east-1:000000000000:layer:life"
    assert first["LayerArn"] == arn and first["LayerVersionArn"] == arn + ":1" and first["Version"] == 1
    assert first["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert first["Content"]["CodeSize"] > 0 and first["CreatedDate"].endswith("+0000")
    second = publish("life", {"a": "2"}, CompatibleRuntimes=["nodejs20.x"])
    assert second["Version"] == 2

    got = client.get_layer_version(LayerName="life", VersionNumber=1)
    same = {key: value for key, value in first.items() if key not in ("ResponseMetadata", "Content")}
    assert {key: got[key] for key in same} == same
    by_arn = client.get_layer_version_by_arn(Arn=arn + ":1")
    assert by_arn["Content"]["CodeSha256"] == first["Content"]["CodeSha256"]
    with urllib.request.urlopen(by_arn["Content"]["Location"]) as download:
        assert download.read() == zipped({"a": "1"})

    versions = client.list_layer_versions(LayerName=arn)["LayerVersions"]
    assert [version["Version"] for version in versions] == [2, 1]
    assert [v["Version"] for v in client.list_layer_versions(LayerName="life", MaxItems=1)["LayerVersions"]] == [2]
    pages = client.get_paginator("list_layer_versions").paginate(LayerName="life", PaginationConfig={"PageSize": 1})
    assert [version["Version"] for page in pages for version in page["LayerVersions"]] == [2, 1]
    fitting = client.list_layer_versions(LayerName="life", CompatibleRuntime="python3.12")["LayerVersions"]
    assert [version["Version"] for version in fitting] == [1]
    layer, = [found for found in client.list_layers()["Layers"] if found["LayerName"] == "life"]
    assert layer["LatestMatchingVersion"]["Version"] == 2 and layer["LayerArn"] == arn
    layer, = client.list_layers(CompatibleRuntime="python3.12")["Layers"]
    assert layer["LatestMatchingVersion"]["Version"] == 1
    assert client.list_layers(CompatibleRuntime="ruby3.3")["Layers"] == []
    assert client.list_layer_versions(LayerName="none")["LayerVersions"] == []

    client.delete_layer_version(LayerName="life", VersionNumber=2)
    client.delete_layer_version(LayerName="life", VersionNumber=2)
    assert refused(client.get_layer_version, LayerName="life", VersionNumber=2) == (
        "ResourceNotFoundException: The resource you requested does not exist.")
    # Numbers are never given again.
    assert publish("life", {"a": "3"})["Version"] == 3


def test_a_layers_policy(aws, publish):
    client = aws("lambda")
    arn = publish("shared", {"a": "1"})["LayerVersionArn"]
    where = dict(LayerName="shared", VersionNumber=1)
    none = "ResourceNotFoundException: No policy is associated with the given resource."
    assert refused(client.get_layer_version_policy, **where) == none
    give = dict(where, Action="lambda:GetLayerVersion")
    added = client.add_layer_version_permission(**give, StatementId="one", Principal="123456789012")
    statement = json.loads(added["Statement"])
    assert statement == {"Sid": "one", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
                         "Action": "lambda:GetLayerVersion", "Resource": arn}
    added = client.add_layer_version_permission(**give, StatementId="org", Principal="*", OrganizationId="o-abcdefghij",
                                                RevisionId=added["RevisionId"])
    found = client.get_layer_version_policy(**where)
    assert [s["Sid"] for s in json.loads(found["Policy"])["Statement"]] == ["one", "org"]
    assert found["RevisionId"] == added["RevisionId"]
    assert refused(client.add_layer_version_permission, **give, StatementId="one", Principal="*") == (
        "ResourceConflictException: The statement id (one) provided already exists. Please provide a new statement id, or "
        "remove the existing statement.")
    assert refused(client.add_layer_version_permission, **give, StatementId="x", Principal="*", RevisionId="old").startswith(
        "PreconditionFailedException: The Revision Id provided does not match the latest Revision Id.")
    assert refused(client.add_layer_version_permission, **dict(give, VersionNumber=9), StatementId="x", Principal="*") == (
        f"ResourceNotFoundException: Layer version {arn[:-1]}9 does not exist.")
    client.remove_layer_version_permission(**where, StatementId="one")
    assert refused(client.remove_layer_version_permission, **where, StatementId="one") == (
        "ResourceNotFoundException: Statement one is not found in resource policy.")
    client.remove_layer_version_permission(**where, StatementId="org")
    assert refused(client.get_layer_version_policy, **where) == none


def test_bad_layers(aws, publish, deploy):
    client = aws("lambda")
    for zipfile, message in [(b"", "Uploaded file must be a non-empty zip"),
                             (b"no zip", "Could not unzip uploaded file. Please check your file, then try to upload again.")]:
        assert refused(client.publish_layer_version, LayerName="bad", Content={"ZipFile": zipfile}) == (
            f"InvalidParameterValueException: {message}")
    assert "S3Bucket" in refused(client.publish_layer_version, LayerName="bad", Content={"S3Bucket": "bucket", "S3Key": "k"})
    assert refused(client.get_layer_version, LayerName="bad", VersionNumber=0) == (
        "InvalidParameterValueException: Layer Version Cannot be less than 1.")
    assert "ValidationException" in refused(client.publish_layer_version, LayerName="a b", Content={"ZipFile": b"x"})

    name = deploy("def handler(event, context):\n    return 1\n")
    arns = [publish(f"many-{number}", {"a": str(number)})["LayerVersionArn"] for number in range(6)]
    other = publish("many-0", {"a": "again"})["LayerVersionArn"]
    update = client.update_function_configuration
    assert refused(update, FunctionName=name, Layers=arns) == (
        "InvalidParameterValueException: Cannot reference more than 5 layers.")
    assert refused(update, FunctionName=name, Layers=[arns[0], other]) == (
        "InvalidParameterValueException: Two different versions of the same layer are not allowed to be referenced in the "
        f"same function. {arns[0]} and {other} are versions of the same layer.")
    missing = arns[0].rsplit(":", 1)[0] + ":77"
    assert refused(update, FunctionName=name, Layers=[missing]) == (
        f"InvalidParameterValueException: Layer version {missing} does not exist.")
    elsewhere = arns[0].replace("us-east-1", "eu-west-1")
    assert refused(update, FunctionName=name, Layers=[elsewhere]) == (
        "InvalidParameterValueException: Layers are not in the same region as the function. Layers are expected to be in "
        "region us-east-1.")
    assert "Layers" not in client.get_function_configuration(FunctionName=name)


def test_code_and_layers_together_are_limited(aws, publish, deploy):
    big = zipped({"zeros": b"\0" * (140 << 20)})
    first, second = (publish(name, big)["LayerVersionArn"] for name in ("big-a", "big-b"))
    name = deploy("def handler(event, context):\n    return 1\n", Layers=[first])
    message = refused(aws("lambda").update_function_configuration, FunctionName=name, Layers=[first, second])
    assert message.startswith("InvalidParameterValueException: Function code combined with layers exceeds the maximum allowed "
                              "size of 262144000 bytes. The actual size is 2936")


def test_layers_are_merged_in_order(aws, publish, deploy, invoke):
    low = publish("low", {"python/shared.py": "WHO = 'low'\n", "python/only_low.py": "X = 1\n", "bin/tool": "#!/bin/sh\necho tool\n"})
    high = publish("high", {"python/shared.py": "WHO = 'high'\n", "data.txt": "hello"})
    name = deploy("""
        import os, shared, only_low, subprocess
        def handler(event, context):
            return [shared.WHO, only_low.X, open('/opt/data.txt').read(), subprocess.check_output(['tool'], text=True),
                    os.access('/opt/data.txt', os.W_OK)]
    """, Layers=[low["LayerVersionArn"], high["LayerVersionArn"]])
    shown = aws("lambda").get_function_configuration(FunctionName=name)["Layers"]
    assert shown == [{"Arn": layer["LayerVersionArn"], "CodeSize": layer["Content"]["CodeSize"]} for layer in (low, high)]
    assert invoke(name)[0] == ["high", 1, "hello", "tool\n", False]

    version = aws("lambda").publish_version(FunctionName=name)["Version"]
    aws("lambda").update_function_configuration(FunctionName=name, Layers=[high["LayerVersionArn"], low["LayerVersionArn"]])
    aws("lambda").get_waiter("function_updated_v2").wait(FunctionName=name)
    assert invoke(name)[0][0] == "low"
    assert invoke(name, Qualifier=version)[0][0] == "high"
    # Deleting a layer takes nothing from those who have it.
    aws("lambda").delete_layer_version(LayerName="low", VersionNumber=low["Version"])
    aws("lambda").update_function_configuration(FunctionName=name, Description="a new environment")
    aws("lambda").get_waiter("function_updated_v2").wait(FunctionName=name)
    assert invoke(name)[0][:2] == ["low", 1]
    aws("lambda").update_function_configuration(FunctionName=name, Layers=[])
    aws("lambda").get_waiter("function_updated_v2").wait(FunctionName=name)
    assert invoke(name)[0]["errorType"] == "Runtime.ImportModuleError"


def test_layers_survive_a_crash(fresh_server):
    from conftest import role_for
    server = fresh_server()
    client = server.client("lambda")
    role = role_for(server.client("iam"))
    arns = [client.publish_layer_version(LayerName=name, Content={"ZipFile": zipped({f"python/{name}.py": "X = 1\n"})})
            ["LayerVersionArn"] for name in ("one", "two")]
    runtime = max((r["name"] for r in json.loads(server.freehold("runtimes", "--json").stdout) if r["name"].startswith("python")),
                  key=lambda name: int(name.split(".")[1]))
    client.create_function(FunctionName="f", Runtime=runtime, Handler="app.handler", Role=role, Layers=arns,
                           Code={"ZipFile": zipped({"app.py": "import one, two\ndef handler(e, c):\n    return one.X + two.X\n"})})
    client.get_waiter("function_active_v2").wait(FunctionName="f")
    for _ in range(2):
        assert json.loads(client.invoke(FunctionName="f")["Payload"].read()) == 2
        server.kill()
        server.start()
        client = server.client("lambda")


def test_a_package_as_a_layer(deploy, publish, invoke, python_runtime, tmp_path):
    """As the documentation says it: pip install --target python, zip, publish."""
    version = python_runtime.removeprefix("python")
    target = tmp_path / "python/lib" / python_runtime / "site-packages"
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check", "--no-warn-conflicts",
                    "--target", target, "--python-version", version, "--only-binary=:all:", "six==1.17.0"], check=True)
    files = {str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    layer = publish("six", files, CompatibleRuntimes=[python_runtime])
    name = deploy("import six\ndef handler(event, context):\n    return [six.PY3, six.__file__.startswith('/opt/')]\n",
                  Layers=[layer["LayerVersionArn"]])
    assert invoke(name)[0] == [True, True]


def test_a_node_package_as_a_layer(deploy, publish, invoke, node_runtime):
    layer = publish("node-layer", {"nodejs/node_modules/inlayer/index.js": "exports.x = 7;",
                                   "nodejs/node_modules/inlayer/package.json": '{"name": "inlayer", "version": "1.0.0"}'})
    name = deploy({"index.js": "const {x} = require('inlayer'); exports.handler = async () => x;"}, handler="index.handler",
                  runtime=node_runtime, Layers=[layer["LayerVersionArn"]])
    assert invoke(name)[0] == 7


def test_a_bootstrap_in_a_layer(deploy, publish, invoke):
    rust = os.environ.get("FREEHOLD_TEST_RUST_FUNCTION")
    if not rust or not shutil.which(rust):
        pytest.skip("the Rust function has not been built: run cargo xtask test")
    layer = publish("bootstrap-layer", {"bootstrap": open(rust, "rb").read()})
    name = deploy({"note.txt": "no code of its own"}, handler="any", runtime="provided.al2023", Layers=[layer["LayerVersionArn"]])
    answer, response = invoke(name, {"name": "layer"})
    assert "FunctionError" not in response, answer


def test_the_command_line_publishes(server, tmp_path):
    archive = tmp_path / "layer.zip"
    archive.write_bytes(zipped({"python/x.py": "X = 1\n"}))
    done = json.loads(server.cli("lambda", "publish-layer-version", "--layer-name", "cli", "--zip-file", f"fileb://{archive}").stdout)
    assert done["Version"] == 1
    server.cli("lambda", "delete-layer-version", "--layer-name", "cli", "--version-number", "1")
    assert json.loads(server.cli("lambda", "list-layer-versions", "--layer-name", "cli").stdout)["LayerVersions"] == []


def test_whoever_uses_a_layer_must_be_allowed_to(server, aws, publish, deploy):
    arn = publish("guarded", {"a": "1"})["LayerVersionArn"]
    name = deploy("def handler(event, context):\n    return 1\n")
    iam = aws("iam")
    iam.create_user(UserName="layer-user")
    key = iam.create_access_key(UserName="layer-user")["AccessKey"]
    document = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "lambda:UpdateFunctionConfiguration", "Resource": "*"}]}
    iam.put_user_policy(UserName="layer-user", PolicyName="p", PolicyDocument=json.dumps(document))
    client = server.client("lambda", aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"])
    try:
        message = refused(client.update_function_configuration, FunctionName=name, Layers=[arn])
        assert message.startswith("AccessDeniedException") and "lambda:GetLayerVersion on resource: " + arn in message
        document["Statement"].append({"Effect": "Allow", "Action": "lambda:GetLayerVersion", "Resource": arn})
        iam.put_user_policy(UserName="layer-user", PolicyName="p", PolicyDocument=json.dumps(document))
        assert client.update_function_configuration(FunctionName=name, Layers=[arn])["Layers"][0]["Arn"] == arn
    finally:
        iam.delete_access_key(UserName="layer-user", AccessKeyId=key["AccessKeyId"])
        iam.delete_user_policy(UserName="layer-user", PolicyName="p")
        iam.delete_user(UserName="layer-user")


def test_runtime_management(aws, deploy, invoke):
    client = aws("lambda")
    name = deploy("def handler(event, context):\n    return 1\n")
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{name}"
    got = client.get_runtime_management_config(FunctionName=name)
    assert got["UpdateRuntimeOn"] == "Auto" and got["FunctionArn"] == arn + ":$LATEST" and "RuntimeVersionArn" not in got
    assert client.put_runtime_management_config(FunctionName=name, UpdateRuntimeOn="FunctionUpdate")["UpdateRuntimeOn"] == "FunctionUpdate"
    assert client.get_runtime_management_config(FunctionName=name)["UpdateRuntimeOn"] == "FunctionUpdate"
    wrong = "arn:aws:lambda:us-east-1::runtime:" + "0" * 64
    assert "is not on this host" in refused(
        client.put_runtime_management_config, FunctionName=name, UpdateRuntimeOn="Manual", RuntimeVersionArn=wrong)
    assert "InvalidParameterValueException" in refused(client.put_runtime_management_config, FunctionName=name, UpdateRuntimeOn="Manual")
    assert client.get_runtime_management_config(FunctionName=name)["UpdateRuntimeOn"] == "FunctionUpdate"
    assert invoke(name)[0] == 1
