"""Reaching files of the host, of the platform and of other functions."""
import os
import shutil
import stat
import subprocess

from probing import probe, process_ids, readable, refused, writable


@probe(control=True)
def read_password_hashes(event):
    return readable("/etc/shadow", "/etc/gshadow")


@probe(control=True)
def read_servers_access_key(event):
    return readable(event["data_dir"] + "/access.json")


@probe(control=True)
def list_servers_data(event):
    try:
        return f"saw {os.listdir(event['data_dir'])}"
    except OSError:
        return None


@probe(control=True)
def list_the_hosts_directories(event):
    for path in ("/boot", "/sys/kernel", "/var/log", "/etc/ssl/private", "/var/lib/dpkg"):
        try:
            if os.listdir(path):
                return f"listed {path}"
        except OSError:
            pass
    # An interpreter may be installed below it; nothing else of it is there.
    return readable("/root/.bashrc", "/root/.profile", "/root/.ssh/authorized_keys")


@probe(control=True)
def reach_the_host_through_another_processs_root(event):
    for pid in process_ids():
        for name in ("root", "cwd"):
            won = readable(f"/proc/{pid}/{name}{event['data_dir']}/access.json", f"/proc/{pid}/{name}/etc/shadow")
            if won:
                return won
    return None


@probe()
def climb_out_with_dots(event):
    return readable("/var/task/" + "../" * 40 + event["data_dir"].lstrip("/") + "/access.json",
                    "/proc/self/cwd/" + "../" * 40 + "etc/shadow")


@probe()
def climb_out_through_an_inherited_descriptor(event):
    for name in os.listdir("/proc/self/fd"):
        try:
            descriptor = os.open("..", os.O_RDONLY | os.O_DIRECTORY, dir_fd=int(name))
        except OSError:
            continue
        names = os.listdir(descriptor)
        if set(names) & {"root", "boot", "access.json", "functions"}:
            return f"descriptor {name} leads to {names}"
    return None


@probe(control=True)
def inherited_descriptors(event):
    """Standard streams and the runtime's own; a directory or a foreign socket would be a leak."""
    if event.get("control"):
        kept = os.open("/", os.O_RDONLY)
    for name in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{name}")
            mode = os.fstat(int(name)).st_mode
        except OSError:
            continue
        if stat.S_ISDIR(mode) and not target.startswith(("/proc/", "/var/task", "/tmp")):
            return f"descriptor {name} is the directory {target}"
        if event["data_dir"] in target or "cgroup" in target or target.endswith("access.json"):
            return f"descriptor {name} is {target}"
    return None


@probe()
def symlink_to_the_host(event):
    os.symlink(event["data_dir"] + "/access.json", "/tmp/link")
    os.symlink("/etc/shadow", "/tmp/link2")
    return readable("/tmp/link", "/tmp/link2")


@probe()
def write_into_the_root(event):
    return writable("/new", "/etc/new", "/usr/new", "/usr/bin/new", "/home/new", "/var/new", "/run/new", "/lib/new")


@probe()
def change_the_hosts_configuration(event):
    return writable("/etc/passwd", "/etc/hosts", "/etc/resolv.conf", "/etc/ld.so.preload", "/etc/ld.so.cache")


@probe()
def change_own_code(event):
    return writable("/var/task/app.py", "/var/task/new.py", "/var/task/probing.py")


@probe()
def change_layers(event):
    return writable("/opt/new", "/opt/python/new.py")


@probe()
def change_the_runtime_client(event):
    names = [f"{base}/{name}" for base, _, files in os.walk("/var/runtime") for name in files]
    return writable("/var/runtime/new", "/var/lang/new", *names)


@probe()
def change_the_interpreter(event):
    import sys
    return writable(os.path.realpath(sys.executable), os.path.join(os.path.dirname(os.__file__), "new.py"), os.__file__)


@probe()
def hard_link_to_code_and_write(event):
    try:
        os.link("/var/task/app.py", "/tmp/hard")
    except OSError:
        return None
    return writable("/tmp/hard")


@probe()
def make_writable_by_permission(event):
    for path in ("/var/task", "/var/task/app.py", "/usr", "/etc/passwd"):
        try:
            os.chmod(path, 0o777)
            return f"changed the permissions of {path}"
        except OSError:
            pass
    return None


@probe()
def remount_code_writable(event):
    # MS_REMOUNT | MS_BIND
    return refused((165, 40), b"none", b"/var/task", None, 32 | 4096, None)


@probe()
def mount_over_code(event):
    return refused((165, 40), b"tmpfs", b"/var/task", b"tmpfs", 0, None)


@probe()
def bind_the_root_again(event):
    return refused((165, 40), b"/", b"/tmp", None, 4096 | 16384, None)


@probe()
def unmount_what_hides(event):
    for path in (b"/proc/kcore", b"/proc/sys", b"/proc", b"/tmp", b"/dev", b"/"):
        won = refused((166, 39), path, 2)
        if won:
            return f"{path}: {won}"
    return None


@probe()
def new_mount_interface(event):
    return refused((428, 428), -100, b"/", 1) or refused((430, 430), b"tmpfs", 0) or refused((442, 442), -100, b"/", 0, None, 0)


@probe()
def change_the_root(event):
    return refused((161, 51), b"/tmp") or refused((155, 41), b"/tmp", b"/tmp")


@probe()
def open_by_handle(event):
    return refused((304, 265), -100, None, 0)


@probe()
def setuid_program_of_ones_own(event):
    shutil.copy("/bin/sh" if os.path.exists("/bin/sh") else "/usr/bin/env", "/tmp/suid")
    try:
        os.chmod("/tmp/suid", 0o6755)
        os.chown("/tmp/suid", 0, 0)
    except OSError:
        pass
    done = subprocess.run(["/tmp/suid", "-c", "id -u 2>/dev/null || true"], capture_output=True, text=True)
    return "became root" if done.stdout.strip() == "0" else None


@probe()
def setuid_programs_of_the_host(event):
    """Executing one must give nothing: the kernel's promise is still there after an exec."""
    done = subprocess.run(["/bin/sh", "-c", "while read -r name value; do [ $name = NoNewPrivs: ] && echo $value; done < "
                           "/proc/self/status"], capture_output=True, text=True)
    return None if done.stdout.strip() == "1" else f"no_new_privs is {done.stdout.strip()!r} after an exec"


@probe()
def devices_of_the_host(event):
    for name in ("mem", "kmem", "port", "kmsg", "sda", "vda", "nvme0n1", "loop0", "loop-control", "kvm", "fuse",
                 "net/tun", "vhost-net", "uinput", "snapshot", "mapper/control", "dri/card0", "cpu/0/msr", "autofs"):
        try:
            os.close(os.open(f"/dev/{name}", os.O_RDONLY))
            return f"opened /dev/{name}"
        except OSError:
            pass
    return None


@probe()
def make_a_device(event):
    for mode, device in ((stat.S_IFBLK, os.makedev(254, 0)), (stat.S_IFCHR, os.makedev(1, 1))):
        try:
            os.mknod("/tmp/device", mode | 0o666, device)
            os.close(os.open("/tmp/device", os.O_RDONLY))
            return "made and opened a device"
        except OSError:
            pass
    return None


@probe()
def scratch_space_is_not_executable_with_privilege(event):
    flags = {line.split()[1]: line.split()[3].split(",") for line in open("/proc/mounts")}
    for path in ("/tmp", "/dev/shm"):
        missing = {"nosuid", "nodev"} - set(flags.get(path, ["nosuid", "nodev"]))
        if missing:
            return f"{path} lacks {missing}"
    return None
