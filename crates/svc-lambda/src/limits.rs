//! Lambda's quotas, as AWS documents them, in one place.

/// A zip in the request itself.
pub(crate) const ZIP_BYTES_MAX: usize = 50 * 1024 * 1024;
/// The JSON document around such a zip: base64, and room for the other members. AWS names this figure in its error.
pub(crate) const ZIP_BODY_BYTES_MAX: usize = 70_167_211;
/// All files of a package.
pub(crate) const UNZIPPED_BYTES_MAX: u64 = 262_144_000;
/// Entries of a package. AWS states none; 262,144,000 bytes of honest files come nowhere near.
pub(crate) const ZIP_ENTRIES_MAX: usize = 100_000;
/// Environment variables as one JSON document.
pub(crate) const ENVIRONMENT_BYTES_MAX: usize = 4 * 1024;
pub(crate) const MEMORY_MIB_MAX: u32 = 10_240;
pub(crate) const MEMORY_MIB_DEFAULT: u32 = 128;
pub(crate) const EPHEMERAL_MIB_MAX: u32 = 10_240;
pub(crate) const EPHEMERAL_MIB_DEFAULT: u32 = 512;
pub(crate) const TIMEOUT_S_MAX: u32 = 900;
pub(crate) const TIMEOUT_S_DEFAULT: u32 = 3;
/// Layers of one function.
pub(crate) const LAYERS_MAX: usize = 5;
pub(crate) const TAGS_MAX: usize = 50;
/// A resource policy document.
pub(crate) const POLICY_BYTES_MAX: usize = 20 * 1024;
/// Items in one page of a listing.
pub(crate) const PAGE_ITEMS_MAX: usize = 50;

const _: () = assert!(ZIP_BODY_BYTES_MAX > ZIP_BYTES_MAX.div_ceil(3) * 4, "the largest zip fits in its body");
