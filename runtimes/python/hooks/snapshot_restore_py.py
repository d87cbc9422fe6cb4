"""Runtime hooks for SnapStart: what a function wants to be done before its state is kept, and in each environment that
begins from that state. The interface is that of AWS's library of this name, which managed Python runtimes have; a
function that brings that library itself gets its own.
"""

_before_snapshot = []
_after_restore = []


def register_before_snapshot(func, *args, **kwargs):
    """Runs `func` before the state is kept: the last one registered first. Can be used as a decorator."""
    _before_snapshot.append((func, args, kwargs))
    return func


def register_after_restore(func, *args, **kwargs):
    """Runs `func` in each environment before its first invocation: in the order of registration."""
    _after_restore.append((func, args, kwargs))
    return func


def get_before_snapshot():
    return _before_snapshot


def get_after_restore():
    return _after_restore
