"""The Python worker: runs inside the sandbox, loads a handler and serves invocations over descriptor 3.

The protocol is described in runtimes/PROTOCOL.md. Standard library only, Python 3.8 and later. Everything that
belongs to a function arrives with INIT, so that workers can be started before they are needed.
"""

import importlib
import json
import os
import sys
import time

from freehold_runtime.answers import Encoder, Fault, error_document
from freehold_runtime.context import LambdaContext
from freehold_runtime.frames import (
    ERROR,
    INIT,
    INIT_ERROR,
    INIT_OK,
    INVOKE,
    READY,
    RESPONSE,
    Channel,
)
from freehold_runtime.logs import CurrentRequest, log_error, set_up_logging


def load_handler(name):
    module_name, dot, function_name = name.rpartition(".")
    if not dot:
        reason = "not enough values to unpack (expected 2, got 1)"
        raise Fault("Runtime.MalformedHandlerName", "Bad handler '{}': {}".format(name, reason))
    if module_name.split(".")[0] in sys.builtin_module_names:
        message = "Cannot use built-in module {} as a handler module".format(module_name)
        raise Fault("Runtime.BuiltInModuleConflict", message)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        message = "Unable to import module '{}': {}".format(module_name, error)
        raise Fault("Runtime.ImportModuleError", message) from error
    except SyntaxError as error:
        message = "Syntax error in module '{}': {}".format(module_name, error)
        trace = ['  File "%s" Line %s\n    %s' % (error.filename, error.lineno, error.text)]
        raise Fault("Runtime.UserCodeSyntaxError", message, trace) from error
    try:
        return getattr(module, function_name)
    except AttributeError:
        message = "Handler '{}' missing on module '{}'".format(function_name, module_name)
        raise Fault("Runtime.HandlerNotFound", message) from None


# Modules that were loaded on the chance that a function needs them (see zygote.py), by the name of their package. A
# function's own module of such a name must win, as it does where nothing was loaded.
preloaded = set()


def unload_shadowed(paths):
    """Forgets preloaded modules of which the function brings its own."""
    for path in paths:
        try:
            names = {name.partition(".")[0] for name in os.listdir(path)}
        except OSError:
            continue
        for package in names & preloaded:
            for name in [n for n in sys.modules if n == package or n.startswith(package + ".")]:
                del sys.modules[name]
            preloaded.discard(package)


def become(header):
    """Turns the generic worker into this function's: environment, paths, working directory."""
    if not header.get("keepEnvironment"):
        os.environ.clear()
        os.environ.update(header["environment"])
    time.tzset()
    root = header["taskRoot"]
    version = "python{}.{}".format(*sys.version_info[:2])
    # sys.path[0] is this file's directory, where a function must not find modules.
    own = os.path.dirname(os.path.abspath(__file__))
    rest = [path for path in sys.path if path and os.path.abspath(path) != own]
    brought = [root, "/opt/python/lib/" + version + "/site-packages", "/opt/python"]
    # The hooks' library is part of the runtime; a function's own of the same name comes first.
    sys.path[:] = brought + rest + [os.path.join(own, "hooks")]
    if preloaded:
        unload_shadowed(brought)
    sys.argv[:] = [header["handler"]]
    # Not importlib.invalidate_caches(), which imports importlib.metadata: 15 ms that most functions never need.
    sys.path_importer_cache.clear()
    os.chdir(root)


def serve(handler, encoder, header, payload):
    """Runs the handler; returns (answer bytes, content type)."""
    context = LambdaContext(header)
    try:
        event = json.loads(payload)
    except Exception as error:
        raise Fault("Runtime.UnmarshalError", "Unable to unmarshal input: {}".format(error)) from error
    answer = handler(event, context)
    if isinstance(answer, bytes):
        return answer, "application/unknown"
    try:
        return encoder.encode(answer).encode("utf-8"), "application/json"
    except Exception as error:
        raise Fault("Runtime.MarshalError", "Unable to marshal response: {}".format(error)) from error


def flush():
    """Before an answer, everything that was written must have reached the pipe."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            # The function may have closed or replaced its streams; its answer matters more.
            pass


def set_up_streams():
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def work(channel, encoder):
    """A worker's life after READY: one INIT, then one invocation after the other."""
    frame = channel.receive()
    if frame is None or frame[0] != INIT:
        return
    header = frame[1]
    handler = initialise(channel, encoder, header)
    flush()
    channel.send(INIT_OK)
    invocations(channel, encoder, handler, header["logFormat"].upper() == "JSON")


def initialise(channel, encoder, header):
    """The handler; ends the process when it cannot be loaded."""
    as_json = header["logFormat"].upper() == "JSON"
    try:
        become(header)
        set_up_logging(as_json, header.get("logLevel"))
        return load_handler(header["handler"])
    except Exception as error:
        document = error_document(error)
        log_error(document, as_json)
        flush()
        channel.send(INIT_ERROR, None, encoder.encode(document).encode("utf-8"))
        sys.exit(1)


def invocations(channel, encoder, handler, as_json):
    while True:
        frame = channel.receive()
        if frame is None or frame[0] != INVOKE:
            return
        _, header, payload = frame
        CurrentRequest.request_id = header["requestId"]
        CurrentRequest.tenant_id = header.get("tenantId")
        if header.get("traceId"):
            os.environ["_X_AMZN_TRACE_ID"] = header["traceId"]
        else:
            os.environ.pop("_X_AMZN_TRACE_ID", None)
        reply = {"requestId": header["requestId"]}
        try:
            answer, reply["contentType"] = serve(handler, encoder, header, payload)
            kind = RESPONSE
        except Exception as error:
            document = error_document(error, header["requestId"])
            log_error(document, as_json)
            answer, kind = encoder.encode(document).encode("utf-8", "backslashreplace"), ERROR
        flush()
        channel.send(kind, reply, answer)


def main():
    channel = Channel.inherited()
    set_up_streams()
    encoder = Encoder()
    channel.send(READY)
    work(channel, encoder)


if __name__ == "__main__":
    main()
