"""Compiles a package's Python files, as a function that Freehold itself runs in a sandbox of its own when code is deployed.

The files are only parsed, never run. The answer lists what belongs below the package: `pkg/__pycache__/m.cpython-313.pyc`
with content that Python takes without looking at the source again, which never changes in a deployed package.
"""

import base64
import importlib._bootstrap_external as bootstrap
import importlib.util
import os

# Where the package is here, and where it will be.
SOURCE = "/var/lang"
TARGET = "/var/task"


def handler(event, context):
    files = []
    budget = event["bytesMax"]
    for directory, subdirectories, names in os.walk(SOURCE):
        subdirectories.sort()
        for name in sorted(names):
            path = os.path.join(directory, name)
            # What a link leads to is compiled where it is.
            if not name.endswith(".py") or os.path.islink(path):
                continue
            relative = os.path.relpath(path, SOURCE)
            compiled = importlib.util.cache_from_source(relative)
            # A package's own stays as it is.
            if os.path.lexists(os.path.join(SOURCE, compiled)):
                continue
            data = compile_file(path, os.path.join(TARGET, relative))
            if data is None:
                continue
            budget -= len(data)
            if budget < 0:
                return files
            files.append({"path": compiled, "data": base64.b64encode(data).decode("ascii")})
    return files


def compile_file(path, target):
    """The file's bytecode; None for what is no Python of this version, which fails when it is imported, or never is."""
    try:
        with open(path, "rb") as file:
            source = file.read()
        code = compile(source, target, "exec", dont_inherit=True)
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return bootstrap._code_to_hash_pyc(code, importlib.util.source_hash(source), False)
