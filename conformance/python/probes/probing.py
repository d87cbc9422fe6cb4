"""What a hostile function tries. A probe returns None when it got nothing, or a text that says what it won.

Probes marked `control=True` are harmless and are also run outside any sandbox, where they must win: a probe that can't
win anywhere proves nothing.
"""
import ctypes
import errno
import os
import platform

PROBES = {}
CONTROLS = []
libc = ctypes.CDLL(None, use_errno=True)
X86 = platform.machine() == "x86_64"


def probe(control=False):
    def register(function):
        name = function.__name__
        assert name not in PROBES, name
        PROBES[name] = function
        if control:
            CONTROLS.append(name)
        return function
    return register


def syscall(numbers, *arguments):
    """Calls the kernel; returns (result, errno name). `numbers`: on x86-64 and on aarch64, None where it has none."""
    number = numbers[0] if X86 else numbers[1]
    if number is None:
        return -1, "ENOSYS"
    ctypes.set_errno(0)
    result = libc.syscall(ctypes.c_long(number), *arguments)
    return result, errno.errorcode.get(ctypes.get_errno(), "none")


def refused(numbers, *arguments):
    """None when the kernel refused, a text when the call succeeded or failed only for its arguments."""
    result, error = syscall(numbers, *arguments)
    if result == -1 and error in ("EPERM", "EACCES", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"):
        return None
    return f"system call answered {result} {error}"


def readable(*paths):
    """The first of the paths whose content can be read."""
    for path in paths:
        try:
            with open(path, "rb") as file:
                if file.read(64):
                    return f"read {path}"
        except OSError:
            pass
    return None


def writable(*paths):
    """The first of the paths that can be written or created."""
    for path in paths:
        try:
            with open(path, "ab"):
                return f"opened {path} for writing"
        except OSError:
            pass
    return None


def process_ids():
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]
