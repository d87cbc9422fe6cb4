"""Attacks on what everybody shares: processes, memory, disk, descriptors, cores, the log, the platform's sockets. Each
may end its own environment, and must do nothing to a neighbour."""
import os
import socket
import subprocess
import threading
import time

SECONDS = 3


def fork_bomb():
    end = time.monotonic() + SECONDS
    made = 0
    while time.monotonic() < end:
        try:
            if os.fork() == 0:
                while time.monotonic() < end:
                    try:
                        os.fork()
                    except OSError:
                        pass
                os._exit(0)
            made += 1
        except OSError:
            time.sleep(0.01)
    return made


def thread_bomb():
    made = 0
    try:
        for made in range(100_000):
            threading.Thread(target=time.sleep, args=(SECONDS,), daemon=True).start()
    except RuntimeError:
        pass
    return made


def memory_bomb():
    kept = []
    while True:
        kept.append(bytearray(16 << 20))


def shared_memory_bomb():
    with open("/dev/shm/x", "wb") as file:
        while True:
            file.write(bytes(1 << 20))


def kernel_memory_bomb():
    """Socket buffers, pipes and inotify watches are the kernel's memory on our account."""
    kept = []
    try:
        while True:
            left, right = socket.socketpair()
            left.setblocking(False)
            kept.append((left, right))
            try:
                while True:
                    left.send(bytes(1 << 16))
            except BlockingIOError:
                pass
    except OSError:
        return len(kept)


def disk_fill():
    written = 0
    try:
        with open("/tmp/big", "wb") as file:
            while True:
                written += file.write(bytes(1 << 20))
    except OSError:
        return written


def inode_fill():
    made = 0
    end = time.monotonic() + SECONDS
    try:
        while time.monotonic() < end:
            os.close(os.open(f"/tmp/{made}", os.O_CREAT | os.O_WRONLY))
            made += 1
    except OSError:
        pass
    return made


def descriptor_exhaustion():
    kept = []
    try:
        while True:
            kept.append(os.open("/dev/null", os.O_RDONLY))
    except OSError:
        return len(kept)


def processor_hog():
    program = "import time\nend = time.monotonic() + %d\nwhile time.monotonic() < end: pass" % SECONDS
    running = [subprocess.Popen(["/proc/self/exe", "-c", program]) for _ in range(16)]
    return [process.wait() for process in running].count(0)


def log_flood():
    end = time.monotonic() + SECONDS
    written = 0
    line = b"x" * 1023 + b"\n"
    while time.monotonic() < end:
        written += os.write(1, line * 64)
    return written


def endpoint_flood():
    """Thousands of connections to the platform, none of which says anything."""
    host, port = os.environ["AWS_ENDPOINT_URL"].removeprefix("http://").split(":")
    kept = []
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            kept.append(socket.create_connection((host, int(port)), 0.2))
        except OSError:
            time.sleep(0.01)
    return len(kept)


def directory_bomb():
    """Deep paths and long names fill the kernel's name cache."""
    made = 0
    end = time.monotonic() + SECONDS
    os.chdir("/tmp")
    try:
        while time.monotonic() < end:
            os.mkdir("d" * 200)
            os.chdir("d" * 200)
            made += 1
    except OSError:
        pass
    return made


def handler(event, context):
    return globals()[event["attack"]]()
