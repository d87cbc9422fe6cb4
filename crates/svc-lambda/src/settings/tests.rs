//! What is refused, in which words; and what stays when a request says nothing about it.

use api::lambda::{LoggingConfig, SnapStart, TracingConfig, VpcConfig};
use expect_test::{Expect, expect};
use fleet::RuntimeKind;

use super::*;
use crate::render::tests_support::version_record;

fn runtimes() -> Vec<Arc<Runtime>> {
    let runtime = |name: &str| {
        Arc::new(Runtime {
            name: name.into(),
            kind: RuntimeKind::Custom,
            version: String::new(),
            dirs: vec![],
        })
    };
    vec![runtime("python3.12"), runtime("nodejs22.x")]
}

fn check(settings: Settings, expected: Expect) {
    expected.assert_eq(&settings.check(&runtimes()).map_or_else(|error| error.to_string(), |()| "ok".into()));
}

fn variables(name: &str, value: &str) -> Settings {
    let variables = Some([(name.to_owned(), value.to_owned())].into());
    Settings { environment: Some(Environment { variables }), ..Settings::default() }
}

#[test]
fn settings_are_refused_in_awss_words() {
    check(
        variables("AWS_REGION", "x"),
        expect![
            "InvalidParameterValueException: Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION"
        ],
    );
    check(
        variables("NUL", "a\0b"),
        expect![
            "InvalidParameterValueException: Lambda was unable to configure your environment variables because the environment variables you have provided contains a NUL character in the value of NUL."
        ],
    );
    // `{"K":"…"}` is 8 bytes around the value.
    check(variables("K", &"x".repeat(4096 - 8)), expect!["ok"]);
    let refused = variables("K", &"x".repeat(4096 - 7)).check(&runtimes()).unwrap_err().message;
    assert!(refused.contains("exceeded the 4KB limit. String measured: {\"K\":\"xxx"), "{refused}");
    check(
        Settings { timeout: Some(901), ..Settings::default() },
        expect![
            "InvalidParameterValueException: 'Timeout' value failed to satisfy constraint: Member must have value less than or equal to 900"
        ],
    );
    check(
        Settings { memory_size: Some(10_241), ..Settings::default() },
        expect![
            "InvalidParameterValueException: 'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 10240"
        ],
    );
    check(
        Settings { runtime: Some("ruby3.4".into()), ..Settings::default() },
        expect![
            "InvalidParameterValueException: The runtime ruby3.4 is not installed on this host. Runtimes found: nodejs22.x, python3.12. Install its interpreter and restart Freehold; 'freehold runtimes' shows where it looks."
        ],
    );
}

#[test]
fn neutral_values_of_unsupported_properties_are_fine() {
    let neutral = Settings {
        layers: Some(vec![]),
        vpc_config: Some(VpcConfig {
            subnet_ids: Some(vec![]),
            security_group_ids: Some(vec![]),
            ipv6_allowed_for_dual_stack: Some(false),
        }),
        file_system_configs: Some(vec![]),
        kms_key_arn: Some(String::new()),
        snap_start: Some(SnapStart { apply_on: Some("None".into()) }),
        dead_letter_config: Some(DeadLetterConfig { target_arn: Some(String::new()) }),
        tracing_config: Some(TracingConfig { mode: Some("PassThrough".into()) }),
        image_config: Some(ImageConfig::default()),
        ..Settings::default()
    };
    assert_eq!(neutral.check(&runtimes()), Ok(()));
}

#[test]
fn unsupported_properties_are_named() {
    let some = || Some("arn:aws:x:us-east-1:000000000000:y".to_owned());
    let default = Settings::default;
    for (property, settings) in [
        (
            "VpcConfig",
            Settings {
                vpc_config: Some(VpcConfig { subnet_ids: Some(vec!["s".into()]), ..VpcConfig::default() }),
                ..default()
            },
        ),
        ("KMSKeyArn", Settings { kms_key_arn: some(), ..default() }),
        (
            "TracingConfig",
            Settings { tracing_config: Some(TracingConfig { mode: Some("Active".into()) }), ..default() },
        ),
        ("DurableConfig", Settings { durable_config: Some(DurableConfig::default()), ..default() }),
    ] {
        let refused = settings.check(&runtimes()).unwrap_err();
        assert_eq!(refused.code, "InvalidParameterValueException");
        let named = format!("Freehold does not support {property}");
        assert!(refused.message.starts_with(&named), "{}", refused.message);
    }
}

#[test]
fn absent_members_stay() {
    let mut version = version_record();
    Settings::default().apply(&mut version, "f").unwrap();
    assert_eq!(version, version_record());
    let change = Settings { timeout: Some(10), ..Settings::default() };
    change.apply(&mut version, "f").unwrap();
    assert_eq!(version, VersionRecord { timeout_s: 10, ..version_record() });
    let empty = Settings { environment: Some(Environment::default()), ..Settings::default() };
    empty.apply(&mut version, "f").unwrap();
    assert!(version.environment.is_empty(), "an empty document takes the variables away");
}

#[test]
fn json_logs_bring_levels_and_text_logs_have_none() {
    let text = logging_default("f");
    let given = |format: &str, level: Option<&str>| LoggingConfig {
        log_format: Some(format.into()),
        application_log_level: level.map(str::to_owned),
        ..LoggingConfig::default()
    };
    let json = logging(&text, &given("JSON", Some("DEBUG")), "f").unwrap();
    assert_eq!(
        json,
        Logging {
            format: "JSON".into(),
            application_level: Some("DEBUG".into()),
            system_level: Some("INFO".into()),
            group: "/aws/lambda/f".into(),
        }
    );
    assert_eq!(logging(&json, &given("Text", None), "f").unwrap(), text);
    assert!(logging(&text, &given("Text", Some("DEBUG")), "f").is_err());
    let group = LoggingConfig { log_group: Some("mine".into()), ..LoggingConfig::default() };
    let moved = logging(&json, &group, "f").unwrap();
    assert_eq!((moved.format.as_str(), moved.group.as_str()), ("JSON", "mine"));
}

#[test]
fn only_the_hosts_architecture_runs() {
    let host = host_architecture();
    let other = if host == "arm64" { "x86_64" } else { "arm64" };
    assert_eq!(architecture(None).as_deref(), Ok(host));
    assert_eq!(architecture(Some(&[host.to_owned()])).as_deref(), Ok(host));
    assert!(architecture(Some(&[other.to_owned()])).unwrap_err().message.contains(host));
}
