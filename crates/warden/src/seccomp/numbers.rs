//! System call numbers by name for both architectures, so that each filter can be compiled and tested anywhere.

use std::collections::BTreeMap;

const TABLE: &str = include_str!("../../filters/syscalls.txt");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Architecture {
    X86_64,
    Aarch64,
}

impl Architecture {
    /// The one that this program was built for.
    pub fn native() -> Option<Architecture> {
        match std::env::consts::ARCH {
            "x86_64" => Some(Architecture::X86_64),
            "aarch64" => Some(Architecture::Aarch64),
            _ => None,
        }
    }

    /// `AUDIT_ARCH_*`: the ELF machine, 64-bit, little-endian.
    pub fn audit(self) -> u32 {
        match self {
            Architecture::X86_64 => 0xc000_003e,
            Architecture::Aarch64 => 0xc000_00b7,
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Row {
    x86_64: Option<u32>,
    aarch64: Option<u32>,
}

impl Row {
    pub fn number(self, architecture: Architecture) -> Option<u32> {
        match architecture {
            Architecture::X86_64 => self.x86_64,
            Architecture::Aarch64 => self.aarch64,
        }
    }
}

pub fn table() -> BTreeMap<&'static str, Row> {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut words = line.split(' ');
            let name = words.next()?;
            let mut number = || words.next().and_then(|w| w.parse().ok());
            Some((name, Row { x86_64: number(), aarch64: number() }))
        })
        .collect()
}
