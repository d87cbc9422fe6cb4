"""Reaching other processes, and more privilege than one was given."""
import ctypes
import os
import resource
import signal

from probing import X86, libc, probe, process_ids, readable, refused, syscall, writable


def family():
    """This process, its ancestors and children: what a function may see."""
    known = {1, os.getpid(), os.getppid(), 0}
    for pid in process_ids():
        try:
            parent = int(open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        if parent in known:
            known.add(pid)
    return known


@probe(control=True)
def see_other_processes(event):
    if event.get("control"):
        return "saw the server" if os.path.exists(f"/proc/{event['server_pid']}") else None
    others = set(process_ids()) - family()
    return f"saw processes {sorted(others)}" if others else None


@probe()
def signal_everybody(event):
    won = []
    for pid in range(2, 5000):
        if pid in family():
            continue
        try:
            os.kill(pid, 0)
            won.append(pid)
        except OSError:
            pass
    return f"could signal {won[:5]}" if won else None


@probe()
def kill_the_init_process(event):
    """A signal to PID 1 from its own namespace is dropped; were it not, this answer would never arrive."""
    for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM, signal.SIGSEGV):
        try:
            os.kill(1, number)
        except OSError:
            pass
    state = open("/proc/1/stat").read().rsplit(")", 1)[1].split()[0]
    return None if state in "SRI" else f"PID 1 is in state {state}"


@probe()
def read_the_init_process(event):
    return readable("/proc/1/environ", "/proc/1/mem", "/proc/1/maps", "/proc/1/auxv", "/proc/1/root/etc/hostname",
                    "/proc/1/cwd/etc/passwd", "/proc/1/fd/3")


@probe()
def write_the_init_process(event):
    return writable("/proc/1/mem", "/proc/1/oom_score_adj", "/proc/1/uid_map", "/proc/1/setgroups", "/proc/1/coredump_filter")


@probe()
def trace_the_init_process(event):
    # PTRACE_ATTACH, PTRACE_SEIZE
    return refused((101, 117), 16, 1, None, None) or refused((101, 117), 0x4206, 1, None, None)


@probe()
def copy_the_init_processs_memory(event):
    return refused((310, 270), 1, None, 0, None, 0, 0) or refused((311, 271), 1, None, 0, None, 0, 0)


@probe()
def take_a_descriptor_of_the_init_process(event):
    pidfd, _ = syscall((434, 434), 1, 0)
    return refused((438, 438), pidfd, 3, 0)


@probe()
def become_root(event):
    for call in (lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.setresuid(0, 0, 0), lambda: os.setgroups([0]),
                 lambda: os.seteuid(0)):
        try:
            call()
            return f"uid {os.getresuid()} groups {os.getgroups()}"
        except OSError:
            pass
    return None


@probe()
def capabilities(event):
    fields = dict(line.split(":\t") for line in open("/proc/self/status").read().splitlines() if ":\t" in line)
    sets = {name: fields[name] for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")}
    if any(int(value, 16) for value in sets.values()):
        return f"has {sets}"
    if fields["Seccomp"] != "2" or fields["NoNewPrivs"] != "1":
        return f"Seccomp {fields['Seccomp']} NoNewPrivs {fields['NoNewPrivs']}"

    class Header(ctypes.Structure):
        _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]

    class Data(ctypes.Structure):
        _fields_ = [("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32)]

    data = (Data * 2)(Data(0xffffffff, 0xffffffff, 0), Data(0xffffffff, 0xffffffff, 0))
    if libc.capset(ctypes.byref(Header(0x20080522, 0)), data) == 0:
        return "raised capabilities"
    return None


@probe()
def new_namespaces(event):
    flags = {"user": 0x10000000, "mount": 0x20000, "net": 0x40000000, "pid": 0x20000000, "ipc": 0x8000000,
             "uts": 0x4000000, "cgroup": 0x2000000}
    for name, flag in flags.items():
        won = refused((272, 97), ctypes.c_ulong(flag))
        if won:
            return f"unshare {name}: {won}"
    return None


@probe()
def clone_into_new_namespaces(event):
    for flag in (0x10000000, 0x20000, 0x40000000, 0x20000000):
        result, error = syscall((56, 220), ctypes.c_ulong(flag | 17), None, None, None, None)
        if result == 0:
            os._exit(0)
        if result > 0:
            os.waitpid(result, 0)
            return f"clone with {flag:#x} made process {result}"
        if error not in ("EPERM", "ENOSYS"):
            return f"clone with {flag:#x}: {error}"
    return refused((435, 435), None, 0)


@probe()
def join_other_namespaces(event):
    for name in os.listdir("/proc/self/ns"):
        for pid in (1, os.getppid()):
            try:
                descriptor = os.open(f"/proc/{pid}/ns/{name}", os.O_RDONLY)
            except OSError:
                continue
            won = refused((308, 268), descriptor, 0)
            if won:
                return f"{name} of {pid}: {won}"
    return None


@probe()
def raise_limits(event):
    for name in ("RLIMIT_NOFILE", "RLIMIT_CORE"):
        kind = getattr(resource, name)
        hard = resource.getrlimit(kind)[1]
        if hard == resource.RLIM_INFINITY:
            return f"{name} is unlimited"
        try:
            resource.setrlimit(kind, (hard + 1, hard + 1))
            return f"raised {name}"
        except (OSError, ValueError):
            pass
    return None


@probe()
def real_time_priority(event):
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50))
        return "runs before everybody else"
    except OSError:
        return None


@probe()
def higher_priority(event):
    try:
        os.nice(-5)
        return f"nice {os.nice(0)}"
    except OSError:
        return None


@probe()
def spare_oneself_from_the_oom_killer(event):
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("-1000")
        return "is never killed for memory"
    except OSError:
        return None


@probe()
def switch_off_address_randomisation(event):
    # ADDR_NO_RANDOMIZE
    return refused((135, 92), 0x0040000)


@probe()
def dump_core_through_the_host(event):
    if resource.getrlimit(resource.RLIMIT_CORE) != (0, 0):
        return "core dumps reach the host's handler"
    return writable("/proc/sys/kernel/core_pattern")


@probe()
def other_system_call_tables(event):
    """The x32 table, and the 32-bit entry (`int 0x80`), bypass filters that look at numbers only."""
    if not X86:
        return None
    # x32 write(1, "", 0), which the 64-bit table permits; the filter may also kill who tries.
    pid = os.fork()
    if pid == 0:
        result, _ = syscall((0x40000000 | 1, None), 1, b"", 0)
        os._exit(42 if result != -1 else 0)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 42:
        return "the x32 system call table is open"
    pid = os.fork()
    if pid == 0:
        import mmap
        # mov eax, 20 (getpid); int 0x80; ret
        code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        code.write(bytes([0xB8, 20, 0, 0, 0, 0xCD, 0x80, 0xC3]))
        address = ctypes.addressof(ctypes.c_char.from_buffer(code))
        answer = ctypes.CFUNCTYPE(ctypes.c_int)(address)()
        os._exit(42 if answer > 0 else 0)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 42:
        return "the 32-bit system call table is open"
    return None
