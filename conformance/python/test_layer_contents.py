"""What people put into layers: packages from PyPI and npm, shared libraries, programs, jars; five at once."""
import json
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

from conftest import zipped
from test_layers import publish  # noqa: F401, a fixture


def tree(path):
    return {str(file.relative_to(path)): file.read_bytes() for file in pathlib.Path(path).rglob("*") if file.is_file()}


def compiled(tmp_path, source, output, *flags):
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not compiler:
        pytest.skip("no C compiler is installed on this host")
    (tmp_path / "source.c").write_text(source)
    subprocess.run([compiler, "-O1", *flags, "-o", tmp_path / output, tmp_path / "source.c"], check=True)
    return (tmp_path / output).read_bytes()


def test_requests_from_pypi(deploy, publish, invoke, python_runtime, tmp_path):
    """With all it needs, as the documentation says: pip install --target python."""
    target = tmp_path / "layer/python"
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-warn-conflicts", "--target",
                    target, "--python-version", python_runtime.removeprefix("python"), "--only-binary=:all:", "requests==2.32.5"], check=True)
    layer = publish("requests", tree(tmp_path / "layer"), CompatibleRuntimes=[python_runtime])
    name = deploy("""
        import http.server, threading
        import requests
        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *arguments): pass
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(201)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
        def handler(event, context):
            server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            answer = requests.post(f"http://127.0.0.1:{server.server_port}/", json=event, timeout=10)
            return [requests.__version__, requests.__file__, answer.status_code, answer.json()]
    """, Layers=[layer["LayerVersionArn"]], Timeout=20, MemorySize=256)
    answer, response = invoke(name, {"a": "ü"})
    assert "FunctionError" not in response, answer
    assert answer == ["2.32.5", "/opt/python/requests/__init__.py", 201, {"a": "ü"}]


def test_semver_from_npm(deploy, publish, invoke, node_runtime, tmp_path):
    npm = shutil.which("npm")
    if not npm:
        pytest.skip("npm isn't installed on this host")
    (tmp_path / "nodejs").mkdir()
    (tmp_path / "nodejs/package.json").write_text('{"private": true}')
    subprocess.run([npm, "install", "--silent", "--no-audit", "--no-fund", "semver@7.7.3"], cwd=tmp_path / "nodejs", check=True)
    layer = publish("semver", tree(tmp_path))
    code = "const semver = require('semver'); exports.handler = async (event) => " \
           "[semver.maxSatisfying(event, '^1.2'), require.resolve('semver')];"
    name = deploy({"index.js": code}, handler="index.handler", runtime=node_runtime, Layers=[layer["LayerVersionArn"]])
    assert invoke(name, ["1.1.9", "1.2.5", "1.10.0", "2.0.0"])[0] == ["1.10.0", "/opt/nodejs/node_modules/semver/index.js"]


@pytest.mark.parametrize("when", ["at once", "wrapped"])
def test_a_shared_library(deploy, publish, invoke, tmp_path, when):
    """Found by the loader in /opt/lib, by a process of the function's own as well."""
    library = compiled(tmp_path, "int answer(int n) { return n * 2; }\n", "libanswer.so", "-shared", "-fPIC")
    wrapper = {"wrapper": "#!/bin/sh\nexec \"$@\"\n"} if when == "wrapped" else {}
    layer = publish("library", {"lib/libanswer.so": library, **wrapper})
    name = deploy("""
        import ctypes, os, subprocess, sys
        def handler(event, context):
            child = subprocess.check_output([sys.executable, "-c", "import ctypes; print(ctypes.CDLL('libanswer.so').answer(4))"], text=True)
            return [ctypes.CDLL("libanswer.so").answer(event), int(child), os.environ["LD_LIBRARY_PATH"].split(":")]
    """, name=f"library-{when.replace(' ', '-')}", Layers=[layer["LayerVersionArn"]],
        Environment={"Variables": {"AWS_LAMBDA_EXEC_WRAPPER": "/opt/wrapper"} if wrapper else {}})
    answer, response = invoke(name, 21)
    assert "FunctionError" not in response, answer
    assert answer[:2] == [42, 8] and "/opt/lib" in answer[2]


def test_a_program_in_bin(deploy, publish, invoke, node_runtime, tmp_path):
    program = compiled(tmp_path, '#include <stdio.h>\nint main(int n, char **a) { printf("%s!", a[1]); return 3; }\n', "shout")
    layer = publish("program", {"bin/shout": program, "bin/whisper": "#!/bin/sh\necho $0\n"})
    python = deploy("""
        import subprocess
        def handler(event, context):
            done = subprocess.run(["shout", event], capture_output=True, text=True)
            return [done.stdout, done.returncode, subprocess.check_output(["whisper"], text=True)]
    """, name="program-python", Layers=[layer["LayerVersionArn"]])
    code = "const { spawnSync } = require('child_process'); exports.handler = async (event) => { const done = spawnSync('shout', [event]); " \
           "return [done.stdout.toString(), done.status, spawnSync('whisper').stdout.toString()]; };"
    node = deploy({"index.js": code}, name="program-node", handler="index.handler", runtime=node_runtime, Layers=[layer["LayerVersionArn"]])
    for name in (python, node):
        assert invoke(name, "hey")[0] == ["hey!", 3, "/opt/bin/whisper\n"]


def test_five_layers_in_order(aws, deploy, publish, invoke):
    """Each file comes from the last layer that has it; directories are merged."""
    layers = []
    for number in range(1, 6):
        # The file `from-n` is in layers 1 to n.
        files = {f"data/from-{n}": f"{number}" for n in range(number, 6)}
        files[f"only/{number}/deep/file"] = f"{number}"
        files["python/shared.py"] = f"WHO = {number}\n"
        if number == 2:
            # A file where others have a directory, below them.
            files["mixed"] = "a file"
        if number == 4:
            files["mixed/inside"] = "in a directory"
        layers.append(publish(f"merge-{number}", files)["LayerVersionArn"])
    name = deploy("""
        import os, pathlib, shared
        def handler(event, context):
            opt = pathlib.Path("/opt")
            return [shared.WHO, {path.name: path.read_text() for path in (opt / "data").iterdir()},
                    sorted(str(path.relative_to(opt)) for path in (opt / "only").rglob("file")), (opt / "mixed").is_dir()]
    """, Layers=layers)
    who, data, only, mixed = invoke(name)[0]
    assert who == 5 and data == {f"from-{n}": str(n) for n in range(1, 6)}
    assert only == [f"only/{n}/deep/file" for n in range(1, 6)] and mixed is True
    aws("lambda").update_function_configuration(FunctionName=name, Layers=layers[::-1])
    aws("lambda").get_waiter("function_updated_v2").wait(FunctionName=name)
    who, data, only, mixed = invoke(name)[0]
    assert who == 1 and data == {f"from-{n}": "1" for n in range(1, 6)} and mixed is False
    assert only == [f"only/{n}/deep/file" for n in range(1, 6)]
    with pytest.raises(aws("lambda").exceptions.InvalidParameterValueException) as caught:
        aws("lambda").update_function_configuration(FunctionName=name, Layers=[*layers, publish("sixth", {"x": ""})["LayerVersionArn"]])
    assert re.search(r"5 layers", str(caught.value)), caught.value


def test_a_jar_in_java_lib(server, deploy, publish, invoke, tmp_path):
    runtimes = [r["name"] for r in json.loads(server.freehold("runtimes", "--json").stdout) if r["name"].startswith("java")]
    javac, jar = shutil.which("javac"), shutil.which("jar")
    if not runtimes or not javac or not jar:
        pytest.skip("no Java runtime and compiler are installed on this host")
    sources, classes, own = tmp_path / "sources", tmp_path / "classes", tmp_path / "own"
    for place in (sources / "lib", sources / "app"):
        place.mkdir(parents=True)
    (sources / "lib/Shared.java").write_text('package lib; public class Shared { public static String who() { return "layer"; } }')
    (sources / "app/Handler.java").write_text(
        "package app; public class Handler { public String handle(String event) { return lib.Shared.who() + \" \" + event; } }")
    subprocess.run([javac, "--release", "11", "-d", classes, sources / "lib/Shared.java"], check=True)
    subprocess.run([jar, "cf", tmp_path / "shared.jar", "-C", classes, "."], check=True)
    subprocess.run([javac, "--release", "11", "-cp", classes, "-d", own, sources / "app/Handler.java"], check=True)
    layer = publish("jar", {"java/lib/shared.jar": (tmp_path / "shared.jar").read_bytes()})
    name = deploy(zipped(tree(own)), handler="app.Handler::handle", runtime=runtimes[-1], MemorySize=512, Timeout=30,
                  Layers=[layer["LayerVersionArn"]])
    answer, response = invoke(name, "you")
    assert "FunctionError" not in response, answer
    assert answer == "layer you"
