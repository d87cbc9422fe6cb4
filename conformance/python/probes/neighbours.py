"""Reading what another function keeps: its variables, code, scratch files, shared memory, sockets, randomness."""
import os
import socket

from probing import libc, probe, process_ids

IPC_CREAT = 0o1000


def victim_settles_in(event):
    """Run inside the victim: leaves its secret wherever a careless platform would show it to a neighbour."""
    secret = event["secret"].encode()
    for path in ("/tmp/secret", "/dev/shm/secret"):
        with open(path, "wb") as file:
            file.write(secret)
    memory = libc.shmget(event["ipc_key"], 4096, IPC_CREAT | 0o666)
    queue = libc.mq_open(b"/" + event["abstract_name"].encode(), os.O_CREAT | os.O_RDWR, 0o666, None)
    listener = socket.socket()
    listener.bind(("127.0.0.1", event["victim_port"]))
    listener.listen()
    abstract = socket.socket(socket.AF_UNIX)
    abstract.bind("\0victim" + event["abstract_name"])
    abstract.listen()
    victim_settles_in.kept = (listener, abstract)
    return {"memory": memory >= 0, "queue": queue >= 0, "random": fresh_randomness(), "pid": os.getpid(),
            "boot": os.stat("/tmp").st_ino}


def fresh_randomness():
    """Values that two environments must never share."""
    import random
    import uuid
    import ssl
    import tempfile
    return {
        "random": random.random(), "uuid4": str(uuid.uuid4()), "uuid1": str(uuid.uuid1())[24:],
        "ssl": ssl.RAND_bytes(16).hex(), "urandom": os.urandom(16).hex(),
        "name": os.path.basename(tempfile.mktemp()),
    }


@probe()
def the_victims_variables(event):
    needle = event["secret"].encode()
    for pid in process_ids():
        for name in ("environ", "cmdline"):
            try:
                if needle in open(f"/proc/{pid}/{name}", "rb").read():
                    return f"found in /proc/{pid}/{name}"
            except OSError:
                pass
    return "found in my own environment" if event["secret"] in os.environ.values() else None


@probe()
def the_victims_scratch_files(event):
    for path in ("/tmp", "/dev/shm", "/var/tmp"):
        if "secret" in os.listdir(path):
            return f"found in {path}"
    return None


@probe()
def the_victims_code(event):
    for base in ("/var/task", "/opt", "/var/runtime", "/tmp"):
        for directory, _, files in os.walk(base):
            if "victim_marker.py" in files:
                return f"found in {directory}"
    for root in (event["data_dir"] + "/functions", event["data_dir"] + "/code", event["data_dir"]):
        try:
            return f"listed {os.listdir(root)}"
        except OSError:
            pass
    return None


@probe()
def the_victims_shared_memory(event):
    return "attached" if libc.shmget(event["ipc_key"], 4096, 0o666) >= 0 else None


@probe()
def the_victims_message_queue(event):
    return "opened" if libc.mq_open(b"/" + event["abstract_name"].encode(), os.O_RDWR) >= 0 else None


@probe()
def the_victims_port(event):
    with socket.socket() as client:
        client.settimeout(1)
        return "connected" if client.connect_ex(("127.0.0.1", event["victim_port"])) == 0 else None


@probe()
def the_victims_abstract_socket(event):
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        return "connected" if client.connect_ex("\0victim" + event["abstract_name"]) == 0 else None


@probe()
def the_victims_randomness(event):
    """Environments forked from one parent must not draw the same numbers."""
    mine, theirs = fresh_randomness(), event["victim_random"]
    same = [name for name in mine if mine[name] == theirs[name]]
    return f"drew the same {same}" if same else None


@probe()
def left_over_memory(event):
    """Pages of one's own that nobody has written must be empty, however many of them one asks for."""
    import mmap
    needle = event["secret"].encode()
    with mmap.mmap(-1, 64 << 20) as pages:
        return "found the secret" if pages.find(needle) >= 0 else None


@probe()
def left_over_disk(event):
    """Unwritten parts of a file system of one's own must not hold what another environment once wrote."""
    needle = event["secret"].encode()
    descriptor = os.open("/tmp/unwritten", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.posix_fallocate(descriptor, 0, 64 << 20)
        for offset in range(0, 64 << 20, 1 << 20):
            if needle in os.pread(descriptor, 1 << 20, offset):
                return "found the secret"
    finally:
        os.close(descriptor)
        os.unlink("/tmp/unwritten")
    return None
