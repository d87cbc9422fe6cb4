//! temporary
use crate::Lambda;
use base::{AccountId, Region};
impl Lambda {
    pub(crate) fn changed(&self, _account: AccountId, _region: &Region, _name: &str) {}
}
