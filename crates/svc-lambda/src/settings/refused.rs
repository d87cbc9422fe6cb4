//! Properties that AWS has and Freehold does not have yet. A request that sets one is refused with its name; one
//! that spells out the neutral value (as many tools do) is fine.

use wire::ApiError;

use super::Settings;
use crate::error::unsupported;

impl Settings {
    pub(super) fn refuse_unsupported(&self) -> Result<(), ApiError> {
        let given = |list: &Option<Vec<String>>| list.as_ref().is_some_and(|items| !items.is_empty());
        let text = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
        let vpc = self.vpc_config.as_ref().is_some_and(|vpc| {
            given(&vpc.subnet_ids)
                || given(&vpc.security_group_ids)
                || vpc.ipv6_allowed_for_dual_stack == Some(true)
        });
        let tracing = self.tracing_config.as_ref().and_then(|tracing| tracing.mode.as_deref());
        let files = self.file_system_configs.as_ref().is_some_and(|files| !files.is_empty());
        for (property, refused) in [
            ("VpcConfig", vpc),
            ("FileSystemConfigs", files),
            ("KMSKeyArn", text(&self.kms_key_arn)),
            ("TracingConfig Mode Active", tracing.is_some_and(|mode| mode != "PassThrough")),
            ("CapacityProviderConfig", self.capacity_provider_config.is_some()),
            ("DurableConfig", self.durable_config.is_some()),
            ("RuntimeConfig", self.runtime_config.is_some()),
            ("AcceleratorConfig", self.accelerator_config.is_some()),
        ] {
            if refused {
                return Err(unsupported(property));
            }
        }
        Ok(())
    }
}
