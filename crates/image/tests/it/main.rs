//! Images on disk through the public interface: what is in them, what must not get out of them, and who shares work.

mod hostile;
mod sources;
mod support;
