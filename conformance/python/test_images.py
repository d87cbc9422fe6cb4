"""Functions that are container images: from layouts, archives and registries, through boto3, with awslambdaric."""
import base64
import json
import os
import shutil
import subprocess

import botocore.exceptions
import pytest

import images
import registry
from conftest import binary, eventually, role_for


@pytest.fixture(scope="module")
def base():
    """Made once: the largest layer."""
    return images.python_layer().bytes()


@pytest.fixture(scope="module")
def image(base):
    return images.python_image(base=base)


def imported(server, path, name):
    command = [binary(), "image", "import", path, "--name", name, "--data-dir", server.data_dir, "--json"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def create(server, aws, role, request):
    """create(uri, …) → name, of an active function; deleted after the test."""
    made = []

    def make(uri, wait=True, client=None, role_arn=None, **settings):
        client = client or aws("lambda")
        name = f"image-{request.node.name[:40]}-{len(made)}".replace("[", "-").replace("]", "").replace(".", "-")
        settings.setdefault("Timeout", 20)
        settings.setdefault("MemorySize", 256)
        answer = client.create_function(
            FunctionName=name, PackageType="Image", Code={"ImageUri": uri}, Role=role_arn or role, **settings)
        made.append((client, name))
        make.answer = answer
        if wait:
            client.get_waiter("function_active_v2").wait(FunctionName=name)
        return name

    yield make
    for client, name in made:
        client.delete_function(FunctionName=name)


def test_an_imported_layout_runs(server, aws, create, invoke, image, tmp_path):
    told = imported(server, image.layout(tmp_path / "layout"), "shop/app:v1")
    assert told == {"imageUri": "localhost/shop/app:v1", "digest": image.digest}
    name = create(told["imageUri"], Environment={"Variables": {"STAGE": "function"}})
    plain = image.digest.removeprefix("sha256:")
    made = create.answer
    assert made["State"] == "Pending" and made["PackageType"] == "Image" and made["CodeSha256"] == plain
    assert made["CodeSize"] == 0 and "Runtime" not in made and "Handler" not in made
    assert "ImageConfigResponse" not in made

    answer, response = invoke(name, {"a": 1}, LogType="Tail")
    assert response["StatusCode"] == 200 and "FunctionError" not in response, answer
    assert answer["event"] == {"a": 1} and answer["cwd"] == "/var/task" and answer["memory"] == "256"
    assert answer["flavour"] == "image" and answer["uid"] != 0
    variables = answer["variables"]
    assert variables["PATH"] == "/usr/local/bin:/usr/bin" and variables["STAGE"] == "function"
    assert variables["AWS_LAMBDA_FUNCTION_NAME"] == name and variables["AWS_REGION"] == "us-east-1"
    assert {"srv", "usr", "proc", "dev", "tmp"} <= set(answer["root"]) and "home" not in answer["root"]
    tail = base64.b64decode(response["LogResult"]).decode()
    assert "START RequestId" in tail and "Init Duration" in tail

    found = aws("lambda").get_function(FunctionName=name)
    assert found["Code"] == {"RepositoryType": "ECR", "ImageUri": "localhost/shop/app:v1",
                             "ResolvedImageUri": f"localhost/shop/app@{image.digest}"}
    assert found["Configuration"]["State"] == "Active"


def test_files_are_as_the_image_has_them(server, create, invoke, image, tmp_path):
    imported(server, image.oci_archive(tmp_path / "image.tar"), "files:v1")
    name = create("localhost/files:v1")
    for path, expected in [
        ("/srv/data", "for everybody"), ("/srv/hard", "for everybody"), ("/var/task/link", "for everybody"),
        ("/srv/secret", "PermissionError"), ("/var/task/hidden.txt", "FileNotFoundError"),
        ("/etc/shadow", "FileNotFoundError"), ("/etc/hostname", "sandbox\n"),
    ]:
        assert invoke(name, {"read": path})[0] == expected, path
    assert "sbx_user1051" in invoke(name, {"read": "/etc/passwd"})[0]
    for path, expected in [
        ("/tmp/x", "written"), ("/var/task/x", "Read-only file system"), ("/srv/tmp/x", "Read-only file system"),
        ("/dev/shm/x", "written"), ("/etc/hosts", "Read-only file system"),
    ]:
        assert invoke(name, {"write": path})[0] == expected, path


def test_versions_keep_their_image(server, aws, create, invoke, image, base, tmp_path):
    client = aws("lambda")
    imported(server, image.docker_archive(tmp_path / "old.tar"), "moving:v1")
    name = create("localhost/moving:v1")
    assert invoke(name)[0]["flavour"] == "image"
    first = client.publish_version(FunctionName=name)
    assert first["Version"] == "1"
    # The tag moves: nothing changes until the function is told.
    newer = images.python_image(base=base, Env=["PATH=/usr/local/bin", "FLAVOUR=newer"])
    imported(server, newer.layout(tmp_path / "newer"), "moving:v1")
    assert invoke(name)[0]["flavour"] == "image"
    dry = client.update_function_code(FunctionName=name, ImageUri="localhost/moving:v1", DryRun=True)
    assert dry["CodeSha256"] == newer.digest.removeprefix("sha256:")
    client.update_function_code(FunctionName=name, ImageUri="localhost/moving:v1")
    client.get_waiter("function_updated_v2").wait(FunctionName=name)
    assert invoke(name)[0]["flavour"] == "newer"
    assert invoke(f"{name}:1")[0]["flavour"] == "image"
    kept = server.data_dir / "images"
    assert {path.name for path in kept.iterdir()} >= {first["CodeSha256"], dry["CodeSha256"]}


def test_image_config(server, aws, create, invoke, image, tmp_path):
    client = aws("lambda")
    imported(server, image.layout(tmp_path / "layout"), "config:v1")
    name = create("localhost/config:v1", ImageConfig={"Command": ["app.other"]})
    assert create.answer["ImageConfigResponse"] == {"ImageConfig": {"Command": ["app.other"]}}
    assert invoke(name)[0] == "other"
    client.update_function_configuration(FunctionName=name, ImageConfig={
        "EntryPoint": ["/usr/local/bin/python3", "-B", "-m", "awslambdaric"], "Command": ["task.app.handler"],
        "WorkingDirectory": "/var"})
    client.get_waiter("function_updated_v2").wait(FunctionName=name)
    assert invoke(name)[0]["cwd"] == "/var"
    for config, kind, text in [
        ({"EntryPoint": ["/no/such"]}, "Runtime.InvalidEntrypoint", "fork/exec /no/such: no such file or directory"),
        ({"EntryPoint": ["nowhere"]}, "Runtime.InvalidEntrypoint", "executable file not found in $PATH"),
        ({"EntryPoint": ["/srv/data"]}, "Runtime.InvalidEntrypoint", "permission denied"),
        ({"WorkingDirectory": "/none"}, "Runtime.InvalidWorkingDir", "/none"),
        ({"EntryPoint": ["/var/task/broken"]}, "Runtime.InvalidEntrypoint", "no such file or directory"),
    ]:
        client.update_function_configuration(FunctionName=name, ImageConfig=config)
        client.get_waiter("function_updated_v2").wait(FunctionName=name)
        answer, response = invoke(name)
        assert response["FunctionError"] == "Unhandled" and answer["errorType"] == kind, (config, answer)
        assert text in answer["errorMessage"]


def test_what_is_no_program(server, create, invoke, tmp_path):
    files = images.Layer().file("run", b"\x7fELFnonsense", mode=0o755)
    imported(server, images.Image([files], Entrypoint=["/run"]).layout(tmp_path / "a"), "broken:v1")
    answer, _ = invoke(create("localhost/broken:v1"))
    assert answer["errorType"] == "Runtime.InvalidEntrypoint" and "exec format error" in answer["errorMessage"]
    imported(server, images.Image([images.Layer().file("a", "b")]).layout(tmp_path / "b"), "empty:v1")
    answer, _ = invoke(create("localhost/empty:v1"))
    assert answer["errorType"] == "Runtime.InvalidEntrypoint"


@pytest.mark.parametrize("settings, expected", [
    ({"Runtime": "python3.12", "Handler": "a.b"}, "Please don't provide Handler or Runtime or Layer when the intended"),
    ({"Code": {}}, "Please provide a source for function code."),
    ({"Code": {"ZipFile": b"x"}}, "Please provide a source|other FunctionCode parameters"),
    ({"Code": {"ImageUri": "localhost/none:v1"}}, "Source image localhost/none:v1 does not exist. Provide a valid"),
    ({"Code": {"ImageUri": "localhost/../x:v1"}}, "is not valid. Provide a valid source image."),
    ({"Code": {"ImageUri": "/etc/passwd"}}, "is not valid. Provide a valid source image."),
    ({"PackageType": "Zip", "Runtime": "provided.al2023", "Handler": "x"}, "Please don't provide ImageUri"),
    ({"PackageType": "Zip", "Code": {"ZipFile": b"x"}, "Runtime": "provided.al2023", "Handler": "x",
      "ImageConfig": {"Command": ["x"]}}, "Please don't provide ImageConfig"),
])
def test_refusals(aws, role, settings, expected):
    request = {"FunctionName": "refused", "PackageType": "Image", "Code": {"ImageUri": "localhost/x:v1"}, "Role": role}
    with pytest.raises(botocore.exceptions.ClientError, match=expected) as refused:
        aws("lambda").create_function(**{**request, **settings})
    assert refused.value.response["Error"]["Code"] == "InvalidParameterValueException"


def test_packages_do_not_change_their_kind(server, aws, create, deploy, image, tmp_path):
    from conftest import zipped
    imported(server, image.layout(tmp_path / "layout"), "kind:v1")
    as_image, as_zip = create("localhost/kind:v1"), deploy("def handler(e, c): pass")
    with pytest.raises(botocore.exceptions.ClientError, match="Please provide ImageUri when updating"):
        aws("lambda").update_function_code(FunctionName=as_image, ZipFile=zipped({"a": "b"}))
    with pytest.raises(botocore.exceptions.ClientError, match="Please don't provide ImageUri when updating"):
        aws("lambda").update_function_code(FunctionName=as_zip, ImageUri="localhost/kind:v1")
    with pytest.raises(botocore.exceptions.ClientError, match="Please don't provide Handler or Runtime"):
        aws("lambda").update_function_configuration(FunctionName=as_image, Handler="a.b")


def test_a_plain_registry_on_loopback(server, aws, create, invoke, base, image):
    foreign = images.Image([b"\0" * 1024], architecture="riscv64")
    index = image.index(foreign)
    double = registry.Registry({"team/app:v1": (index, [foreign, image])})
    try:
        name = create(f"{double.host}/team/app:v1")
        assert invoke(name)[0]["flavour"] == "image"
        # The image for this host's processor, by its own digest.
        assert create.answer["CodeSha256"] == image.digest.removeprefix("sha256:")
        with pytest.raises(botocore.exceptions.ClientError, match="does not exist. Provide a valid source image"):
            create(f"{double.host}/team/app:v2")
        asked = len([path for path in double.asked if path.startswith("/storage")])
        create(f"{double.host}/team/app@{image.digest}")
        again = [path for path in double.asked if path.startswith("/storage")]
        assert not any(json.loads(image.manifest)["layers"][0]["digest"] in path for path in again[asked:])
    finally:
        double.close()


def test_a_damaged_layer_is_refused(server, aws, create, base):
    client = aws("lambda")
    own = images.python_image(base=base, Env=["DAMAGED=1"])
    small = images.Image([images.Layer().file("only", "here")], Entrypoint=["/only"])
    layer = images.sha256(small.stored[0])
    double = registry.Registry({"bad:v1": small, "good:v1": own}, damage=layer)
    try:
        name = create(f"{double.host}/bad:v1", wait=False)
        state = eventually(lambda: next((c for c in [client.get_function_configuration(FunctionName=name)]
                                         if c["State"] != "Pending"), None))
        assert (state["State"], state["StateReasonCode"]) == ("Failed", "InvalidImage")
        assert layer in state["StateReason"]
        assert not any(path.name.startswith(".new-") for path in (server.data_dir / "images").iterdir())
    finally:
        double.close()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the test's certificates")
def test_tls_and_tokens(fresh_server, create, image, tmp_path):
    authority, certificate, key = registry.make_certificate(tmp_path)
    double = registry.Registry({"team/app:v1": image}, bearer=True, certificate=(certificate, key))
    credentials = tmp_path / "config.json"
    auth = base64.b64encode(f"{registry.USER}:{registry.PASSWORD}".encode()).decode()
    try:
        stranger = fresh_server()
        client = stranger.client("lambda")
        with pytest.raises(botocore.exceptions.ClientError, match="ServiceException"):
            create(f"{double.host}/team/app:v1", client=client, role_arn=role_for(stranger.client("iam")))
        stranger.stop()
        credentials.write_text("{}")
        trusting = fresh_server("--registry-authorities", authority, "--registry-credentials", credentials)
        client, role_arn = trusting.client("lambda"), role_for(trusting.client("iam"))
        with pytest.raises(botocore.exceptions.ClientError, match="does not have permission to access the ECR image"):
            create(f"{double.host}/team/app:v1", client=client, role_arn=role_arn)
        # Read at every pull.
        credentials.write_text(json.dumps({"auths": {double.host: {"auth": auth}}}))
        name = create(f"{double.host}/team/app:v1", client=client, role_arn=role_arn)
        answer = json.loads(client.invoke(FunctionName=name)["Payload"].read())
        assert answer["flavour"] == "image"
        # What is there survives a restart, and the registry is not asked again.
        asked = len(double.asked)
        trusting.kill()
        trusting.start()
        client = trusting.client("lambda")
        assert json.loads(client.invoke(FunctionName=name)["Payload"].read())["flavour"] == "image"
        assert len(double.asked) == asked
        images_dir = trusting.data_dir / "images"
        assert len(list(images_dir.iterdir())) == 1
        client.delete_function(FunctionName=name)
        trusting.stop()
        trusting.start()
        # The next start removes what no version uses any more.
        assert list(images_dir.iterdir()) == []
        trusting.client("lambda").create_function(
            FunctionName=name, PackageType="Image", Code={"ImageUri": f"{double.host}/team/app:v1"}, Role=role_arn)
    finally:
        double.close()


@pytest.mark.skipif(shutil.which("mmdebstrap") is None, reason="mmdebstrap makes the Debian root")
@pytest.mark.skipif("FREEHOLD_TEST_DEBIAN" not in os.environ, reason="FREEHOLD_TEST_DEBIAN=SUITE asks for a Debian root")
def test_a_debian_root(server, create, invoke, tmp_path):
    """A whole distribution, as `FROM debian` would give it, with its own Python and a pure-Python runtime client."""
    root = os.environ.get("FREEHOLD_TEST_DEBIAN_TAR")
    if not root:
        root = tmp_path / "root.tar"
        suite = os.environ["FREEHOLD_TEST_DEBIAN"]
        subprocess.run(["mmdebstrap", "--variant=minbase", "--include=python3", suite, root], check=True)
    client = """
import json, os, urllib.request
api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
while True:
    with urllib.request.urlopen(api + "next") as told:
        request, event = told.headers["Lambda-Runtime-Aws-Request-Id"], json.load(told)
    answer = {"release": open("/etc/os-release").read(), "event": event, "uid": os.getuid()}
    urllib.request.urlopen(api + request + "/response", json.dumps(answer).encode())
"""
    own = images.Layer().dir("var/task").file("var/task/client.py", client)
    with open(root, "rb") as tar:
        image = images.Image([tar.read(), own], Entrypoint=["/usr/bin/python3", "client.py"], WorkingDir="/var/task")
    imported(server, image.oci_archive(tmp_path / "debian.tar"), "debian:v1")
    answer, _ = invoke(create("localhost/debian:v1"), {"a": 1})
    assert "ID=debian" in answer["release"] and answer["event"] == {"a": 1} and answer["uid"] != 0
