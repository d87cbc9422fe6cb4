"""Freehold's own command line."""
import json
import subprocess

from conftest import SAMPLE, binary, eventually


def test_deploy_invoke_logs_cost(server, tmp_path):
    source = tmp_path / "greeter"
    source.mkdir()
    (source / "lambda_function.py").write_text(SAMPLE)
    made = server.freehold("deploy", str(source), "--url", "--memory", "256")
    assert "is active" in made.stdout and ".lambda-url." in made.stdout
    again = json.loads(server.freehold("--json", "deploy", str(source), "--timeout", "5").stdout)
    assert again["State"] == "Active" and again["Timeout"] == 5
    answer = server.freehold("invoke", "greeter", "--payload", '{"name": "CLI"}', "--tail")
    assert json.loads(answer.stdout)["body"] == '"Hello, CLI!"' and "REPORT RequestId" in answer.stderr
    failed = server.freehold("invoke", "greeter", check=False)
    assert failed.returncode == 2 and "KeyError" in failed.stdout
    assert server.freehold("invoke", "nowhere", check=False).returncode == 1
    assert "accepted as" in server.freehold("invoke", "greeter", "--async", "--payload", '{"name": "x"}').stdout
    eventually(lambda: "REPORT RequestId" in server.freehold("logs", "greeter").stdout)
    assert "greeter" in server.freehold("cost").stdout


def test_logs_follow(server, deploy, invoke):
    name = deploy("def handler(event, context):\n    print('seen ' + event['id'])\n")
    following = subprocess.Popen([binary(), "logs", name, "--follow"], env=server.environment(), stdout=subprocess.PIPE, text=True)
    try:
        for id in ("a", "b"):
            invoke(name, {"id": id})
            for line in following.stdout:
                if f"seen {id}" in line:
                    break
            else:
                raise AssertionError("the log ended")
    finally:
        following.kill()
        following.wait()


def test_env_runtimes_doctor(server):
    exports = subprocess.run([binary(), "env", "--data-dir", server.data_dir], capture_output=True, text=True, check=True)
    assert f"export AWS_ENDPOINT_URL={server.endpoint}" in exports.stdout
    assert "python3" in server.freehold("runtimes").stdout
    checks = json.loads(server.freehold("doctor", "--json").stdout)
    assert checks and all({"name", "ok", "found"} <= set(check) for check in checks)
    modes = [check["name"] for check in checks if check["name"].startswith("mode ")]
    assert [name.split()[1] for name in modes] == ["namespaces", "rootless", "gvisor", "none"]


def test_a_second_server_is_refused(server):
    second = subprocess.run([binary(), "serve", "--data-dir", server.data_dir, "--listen", "127.0.0.1:0"],
                            capture_output=True, text=True, timeout=60)
    assert second.returncode != 0 and str(server.process.pid) in second.stderr


def test_settings_are_checked(tmp_path):
    bad = tmp_path / "freehold.toml"
    bad.write_text("listn = '127.0.0.1:1'\n")
    refused = subprocess.run([binary(), "serve", "--config", bad], capture_output=True, text=True, timeout=60)
    assert refused.returncode != 0 and "listn" in refused.stderr


def test_demo():
    told = subprocess.run([binary(), "demo", "--exit", "--listen", "127.0.0.1:0"], capture_output=True, text=True, timeout=120)
    assert told.returncode == 0, told.stderr
    assert '"Hello, Freehold!"' in told.stdout.replace("\\", "") and told.stdout.count("receipt ") == 3
    assert "cold" in told.stdout and "warm" in told.stdout


def test_the_warden_killed(fresh_server, python_runtime):
    """The privileged process dies: calls in flight fail honestly, and the next ones work."""
    import os
    import signal
    from conftest import role_for, zipped
    own = fresh_server()
    client = own.client("lambda")
    client.create_function(FunctionName="f", Runtime=python_runtime, Handler="app.handler", Role=role_for(own.client("iam")),
                           Code={"ZipFile": zipped({"app.py": "def handler(event, context):\n    return 1\n"})})
    client.get_waiter("function_active_v2").wait(FunctionName="f")
    assert json.loads(client.invoke(FunctionName="f")["Payload"].read()) == 1
    # Of the launcher, which the server left its rights to.
    launcher = subprocess.run(["ps", "-o", "pid=", "--ppid", str(own.process.pid)], capture_output=True, text=True).stdout
    children = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", launcher.strip()], capture_output=True, text=True).stdout
    wardens = [int(line.split()[0]) for line in children.splitlines() if "warden" in line]
    assert len(wardens) == 1, children
    os.kill(wardens[0], signal.SIGKILL)

    def works():
        try:
            response = client.invoke(FunctionName="f")
            return "FunctionError" not in response and json.loads(response["Payload"].read()) == 1
        except client.exceptions.ServiceException:
            return False

    eventually(works)
    assert own.process.poll() is None
