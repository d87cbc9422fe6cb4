//! Where Lambda's records live in the keyspace. Every key begins with account and region, so a listing never
//! crosses them.

use base::{AccountId, Region, RequestId};
use store::{Key, Space};

use crate::name::FunctionRef;

fn scoped(space: Space, account: AccountId, region: &Region) -> Key {
    Key::new(space).text(account.as_str()).text(region.as_str())
}

/// All functions of an account in a region, by name.
pub(crate) fn functions(account: AccountId, region: &Region) -> Key {
    scoped(Space::Function, account, region)
}

pub(crate) fn function(account: AccountId, region: &Region, name: &str) -> Key {
    functions(account, region).text(name)
}

/// All versions of all functions of an account in a region, by function.
pub(crate) fn all_versions(account: AccountId, region: &Region) -> Key {
    scoped(Space::FunctionVersion, account, region)
}

/// All versions of a function: `$LATEST` is 0, so it sorts first.
pub(crate) fn versions(account: AccountId, region: &Region, name: &str) -> Key {
    scoped(Space::FunctionVersion, account, region).text(name)
}

pub(crate) fn version(account: AccountId, region: &Region, name: &str, number: u64) -> Key {
    versions(account, region, name).number(number)
}

pub(crate) fn aliases(account: AccountId, region: &Region, name: &str) -> Key {
    scoped(Space::FunctionAlias, account, region).text(name)
}

pub(crate) fn alias(account: AccountId, region: &Region, name: &str, alias: &str) -> Key {
    aliases(account, region, name).text(alias)
}

/// All URLs of a function; `qualifier` is empty for the unqualified one.
pub(crate) fn urls(account: AccountId, region: &Region, name: &str) -> Key {
    scoped(Space::FunctionUrl, account, region).text(name)
}

pub(crate) fn url(account: AccountId, region: &Region, name: &str, qualifier: &str) -> Key {
    urls(account, region, name).text(qualifier)
}

pub(crate) fn url_id(id: &str) -> Key {
    Key::new(Space::FunctionUrlId).text(id)
}

/// All resource policies of a function; `qualifier` is empty for the unqualified one.
pub(crate) fn policies(account: AccountId, region: &Region, name: &str) -> Key {
    scoped(Space::FunctionPolicy, account, region).text(name)
}

pub(crate) fn policy(account: AccountId, region: &Region, name: &str, qualifier: &str) -> Key {
    policies(account, region, name).text(qualifier)
}

/// All requests for ready environments of a function, by qualifier.
pub(crate) fn provisions(account: AccountId, region: &Region, name: &str) -> Key {
    scoped(Space::FunctionProvisioned, account, region).text(name)
}

pub(crate) fn provision(account: AccountId, region: &Region, name: &str, qualifier: &str) -> Key {
    provisions(account, region, name).text(qualifier)
}

/// All requests for ready environments of an account in a region.
pub(crate) fn all_provisions(account: AccountId, region: &Region) -> Key {
    scoped(Space::FunctionProvisioned, account, region)
}

/// Everybody's.
pub(crate) fn everybodys_provisions() -> Key {
    Key::new(Space::FunctionProvisioned)
}

/// All configurations of asynchronous invocations of a function, by qualifier.
pub(crate) fn event_configs(account: AccountId, region: &Region, name: &str) -> Key {
    scoped(Space::FunctionEventConfig, account, region).text(name)
}

pub(crate) fn event_config(account: AccountId, region: &Region, name: &str, qualifier: &str) -> Key {
    event_configs(account, region, name).text(qualifier)
}

/// All layers of an account in a region, by name.
pub(crate) fn layers(account: AccountId, region: &Region) -> Key {
    scoped(Space::Layer, account, region)
}

pub(crate) fn layer(account: AccountId, region: &Region, name: &str) -> Key {
    layers(account, region).text(name)
}

/// All versions of all layers of an account in a region.
pub(crate) fn all_layer_versions(account: AccountId, region: &Region) -> Key {
    scoped(Space::LayerVersion, account, region)
}

pub(crate) fn layer_versions(account: AccountId, region: &Region, name: &str) -> Key {
    all_layer_versions(account, region).text(name)
}

pub(crate) fn layer_version(account: AccountId, region: &Region, name: &str, number: u64) -> Key {
    layer_versions(account, region, name).number(number)
}

pub(crate) fn layer_policy(account: AccountId, region: &Region, name: &str, number: u64) -> Key {
    scoped(Space::LayerVersionPolicy, account, region).text(name).number(number)
}

/// Everybody's versions, for the work that a crash interrupted.
pub(crate) fn everybodys_versions() -> Key {
    Key::new(Space::FunctionVersion)
}

/// All code packages, by digest.
pub(crate) fn code_packages() -> Key {
    Key::new(Space::CodePackage)
}

/// References to a code package: deleted from the blob store with the last one.
pub(crate) fn code_package(digest: &str) -> Key {
    Key::new(Space::CodePackage).text(digest)
}

/// Asynchronous invocations that earlier versions accepted; the commit sequence follows.
pub(crate) fn events() -> Key {
    Key::new(Space::FunctionEvent)
}

/// The payload of an accepted asynchronous invocation.
pub(crate) fn event_payload(request_id: RequestId) -> Key {
    Key::new(Space::FunctionEventPayload).text(&request_id.to_string())
}

/// Receipts of one hour since the epoch, so that a report reads only its range; the commit sequence follows.
pub(crate) fn receipts_of(hour: u64) -> Key {
    Key::new(Space::Receipt).number(hour)
}

/// All totals of one hour since the epoch.
pub(crate) fn receipt_totals_of(hour: u64) -> Key {
    Key::new(Space::ReceiptTotal).number(hour)
}

pub(crate) fn receipt_total(
    hour: u64,
    account: AccountId,
    region: &Region,
    function: &str,
    version: &str,
) -> Key {
    receipt_totals_of(hour).text(account.as_str()).text(region.as_str()).text(function).text(version)
}

/// The function that a version's key belongs to.
pub(crate) fn parse_version(key: &[u8]) -> Option<FunctionRef> {
    // Accounts, regions and function names hold no zero byte, so none of them is escaped.
    let mut parts = key.strip_prefix(&[Space::FunctionVersion as u8])?.splitn(4, |byte| *byte == 0);
    let mut text = || std::str::from_utf8(parts.next()?).ok();
    let (account, region, name) = (text()?, text()?, text()?);
    let account = account.parse().ok()?;
    Some(FunctionRef { account, region: Region::new(region), name: name.to_owned(), qualifier: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_versions_key_names_its_function() {
        let region = Region::new("us-east-1");
        let key = version(AccountId::DEFAULT, &region, "f", 256);
        let name = parse_version(&key).map(|name| name.arn());
        assert_eq!(name.as_deref(), Some("arn:aws:lambda:us-east-1:000000000000:function:f"));
        assert_eq!(parse_version(&alias(AccountId::DEFAULT, &region, "f", "a")), None);
    }
}
