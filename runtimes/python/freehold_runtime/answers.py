"""Answers and error documents as Lambda writes them."""

import decimal
import json
import math
import os
import re
import sys
import traceback

# Where the worker's own files are.
OWN = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


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


def error_document(error, request_id=""):
    if isinstance(error, Fault):
        kind, message, trace = error.kind, error.message, error.trace
    else:
        frames = [(f.filename, f.lineno, f.name, f.line) for f in traceback.extract_tb(error.__traceback__)]
        # The worker's own frames at the top say nothing about the function.
        while len(frames) > 1 and frames[0][0].startswith(OWN):
            frames.pop(0)
        kind, message, trace = type(error).__name__, str(error), traceback.format_list(frames)
    return {"errorMessage": message, "errorType": kind, "requestId": request_id, "stackTrace": trace}
