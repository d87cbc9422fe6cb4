"""The Python zygote: an interpreter that has booted and loaded the worker, and forks a copy of itself into a sandbox
for each worker that is asked for. A fork costs a tenth of an interpreter's start, and the copies share its memory.

The warden starts it in a root like a sandbox's, without network and without /proc, with the few capabilities that
entering a sandbox needs. It runs nothing but this directory and the standard library; it never sees a function's
code, environment or events, since those arrive in the copy when it is locked in.

Descriptor 3 is a message socket to the warden, descriptor 4 the PID namespace that both live in. The first message
is the sandbox's seccomp filter; each further one orders a fork (see `Order`). A copy gives up everything that the zygote
may do before it reads anything, and the warden examines it from outside before it hands it to anybody.

What copies have in common: address layout and string hash seed. So the warden replaces the zygote often, and a copy
draws everything else anew (`random` and OpenSSL do at a fork; nothing here asks `uuid` or `tempfile` for anything).
"""

import sys

import worker

# What a worker has loaded that was started by itself.
BASELINE = {name.partition(".")[0] for name in sys.modules}

import gc
import json
import logging
import marshal
import os
import select
import signal
import socket
import struct
import time
import traceback
from importlib.machinery import PathFinder

from freehold_runtime.frames import CONTROL_FD

WARDEN_FD = 3
OWN_PIDS_FD = 4
MESSAGE_BYTES_MAX = 160 * 1024
DESCRIPTORS_MAX = 32

# Namespaces in the order of an order's descriptors; the last is entered last, when nothing else needs privileges.
NEWPID, NEWUSER = 0x20000000, 0x10000000
ENTERED_AS_ROOT = (0x02000000, 0x00020000, 0x40000000, 0x08000000, 0x04000000)  # cgroup, mount, network, IPC, UTS

PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP = 4, 22, 24
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, CAP_AMBIENT_CLEAR_ALL = 38, 47, 4
SECCOMP_MODE_FILTER = 2
CAPABILITY_VERSION_3 = 0x20080522
CAPABILITIES_MAX = 64

# Loaded on the chance that a function imports them: pages that all copies share, instead of milliseconds and private
# memory in each. None of them opens a file, starts a thread or draws randomness when it is imported.
PRELOAD = (
    "base64 collections concurrent.futures contextlib copy csv ctypes dataclasses datetime decimal enum functools "
    "gzip hashlib heapq hmac html http.client io itertools operator pathlib pickle queue random secrets shutil ssl "
    "statistics string subprocess tempfile textwrap threading typing unicodedata urllib.error urllib.parse "
    "urllib.request uuid zipfile zlib"
).split()

# Rehearsals in the zygote: as many as the interpreter needs to specialise the code, whose memory is shared then.
REHEARSALS = 12
REHEARSAL_ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "rehearsal")
REHEARSAL_MODULE = "freehold_rehearsal"


class Lock:
    """The system calls that the standard library lacks, with everything prepared that they need."""

    def __init__(self, filter_program):
        import ctypes

        self._ctypes = ctypes
        # Not CDLL, which would let go of the interpreter's lock in between.
        libc = ctypes.PyDLL(None, use_errno=True)
        self._setns = libc.setns
        self._prctl = libc.prctl
        self._prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4
        self._capset = libc.capset
        self._header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
        self._no_capabilities = (ctypes.c_uint32 * 6)()
        self._filter = ctypes.create_string_buffer(filter_program, len(filter_program))

        class Program(ctypes.Structure):
            _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.c_void_p)]

        self._program = Program(len(filter_program) // 8, ctypes.addressof(self._filter))

    def _check(self, result, what):
        if result != 0:
            number = self._ctypes.get_errno()
            raise OSError(number, "{}: {}".format(what, os.strerror(number)))

    def enter(self, namespace, kind):
        self._check(self._setns(namespace, kind), "setns {:#x}".format(kind))

    def prctl(self, option, argument, value=0):
        self._check(self._prctl(option, argument, value, 0, 0), "prctl {}".format(option))

    def give_up_everything(self):
        self.prctl(PR_CAP_AMBIENT, CAP_AMBIENT_CLEAR_ALL)
        for capability in range(CAPABILITIES_MAX):
            if self._prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
                # Beyond the last one that this kernel knows; anything else shows when the warden looks.
                break
        self._check(self._capset(self._header, self._no_capabilities), "capset")
        self.prctl(PR_SET_NO_NEW_PRIVS, 1)
        # Changes of identity made it undumpable; its own files in /proc would belong to root.
        self.prctl(PR_SET_DUMPABLE, 1)
        self.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, self._ctypes.addressof(self._program))


class Order:
    """A fork that the warden asks for. Header: `id`, `uid`, `keepUser` where that is the zygote's own, and `rehearse`.
    Descriptors: the sandbox's namespaces (PID; cgroup, mount, network, IPC, UTS; user), the worker's end of its control socket, its
    output, and then the control groups' files into which it writes itself."""

    def __init__(self, header, descriptors):
        self.id, self.uid, self.keep_user = header["id"], header["uid"], header["keepUser"]
        self.rehearse = header["rehearse"]
        self.descriptors = descriptors
        self.pids, *self.namespaces, self.user, self.control, self.output = descriptors[:9]
        self.groups = descriptors[9:]

    def close(self):
        for fd in self.descriptors:
            os.close(fd)


def receive(connected):
    """The next message and its descriptors, or None when the warden has gone."""
    space = socket.CMSG_SPACE(DESCRIPTORS_MAX * 4)
    message, ancillary, _, _ = connected.recvmsg(MESSAGE_BYTES_MAX, space)
    descriptors = []
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors.extend(struct.unpack("={}i".format(len(data) // 4), data[: len(data) // 4 * 4]))
    return (message, descriptors) if message else None


class Precompiled:
    """Finds the rehearsal's module where it is, but loads it as packages with compiled files are loaded: the parser
    and compiler, half a megabyte of memory when touched, stay shared until a function needs them."""

    def __init__(self):
        with open(os.path.join(REHEARSAL_ROOT, REHEARSAL_MODULE + ".py"), "rb") as source:
            self._code = marshal.dumps(compile(source.read(), source.name, "exec"))

    def find_spec(self, name, path=None, target=None):
        if name != REHEARSAL_MODULE:
            return None
        spec = PathFinder.find_spec(name, [REHEARSAL_ROOT])
        spec.loader = self
        return spec

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(marshal.loads(self._code), vars(module))


def rehearse(finder):
    """One init and one invocation through the worker's real code, after which everything is as before: copies of the
    memory that they write to are made now and not while a function waits."""
    saved = dict(os.environ), sys.path[:], sys.argv[:], logging.Formatter.converter
    root_logger = logging.getLogger()
    level, handlers = root_logger.level, root_logger.handlers[:]
    ours, theirs = socket.socketpair()
    feed = worker.Channel(ours)
    environment = {"AWS_LAMBDA_REHEARSAL_{}".format(i): "value" for i in range(24)}
    init = {
        "handler": REHEARSAL_MODULE + ".handler",
        "taskRoot": REHEARSAL_ROOT,
        "environment": dict(saved[0], **environment),
        "logFormat": "Text",
        "logLevel": None,
        "memoryMb": 128,
    }
    feed.send(worker.INIT, init)
    invoke = {"requestId": "rehearsal", "deadlineMs": 0, "invokedFunctionArn": "arn", "traceId": "Root=1"}
    feed.send(worker.INVOKE, invoke, b'{"size": 600, "list": [1, 2.5, null, {"key": "value"}]}')
    ours.shutdown(socket.SHUT_WR)
    sys.meta_path.insert(0, finder)
    worker.work(worker.Channel(theirs), worker.Encoder())
    sys.meta_path.remove(finder)
    kinds = []
    for _ in range(2):
        kinds.append((feed.receive() or (None,))[0])
    ours.close()
    theirs.close()

    sys.modules.pop(REHEARSAL_MODULE, None)
    os.environ.clear()
    os.environ.update(saved[0])
    time.tzset()
    sys.path[:], sys.argv[:], logging.Formatter.converter = saved[1:]
    root_logger.handlers[:] = handlers
    root_logger.setLevel(level)
    worker.CurrentRequest.request_id = ""
    sys.path_importer_cache.pop(REHEARSAL_ROOT, None)
    os.chdir("/")
    if kinds != [worker.INIT_OK, worker.RESPONSE]:
        raise RuntimeError("the rehearsal went wrong: {}".format(kinds))


def lock_in(lock, order, sockets):
    """The copy's way from the zygote into its sandbox. Order matters; each step says why it cannot come later."""
    # First, so that every page from here on is charged to the sandbox. "0" means the writer.
    for group in order.groups:
        os.write(group, b"0")
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    for namespace, kind in zip(order.namespaces, ENTERED_AS_ROOT):
        lock.enter(namespace, kind)
    os.chdir("/")
    if not order.keep_user:
        # While it still may.
        os.setgroups([])
        os.setresgid(order.uid, order.uid, order.uid)
        os.setresuid(order.uid, order.uid, order.uid)
    # As the owner of that namespace, which it now is. Hands out powers over nothing, which go next.
    lock.enter(order.user, NEWUSER)
    null = os.open("/dev/null", os.O_RDWR)
    for standard in range(3):
        os.dup2(null, standard)
    # Their numbers get new meanings, which the objects must not close.
    for each in sockets:
        each.detach()
    os.dup2(order.control, CONTROL_FD)
    # Out of the way of the numbers below.
    output = os.dup2(order.output, 4)
    os.closerange(5, order_limit(order))
    lock.give_up_everything()
    return output


def order_limit(order):
    """One more than the highest descriptor that can be open: numbers are given out from below."""
    return max(order.descriptors) + 64


def become_worker(lock, finder, order, sockets):
    """In the copy: returns what remains to be done, with READY said."""
    try:
        output = lock_in(lock, order, sockets)
        # With nothing but /dev/null to write to, so that nothing of it is seen.
        if order.rehearse:
            rehearse(finder)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.close(output)
        sys.modules["__main__"] = worker
        worker.__name__, worker.__spec__ = "__main__", None
        for name in ("worker", "zygote"):
            sys.modules.pop(name, None)
        gc.enable()
        channel = worker.Channel.inherited()
        encoder = worker.Encoder()
        channel.send(worker.READY)
    except BaseException:
        # The warden reads it from the pipe's other end.
        text = traceback.format_exc().encode("utf-8", "replace")
        for fd in (order.output, 4, 2):
            try:
                os.write(fd, text)
                break
            except OSError:
                pass
        os._exit(1)
    return lambda: worker.work(channel, encoder)


def tell(warden, **message):
    warden.send(json.dumps(message).encode("utf-8"))


def reap(warden):
    """Reports children that have ended."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
        by_signal = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
        tell(warden, Exited={"pid": pid, "code": code, "signal": by_signal})


def fork(lock, finder, order, sockets):
    """Makes one copy. In the copy, what it has to do; in the zygote None."""
    pid, error = -1, None
    try:
        # Counts for children only; taken back at once.
        lock.enter(order.pids, NEWPID)
        try:
            pid = os.fork()
        finally:
            if pid != 0:
                lock.enter(OWN_PIDS_FD, NEWPID)
    except OSError as e:
        error = str(e)
    if pid == 0:
        return become_worker(lock, finder, order, sockets)
    order.close()
    warden = sockets[0]
    if pid < 0:
        tell(warden, NotForked={"id": order.id, "why": error})
    else:
        tell(warden, Forked={"id": order.id, "pid": pid})
    return None


def prepare(filter_program):
    """Loads and rehearses everything that copies are to share."""
    lock, finder = Lock(filter_program), Precompiled()
    worker.set_up_streams()
    for name in PRELOAD:
        try:
            __import__(name)
        except ImportError:
            # A Python that was built without it. Functions that need it will say so themselves.
            pass
    for _ in range(REHEARSALS):
        rehearse(finder)
    worker.preloaded.update({name.partition(".")[0] for name in sys.modules} - BASELINE)
    gc.collect()
    # What exists now is never garbage: the collector need not touch it in every copy.
    gc.freeze()
    return lock, finder


def serve(warden):
    """Forks on request until the warden goes; returns in copies only, what they have to do."""
    first = receive(warden)
    if first is None:
        sys.exit(0)
    try:
        # Collections in copies would write to memory that could be shared.
        gc.disable()
        lock, finder = prepare(first[0])
    except BaseException as error:
        tell(warden, Unusable="{}: {}".format(type(error).__name__, error))
        sys.exit(1)
    wakeup, woken = socket.socketpair()
    for end in (wakeup, woken):
        end.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(woken.fileno(), warn_on_full_buffer=False)
    tell(warden, Ready=None)
    poll = select.poll()
    poll.register(warden, select.POLLIN)
    poll.register(wakeup, select.POLLIN)
    while True:
        ready = {fd for fd, _ in poll.poll()}
        if warden.fileno() in ready:
            received = receive(warden)
            if received is None:
                # Copies live on: the warden is their parent from now on.
                os._exit(0)
            order = Order(json.loads(received[0]), received[1])
            work = fork(lock, finder, order, (warden, wakeup, woken))
            if work is not None:
                return work
        if wakeup.fileno() in ready:
            wakeup.recv(4096)
            reap(warden)


def main():
    warden = socket.socket(fileno=WARDEN_FD)
    warden.set_inheritable(False)
    serve(warden)()


if __name__ == "__main__":
    main()
