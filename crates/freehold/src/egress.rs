//! What functions reach: from the settings and from what the host turns out to be able to do.

use fleet::{EgressRule, EgressRules};
use warden::EgressMode;

use crate::settings::{Egress, Settings};

/// What the warden is to prepare.
pub fn options(settings: &Settings) -> warden::EgressOptions {
    let anybody = settings.egress_rules.iter().any(|rule| rule.egress == warden::Egress::Internet);
    let mode = match settings.egress {
        Egress::Auto if !anybody => EgressMode::IfPossible,
        Egress::None if !anybody => EgressMode::Off,
        // A rule that names functions is a demand, too.
        _ => EgressMode::Required,
    };
    warden::EgressOptions {
        mode,
        open: settings.egress_open.clone(),
        close: settings.egress_close.clone(),
        resolvers: settings.egress_resolvers.clone(),
    }
}

/// What each function gets. `possible` is the warden's answer.
pub fn rules(settings: &Settings, possible: &Result<(), String>) -> EgressRules {
    let default = match (settings.egress, possible) {
        (Egress::None, _) => warden::Egress::None,
        (_, Ok(())) => warden::Egress::Internet,
        (_, Err(reason)) => {
            tracing::warn!(
                "functions cannot reach the Internet, because this host cannot offer it: {reason} (`freehold doctor` \
                 says how to fix it; `egress = \"none\"` makes it your choice)"
            );
            warden::Egress::None
        }
    };
    let exception = |rule: &crate::settings::EgressRule| EgressRule {
        functions: rule.functions.clone(),
        egress: rule.egress,
    };
    EgressRules { default, exceptions: settings.egress_rules.iter().map(exception).collect() }
}
