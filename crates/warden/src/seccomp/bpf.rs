//! Compiles decisions into classic BPF: a binary search over ranges of call numbers that are decided alike. A
//! linear list of the same rules takes ten times as long to load, and longer to run.

use std::collections::BTreeMap;

use libc::sock_filter;

use super::Decision;
use super::numbers::Architecture;
use super::rules::Condition;

const LOAD_WORD: u16 = (libc::BPF_LD | libc::BPF_W | libc::BPF_ABS) as u16;
const AND: u16 = (libc::BPF_ALU | libc::BPF_AND | libc::BPF_K) as u16;
const JUMP: u16 = (libc::BPF_JMP | libc::BPF_JA) as u16;
const IF_EQUAL: u16 = (libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K) as u16;
const IF_AT_LEAST: u16 = (libc::BPF_JMP | libc::BPF_JGE | libc::BPF_K) as u16;
const RETURN: u16 = (libc::BPF_RET | libc::BPF_K) as u16;

/// Offsets in `struct seccomp_data`.
const NUMBER: u32 = 0;
const ARCHITECTURE: u32 = 4;
const ARGUMENTS: u32 = 16;

/// Calls of the x32 ABI carry this bit; nothing uses that ABI, and its numbers would slip past the table.
const X32: u32 = 0x4000_0000;

fn op(code: u16, k: u32) -> sock_filter {
    sock_filter { code, jt: 0, jf: 0, k }
}

fn ret(action: u32) -> sock_filter {
    op(RETURN, action)
}

fn errno(number: u16) -> u32 {
    libc::SECCOMP_RET_ERRNO | u32::from(number)
}

/// The whole program: other architectures are killed, unlisted calls get EPERM.
pub fn compile(architecture: Architecture, decisions: &BTreeMap<u32, Decision>) -> Vec<sock_filter> {
    let mut program = vec![
        op(LOAD_WORD, ARCHITECTURE),
        sock_filter { code: IF_EQUAL, jt: 1, jf: 0, k: architecture.audit() },
        ret(libc::SECCOMP_RET_KILL_PROCESS),
        op(LOAD_WORD, NUMBER),
    ];
    if architecture == Architecture::X86_64 {
        program.push(sock_filter { code: IF_AT_LEAST, jt: 0, jf: 1, k: X32 });
        program.push(ret(libc::SECCOMP_RET_KILL_PROCESS));
    }
    program.extend(search(&ranges(decisions)));
    program
}

/// The number line cut into ranges decided alike: (first number, decision), ascending, the first being 0.
fn ranges(decisions: &BTreeMap<u32, Decision>) -> Vec<(u32, Decision)> {
    let deny = Decision::Errno(libc::EPERM as u16);
    let mut ranges = vec![(0, deny.clone())];
    let mut next = 0;
    let mut begin = |number, decision: &Decision| match ranges.last_mut() {
        Some((_, last)) if last == decision => {}
        Some((first, last)) if *first == number => *last = decision.clone(),
        _ => ranges.push((number, decision.clone())),
    };
    for (&number, decision) in decisions {
        if number > next {
            begin(next, &deny);
        }
        begin(number, decision);
        next = number + 1;
    }
    begin(next, &deny);
    ranges
}

fn search(ranges: &[(u32, Decision)]) -> Vec<sock_filter> {
    if let [(_, decision)] = ranges {
        return leaf(decision);
    }
    let (low, high) = ranges.split_at(ranges.len() / 2);
    let (low_code, high_code) = (search(low), search(high));
    let mut code = Vec::new();
    // Conditional jumps reach 255 instructions; a far one goes through an unconditional jump.
    match u8::try_from(low_code.len()) {
        Ok(distance) => code.push(sock_filter { code: IF_AT_LEAST, jt: distance, jf: 0, k: high[0].0 }),
        Err(_) => {
            code.push(sock_filter { code: IF_AT_LEAST, jt: 0, jf: 1, k: high[0].0 });
            code.push(op(JUMP, low_code.len() as u32));
        }
    }
    code.extend(low_code);
    code.extend(high_code);
    code
}

fn leaf(decision: &Decision) -> Vec<sock_filter> {
    match decision {
        Decision::Allow => vec![ret(libc::SECCOMP_RET_ALLOW)],
        Decision::Errno(number) => vec![ret(errno(*number))],
        Decision::When(alternatives) => {
            let mut code: Vec<_> = alternatives.iter().flat_map(|a| alternative(a)).collect();
            code.push(ret(errno(libc::EPERM as u16)));
            code
        }
    }
}

/// Falls through to what follows unless every condition holds.
fn alternative(conditions: &[Condition]) -> Vec<sock_filter> {
    let Some((condition, rest)) = conditions.split_first() else {
        return vec![ret(libc::SECCOMP_RET_ALLOW)];
    };
    let rest = alternative(rest);
    // Little-endian on both architectures: the lower half comes first.
    let mut code = vec![op(LOAD_WORD, ARGUMENTS + 8 * u32::from(condition.arg))];
    if condition.mask != u32::MAX {
        code.push(op(AND, condition.mask));
    }
    // Each test is `if equal: skip one; skip to the next test`, so distances stay short whatever the lists' length.
    let skip = |code: &mut Vec<sock_filter>, value, distance: usize| {
        code.push(sock_filter { code: IF_EQUAL, jt: 0, jf: 1, k: value });
        code.push(op(JUMP, distance as u32));
    };
    if condition.one_of.is_empty() {
        for (i, &value) in condition.not_in.iter().enumerate() {
            skip(&mut code, value, 2 * (condition.not_in.len() - 1 - i) + rest.len());
        }
    } else {
        let n = condition.one_of.len();
        for (i, &value) in condition.one_of.iter().enumerate() {
            skip(&mut code, value, 2 * (n - 1 - i) + 1);
        }
        code.push(op(JUMP, rest.len() as u32));
    }
    code.extend(rest);
    code
}
