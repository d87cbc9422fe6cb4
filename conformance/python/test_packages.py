"""Popular packages with native parts, packaged as their users package them (`pip install --target`, `npm install`, zip),
imported and used inside functions."""
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from conftest import ROOT

# Package (pinned), and the body of a handler that uses its native part.
PYTHON = {
    "numpy==2.4.6": ("import numpy\nuse = lambda: float((numpy.arange(10000.).reshape(100, 100) @ numpy.eye(100)).sum())", 49995000.0),
    "pandas==3.1.1": ("import pandas\nuse = lambda: int(pandas.DataFrame({'a': [1, 2, 3]}).groupby('a').size().sum())", 3),
    "scipy==1.17.1": ("import scipy.linalg\nuse = lambda: round(float(scipy.linalg.det([[1., 2.], [3., 4.]])), 6)", -2.0),
    "pillow==13.0.0": ("from PIL import Image\ndef use():\n    Image.new('RGB', (8, 8)).save('/tmp/x.png')\n"
                       "    return Image.open('/tmp/x.png').size[0]", 8),
    "cryptography==50.0.2": ("from cryptography.fernet import Fernet\ndef use():\n    f = Fernet(Fernet.generate_key())\n"
                             "    return f.decrypt(f.encrypt(b'x')).decode()", "x"),
    "lxml==6.1.3": ("from lxml import etree\nuse = lambda: etree.fromstring('<a><b>x</b></a>').xpath('//b/text()')[0]", "x"),
    "pydantic==2.14.3": ("import pydantic\nclass M(pydantic.BaseModel):\n    x: int\nuse = lambda: M(x='5').x", 5),
    "orjson==3.13.0": ("import orjson\nuse = lambda: orjson.loads(orjson.dumps({'x': 1}))['x']", 1),
    "psycopg2-binary==2.9.13": ("import psycopg2, psycopg2.extensions\nuse = lambda: psycopg2.extensions.adapt('it').getquoted().decode()", "'it'"),
    "grpcio==1.85.1": ("import grpc\ndef use():\n    server = grpc.server(__import__('concurrent.futures', fromlist=['x'])."
                       "ThreadPoolExecutor(1))\n    port = server.add_insecure_port('127.0.0.1:0')\n    server.start()\n"
                       "    channel = grpc.insecure_channel(f'127.0.0.1:{port}')\n"
                       "    grpc.channel_ready_future(channel).result(10)\n    server.stop(0)\n    return port > 0", True),
    "bcrypt==5.0.0": ("import bcrypt\nuse = lambda: bcrypt.checkpw(b'x', bcrypt.hashpw(b'x', bcrypt.gensalt(4)))", True),
    "aiohttp==3.14.5": ("import aiohttp, asyncio\nfrom aiohttp import web\nasync def go():\n"
                        "    async def hello(request): return web.Response(text='hi')\n"
                        "    app = web.Application()\n    app.router.add_get('/', hello)\n    runner = web.AppRunner(app)\n"
                        "    await runner.setup()\n    site = web.TCPSite(runner, '127.0.0.1', 8099)\n    await site.start()\n"
                        "    async with aiohttp.ClientSession() as s:\n        async with s.get('http://127.0.0.1:8099/') as r:\n"
                        "            text = await r.text()\n    await runner.cleanup()\n    return text\nuse = lambda: asyncio.run(go())", "hi"),
    "shapely==2.2.0": ("import shapely\nuse = lambda: shapely.Point(0, 0).buffer(1).area > 3", True),
    "zstandard==0.25.0": ("import zstandard as z\nuse = lambda: z.decompress(z.compress(b'x' * 1000)).decode()[:1]", "x"),
    "msgpack==1.2.4": ("import msgpack\nuse = lambda: msgpack.unpackb(msgpack.packb([1, 2]))", [1, 2]),
}
NODE = {
    "sharp@0.35.5": ("async () => { const s = require('sharp'); const b = await s({create: {width: 8, height: 8, channels: 3, "
                     "background: 'red'}}).png().toBuffer(); return (await s(b).metadata()).width; }", 8),
    "bcrypt@6.0.0": ("async () => { const b = require('bcrypt'); return b.compare('x', await b.hash('x', 4)); }", True),
    "@node-rs/argon2@2.2.1": ("async () => { const a = require('@node-rs/argon2'); return a.verify(await a.hash('x'), 'x'); }", True),
    "esbuild@0.28.2": ("async () => (await require('esbuild').transform('let x: number = 1', {loader: 'ts'})).code.trim()", "let x = 1;"),
    "lightningcss@1.33.0": ("async () => require('lightningcss').transform({filename: 'a.css', minify: true, "
                            "code: Buffer.from('a { color: red }')}).code.toString()", "a{color:red}"),
    "@napi-rs/canvas@1.1.1": ("async () => { const c = require('@napi-rs/canvas').createCanvas(9, 9); "
                              "return (await c.encode('png')).length > 0; }", True),
    "snappy@7.4.3": ("async () => { const s = require('snappy'); return (await s.uncompress(await s.compress('hi'))).toString(); }", "hi"),
    "lmdb@3.5.6": ("async () => { const d = require('lmdb').open({path: '/tmp/l'}); await d.put('a', 1); const v = d.get('a'); "
                   "await d.close(); return v; }", 1),
    "classic-level@3.0.0": ("async () => { const {ClassicLevel} = require('classic-level'); const d = new ClassicLevel('/tmp/c'); "
                            "await d.put('a', 'b'); const v = await d.get('a'); await d.close(); return v; }", "b"),
    "bufferutil@4.1.0": ("async () => { const o = Buffer.alloc(2); require('bufferutil').mask(Buffer.from('ab'), "
                         "Buffer.from([1, 1, 1, 1]), o, 0, 2); return o.toString(); }", "`c"),
}


def installed(kind, package, install):
    """A directory with the package in it, made once per machine and version."""
    key = hashlib.sha256(f"{kind} {package}".encode()).hexdigest()[:16]
    home = ROOT / "target/conformance/packages" / key
    if not home.exists():
        draft = home.with_suffix(f".{os.getpid()}")
        draft.mkdir(parents=True)
        install(draft)
        draft.rename(home)
    return home


def packed(home, name, text):
    """The zip, made once: compressing takes longer than everything else here."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    path = home.with_name(f"{home.name}-{digest}.zip")
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}")
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for file in sorted(home.rglob("*")):
                parts = file.relative_to(home).parts
                if file.is_file() and "__pycache__" not in parts and "tests" not in parts:
                    archive.write(file, "/".join(parts))
            archive.writestr(name, text)
        draft.rename(path)
    return path.read_bytes()


def name_of(package):
    return "package-" + "".join(letter if letter.isalnum() else "-" for letter in package)


def run(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("package", PYTHON)
def test_python_package(deploy, invoke, python_runtime, package):
    use, expected = PYTHON[package]
    version = python_runtime.removeprefix("python")
    home = installed(python_runtime, package, lambda target: run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-warn-conflicts", "--disable-pip-version-check", "--target", target,
         "--python-version", version, "--only-binary=:all:", package]))
    text = f"{use}\ndef handler(event, context):\n    return use()\n"
    name = deploy(packed(home, "app.py", text), name=name_of(package), MemorySize=1024, Timeout=60)
    answer, response = invoke(name)
    assert "FunctionError" not in response, answer
    assert answer == expected


@pytest.mark.parametrize("package", NODE)
def test_node_package(deploy, invoke, node_runtime, package):
    use, expected = NODE[package]
    npm = shutil.which("npm")
    if not npm:
        pytest.skip("npm isn't installed on this host")
    home = installed(node_runtime, package, lambda target: run(
        [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", target, package]))
    name = deploy(packed(home, "index.js", f"exports.handler = {use};\n"), handler="index.handler", runtime=node_runtime,
                  name=name_of(package), MemorySize=1024, Timeout=60)
    answer, response = invoke(name)
    assert "FunctionError" not in response, answer
    assert answer == expected
