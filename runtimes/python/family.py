"""A worker whose state after init is kept, and copied into a sandbox for each environment: SnapStart.

It starts as any worker does. When the handler is loaded, hooks that are to run before the snapshot have run, and
nothing stands in the way (see freehold_runtime/state.py), it says INIT_OK and then makes copies of itself, on orders
that the warden gives on descriptor 4. This process runs a function's code: it has no privileges. The kernel lets it enter the sandboxes whose
orders it gets, because their user namespaces are children of its own.

A copy gives up what entering gave it before it says READY; the warden looks whether it has. Then it gets RESTORE with
what is its own: environment variables, credentials. It takes its files, runs the hooks that are to run after a restore,
and says INIT_OK; from there on it is a worker like others.
"""

import gc
import json
import os
import select
import socket
import sys

import worker
import zygote
from freehold_runtime import frames, state
from freehold_runtime.answers import Encoder, error_document
from freehold_runtime.logs import log_error

# A function may have modules of these names.
for name in ("worker", "zygote"):
    del sys.modules[name]

ORDERS_FD = 4
RESTORE = 4
OWNED = (0x20000000, 0x02000000, 0x00020000, 0x40000000, 0x08000000, 0x04000000)  # PID, cgroup, mount, net, IPC, UTS
NEWUSER = 0x10000000
# Tells the server that init went well, but that its state cannot be kept.
REFUSED = "Runtime.SnapshotRefused"


def hooks(which):
    library = sys.modules.get("snapshot_restore_py")
    return getattr(library, which)() if library is not None else []


def run_before_snapshot():
    registered = hooks("get_before_snapshot")
    # From the last to the first; one may register others.
    while registered:
        function, arguments, named = registered.pop()
        function(*arguments, **named)


def run_after_restore():
    for function, arguments, named in hooks("get_after_restore"):
        function(*arguments, **named)


class Order:
    """Descriptors: the member's namespaces (user; PID, cgroup, mount, network, IPC, UTS), the worker's end of its
    control socket, its output, and then the control groups' files into which it writes itself."""

    def __init__(self, header, descriptors):
        self.id = header["id"]
        self.descriptors = descriptors
        self.user, *rest = descriptors
        self.namespaces, rest = rest[:6], rest[6:]
        self.control, self.output, *self.groups = rest

    def close(self):
        for fd in self.descriptors:
            os.close(fd)


def enter(lock, order):
    """In a child that only makes the copy: the PID namespace counts for children, everything else is inherited."""
    # First, so that every page from here on is charged to the member. "0" means the writer.
    for group in order.groups:
        os.write(group, b"0")
    # Gives the capabilities, over this namespace and what it owns, that the others need.
    lock.enter(order.user, NEWUSER)
    for namespace, kind in zip(order.namespaces, OWNED):
        lock.enter(namespace, kind)
    os.chdir("/")


def lock_in(lock, order, kept):
    """In the copy: nothing stays of what the way here needed."""
    os.setsid()
    null = os.open("/dev/null", os.O_RDWR)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(order.output, 1)
    os.dup2(order.output, 2)
    os.dup2(order.control, frames.CONTROL_FD, inheritable=False)
    for fd in order.descriptors:
        os.close(fd)
    for each in kept:
        each.close()
    lock.give_up_everything()


def copy(lock, order, orders, kept):
    """In the child of the family: makes the copy, tells the warden, and ends. Returns in the copy only."""
    try:
        enter(lock, order)
        pid = os.fork()
    except BaseException as error:
        zygote.tell(orders, NotForked={"id": order.id, "why": "{}: {}".format(type(error).__name__, error)})
        os._exit(1)
    if pid:
        try:
            handle = os.pidfd_open(pid)
            message = json.dumps({"Forked": {"id": order.id}}).encode("utf-8")
            socket.send_fds(orders, [message], [handle])
        finally:
            os._exit(0)
    try:
        lock_in(lock, order, [orders, *kept])
    except BaseException as error:
        os.write(2, "{}: {}".format(type(error).__name__, error).encode("utf-8", "replace"))
        os._exit(1)


def serve(lock, orders, channel):
    """Makes copies until the server or the warden goes; returns in copies only."""
    poll = select.poll()
    poll.register(orders, select.POLLIN)
    poll.register(frames.CONTROL_FD, select.POLLIN)
    while True:
        ready = {fd for fd, _ in poll.poll()}
        if frames.CONTROL_FD in ready:
            # Nothing is said there any more: it has been closed.
            os._exit(0)
        received = zygote.receive(orders)
        if received is None:
            os._exit(0)
        order = Order(json.loads(received[0]), received[1])
        try:
            child = os.fork()
        except OSError as error:
            zygote.tell(orders, NotForked={"id": order.id, "why": str(error)})
            order.close()
            continue
        if child == 0:
            copy(lock, order, orders, [])
            return
        order.close()
        os.waitpid(child, 0)


def renew(header, former):
    """The variables that a copy has of its own, which are not as they were at init. Others stay as init left them."""
    for name, value in header["environment"].items():
        if former.get(name) != value:
            os.environ[name] = value


def fail(channel, encoder, error, kind, as_json):
    document = error_document(error)
    document["errorType"] = kind or document["errorType"]
    if kind != REFUSED:
        log_error(document, as_json)
    worker.flush()
    channel.send(frames.INIT_ERROR, None, encoder.encode(document).encode("utf-8"))
    sys.exit(1)


def become_copy(left, header, encoder, as_json):
    channel = frames.Channel.inherited()
    channel.send(frames.READY)
    frame = channel.receive()
    if frame is None or frame[0] != RESTORE:
        os._exit(0)
    state.renew_randomness()
    kind = None
    try:
        left.give_to_copy()
        renew(frame[1], header["environment"])
        kind = "Runtime.AfterRestoreError"
        run_after_restore()
    except Exception as error:
        fail(channel, encoder, error, kind, as_json)
    worker.flush()
    channel.send(frames.INIT_OK)
    return channel


def main():
    orders = socket.socket(fileno=ORDERS_FD)
    orders.set_inheritable(False)
    channel = frames.Channel.inherited()
    worker.set_up_streams()
    encoder = Encoder()
    filter_program = zygote.receive(orders)
    if filter_program is None:
        return
    lock = zygote.Lock(filter_program[0])
    channel.send(frames.READY)
    frame = channel.receive()
    if frame is None or frame[0] != frames.INIT:
        return
    header = frame[1]
    as_json = header["logFormat"].upper() == "JSON"
    handler = worker.initialise(channel, encoder, header)
    try:
        run_before_snapshot()
    except Exception as error:
        fail(channel, encoder, error, "Runtime.BeforeSnapshotError", as_json)
    try:
        left = state.Left()
    except state.Obstacle as obstacle:
        fail(channel, encoder, obstacle, REFUSED, as_json)
    # Copies share what exists now, until they write to it: the collector would.
    gc.collect()
    gc.freeze()
    worker.flush()
    channel.send(frames.INIT_OK)
    serve(lock, orders, channel)
    worker.invocations(become_copy(left, header, encoder, as_json), encoder, handler, as_json)


if __name__ == "__main__":
    main()
