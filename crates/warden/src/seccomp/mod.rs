//! The system call filter: commented data (`filters/`) turned into a BPF program at the warden's start.
//! Order of reading: `rules` (the data), `numbers` (the kernel's tables), `bpf` (the program).

mod bpf;
mod numbers;
mod rules;

use std::collections::BTreeMap;

pub use numbers::Architecture;
use rules::{Additions, FilterFile, GroupsFile};

const SANDBOX: &str = include_str!("../../filters/sandbox.toml");
const FAMILY: &str = include_str!("../../filters/family.toml");
const GVISOR: &str = include_str!("../../filters/gvisor.toml");

#[derive(Debug, thiserror::Error)]
pub enum FilterError {
    #[error("seccomp filter data: {0}")]
    Syntax(#[from] toml::de::Error),
    #[error("seccomp filter data: no architecture has a system call named '{0}'")]
    UnknownCall(String),
    #[error("seccomp filter data: '{0}' is decided twice")]
    Twice(String),
    #[error("seccomp filters exist for x86_64 and aarch64 only")]
    Architecture,
}

/// What happens to a system call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Allow,
    Errno(u16),
    /// Allowed if every condition of one alternative holds, otherwise EPERM.
    When(Vec<Vec<rules::Condition>>),
}

/// Compiles the sandbox's filter for an architecture.
pub fn sandbox_filter(architecture: Architecture) -> Result<Vec<libc::sock_filter>, FilterError> {
    let file: FilterFile = toml::from_str(SANDBOX)?;
    Ok(bpf::compile(architecture, &decisions(&file, architecture)?))
}

/// Compiles the filter of a family's members, which is a little wider.
pub fn family_filter(architecture: Architecture) -> Result<Vec<libc::sock_filter>, FilterError> {
    let mut decisions = decisions(&toml::from_str(SANDBOX)?, architecture)?;
    let additions: Additions = toml::from_str(FAMILY)?;
    for rule in additions.rule {
        let row = numbers::table().get(rule.syscall.as_str()).cloned();
        let row = row.ok_or_else(|| FilterError::UnknownCall(rule.syscall.clone()))?;
        let Some(number) = row.number(architecture) else { continue };
        match decisions.entry(number).or_insert_with(|| Decision::When(Vec::new())) {
            Decision::When(alternatives) => alternatives.extend(rule.when),
            Decision::Allow | Decision::Errno(_) => return Err(FilterError::Twice(rule.syscall)),
        }
    }
    Ok(bpf::compile(architecture, &decisions))
}

/// The same with what gVisor's own parts need beside: they run where functions otherwise do.
pub fn gvisor_filter(architecture: Architecture) -> Result<Vec<libc::sock_filter>, FilterError> {
    let mut decided = decisions(&toml::from_str(SANDBOX)?, architecture)?;
    let numbers = numbers::table();
    let more: GroupsFile = toml::from_str(GVISOR)?;
    for name in more.group.iter().flat_map(|g| &g.allow) {
        let row = numbers.get(name.as_str()).ok_or_else(|| FilterError::UnknownCall(name.clone()))?;
        decided.extend(row.number(architecture).map(|number| (number, Decision::Allow)));
    }
    Ok(bpf::compile(architecture, &decided))
}

fn decisions(file: &FilterFile, architecture: Architecture) -> Result<BTreeMap<u32, Decision>, FilterError> {
    let numbers = numbers::table();
    let mut decisions = BTreeMap::new();
    let mut decide = |name: &str, decision: Decision| {
        let row = numbers.get(name).ok_or_else(|| FilterError::UnknownCall(name.into()))?;
        match row.number(architecture) {
            Some(number) if decisions.insert(number, decision).is_some() => {
                Err(FilterError::Twice(name.into()))
            }
            _ => Ok(()),
        }
    };
    for name in &file.absent.calls {
        decide(name, Decision::Errno(libc::ENOSYS as u16))?;
    }
    for name in file.group.iter().flat_map(|g| &g.allow) {
        decide(name, Decision::Allow)?;
    }
    for rule in &file.rule {
        decide(&rule.syscall, Decision::When(rule.when.clone()))?;
    }
    Ok(decisions)
}

#[cfg(test)]
mod tests;
