"""The Python worker: runs inside the sandbox, loads a handler and serves invocations over descriptor 3.

The protocol is described in runtimes/PROTOCOL.md. Standard library only, Python 3.8 and later. Everything that
belongs to a function arrives with INIT, so that workers can be started before they are needed.
"""

import decimal
import importlib
import json
import logging
import math
import os
import re
import socket
import struct
import sys
import time
import traceback

INIT, INVOKE, SHUTDOWN = 1, 2, 3
READY, INIT_OK, INIT_ERROR, RESPONSE, ERROR = 65, 66, 67, 68, 69

CONTROL_FD = 3
RECORD_START = "\x1e"
RECORD_LINE_FEED = "\x1f"
NO_BREAK_SPACE = "\u00a0"
JSON_TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


class Channel:
    """Frames over a connected socket."""

    def __init__(self, connected):
        self._socket = connected

    @classmethod
    def inherited(cls):
        connected = socket.socket(fileno=CONTROL_FD)
        connected.setblocking(True)
        # Neither programs that the function starts nor processes that it forks may speak in the worker's name.
        connected.set_inheritable(False)
        os.register_at_fork(after_in_child=connected.close)
        return cls(connected)

    def send(self, kind, header=None, payload=b""):
        head = b"" if header is None else json.dumps(header).encode("utf-8")
        fixed = struct.pack(">IBI", 5 + len(head) + len(payload), kind, len(head))
        self._socket.sendall(fixed + head + payload)

    def receive(self):
        """The next frame, or None when the server has gone."""
        fixed = self._read(9)
        if fixed is None:
            return None
        length, kind, head_length = struct.unpack(">IBI", fixed)
        head = self._read(head_length)
        payload = self._read(length - 5 - head_length)
        if head is None or payload is None:
            return None
        return kind, json.loads(head) if head else {}, payload

    def _read(self, size):
        buffer = bytearray(size)
        view = memoryview(buffer)
        while size:
            count = self._socket.recv_into(view, size)
            if count == 0:
                return None
            view = view[count:]
            size -= count
        return bytes(buffer)


class Fault(Exception):
    """A failure of the function that has a name of Lambda's own."""

    def __init__(self, kind, message, trace=None):
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.trace = trace or []


class Encoder(json.JSONEncoder):
    """JSON as Lambda writes it: decimals are numbers, byte strings are text, and since 3.12 text stays unescaped."""

    def __init__(self):
        super().__init__(ensure_ascii=sys.version_info < (3, 12), allow_nan=True)
        # A decimal passes through the encoder as a marked string, whose mark and quotes are removed at the end.
        self._mark = "decimal-" + os.urandom(12).hex() + ":"
        # Compiling takes longer than most invocations, and few answers have decimals.
        self._marked = None
        self._has_decimals = False

    def default(self, o):
        if isinstance(o, decimal.Decimal):
            if o.is_nan():
                return math.nan
            self._has_decimals = True
            return self._mark + str(o)
        if isinstance(o, bytes):
            return o.decode("utf-8")
        return super().default(o)

    def encode(self, o):
        self._has_decimals = False
        text = super().encode(o)
        if not self._has_decimals:
            return text
        if self._marked is None:
            self._marked = re.compile('"' + self._mark + '([^"]*)"')
        return self._marked.sub(r"\1", text)


def write_record(text):
    """Writes one log record to standard output; one with several lines is marked so that it stays one."""
    text = text.rstrip("\n")
    if "\n" in text:
        text = RECORD_START + text.replace("\n", RECORD_LINE_FEED)
    sys.stdout.write(text + "\n")


class CurrentRequest:
    """What log records are stamped with."""

    request_id = ""
    tenant_id = None


class RecordFilter(logging.Filter):
    def filter(self, record):
        record.aws_request_id = CurrentRequest.request_id
        record.tenant_id = CurrentRequest.tenant_id
        return True


class RecordHandler(logging.Handler):
    def emit(self, record):
        try:
            write_record(self.format(record))
        except Exception:
            self.handleError(record)


class JsonFormatter(logging.Formatter):
    _STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {
        "message", "asctime", "aws_request_id", "tenant_id", "taskName"}

    def __init__(self):
        super().__init__(datefmt=JSON_TIME_FORMAT)
        self._encoder = json.JSONEncoder(ensure_ascii=False, default=str)

    def format(self, record):
        is_object = isinstance(record.msg, dict) and not record.args
        # Levels of an application's own are told by the standard one below them.
        level = min(logging.CRITICAL, max(logging.NOTSET, record.levelno)) // 10 * 10
        line = {
            "timestamp": self.formatTime(record, self.datefmt),
            "level": logging.getLevelName(level),
            "message": record.msg if is_object else record.getMessage(),
            "logger": record.name,
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["stackTrace"] = traceback.format_tb(record.exc_info[2])
            line["errorType"] = record.exc_info[0].__name__
            line["errorMessage"] = str(record.exc_info[1])
        line["requestId"] = record.aws_request_id
        if "errorType" in line:
            line["location"] = "{}:{}:{}".format(record.pathname, record.funcName, record.lineno)
        if record.tenant_id is not None:
            line["tenantId"] = record.tenant_id
        for key, value in vars(record).items():
            if key not in self._STANDARD and key not in line and value is not None:
                line[key] = value
        return self._encoder.encode(line)


def set_up_logging(as_json, level):
    logging.Formatter.converter = time.gmtime
    handler = RecordHandler()
    if as_json:
        handler.setFormatter(JsonFormatter())
    else:
        text_format = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n"
        handler.setFormatter(logging.Formatter(text_format, "%Y-%m-%dT%H:%M:%S"))
    handler.addFilter(RecordFilter())
    root = logging.getLogger()
    root.addHandler(handler)
    level = {"TRACE": "DEBUG", "FATAL": "CRITICAL", "WARN": "WARNING"}.get(level, level)
    if level in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"):
        root.setLevel(level)


def log_error(document, as_json):
    """The log record of an error that the function did not handle."""
    if as_json:
        stamp = time.strftime(JSON_TIME_FORMAT, time.gmtime())
        write_record(json.dumps({"timestamp": stamp, "level": "ERROR", **document}, ensure_ascii=False))
        return
    headline = "[ERROR]"
    if document["errorType"]:
        headline += " " + document["errorType"]
    if document["errorMessage"]:
        headline += (": " if document["errorType"] else " ") + document["errorMessage"]
    lines = [headline, "Traceback (most recent call last):"]
    for entry in document["stackTrace"]:
        for line in entry.splitlines() or [""]:
            text = line.lstrip(" ")
            lines.append(NO_BREAK_SPACE * (len(line) - len(text)) + text)
    write_record("\n".join(lines))


def error_document(error, request_id=""):
    if isinstance(error, Fault):
        kind, message, trace = error.kind, error.message, error.trace
    else:
        frames = [(f.filename, f.lineno, f.name, f.line) for f in traceback.extract_tb(error.__traceback__)]
        # The worker's own frames at the top say nothing about the function.
        while len(frames) > 1 and frames[0][0] == __file__:
            frames.pop(0)
        kind, message, trace = type(error).__name__, str(error), traceback.format_list(frames)
    return {"errorMessage": message, "errorType": kind, "requestId": request_id, "stackTrace": trace}


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


class Fields:
    """An object with fixed attributes, read from a dictionary; missing ones are None."""

    __slots__ = ()

    def __init__(self, values):
        for field in self.__slots__:
            setattr(self, field, values.get(field))

    def __repr__(self):
        fields = ",".join("{}={}".format(field, getattr(self, field)) for field in self.__slots__)
        return "{}([{}])".format(type(self).__name__, fields)


class CognitoIdentity(Fields):
    __slots__ = ("cognito_identity_id", "cognito_identity_pool_id")


class Client(Fields):
    __slots__ = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")


class ClientContext(Fields):
    __slots__ = ("custom", "env", "client")

    def __init__(self, values):
        super().__init__(values)
        if self.client is not None:
            self.client = Client(self.client)


class LambdaContext:
    """The handler's second argument."""

    def __init__(self, header):
        self.aws_request_id = header["requestId"]
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = header["invokedFunctionArn"]
        self.tenant_id = header.get("tenantId")
        client_context = _parse(header.get("clientContext"), "Client Context")
        self.client_context = None if client_context is None else ClientContext(client_context)
        identity = _parse(header.get("identity"), "Cognito Identity") or {}
        self.identity = CognitoIdentity(
            {
                "cognito_identity_id": identity.get("cognitoIdentityId"),
                "cognito_identity_pool_id": identity.get("cognitoIdentityPoolId"),
            }
        )
        self._epoch_deadline_time_in_ms = header["deadlineMs"]

    def get_remaining_time_in_millis(self):
        return max(0, self._epoch_deadline_time_in_ms - int(time.time() * 1000))

    def log(self, msg):
        write_record(str(msg))

    def __repr__(self):
        names = (
            "aws_request_id log_group_name log_stream_name function_name memory_limit_in_mb function_version "
            "invoked_function_arn client_context identity tenant_id"
        ).split()
        return "LambdaContext([{}])".format(",".join("{}={}".format(n, getattr(self, n)) for n in names))


def _parse(text, name):
    if not text:
        return None
    try:
        return json.loads(text)
    except Exception as error:
        message = "Unable to parse {} JSON: {}".format(name, error)
        raise Fault("Runtime.LambdaContextUnmarshalError", message) from error


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
    sys.path[:] = brought + rest
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
    as_json = header["logFormat"].upper() == "JSON"
    try:
        become(header)
        set_up_logging(as_json, header.get("logLevel"))
        handler = load_handler(header["handler"])
    except Exception as error:
        document = error_document(error)
        log_error(document, as_json)
        flush()
        channel.send(INIT_ERROR, None, encoder.encode(document).encode("utf-8"))
        sys.exit(1)
    flush()
    channel.send(INIT_OK)

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
