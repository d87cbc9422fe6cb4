//! From stored records to AWS's shapes.

use api::lambda::{
    AliasConfiguration, AliasRoutingConfiguration, Cors as ApiCors, DeadLetterConfig, EnvironmentResponse,
    EphemeralStorage, FunctionConfiguration, ImageConfig, ImageConfigResponse, Layer, LoggingConfig,
    SnapStartResponse, TenancyConfig, TracingConfigResponse,
};
use base::Timestamp;
use wire::Context;

use crate::code::code_sha256;
use crate::model::{
    AliasRecord, Cors, ImageCode, ImageSettings, LayerUse, State, UrlAuth, UrlRecord, VersionRecord,
};
use crate::name::FunctionRef;

/// `$LATEST` or the number.
pub(crate) fn version_text(number: u64) -> String {
    if number == 0 { "$LATEST".to_owned() } else { number.to_string() }
}

/// `2026-11-24T06:07:08.123+0000`.
pub(crate) fn last_modified(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3f+0000")
}

/// How much of a configuration an operation shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// With state and update status.
    Full,
    /// As listings show it: without them.
    Listed,
}

/// A version's configuration. `arn` is the function's as this answer names it: qualified or not.
pub(crate) fn configuration(
    name: &str,
    arn: String,
    version: &VersionRecord,
    detail: Detail,
) -> FunctionConfiguration {
    let variables = Some(version.environment.clone()).filter(|variables| !variables.is_empty());
    let mut configuration = FunctionConfiguration {
        function_name: Some(name.to_owned()),
        function_arn: Some(arn),
        runtime: version.image.is_none().then(|| version.runtime.clone()),
        role: Some(version.role.clone()),
        handler: version.image.is_none().then(|| version.handler.clone()),
        code_size: Some(integer(version.code.size)),
        description: Some(version.description.clone()),
        timeout: Some(version.timeout_s.into()),
        memory_size: Some(version.memory_mib.into()),
        last_modified: Some(last_modified(version.last_modified)),
        // AWS shows an image's digest as it is written elsewhere.
        code_sha256: Some(match version.image {
            Some(_) => version.code.digest.clone(),
            None => code_sha256(&version.code),
        }),
        version: Some(version_text(version.number)),
        environment: variables
            .map(|variables| EnvironmentResponse { variables: Some(variables), error: None }),
        dead_letter_config: version.dead_letter.clone().map(|arn| DeadLetterConfig { target_arn: Some(arn) }),
        tracing_config: Some(TracingConfigResponse { mode: Some(version.tracing_mode.clone()) }),
        revision_id: Some(version.revision_id.clone()),
        package_type: Some(if version.image.is_some() { "Image" } else { "Zip" }.into()),
        image_config_response: version.image.as_ref().and_then(image_config),
        architectures: Some(vec![version.architecture.clone()]),
        ephemeral_storage: Some(EphemeralStorage { size: version.ephemeral_mib.into() }),
        layers: Some(version.layers.iter().map(layer).collect()).filter(|layers: &Vec<_>| !layers.is_empty()),
        snap_start: Some(SnapStartResponse {
            apply_on: Some(if version.snap_start { "PublishedVersions" } else { "None" }.into()),
            optimization_status: Some(if version.is_optimized { "On" } else { "Off" }.into()),
        }),
        logging_config: Some(LoggingConfig {
            log_format: Some(version.logging.format.clone()),
            application_log_level: version.logging.application_level.clone(),
            system_log_level: version.logging.system_level.clone(),
            log_group: Some(version.logging.group.clone()),
        }),
        tenancy_config: version
            .is_per_tenant
            .then(|| TenancyConfig { tenant_isolation_mode: "PER_TENANT".into() }),
        ..FunctionConfiguration::default()
    };
    if detail == Detail::Full {
        states(&mut configuration, version);
    }
    configuration
}

/// Only when the function sets something.
fn image_config(image: &ImageCode) -> Option<ImageConfigResponse> {
    let ImageSettings { entry_point, command, working_directory } = image.config.clone();
    if image.config == ImageSettings::default() {
        return None;
    }
    Some(ImageConfigResponse {
        image_config: Some(ImageConfig { entry_point, command, working_directory }),
        error: None,
    })
}

fn layer(layer: &LayerUse) -> Layer {
    Layer { arn: Some(layer.arn.clone()), code_size: Some(integer(layer.code.size)), ..Layer::default() }
}

const CREATING: (&str, &str) = ("Creating", "The function is being created.");

fn states(configuration: &mut FunctionConfiguration, version: &VersionRecord) {
    let put = |text: &str| Some(text.to_owned());
    match &version.state {
        State::Pending => {
            configuration.state = put("Pending");
            configuration.state_reason_code = put(CREATING.0);
            configuration.state_reason = put(CREATING.1);
            // Nothing was updated yet: the status first appears when creation has ended.
            return;
        }
        State::Ready => configuration.state = put("Active"),
        State::Failed { code, reason } => {
            configuration.state = put("Failed");
            configuration.state_reason_code = put(code);
            configuration.state_reason = put(reason);
        }
    }
    match &version.last_update {
        State::Pending => {
            configuration.last_update_status = put("InProgress");
            configuration.last_update_status_reason_code = put(CREATING.0);
            configuration.last_update_status_reason = put(CREATING.1);
        }
        State::Ready => configuration.last_update_status = put("Successful"),
        State::Failed { code, reason } => {
            configuration.last_update_status = put("Failed");
            configuration.last_update_status_reason_code = put(code);
            configuration.last_update_status_reason = put(reason);
        }
    }
}

/// AWS's counts are signed; ours never come near the difference.
pub(crate) fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(crate) fn alias(name: &FunctionRef, alias: &AliasRecord) -> AliasConfiguration {
    let weights = alias.weights.iter().map(|(version, weight)| (version.to_string(), *weight));
    let routing = AliasRoutingConfiguration { additional_version_weights: Some(weights.collect()) };
    AliasConfiguration {
        alias_arn: Some(format!("{}:{}", name.unqualified_arn(), alias.name)),
        name: Some(alias.name.clone()),
        function_version: Some(version_text(alias.version)),
        description: Some(alias.description.clone()),
        routing_config: Some(routing).filter(|_| !alias.weights.is_empty()),
        revision_id: Some(alias.revision_id.clone()),
    }
}

pub(crate) fn cors(cors: &Cors) -> ApiCors {
    let list = |items: &[String]| Some(items.to_vec()).filter(|items| !items.is_empty());
    ApiCors {
        allow_credentials: Some(true).filter(|_| cors.allow_credentials),
        allow_headers: list(&cors.allow_headers),
        allow_methods: list(&cors.allow_methods),
        allow_origins: list(&cors.allow_origins),
        expose_headers: list(&cors.expose_headers),
        max_age: cors.max_age_s.map(i64::from),
    }
}

pub(crate) fn auth_type(auth: UrlAuth) -> &'static str {
    match auth {
        UrlAuth::None => "NONE",
        UrlAuth::Iam => "AWS_IAM",
    }
}

pub(crate) fn invoke_mode(url: &UrlRecord) -> &'static str {
    if url.streaming { "RESPONSE_STREAM" } else { "BUFFERED" }
}

/// The function that a URL belongs to, with the alias if it has one.
pub(crate) fn url_function_arn(url: &UrlRecord) -> String {
    let UrlRecord { account, region, function, .. } = url;
    let arn = format!("arn:aws:lambda:{region}:{account}:function:{function}");
    url.qualifier.iter().fold(arn, |arn, qualifier| format!("{arn}:{qualifier}"))
}

/// The address under which the caller, who reached us as `cx.host`, reaches the function: the same scheme and port,
/// and the same domain where it has a name that can have subdomains.
pub(crate) fn function_url(cx: &Context, url: &UrlRecord) -> String {
    let scheme = if cx.secure { "https" } else { "http" };
    let (host, port) = split_port(&cx.host);
    let domain = match host {
        "" => "localhost",
        _ if host == "localhost" || host.ends_with(".localhost") => "localhost",
        _ if host.starts_with('[') || host.parse::<std::net::IpAddr>().is_ok() => "localhost",
        _ => host,
    };
    format!("{scheme}://{}.lambda-url.{}.{domain}{port}/", url.id, url.region)
}

/// `host:port` as the host and `:port`, IPv6 literals in brackets.
fn split_port(host: &str) -> (&str, &str) {
    match host.rfind(':') {
        Some(at) if !host[at..].contains(']') && host[at + 1..].bytes().all(|byte| byte.is_ascii_digit()) => {
            host.split_at(at)
        }
        _ => (host, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_lambda_does() {
        let at = Timestamp::from_millis(1_795_500_428_123);
        assert_eq!(last_modified(at), "2026-11-24T06:07:08.123+0000");
    }

    #[test]
    fn hosts_are_split() {
        for (host, expected) in [
            ("127.0.0.1:4566", ("127.0.0.1", ":4566")),
            ("localhost", ("localhost", "")),
            ("[::1]:4566", ("[::1]", ":4566")),
            ("[::1]", ("[::1]", "")),
            ("", ("", "")),
        ] {
            assert_eq!(split_port(host), expected);
        }
    }
}

/// Records for other files' tests.
#[cfg(test)]
pub(crate) mod tests_support {
    use super::*;
    use crate::model::{CodePackage, Logging};

    pub(crate) fn version_record() -> VersionRecord {
        VersionRecord {
            number: 0,
            description: String::new(),
            role: "arn:aws:iam::000000000000:role/r".into(),
            runtime: "python3.12".into(),
            handler: "main.handler".into(),
            layers: Vec::new(),
            runtime_update: Default::default(),
            dead_letter: None,
            code: CodePackage { digest: "ab".repeat(32), size: 100, unpacked_size: 1000 },
            image: None,
            timeout_s: 3,
            memory_mib: 128,
            ephemeral_mib: 512,
            environment: [("KEY".to_owned(), "value".to_owned())].into(),
            architecture: "x86_64".into(),
            logging: Logging {
                format: "Text".into(),
                application_level: None,
                system_level: None,
                group: "/aws/lambda/f".into(),
            },
            tracing_mode: "PassThrough".into(),
            is_per_tenant: false,
            snap_start: false,
            is_optimized: false,
            last_modified: Timestamp::from_millis(1_795_500_428_123),
            revision_id: "r".into(),
            config_sha256: String::new(),
            state: State::Ready,
            last_update: State::Ready,
        }
    }
}
