//! Class-data archives: what a Java and our client load in every start, read and linked once. One per Java and version of
//! the client, made when a function is first expected to need it, by a function of our own in a sandbox that sees no
//! customer's code; kept beside the clients, which are mounted wherever Java runs.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use crate::environment::java;
use crate::{Fleet, Runtime};

const HANDLER: &str = "freehold.Archive";
/// Of one archive; they have 10 to 20 MiB.
const BYTES_MAX: usize = 128 << 20;

/// Which have been looked for since the server started, by runtime.
#[derive(Default)]
pub struct Archives {
    looked: Mutex<HashMap<String, Arc<OnceCell<()>>>>,
}

impl Archives {
    fn of(&self, runtime: &Runtime) -> Arc<OnceCell<()>> {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(looked.entry(runtime.name.clone()).or_default())
    }
}

impl Fleet {
    /// Makes the archive of this Java, unless there is one; returns when it is there or cannot be made, which is tried
    /// once. Nothing for other runtimes. Takes about two seconds.
    pub(crate) async fn archive(&self, runtime: &Arc<Runtime>) {
        let Some(path) = java::archive(runtime, &self.inner().context.clients) else { return };
        let looked = self.inner().archives.of(runtime);
        looked.get_or_init(|| self.make_archive(runtime, &path)).await;
    }

    async fn make_archive(&self, runtime: &Arc<Runtime>, path: &Path) {
        if path.is_file() {
            return;
        }
        let event = serde_json::json!({ "arguments": java::common_arguments(runtime) });
        let code = self.inner().context.clients.join("java");
        let made = match self.run_own(runtime, HANDLER, code, Vec::new(), &event, BYTES_MAX).await {
            Ok(archive) => keep(path, &archive).map_err(|error| format!("{}: {error}", path.display())),
            Err(error) => Err(error),
        };
        match made {
            Ok(()) => tracing::debug!(path = %path.display(), "a class-data archive was made"),
            Err(error) => {
                tracing::warn!(%error, runtime = runtime.name, "no class-data archive: Java starts slower");
            }
        }
    }
}

/// Whole or not at all.
fn keep(path: &Path, archive: &[u8]) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let partial = path.with_extension("partial");
    std::fs::write(&partial, archive)?;
    // The sandbox's user is nobody that the host knows.
    std::fs::set_permissions(&partial, std::fs::Permissions::from_mode(0o644))?;
    std::fs::rename(&partial, path)
}
