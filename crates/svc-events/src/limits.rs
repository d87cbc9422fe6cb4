//! How much there may be. AWS's quotas where raising them costs this server something; above them where it does not.

/// Event buses of an account in a region beside the default one. AWS: 100.
pub(crate) const BUSES_MAX: usize = 1000;

/// Rules of a bus. AWS: 300; an event finds its rules without walking them.
pub(crate) const RULES_MAX: usize = 10_000;

/// Targets of a rule, as on AWS.
pub(crate) const TARGETS_MAX: usize = 5;

/// Tags of a resource, as on AWS.
pub(crate) const TAGS_MAX: usize = 50;

/// Bytes of a bus's policy, as on AWS.
pub(crate) const POLICY_LEN_MAX: usize = 10_240;

/// AWS's largest page, and the one without a limit.
pub(crate) const PAGE_MAX: usize = 100;
