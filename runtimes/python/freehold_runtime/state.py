"""What a function's init has left outside the process's memory, which is all that a fork copies: files in /tmp and
descriptors. And what it may have left that no copy can have: then there is no snapshot, and the reason is said.
"""

import os
import socket
import stat
import sys

CHUNK = 1 << 20
# What the worker and its order socket use.
OWN = frozenset(range(5))
# The kind of a descriptor by what its link says.
SOCKET, SAME, FILE = "socket", "same", "file"
# Devices whose descriptors have no state.
STATELESS = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


class Obstacle(Exception):
    """Why a process cannot be copied."""


def read_text(path):
    with open(path, "rb") as file:
        return file.read().decode("utf-8", "surrogateescape")


class Descriptor:
    def __init__(self, number, kind, path=None, flags=0, position=0):
        self.number, self.kind, self.path, self.flags, self.position = number, kind, path, flags, position
        self.inheritable = os.get_inheritable(number)


def describe(number):
    target = os.readlink("/proc/self/fd/{}".format(number))
    status = os.fstat(number)
    if stat.S_ISSOCK(status.st_mode):
        return Descriptor(number, SOCKET)
    if target in STATELESS:
        return Descriptor(number, SAME)
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        raise Obstacle("descriptor {} is {}, which two environments cannot share".format(number, target))
    if not target.startswith("/") or status.st_nlink == 0:
        raise Obstacle("descriptor {} is a file without a name: {}".format(number, target))
    there = os.stat(target)
    if (there.st_dev, there.st_ino) != (status.st_dev, status.st_ino):
        raise Obstacle("descriptor {} is a file that has another name now: {}".format(number, target))
    if target == "/proc" or target.startswith("/proc/"):
        raise Obstacle("descriptor {} is of this process alone: {}".format(number, target))
    lines = read_text("/proc/self/fdinfo/{}".format(number)).splitlines()
    fields = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    flags = int(fields["flags"], 8) & ~(os.O_CREAT | os.O_EXCL | os.O_TRUNC)
    return Descriptor(number, FILE, target, flags, int(fields["pos"]))


def open_descriptors():
    """All but the worker's own and the one that this question needs."""
    found = []
    for name in os.listdir("/proc/self/fd"):
        number = int(name)
        if number in OWN:
            continue
        try:
            found.append(describe(number))
        except OSError:
            # The listing's own, closed by now.
            continue
    files = [each.path for each in found if each.kind == FILE]
    for each in found:
        if each.kind == FILE and each.flags & os.O_ACCMODE != os.O_RDONLY and files.count(each.path) > 1:
            raise Obstacle("{} is open twice, perhaps with one position".format(each.path))
    return found


def check_threads():
    # Libraries that can be forked end their threads before a fork, and start them again when they need them.
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    threads = len(os.listdir("/proc/self/task"))
    if threads > 1:
        import threading

        names = [t.name for t in threading.enumerate() if t is not threading.main_thread()]
        raise Obstacle("init has left {} threads running {}".format(threads - 1, names).rstrip())


def check_processes():
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return
    raise Obstacle("init has left processes running")


def check_memory():
    for line in read_text("/proc/self/maps").splitlines():
        fields = line.split(None, 5)
        # Writable and shared: rw-s.
        if fields[1][1] == "w" and fields[1][3] == "s":
            name = fields[5] if len(fields) > 5 else "anonymous"
            raise Obstacle("init has left shared memory: {}".format(name))


def check_timers():
    import signal

    for which in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
        if signal.getitimer(which)[0]:
            raise Obstacle("init has left a timer running")
    try:
        timers = read_text("/proc/self/timers").strip()
    except OSError:
        return
    if timers:
        raise Obstacle("init has left a timer running")


def check_files(directory):
    """What is in /tmp must be copyable; memory that processes share by name must not be there."""
    if os.listdir("/dev/shm"):
        raise Obstacle("init has left shared memory in /dev/shm")
    for _, names, files, at in os.fwalk(".", dir_fd=directory):
        for name in names + files:
            mode = os.stat(name, dir_fd=at, follow_symlinks=False).st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode)):
                raise Obstacle("/tmp has something that is no file, directory or link: {}".format(name))


class Left:
    """What the family's process has beside its memory."""

    def __init__(self):
        check_threads()
        check_processes()
        check_timers()
        check_memory()
        self.descriptors = open_descriptors()
        self.directory = os.getcwd()
        # Stays open: a copy reads from it, though it is in another sandbox.
        self.tmp = os.open("/tmp", os.O_RDONLY | os.O_DIRECTORY)
        check_files(self.tmp)

    def give_to_copy(self):
        """In a copy, in its own sandbox: the files, and descriptors of them."""
        copy_tree(self.tmp, os.open("/tmp", os.O_RDONLY | os.O_DIRECTORY))
        os.chdir(self.directory)
        for each in self.descriptors:
            if each.kind == SOCKET:
                replace(each, dead_socket())
            elif each.kind == FILE:
                opened = os.open(each.path, each.flags)
                if stat.S_ISREG(os.fstat(opened).st_mode):
                    os.lseek(opened, each.position, os.SEEK_SET)
                replace(each, opened)


def replace(descriptor, opened):
    os.dup2(opened, descriptor.number, inheritable=descriptor.inheritable)
    os.close(opened)


def dead_socket():
    """A socket whose other end is gone: reading gives the end, writing an error. Connections are not shared."""
    ours, theirs = socket.socketpair()
    theirs.close()
    return ours.detach()


def copy_tree(source, target):
    """The content of one directory into another, with modes and times; both by descriptor, both closed."""
    for name in os.listdir(source):
        status = os.stat(name, dir_fd=source, follow_symlinks=False)
        mode = stat.S_IMODE(status.st_mode)
        if stat.S_ISLNK(status.st_mode):
            os.symlink(os.readlink(name, dir_fd=source), name, dir_fd=target)
            continue
        if stat.S_ISDIR(status.st_mode):
            try:
                os.mkdir(name, 0o700, dir_fd=target)
            except FileExistsError:
                # A fresh file system may have one of its own.
                pass
            flags = os.O_RDONLY | os.O_DIRECTORY
            try:
                copy_tree(os.open(name, flags, dir_fd=source), os.open(name, flags, dir_fd=target))
            except PermissionError:
                # Made by the file system, not by the function.
                continue
        else:
            copy_file(name, source, target)
        os.chmod(name, mode, dir_fd=target)
        os.utime(name, ns=(status.st_atime_ns, status.st_mtime_ns), dir_fd=target)
    os.close(source)
    os.close(target)


def copy_file(name, source, target):
    reading = os.open(name, os.O_RDONLY, dir_fd=source)
    try:
        writing = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=target)
        try:
            while os.sendfile(writing, reading, None, CHUNK):
                pass
        finally:
            os.close(writing)
    finally:
        os.close(reading)


def renew_randomness():
    """What a fork does not renew by itself. The kernel's own needs nothing, nor does what asks it each time."""
    random = sys.modules.get("random")
    if random is not None:
        random.seed()
    ssl = sys.modules.get("_ssl")
    if ssl is not None:
        ssl.RAND_add(os.urandom(64), 64.0)
    tempfile = sys.modules.get("tempfile")
    if tempfile is not None:
        tempfile._name_sequence = None
