"""Container images made of nothing but Python's standard library: layers, an OCI layout, `docker save` archives, and
a root with this host's Python and AWS's runtime client for it."""
import gzip
import hashlib
import io
import json
import os
import pathlib
import platform
import subprocess
import sys
import sysconfig
import tarfile

ARCHITECTURE = {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()]

OCI = "application/vnd.oci.image"


def sha256(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


class Layer:
    """A tar under construction."""

    def __init__(self):
        self.buffer = io.BytesIO()
        self.tar = tarfile.open(fileobj=self.buffer, mode="w", format=tarfile.PAX_FORMAT)
        self.seen = set()

    def _add(self, name, data=b"", **attributes):
        info = tarfile.TarInfo(name)
        info.size = len(data)
        info.mode = 0o644
        info.mtime = 1_700_000_000
        for key, value in attributes.items():
            setattr(info, key, value)
        self.tar.addfile(info, io.BytesIO(data))
        self.seen.add(name)
        return self

    def file(self, name, data, mode=0o644):
        return self._add(name, data if isinstance(data, bytes) else data.encode(), mode=mode)

    def dir(self, name, mode=0o755):
        return self._add(name, type=tarfile.DIRTYPE, mode=mode)

    def symlink(self, name, target):
        return self._add(name, type=tarfile.SYMTYPE, linkname=target)

    def link(self, name, target):
        return self._add(name, type=tarfile.LNKTYPE, linkname=target)

    def copy(self, path, name):
        if name not in self.seen:
            path = pathlib.Path(path)
            self._add(name, path.read_bytes(), mode=path.stat().st_mode & 0o777 | 0o444)
        return self

    def bytes(self):
        self.tar.close()
        return self.buffer.getvalue()


class Image:
    """An image: layers as plain tars, and what its configuration says about the process."""

    def __init__(self, layers, architecture=ARCHITECTURE, compress=True, **process):
        self.plain = [layer.bytes() if isinstance(layer, Layer) else layer for layer in layers]
        self.stored = [gzip.compress(layer, 1, mtime=0) for layer in self.plain] if compress else self.plain
        kind = f"{OCI}.layer.v1.tar" + ("+gzip" if compress else "")
        self.config = json.dumps({
            "architecture": architecture, "os": "linux", "config": process,
            "rootfs": {"type": "layers", "diff_ids": [sha256(layer) for layer in self.plain]},
        }).encode()
        self.manifest = json.dumps({
            "schemaVersion": 2, "mediaType": f"{OCI}.manifest.v1+json",
            "config": self.descriptor(f"{OCI}.config.v1+json", self.config),
            "layers": [self.descriptor(kind, layer) for layer in self.stored],
        }).encode()
        self.architecture = architecture
        self.digest = sha256(self.manifest)

    @staticmethod
    def descriptor(kind, data, **more):
        return {"mediaType": kind, "digest": sha256(data), "size": len(data), **more}

    def own_descriptor(self, **more):
        return self.descriptor(f"{OCI}.manifest.v1+json", self.manifest,
                               platform={"os": "linux", "architecture": self.architecture}, **more)

    def blobs(self):
        return {sha256(data): data for data in [self.config, self.manifest, *self.stored]}

    def index(self, *others):
        return json.dumps({
            "schemaVersion": 2, "mediaType": f"{OCI}.index.v1+json",
            "manifests": [image.own_descriptor() for image in [*others, self]],
        }).encode()

    def layout(self, path):
        """Writes an OCI layout."""
        blobs = pathlib.Path(path) / "blobs/sha256"
        blobs.mkdir(parents=True)
        for digest, data in self.blobs().items():
            (blobs / digest.removeprefix("sha256:")).write_bytes(data)
        (blobs.parents[1] / "oci-layout").write_text('{"imageLayoutVersion":"1.0.0"}')
        (blobs.parents[1] / "index.json").write_bytes(self.index())
        return pathlib.Path(path)

    def docker_archive(self, path, name="x:latest"):
        """Writes what `docker save` wrote before version 25; its layers are not compressed."""
        archive = Layer()
        names = []
        for number, layer in enumerate(self.plain):
            names.append(f"{number}/layer.tar")
            archive.file(names[-1], layer)
        config = hashlib.sha256(self.config).hexdigest() + ".json"
        archive.file(config, self.config)
        archive.file("manifest.json", json.dumps([{"Config": config, "RepoTags": [name], "Layers": names}]))
        pathlib.Path(path).write_bytes(archive.bytes())
        return pathlib.Path(path)

    def oci_archive(self, path):
        """Writes what `docker save` writes since then: a layout in a tar."""
        archive = Layer()
        for digest, data in self.blobs().items():
            archive.file("blobs/sha256/" + digest.removeprefix("sha256:"), data)
        archive.file("oci-layout", '{"imageLayoutVersion":"1.0.0"}').file("index.json", self.index())
        pathlib.Path(path).write_bytes(archive.bytes())
        return pathlib.Path(path)


def libraries(binary):
    """The shared libraries that the loader finds for a binary, and the loader."""
    told = subprocess.run(["ldd", binary], capture_output=True, text=True).stdout
    for line in told.splitlines():
        path = next((word for word in line.split() if word.startswith("/")), None)
        if path:
            yield path


def python_layer():
    """This host's Python below /usr/local, with the libraries it needs, and AWS's `awslambdaric`."""
    layer = Layer()
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    interpreter = os.path.realpath(os.path.join(sys.base_prefix, "bin", version))
    if not os.path.exists(interpreter):
        interpreter = os.path.realpath(sys.executable)
    layer.copy(interpreter, f"usr/local/bin/{version}")
    layer.symlink("usr/local/bin/python3", version)
    binaries = [interpreter]
    standard = pathlib.Path(sysconfig.get_path("stdlib"))
    skipped = {"test", "tests", "idlelib", "tkinter", "ensurepip", "site-packages", "dist-packages", "__pycache__",
               "turtledemo", "lib2to3", "pydoc_data"}
    for path in sorted(standard.rglob("*")):
        inside = path.relative_to(standard)
        if skipped.isdisjoint(inside.parts) and not inside.parts[0].startswith("config-") and path.is_file():
            layer.copy(path, f"usr/local/lib/{version}/{inside}")
            if path.suffix == ".so":
                binaries.append(path)
    packages = pathlib.Path(sysconfig.get_path("platlib"))
    for pattern in ["awslambdaric/**/*", "runtime_client*.so", "simplejson/**/*", "snapshot_restore_py/**/*"]:
        for path in sorted(packages.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                layer.copy(path, f"usr/local/lib/{version}/site-packages/{path.relative_to(packages)}")
                if path.suffix == ".so":
                    binaries.append(path)
    for binary in binaries:
        for library in libraries(binary):
            layer.copy(os.path.realpath(library), library.lstrip("/"))
    if os.path.islink("/lib64"):
        layer.symlink("sbin/unused", "/usr/sbin")
    return layer


APP = '''
import json, os, pathlib, sys

def handler(event, context):
    if event.get("read"):
        try:
            return pathlib.Path(event["read"]).read_text()
        except OSError as problem:
            return type(problem).__name__
    if event.get("write"):
        try:
            pathlib.Path(event["write"]).write_text("x")
            return "written"
        except OSError as problem:
            return os.strerror(problem.errno)
    return {"event": event, "cwd": os.getcwd(), "argv": sys.argv, "flavour": os.environ.get("FLAVOUR"),
            "variables": {name: os.environ.get(name) for name in [
                "PATH", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_RUNTIME_API", "AWS_REGION", "STAGE", "_HANDLER"]},
            "uid": os.getuid(), "root": sorted(os.listdir("/")), "memory": context.memory_limit_in_mb}

def other(event, context):
    return "other"
'''


def python_image(app=APP, base=None, **process):
    """An image as a user would build it: Python and `awslambdaric` below, the function above."""
    own = Layer().dir("var/task").file("var/task/app.py", app).file("var/task/hidden.txt", "from below")
    own.file("srv/secret", "for root only", mode=0o600).file("srv/data", "for everybody").dir("srv/tmp", 0o1777)
    above = Layer().file("var/task/.wh.hidden.txt", "").symlink("var/task/link", "/srv/data").link("srv/hard", "srv/data")
    settings = {
        "Env": ["PATH=/usr/local/bin:/usr/bin", "LD_LIBRARY_PATH=/usr/local/lib", "FLAVOUR=image", "STAGE=image"],
        "Entrypoint": ["python3", "-m", "awslambdaric"], "Cmd": ["app.handler"], "WorkingDir": "/var/task",
        "User": "0", **process,
    }
    return Image([base or python_layer(), own, above], **settings)
