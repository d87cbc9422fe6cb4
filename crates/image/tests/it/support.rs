//! Tars and layouts made by hand, because libraries refuse to write what a hostile image contains.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base::SystemEntropy;
use image::{Digest, ImageError, Images, Limits, Options, Reference, RegistryOptions, Unpacked};
use sha2::{Digest as _, Sha256};

#[derive(Default)]
pub struct Tar(Vec<u8>);

impl Tar {
    pub fn add(mut self, kind: u8, name: &str, link: &str, mode: u32, data: &[u8]) -> Tar {
        let mut header = tar::Header::new_ustar();
        header.set_mode(mode);
        header.set_size(data.len() as u64);
        header.set_mtime(1_700_000_000);
        header.set_entry_type(tar::EntryType::new(kind));
        let old = header.as_old_mut();
        old.name[..name.len()].copy_from_slice(name.as_bytes());
        old.linkname[..link.len()].copy_from_slice(link.as_bytes());
        header.set_cksum();
        self.0.extend(header.as_bytes());
        self.0.extend(data);
        self.0.resize(self.0.len().next_multiple_of(512), 0);
        self
    }

    pub fn file(self, name: &str, data: &str) -> Tar {
        self.add(b'0', name, "", 0o644, data.as_bytes())
    }

    pub fn dir(self, name: &str) -> Tar {
        self.add(b'5', name, "", 0o755, b"")
    }

    pub fn symlink(self, name: &str, target: &str) -> Tar {
        self.add(b'2', name, target, 0o777, b"")
    }

    pub fn link(self, name: &str, target: &str) -> Tar {
        self.add(b'1', name, target, 0o644, b"")
    }

    pub fn bytes(mut self) -> Vec<u8> {
        self.0.extend([0; 1024]);
        self.0
    }
}

pub fn digest(bytes: &[u8]) -> String {
    let hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

/// Images below a scratch directory, whose `outside` must stay as it is.
pub struct Bench {
    pub dir: tempfile::TempDir,
    pub images: Images,
}

impl Bench {
    pub fn new() -> Bench {
        Bench::with(Limits::default())
    }

    pub fn with(limits: Limits) -> Bench {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("outside")).unwrap();
        fs::write(dir.path().join("outside/victim"), "untouched").unwrap();
        let options = Options {
            dir: dir.path().join("images"),
            local_dir: dir.path().join("local"),
            architecture: "amd64".into(),
            registry: RegistryOptions::default(),
            limits,
            mount_dirs: ["proc", "etc", "dev"].map(PathBuf::from).to_vec(),
            mount_files: vec!["etc/hosts".into()],
        };
        Bench { images: Images::new(options, Arc::new(SystemEntropy)).unwrap(), dir }
    }

    pub fn outside(&self) -> String {
        self.dir.path().join("outside").display().to_string()
    }

    pub fn assert_untouched(&self) {
        let outside = self.dir.path().join("outside");
        assert_eq!(fs::read_to_string(outside.join("victim")).unwrap(), "untouched");
        assert_eq!(fs::read_dir(outside).unwrap().count(), 1);
    }

    /// Nothing half made is left.
    pub fn assert_tidy(&self) {
        let names = fs::read_dir(self.dir.path().join("images")).into_iter().flatten().flatten();
        let left: Vec<_> =
            names.filter(|entry| entry.file_name().to_string_lossy().starts_with('.')).collect();
        assert!(left.is_empty(), "{left:?}");
    }

    /// Writes a layout as image `x:v1`. (plain tar, as stored)
    pub fn layout(&self, layers: &[(Vec<u8>, Vec<u8>)]) -> PathBuf {
        let dir = self.dir.path().join("local/x/v1");
        let _ = fs::remove_dir_all(&dir);
        let blobs = dir.join("blobs/sha256");
        fs::create_dir_all(&blobs).unwrap();
        let put = |bytes: &[u8]| {
            fs::write(blobs.join(digest(bytes).trim_start_matches("sha256:")), bytes).unwrap();
            serde_json::json!({ "digest": digest(bytes), "size": bytes.len() })
        };
        let described = |bytes: &[u8], kind: &str| {
            let mut descriptor = put(bytes);
            descriptor["mediaType"] = format!("application/vnd.oci.image.{kind}").into();
            descriptor
        };
        let diff_ids: Vec<_> = layers.iter().map(|(plain, _)| digest(plain)).collect();
        let config = serde_json::json!({
            "architecture": "amd64", "os": "linux", "config": { "Cmd": ["/run"] },
            "rootfs": { "type": "layers", "diff_ids": diff_ids },
        });
        let layers: Vec<_> = layers.iter().map(|(_, stored)| described(stored, "layer.v1.tar")).collect();
        let manifest = serde_json::json!({
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": described(config.to_string().as_bytes(), "config.v1+json"), "layers": layers,
        });
        let manifest = described(manifest.to_string().as_bytes(), "manifest.v1+json");
        let index = serde_json::json!({ "schemaVersion": 2, "manifests": [manifest] });
        fs::write(dir.join("index.json"), index.to_string()).unwrap();
        dir
    }

    pub async fn resolve(&self) -> Result<(Reference, Digest), ImageError> {
        let reference: Reference = "localhost/x:v1".parse().unwrap();
        let digest = self.images.resolve(&reference).await?;
        Ok((reference, digest))
    }

    pub async fn unpack(&self, layers: Vec<Tar>) -> Result<Unpacked, ImageError> {
        let layers: Vec<_> = layers.into_iter().map(Tar::bytes).map(|tar| (tar.clone(), tar)).collect();
        self.layout(&layers);
        let (reference, digest) = self.resolve().await?;
        self.images.unpacked(&reference, &digest).await
    }
}

/// Files and links below a root, with contents and targets, without what is made for mounting.
pub fn contents(root: &Path) -> Vec<String> {
    fn walk(root: &Path, dir: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(dir).unwrap().flatten() {
            let (path, kind) = (entry.path(), entry.file_type().unwrap());
            let name = path.strip_prefix(root).unwrap().display().to_string();
            if ["proc", "etc", "dev"].contains(&name.as_str()) {
                continue;
            }
            if kind.is_symlink() {
                found.push(format!("{name} -> {}", fs::read_link(&path).unwrap().display()));
            } else if kind.is_dir() {
                found.push(format!("{name}/"));
                walk(root, &path, found);
            } else {
                found.push(format!("{name}={}", fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(root, root, &mut found);
    found.sort();
    found
}
