//! What CreateFunction and UpdateFunctionConfiguration may set: checked here, then applied to a version.

mod environment;
mod image;
mod refused;

use api::lambda::{
    AcceleratorConfig, CapacityProviderConfig, CreateFunctionRequest, DeadLetterConfig, DurableConfig,
    Environment, EphemeralStorage, FileSystemConfig, FunctionRuntimeConfig, ImageConfig, LoggingConfig,
    SnapStart, TracingConfig, UpdateFunctionConfigurationRequest, VpcConfig,
};
use fleet::Runtime;
use std::sync::Arc;
use wire::ApiError;

use crate::error::{constraint, invalid};
use crate::model::{Logging, VersionRecord};
use crate::{limits, snap_start};

/// The members that both requests share; absent ones stay as they are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) description: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) runtime: Option<String>,
    pub(crate) handler: Option<String>,
    pub(crate) timeout: Option<i64>,
    pub(crate) memory_size: Option<i64>,
    pub(crate) environment: Option<Environment>,
    pub(crate) ephemeral_storage: Option<EphemeralStorage>,
    pub(crate) logging_config: Option<LoggingConfig>,
    tracing_config: Option<TracingConfig>,
    vpc_config: Option<VpcConfig>,
    dead_letter_config: Option<DeadLetterConfig>,
    kms_key_arn: Option<String>,
    pub(crate) layers: Option<Vec<String>>,
    file_system_configs: Option<Vec<FileSystemConfig>>,
    pub(crate) image_config: Option<ImageConfig>,
    snap_start: Option<SnapStart>,
    capacity_provider_config: Option<CapacityProviderConfig>,
    durable_config: Option<DurableConfig>,
    runtime_config: Option<FunctionRuntimeConfig>,
    accelerator_config: Option<AcceleratorConfig>,
}

macro_rules! settings {
    ($request:expr, role: $role:expr) => {{
        let request = $request;
        Settings {
            description: request.description.clone(),
            role: $role,
            runtime: request.runtime.clone(),
            handler: request.handler.clone(),
            timeout: request.timeout,
            memory_size: request.memory_size,
            environment: request.environment.clone(),
            ephemeral_storage: request.ephemeral_storage.clone(),
            logging_config: request.logging_config.clone(),
            tracing_config: request.tracing_config.clone(),
            vpc_config: request.vpc_config.clone(),
            dead_letter_config: request.dead_letter_config.clone(),
            kms_key_arn: request.kms_key_arn.clone(),
            layers: request.layers.clone(),
            file_system_configs: request.file_system_configs.clone(),
            image_config: request.image_config.clone(),
            snap_start: request.snap_start.clone(),
            capacity_provider_config: request.capacity_provider_config.clone(),
            durable_config: request.durable_config.clone(),
            runtime_config: request.runtime_config.clone(),
            accelerator_config: request.accelerator_config.clone(),
        }
    }};
}

impl From<&CreateFunctionRequest> for Settings {
    fn from(request: &CreateFunctionRequest) -> Settings {
        settings!(request, role: Some(request.role.clone()))
    }
}

impl From<&UpdateFunctionConfigurationRequest> for Settings {
    fn from(request: &UpdateFunctionConfigurationRequest) -> Settings {
        settings!(request, role: request.role.clone())
    }
}

impl Settings {
    /// Where events that failed for good are to go, if anywhere.
    pub(crate) fn dead_letter(&self) -> Option<&str> {
        let config = self.dead_letter_config.as_ref()?;
        config.target_arn.as_deref().filter(|arn| !arn.is_empty())
    }

    /// Everything that can be said without looking at the stored function.
    pub(crate) fn check(&self, runtimes: &[Arc<Runtime>]) -> Result<(), ApiError> {
        self.refuse_unsupported()?;
        at_most("Timeout", self.timeout, limits::TIMEOUT_S_MAX)?;
        at_most("MemorySize", self.memory_size, limits::MEMORY_MIB_MAX)?;
        let ephemeral = self.ephemeral_storage.as_ref().map(|storage| storage.size);
        at_most("EphemeralStorage.Size", ephemeral, limits::EPHEMERAL_MIB_MAX)?;
        if let Some(runtime) = &self.runtime {
            check_runtime(runtime, runtimes)?;
        }
        if let Some(variables) =
            self.environment.as_ref().and_then(|environment| environment.variables.as_ref())
        {
            environment::check(variables)?;
        }
        Ok(())
    }

    /// Writes what was given into `version`. To be called after [`Settings::check`].
    pub(crate) fn apply(&self, version: &mut VersionRecord, function: &str) -> Result<(), ApiError> {
        set(&mut version.description, self.description.clone());
        set(&mut version.role, self.role.clone());
        set(&mut version.runtime, self.runtime.clone());
        set(&mut version.handler, self.handler.clone());
        set(&mut version.timeout_s, number("timeout", self.timeout)?);
        set(&mut version.memory_mib, number("memorySize", self.memory_size)?);
        let ephemeral = self.ephemeral_storage.as_ref().map(|storage| storage.size);
        set(&mut version.ephemeral_mib, number("ephemeralStorage.size", ephemeral)?);
        if let Some(config) = &self.dead_letter_config {
            version.dead_letter = config.target_arn.clone().filter(|arn| !arn.is_empty());
        }
        set(&mut version.tracing_mode, self.tracing_config.as_ref().and_then(|tracing| tracing.mode.clone()));
        if let Some(environment) = &self.environment {
            version.environment = environment.variables.clone().unwrap_or_default();
        }
        if let (Some(image), Some(given)) = (&mut version.image, &self.image_config) {
            image.config = image::settings(given);
        }
        if let Some(given) = &self.logging_config {
            version.logging = logging(&version.logging, given, function)?;
        }
        if let Some(apply_on) = self.snap_start.as_ref().and_then(|snap| snap.apply_on.as_deref()) {
            version.snap_start = apply_on == "PublishedVersions";
        }
        snap_start::check(version)
    }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// The tables allow more than a function on this kind of host may have.
fn at_most(name: &str, value: Option<i64>, limit: u32) -> Result<(), ApiError> {
    match value {
        Some(value) if value > i64::from(limit) => Err(invalid(format!(
            "'{name}' value failed to satisfy constraint: Member must have value less than or equal to {limit}"
        ))),
        _ => Ok(()),
    }
}

fn number(name: &str, value: Option<i64>) -> Result<Option<u32>, ApiError> {
    let convert = |value: i64| match u32::try_from(value) {
        Ok(number) if number > 0 => Ok(number),
        _ => {
            let rule = "Member must have value greater than or equal to 1";
            Err(constraint(&value.to_string(), name, rule))
        }
    };
    value.map(convert).transpose()
}

fn check_runtime(name: &str, runtimes: &[Arc<Runtime>]) -> Result<(), ApiError> {
    if runtimes.iter().any(|runtime| runtime.name == name) {
        return Ok(());
    }
    let mut found: Vec<_> = runtimes.iter().map(|runtime| runtime.name.as_str()).collect();
    found.sort_unstable();
    let found = if found.is_empty() { "none".to_owned() } else { found.join(", ") };
    Err(invalid(format!(
        "The runtime {name} is not installed on this host. Runtimes found: {found}. Install its interpreter and \
         restart Freehold; 'freehold runtimes' shows where it looks."
    )))
}

/// The default of a new function.
pub(crate) fn logging_default(function: &str) -> Logging {
    Logging {
        format: "Text".into(),
        application_level: None,
        system_level: None,
        group: format!("/aws/lambda/{function}"),
    }
}

/// Merges what was given into what was set, as AWS does: JSON brings its levels, and text has none.
fn logging(current: &Logging, given: &LoggingConfig, function: &str) -> Result<Logging, ApiError> {
    let format = given.log_format.clone().unwrap_or_else(|| current.format.clone());
    if format != "JSON" {
        if given.application_log_level.is_some() || given.system_log_level.is_some() {
            return Err(invalid(
                "ApplicationLogLevel and SystemLogLevel can only be set when LogFormat is JSON.",
            ));
        }
        let group = given.log_group.clone().unwrap_or_else(|| current.group.clone());
        return Ok(Logging { format, group, ..logging_default(function) });
    }
    let level = |given: &Option<String>, current: &Option<String>| {
        given.clone().or_else(|| current.clone()).or_else(|| Some("INFO".to_owned()))
    };
    Ok(Logging {
        format,
        application_level: level(&given.application_log_level, &current.application_level),
        system_level: level(&given.system_log_level, &current.system_level),
        group: given.log_group.clone().unwrap_or_else(|| current.group.clone()),
    })
}

/// The architecture of this host in AWS's words.
pub(crate) fn host_architecture() -> &'static str {
    match std::env::consts::ARCH {
        "aarch64" => "arm64",
        other => other,
    }
}

/// What the function runs on. Freehold runs code on the host's own processor, so nothing else can be asked for.
pub(crate) fn architecture(requested: Option<&[String]>) -> Result<String, ApiError> {
    let host = host_architecture();
    match requested.and_then(<[String]>::first) {
        Some(requested) if requested != host => Err(invalid(format!(
            "This host runs the architecture {host} only. Use Architectures=[\"{host}\"] or leave the property out."
        ))),
        _ => Ok(host.to_owned()),
    }
}

#[cfg(test)]
mod tests;
