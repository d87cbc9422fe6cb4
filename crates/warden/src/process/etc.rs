//! The sandbox's `/etc`: generated identity and name-resolution files, and copies of the host's harmless ones that
//! libraries need. An allow-list: what isn't named here does not exist inside.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use super::init::{INSIDE_UID, INSIDE_USER};
use super::router::GATEWAY;
use crate::sys::Step;

/// Copied from the host, files and whole directories, as far as everybody may read them there.
const COPIED: [&str; 18] = [
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "ssl/certs",
    "ssl/openssl.cnf",
    "pki/tls/certs",
    "pki/tls/cert.pem",
    "pki/ca-trust/extracted",
    "ca-certificates.conf",
    "crypto-policies",
    "alternatives",
    "fonts",
    "mime.types",
    "services",
    "protocols",
    "gai.conf",
    "os-release",
    "python3",
];
/// Directories whose name begins so: Debian keeps parts of its Python and Java installations in `/etc`.
const COPIED_PREFIXES: [&str; 3] = ["python3.", "java-", "nodejs"];
/// Nothing we copy is large; a surprise must not fill memory.
const FILE_BYTES_MAX: u64 = 4 << 20;
const DEPTH_MAX: u32 = 8;

pub fn fill(etc: &Path, host: &Path) -> io::Result<()> {
    for name in COPIED {
        copy(&host.join(name), &etc.join(name), DEPTH_MAX)?;
    }
    for entry in fs::read_dir(host)?.flatten() {
        let name = entry.file_name();
        if COPIED_PREFIXES.iter().any(|p| name.to_string_lossy().starts_with(p)) {
            copy(&entry.path(), &etc.join(&name), DEPTH_MAX)?;
        }
    }
    identity(etc)
}

/// The files that say who and where a process is.
pub fn identity(etc: &Path) -> io::Result<()> {
    let generated = [
        (
            "passwd",
            format!(
                "root:x:0:0:root:/:/bin/false\n{INSIDE_USER}:x:{INSIDE_UID}:{INSIDE_UID}::/tmp:/bin/sh\n\
                 nobody:x:65534:65534:nobody:/:/bin/false\n"
            ),
        ),
        ("group", format!("root:x:0:\n{INSIDE_USER}:x:{INSIDE_UID}:\nnogroup:x:65534:\n")),
        (
            "hosts",
            // The names at which extensions listen for telemetry, as on AWS.
            "127.0.0.1 localhost sandbox sandbox.localdomain sandbox.local\n::1 localhost\n".into(),
        ),
        ("hostname", "sandbox\n".into()),
        // The same for all: without a way out there is no route to it, and lookups fail at once.
        ("resolv.conf", format!("nameserver {GATEWAY}\noptions timeout:5 attempts:2\n")),
        ("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\nservices: files\n".into()),
    ];
    for (name, text) in generated {
        let path = etc.join(name);
        fs::write(&path, text).step(|| format!("write {}", path.display()))?;
        fs::set_permissions(&path, Permissions::from_mode(0o644))?;
    }
    Ok(())
}

/// Copies a file, link or directory; skips what is missing, private, special or oversized.
fn copy(from: &Path, to: &Path, depth: u32) -> io::Result<()> {
    let Ok(metadata) = fs::symlink_metadata(from) else { return Ok(()) };
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    let readable_by_all = metadata.permissions().mode() & 0o004 != 0;
    if metadata.is_symlink() {
        symlink(fs::read_link(from)?, to)
    } else if !readable_by_all {
        Ok(())
    } else if metadata.is_dir() && depth > 0 {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)?.flatten() {
            copy(&entry.path(), &to.join(entry.file_name()), depth - 1)?;
        }
        Ok(())
    } else if metadata.is_file() && metadata.len() <= FILE_BYTES_MAX {
        fs::copy(from, to).step(|| format!("copy {}", from.display())).map(drop)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, mode: u32) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "host").unwrap();
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn secrets_do_not_follow() {
        let (host, inside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let files = [
            ("shadow", 0o640),
            ("ssh/ssh_host_key", 0o644),
            ("ssl/certs/ca.pem", 0o644),
            ("ssl/certs/secret.key", 0o600),
            ("ssl/private/server.key", 0o644),
            ("java-17/security/java.security", 0o644),
            ("passwd", 0o644),
        ];
        files.iter().for_each(|(name, mode)| write(&host.path().join(name), *mode));
        fill(inside.path(), host.path()).unwrap();
        let exists = |name: &str| inside.path().join(name).exists();
        let found: Vec<_> = files.iter().map(|(name, _)| *name).filter(|n| exists(n)).collect();
        assert_eq!(found, ["ssl/certs/ca.pem", "java-17/security/java.security", "passwd"]);
        assert!(fs::read_to_string(inside.path().join("passwd")).unwrap().contains("sbx_user1051:x:993"));
    }
}
