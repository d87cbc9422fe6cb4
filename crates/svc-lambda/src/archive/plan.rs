//! What a package will become on disk, decided from its directory before a single file is written.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::PathBuf;

use ::zip::{CompressionMethod, ZipArchive};

use super::Refusal;
use crate::limits::ZIP_ENTRIES_MAX;

/// Longest name of a file and longest path on Linux file systems.
const NAME_BYTES_MAX: usize = 255;
const PATH_BYTES_MAX: usize = 4096;

const MODE_TYPE: u32 = 0o170_000;
const MODE_DIRECTORY: u32 = 0o040_000;
const MODE_REGULAR: u32 = 0o100_000;
const MODE_LINK: u32 = 0o120_000;

/// One file, directory or link to make.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Planned {
    /// Its place in the package.
    pub(super) index: usize,
    /// Relative, without `.` and `..`.
    pub(super) path: PathBuf,
    /// Permission bits only.
    pub(super) mode: u32,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Directory,
    File,
    /// Relative, and proved to stay inside.
    Link {
        target: String,
    },
}

/// Lists what to make, links last: then no file is ever written through one.
pub(super) fn plan(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Vec<Planned>, Refusal> {
    if archive.len() > ZIP_ENTRIES_MAX {
        return Err(Refusal::unreadable("too many entries"));
    }
    if archive.has_duplicate_names() {
        return Err(Refusal::unreadable("two entries have the same name"));
    }
    let mut planned = Vec::with_capacity(archive.len());
    let mut kinds: BTreeMap<Vec<String>, bool> = BTreeMap::new();
    for index in 0..archive.len() {
        let Some((parts, entry)) = plan_entry(archive, index)? else { continue };
        let directory = entry.kind == Kind::Directory;
        match kinds.insert(parts, directory) {
            // Some tools list a directory twice; that harms nobody.
            Some(true) if directory => continue,
            Some(_) => return Err(Refusal::unreadable("two entries have the same path")),
            None => planned.push(entry),
        }
    }
    // Whatever is above an entry must be a directory: neither a file, nor a link that leads elsewhere.
    for parts in kinds.keys() {
        let above = (1..parts.len()).map(|len| &parts[..len]);
        if above.into_iter().any(|parent| kinds.get(parent) == Some(&false)) {
            return Err(Refusal::unreadable(format!("{} lies below a file", parts.join("/"))));
        }
    }
    planned.sort_by_key(|entry| matches!(entry.kind, Kind::Link { .. }));
    Ok(planned)
}

/// `None` for the root itself (`./`).
fn plan_entry(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
) -> Result<Option<(Vec<String>, Planned)>, Refusal> {
    // The raw form also opens encrypted entries, which are refused below, by name.
    let mut entry = archive.by_index_raw(index).map_err(Refusal::unreadable)?;
    if entry.encrypted() {
        return Err(Refusal::unreadable("an entry is encrypted"));
    }
    if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
        return Err(Refusal::unreadable("an entry is compressed by a method other than deflate"));
    }
    // Many tools write UTF-8 without setting the flag that says so.
    let name = match std::str::from_utf8(entry.name_raw()) {
        Ok(name) => name.to_owned(),
        Err(_) => entry.name().map_err(Refusal::unreadable)?.into_owned(),
    };
    let mode = entry.unix_mode().unwrap_or(0);
    let parts = components(&name)?;
    let kind = match mode & MODE_TYPE {
        MODE_LINK => {
            drop(entry);
            entry = archive.by_index(index).map_err(Refusal::unreadable)?;
            Kind::Link { target: link_target(&mut entry, &parts)? }
        }
        _ if name.ends_with('/') => Kind::Directory,
        MODE_DIRECTORY => Kind::Directory,
        0 | MODE_REGULAR => Kind::File,
        _ => {
            return Err(Refusal::unreadable(format!(
                "{name:?} is neither a file nor a directory nor a link"
            )));
        }
    };
    if parts.is_empty() {
        return if kind == Kind::Directory {
            Ok(None)
        } else {
            Err(Refusal::unreadable("an entry has no name"))
        };
    }
    let mode = permissions(mode, &kind);
    Ok(Some((parts.clone(), Planned { index, path: parts.iter().collect(), mode, kind })))
}

fn components(name: &str) -> Result<Vec<String>, Refusal> {
    let refuse = |why: &str| Err(Refusal::unreadable(format!("{why}: {name:?}")));
    if name.starts_with('/') {
        return refuse("an absolute path");
    }
    if name.len() > PATH_BYTES_MAX {
        return refuse("a path too long");
    }
    if name.contains('\0') {
        return refuse("a NUL in a path");
    }
    let mut parts = Vec::new();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => return refuse("a path that leads outside"),
            _ if part.len() > NAME_BYTES_MAX => return refuse("a name too long"),
            _ => parts.push(part.to_owned()),
        }
    }
    Ok(parts)
}

/// Reads a link's target. It may climb with leading `..`, but not above the package's root, and not again after it
/// has descended: what it descends through may itself be a link, and then `..` is not where it seems to be.
fn link_target(content: &mut dyn Read, parts: &[String]) -> Result<String, Refusal> {
    let mut target = String::new();
    content.take(PATH_BYTES_MAX as u64 + 1).read_to_string(&mut target).map_err(Refusal::unreadable)?;
    let refuse = || Err(Refusal::unreadable(format!("a link that leads outside: {target:?}")));
    if target.is_empty() || target.len() > PATH_BYTES_MAX || target.starts_with('/') || target.contains('\0')
    {
        return refuse();
    }
    let mut depth = parts.len().saturating_sub(1);
    let mut descended = false;
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." if descended || depth == 0 => return refuse(),
            ".." => depth -= 1,
            _ => descended = true,
        }
    }
    Ok(target)
}

/// Executable stays executable; beyond that, the sandbox's user can read whatever a package holds, and nobody but
/// us can write it. A package's own idea of owner and group means nothing here.
fn permissions(mode: u32, kind: &Kind) -> u32 {
    let executable = mode & 0o111 != 0;
    if *kind == Kind::Directory || executable { 0o755 } else { 0o644 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_becomes_readable_and_nothing_writable() {
        for (mode, kind, expected) in [
            (0, Kind::File, 0o644),
            (0o100_600, Kind::File, 0o644),
            (0o100_666, Kind::File, 0o644),
            (0o100_700, Kind::File, 0o755),
            (0o100_645, Kind::File, 0o755),
            (0o106_777, Kind::File, 0o755),
            (0o040_700, Kind::Directory, 0o755),
        ] {
            assert_eq!(permissions(mode, &kind), expected, "{mode:o}");
        }
    }

    #[test]
    fn links_stay_inside() {
        let check = |at: &str, target: &str| {
            let parts = components(at).unwrap();
            link_target(&mut target.as_bytes(), &parts).is_ok()
        };
        for (at, target) in [
            ("a", "b"),
            ("a", "./b/c"),
            ("node_modules/.bin/x", "../x/cli.js"),
            ("d/e/f", "../../g"),
            ("d/a", ".."),
        ] {
            assert!(check(at, target), "{at} -> {target}");
        }
        for (at, target) in [
            ("a", ""),
            ("a", "/etc/passwd"),
            ("a", ".."),
            ("a", "../b"),
            ("d/a", "../../etc"),
            // `d` could be a link to the root, and then this climbs out of it.
            ("a", "d/.."),
            ("a", "b\0c"),
        ] {
            assert!(!check(at, target), "{at} -> {target}");
        }
    }
}
