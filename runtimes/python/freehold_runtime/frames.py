"""The frames of runtimes/PROTOCOL.md over the inherited socket."""

import json
import os
import socket
import struct

INIT, INVOKE, SHUTDOWN = 1, 2, 3
READY, INIT_OK, INIT_ERROR, RESPONSE, ERROR = 65, 66, 67, 68, 69

CONTROL_FD = 3


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
