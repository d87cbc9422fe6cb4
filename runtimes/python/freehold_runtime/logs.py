"""Log records in Lambda's two formats; how they are marked in the output is described in runtimes/PROTOCOL.md."""

import json
import logging
import sys
import time
import traceback

RECORD_START = "\x1e"
RECORD_LINE_FEED = "\x1f"
NO_BREAK_SPACE = "\u00a0"
JSON_TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


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
