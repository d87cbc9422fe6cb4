//! Runs compiled programs in a small BPF interpreter, call by call, on both architectures.

use super::*;

/// Executes a program as the kernel would; counts the instructions.
fn run(program: &[libc::sock_filter], arch: u32, nr: u32, args: [u64; 6]) -> (u32, usize) {
    let mut data = Vec::new();
    data.extend(nr.to_le_bytes());
    data.extend(arch.to_le_bytes());
    data.extend([0; 8]);
    args.iter().for_each(|a| data.extend(a.to_le_bytes()));
    let (mut pc, mut a, mut steps) = (0, 0u32, 0);
    loop {
        let i = program[pc];
        pc += 1;
        steps += 1;
        let jump = |taken: bool| usize::from(if taken { i.jt } else { i.jf });
        match i.code {
            0x20 => a = u32::from_le_bytes(data[i.k as usize..][..4].try_into().unwrap()),
            0x54 => a &= i.k,
            0x05 => pc += i.k as usize,
            0x15 => pc += jump(a == i.k),
            0x35 => pc += jump(a >= i.k),
            0x06 => return (i.k, steps),
            other => panic!("unexpected instruction {other:#x}"),
        }
    }
}

fn call(architecture: Architecture, name: &str, args: &[u64]) -> String {
    let program = sandbox_filter(architecture).unwrap();
    let number = numbers::table()[name].number(architecture).unwrap();
    let mut six = [0; 6];
    six[..args.len()].copy_from_slice(args);
    name_of(run(&program, architecture.audit(), number, six).0)
}

fn name_of(action: u32) -> String {
    match action {
        libc::SECCOMP_RET_ALLOW => "allow".into(),
        libc::SECCOMP_RET_KILL_PROCESS => "kill".into(),
        a if a & 0xffff_0000 == libc::SECCOMP_RET_ERRNO => match (a & 0xffff) as i32 {
            libc::EPERM => "EPERM".into(),
            libc::ENOSYS => "ENOSYS".into(),
            other => format!("errno {other}"),
        },
        other => format!("{other:#x}"),
    }
}

#[test]
fn calls_are_decided_as_the_file_says() {
    let cases: &[(&str, &[u64], &str)] = &[
        ("read", &[], "allow"),
        ("getrandom", &[], "allow"),
        ("clone3", &[], "ENOSYS"),
        ("io_uring_setup", &[], "ENOSYS"),
        ("mount", &[], "EPERM"),
        ("ptrace", &[], "EPERM"),
        ("unshare", &[], "EPERM"),
        ("setns", &[], "EPERM"),
        ("bpf", &[], "EPERM"),
        ("keyctl", &[], "EPERM"),
        ("process_vm_readv", &[], "EPERM"),
        ("clone", &[0x3d0f00], "allow"),
        ("clone", &[0x11], "allow"),
        ("clone", &[0x1000_0011], "EPERM"),
        ("clone", &[0x0002_0011], "EPERM"),
        ("clone", &[0x4000_0011], "EPERM"),
        ("socket", &[1, 1, 0], "allow"),
        ("socket", &[2, 1 | 0o2000000, 0], "allow"),
        ("socket", &[10, 2, 0], "allow"),
        ("socket", &[2, 3, 1], "EPERM"),
        ("socket", &[16, 3, 0], "allow"),
        ("socket", &[16, 3, 9], "EPERM"),
        ("socket", &[17, 3, 0], "EPERM"),
        ("socket", &[40, 1, 0], "EPERM"),
        ("ioctl", &[0, 0x5401], "allow"),
        ("ioctl", &[0, 0x5412], "EPERM"),
        ("ioctl", &[0, 0x541c], "EPERM"),
        // The kernel looks at the lower half only, so must the filter.
        ("ioctl", &[0, 0x1_0000_5412], "EPERM"),
        ("personality", &[0xffff_ffff], "allow"),
        ("personality", &[0x0040000], "EPERM"),
        ("prctl", &[15], "allow"),
        ("prctl", &[35], "EPERM"),
    ];
    for architecture in [Architecture::X86_64, Architecture::Aarch64] {
        for (name, args, expected) in cases {
            assert_eq!(call(architecture, name, args), *expected, "{architecture:?} {name} {args:x?}");
        }
    }
}

#[test]
fn gvisor_gets_what_it_needs_and_no_more() {
    for architecture in [Architecture::X86_64, Architecture::Aarch64] {
        let program = gvisor_filter(architecture).unwrap();
        assert!(program.len() < 600, "{} instructions", program.len());
        let call = |name: &str, args: [u64; 6]| {
            let number = numbers::table()[name].number(architecture).unwrap();
            name_of(run(&program, architecture.audit(), number, args).0)
        };
        for name in ["read", "mount", "ptrace", "unshare", "seccomp"] {
            assert_eq!(call(name, [0; 6]), "allow", "{name}");
        }
        assert_eq!(call("clone", [0x1000_0011, 0, 0, 0, 0, 0]), "allow");
        for name in ["bpf", "keyctl", "perf_event_open", "userfaultfd", "init_module", "kexec_load"] {
            assert_eq!(call(name, [0; 6]), "EPERM", "{name}");
        }
        assert_eq!(call("io_uring_setup", [0; 6]), "ENOSYS");
    }
}

#[test]
fn every_number_agrees_with_the_decisions() {
    let file: FilterFile = toml::from_str(SANDBOX).unwrap();
    for architecture in [Architecture::X86_64, Architecture::Aarch64] {
        let program = sandbox_filter(architecture).unwrap();
        let decisions = decisions(&file, architecture).unwrap();
        for number in 0..600 {
            let expected = match decisions.get(&number) {
                Some(Decision::Allow) => "allow".to_string(),
                Some(Decision::Errno(e)) => name_of(libc::SECCOMP_RET_ERRNO | u32::from(*e)),
                Some(Decision::When(_)) => continue,
                None => "EPERM".to_string(),
            };
            assert_eq!(name_of(run(&program, architecture.audit(), number, [0; 6]).0), expected, "{number}");
        }
    }
}

#[test]
fn foreign_abis_are_killed() {
    let program = sandbox_filter(Architecture::X86_64).unwrap();
    let read = 0;
    for (arch, number) in [(0x4000_0003, read), (0xc000_003e, 0x4000_0000), (0xc000_003e, u32::MAX)] {
        assert_eq!(name_of(run(&program, arch, number, [0; 6]).0), "kill", "{arch:#x} {number:#x}");
    }
}

#[test]
fn search_is_logarithmic() {
    for architecture in [Architecture::X86_64, Architecture::Aarch64] {
        let program = sandbox_filter(architecture).unwrap();
        assert!(program.len() < 600, "{} instructions", program.len());
        let steps = (0..600).map(|n| run(&program, architecture.audit(), n, [0; 6]).1).max().unwrap();
        assert!(steps <= 90, "{steps} steps");
    }
}

#[test]
fn a_misspelt_call_is_refused() {
    let mut file: FilterFile = toml::from_str(SANDBOX).unwrap();
    file.absent.calls.push("raed".into());
    assert!(
        matches!(decisions(&file, Architecture::X86_64), Err(FilterError::UnknownCall(n)) if n == "raed")
    );
}

#[test]
fn families_may_enter_namespaces_and_give_capabilities_up_and_nothing_else() {
    for architecture in [Architecture::X86_64, Architecture::Aarch64] {
        let (ordinary, family) =
            (sandbox_filter(architecture).unwrap(), family_filter(architecture).unwrap());
        let decide = |program: &[libc::sock_filter], name: &str, args: [u64; 2]| {
            let number = numbers::table()[name].number(architecture).unwrap();
            name_of(run(program, architecture.audit(), number, [args[0], args[1], 0, 0, 0, 0]).0)
        };
        for (name, args, expected) in [
            ("setns", [5, 0x1000_0000], "allow"),
            ("setns", [5, 0x0002_0000], "allow"),
            ("setns", [5, 0], "EPERM"),
            ("setns", [5, 0x1002_0000], "EPERM"),
            ("prctl", [24, 21], "allow"),
            ("prctl", [15, 0], "allow"),
            ("prctl", [35, 0], "EPERM"),
        ] {
            assert_eq!(decide(&family, name, args), expected, "{name} {args:x?}");
        }
        let widened = ["setns", "prctl"].map(|name| numbers::table()[name].number(architecture));
        for number in (0..600).filter(|number| !widened.contains(&Some(*number))) {
            let both = [&ordinary, &family].map(|p| run(p, architecture.audit(), number, [0; 6]).0);
            assert_eq!(both[0], both[1], "{number}");
        }
    }
}
