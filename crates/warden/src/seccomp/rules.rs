//! The shape of the filter file; the file itself explains the words.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilterFile {
    pub absent: Absent,
    pub group: Vec<Group>,
    pub rule: Vec<Rule>,
}

/// What a filter lets through beyond another.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Additions {
    pub rule: Vec<Rule>,
}

/// Additions to a filter file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupsFile {
    pub group: Vec<Group>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absent {
    pub calls: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    #[expect(dead_code, reason = "read by people; required, so that no call is listed without a reason")]
    pub why: String,
    pub allow: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub syscall: String,
    #[expect(dead_code, reason = "read by people; required, so that no rule is without a reason")]
    pub why: String,
    pub when: Vec<Vec<Condition>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub arg: u8,
    #[serde(default = "every_bit")]
    pub mask: u32,
    #[serde(default, rename = "in")]
    pub one_of: Vec<u32>,
    #[serde(default)]
    pub not_in: Vec<u32>,
}

fn every_bit() -> u32 {
    u32::MAX
}
