"""What is compiled when code is deployed: used by cold starts, seen by nobody, and never in the way of what a package brings."""
import base64
import json
import urllib.error
import urllib.request

import botocore.auth
import botocore.awsrequest
import botocore.credentials
import pytest


PADDING = "def unused():\n    return [" + ", ".join(map(str, range(200))) + "]\n"


def test_python_uses_bytecode_made_at_deployment(deploy, invoke):
    files = {f"pkg/m{number}.py": PADDING * 5 for number in range(30)}
    files["pkg/__init__.py"] = ""
    files["pkg/broken.py"] = "this is no Python"
    files["pkg/fail.py"] = "\n\ndef fail():\n    raise ValueError('no')\n"
    files["app.py"] = """
        import importlib, os, traceback
        import pkg.m0, pkg.fail
        def handler(event, context):
            try:
                pkg.fail.fail()
            except ValueError as error:
                frame = traceback.extract_tb(error.__traceback__)[-1]
            flags = open(pkg.m0.__cached__, 'rb').read(8)[4:] if os.path.exists(pkg.m0.__cached__) else None
            try:
                importlib.import_module('pkg.broken')
                broken = None
            except SyntaxError as error:
                broken = error.filename
            return {'cached': pkg.m0.__cached__, 'flags': flags and list(flags), 'where': [frame.filename, frame.lineno, frame.line],
                    'broken': broken}
    """
    answer, _ = invoke(deploy(files))
    assert "cached" in answer, answer
    assert answer["cached"].startswith("/var/task/pkg/__pycache__/m0.cpython-")
    # Taken for its source's hash, which is not looked at.
    assert answer["flags"] == [1, 0, 0, 0]
    assert answer["where"] == ["/var/task/pkg/fail.py", 4, "raise ValueError('no')"]
    assert answer["broken"] == "/var/task/pkg/broken.py"


def test_a_packages_own_bytecode_is_used(deploy, invoke, python_runtime):
    """Whatever the package brings wins, as without Freehold's compiler."""
    tag = "cpython-" + python_runtime.removeprefix("python").replace(".", "")
    compiler = deploy("""
        import base64, importlib._bootstrap_external as bootstrap
        def handler(event, context):
            code = compile("VALUE = 'own'", 'own.py', 'exec')
            return base64.b64encode(bootstrap._code_to_hash_pyc(code, b'12345678', False)).decode()
    """)
    pyc = base64.b64decode(invoke(compiler)[0])
    files = {f"pkg/m{number}.py": PADDING * 5 for number in range(30)}
    files.update({"pkg/own.py": "VALUE = 'source'", f"pkg/__pycache__/own.{tag}.pyc": pyc})
    files["app.py"] = "import pkg.own, pkg.m0\ndef handler(event, context): return pkg.own.VALUE"
    assert invoke(deploy(files))[0] == "own"


def bundle(handler):
    unused = "".join(f"exports.f{number} = (a) => {{ return a.map((x) => x * {number}); }};\n" for number in range(2000))
    return unused + handler


def test_node_uses_code_caches_made_at_deployment(deploy, invoke, node_runtime):
    first = "exports.where = new Error('here').stack.split('\\n')[1]; "
    files = {
        "index.js": first + bundle("""
            const other = require('./lib/other');
            exports.handler = async (event) => ({
                caches: require('fs').existsSync('/var/lang/v8/index.js.v8'), where: exports.where, other,
                name: [__filename, __dirname, module.id, module.children.length, require.main === process.mainModule],
                resolved: require.resolve('./lib/other'), cached: Object.keys(require.cache).filter((f) => f.startsWith('/var/task')),
                imported: await require('./lib/dynamic').late(), line: exports.f3([2]),
            });
        """),
        "lib/other.js": "module.exports = require('path').basename(module.filename);",
        "lib/dynamic.js": bundle("exports.late = async () => (await import('../late.mjs')).default;"),
        "late.mjs": "export default 'late';",
    }
    with_cache, _ = invoke(deploy(files, handler="index.handler", runtime=node_runtime))
    assert with_cache.get("caches"), with_cache
    # Of such a file no cache is made.
    files["index.js"] = "#!/usr/bin/env node\n" + files["index.js"]
    without, _ = invoke(deploy(files, handler="index.handler", runtime=node_runtime))
    assert not without.pop("caches") and with_cache.pop("caches")
    without["where"] = without["where"].replace(":2:", ":1:")
    assert with_cache == without
    assert with_cache["where"].endswith("(/var/task/index.js:1:17)")
    assert with_cache["imported"] == "late" and with_cache["line"] == [6]


def test_pools_are_shown_to_those_who_may_see_them(server, deploy, invoke):
    invoke(deploy("def handler(event, context): return 1"))
    url = f"{server.endpoint}/_freehold/pools"
    request = botocore.awsrequest.AWSRequest(method="GET", url=url)
    key = botocore.credentials.Credentials(server.access["access_key_id"], server.access["secret_access_key"])
    botocore.auth.SigV4Auth(key, "freehold", server.access["region"]).add_auth(request)
    with urllib.request.urlopen(urllib.request.Request(url, headers=dict(request.headers))) as response:
        pools = json.load(response)["pools"]
    workers = [pool for pool in pools if pool["content"] == "worker" and pool["runtime"].startswith("python")]
    assert workers and workers[0]["hits"] + workers[0]["misses"] >= 1
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(url)
    assert refused.value.code == 403
    with urllib.request.urlopen(f"{server.endpoint}/metrics") as response:
        assert b'freehold_pool_ready{runtime="python' in response.read()
