//! What the loop looks at again and again, because no event tells: sandboxes that freeze, and control groups that can't be
//! removed yet.

use std::io;
use std::os::fd::BorrowedFd;

use super::answers::reply;
use super::sandbox::Phase;
use super::table::Table;
use crate::protocol::{Answer, Failure};

/// When a sandbox is taken for one that does not freeze (something in it hangs in the kernel): about two seconds.
const FREEZE_LOOKS_MAX: u32 = 1000;

impl Table {
    pub(super) fn freeze_pending(&mut self, server: BorrowedFd<'_>) -> io::Result<()> {
        for slot in std::mem::take(&mut self.freezing) {
            let Some(sandbox) = self.sandboxes.get_mut(&slot) else { continue };
            let Some((id, looks)) = sandbox.freeze_request.take() else { continue };
            let result = match sandbox.group.is_frozen() {
                Ok(true) => Ok(Answer::Done),
                // Thawed or killed meanwhile: both came after this request.
                Ok(false) if !sandbox.frozen => Ok(Answer::Done),
                Ok(false) if sandbox.phase == Phase::Ended => Err(Failure::Dead),
                Ok(false) if looks < FREEZE_LOOKS_MAX => {
                    sandbox.freeze_request = Some((id, looks + 1));
                    self.freezing.insert(slot);
                    continue;
                }
                Ok(false) => Err(Failure::System("the sandbox does not freeze".into())),
                Err(e) => Err(e.into()),
            };
            reply(server, id, result, &[])?;
        }
        Ok(())
    }

    pub(super) fn remove_pending(&mut self, server: BorrowedFd<'_>) -> io::Result<()> {
        for slot in std::mem::take(&mut self.removing) {
            let Some(mut sandbox) = self.sandboxes.remove(&slot) else { continue };
            match sandbox.remove_groups() {
                Err(e) if e.raw_os_error() == Some(libc::EBUSY) => {
                    self.sandboxes.insert(slot, sandbox);
                    self.removing.insert(slot);
                }
                result => {
                    self.slots_by_id.remove(&sandbox.id);
                    if let (Some(router), Some(lease)) = (self.router.as_mut(), sandbox.lease.take()) {
                        router.release(lease);
                    }
                    let requests = std::mem::take(&mut sandbox.destroy_requests);
                    // Its descriptors go before anybody is told that it is gone.
                    drop(sandbox);
                    for id in requests {
                        let result = match &result {
                            Ok(()) => Ok(Answer::Done),
                            Err(e) => Err(Failure::System(e.to_string())),
                        };
                        reply(server, id, result, &[])?;
                    }
                }
            }
        }
        Ok(())
    }
}
