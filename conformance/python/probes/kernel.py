"""Kernel interfaces that no function needs, each of which has been a way out of a container somewhere."""
import os

from probing import probe, readable, refused, writable


@probe()
def bpf(event):
    return refused((321, 280), 0, None, 0)


@probe()
def perf_events(event):
    return refused((298, 241), None, 0, -1, -1, 0)


@probe()
def page_fault_handling(event):
    return refused((323, 282), 0)


@probe()
def kernel_keys(event):
    return refused((250, 219), 0, -3, 0) or refused((248, 217), b"user", b"x", b"y", 1, -3) or refused((249, 218), b"user", b"x", None, -3)


@probe()
def kernel_modules(event):
    return refused((175, 105), None, 0, b"") or refused((313, 273), 0, b"", 0) or refused((176, 106), b"x", 0)


@probe()
def another_kernel(event):
    return refused((246, 104), 0, 0, None, 0) or refused((320, 294), 0, 0, 0, b"", 0)


@probe()
def reboot(event):
    return refused((169, 142), 0xfee1dead, 672274793, 0, None)


@probe()
def set_the_clock(event):
    return refused((164, 170), None, None) or refused((227, 112), 0, None) or refused((159, 171), None) or refused((305, 266), 0, None)


@probe()
def swap(event):
    return refused((167, 224), b"/tmp/x", 0) or refused((168, 225), b"/tmp/x")


@probe()
def ring_of_system_calls(event):
    return refused((425, 425), 1, None)


@probe()
def kernel_log(event):
    return refused((103, 116), 3, None, 0) or readable("/dev/kmsg", "/proc/kmsg")


@probe()
def input_output_ports(event):
    return refused((172, None), 3) or refused((173, None), 0, 1, 1)


@probe()
def local_descriptor_table(event):
    return refused((154, None), 1, None, 0)


@probe()
def names_of_the_machine(event):
    return refused((170, 161), b"x", 1) or refused((171, 162), b"x", 1)


@probe()
def accounting_and_quotas(event):
    return refused((163, 89), b"/tmp/x") or refused((179, 60), 0, None, 0, None)


@probe()
def watch_the_file_systems(event):
    return refused((300, 262), 0, 0)


@probe()
def look_into_the_kernel(event):
    return readable("/proc/kcore", "/proc/keys", "/proc/timer_list", "/proc/kallsyms", "/proc/vmallocinfo",
                    "/proc/slabinfo", "/proc/kpageflags", "/proc/config.gz", "/proc/key-users")


@probe()
def kernel_parameters(event):
    names = ["kernel/core_pattern", "kernel/modprobe", "kernel/hostname", "kernel/sysrq", "vm/drop_caches", "vm/overcommit_memory",
             "fs/suid_dumpable", "net/ipv4/ip_forward", "kernel/randomize_va_space", "user/max_user_namespaces"]
    return writable(*(f"/proc/sys/{name}" for name in names))


@probe()
def magic_system_requests(event):
    return writable("/proc/sysrq-trigger", "/proc/acpi/wakeup", "/proc/irq/default_smp_affinity", "/proc/scsi/scsi")


@probe()
def the_devices_tree(event):
    try:
        return f"saw {os.listdir('/sys')}" if os.listdir("/sys") else None
    except OSError:
        return None


@probe()
def control_groups(event):
    mounted = [line.split()[1] for line in open("/proc/mounts") if line.split()[2].startswith("cgroup")]
    if mounted:
        return f"control groups are mounted at {mounted}"
    return writable("/sys/fs/cgroup/cgroup.procs", "/sys/fs/cgroup/memory/memory.limit_in_bytes",
                    "/sys/fs/cgroup/memory/release_agent", "/sys/fs/cgroup/memory.max")


@probe()
def where_in_the_control_groups(event):
    """The path would name the platform's groups and other environments."""
    paths = {line.strip().split(":", 2)[2] for line in open("/proc/self/cgroup")}
    return None if paths <= {"/"} else f"sees {paths}"
