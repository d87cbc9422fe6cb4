//! The AWS SDK for Rust against a real server: deploy, wait, invoke, an error, delete.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use aws_credential_types::Credentials;
use aws_sdk_lambda::error::ProvideErrorMetadata;
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types::{FunctionCode, Runtime, State};

struct Server {
    process: Child,
    access: serde_json::Value,
    _data_dir: tempfile::TempDir,
}

impl Server {
    fn start() -> Server {
        let binary = std::env::var("FREEHOLD_TEST_BINARY").expect("`cargo xtask test` sets FREEHOLD_TEST_BINARY");
        let data_dir = tempfile::tempdir().unwrap();
        let mut process = Command::new(&binary)
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(data_dir.path())
            .env_remove("FREEHOLD_TEST_BINARY")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.contains("ready"), "serve did not become ready: {line:?}");
        let access = std::fs::read(data_dir.path().join("access.json")).unwrap();
        Server { process, access: serde_json::from_slice(&access).unwrap(), _data_dir: data_dir }
    }

    fn field(&self, name: &str) -> String {
        self.access[name].as_str().unwrap().to_owned()
    }

    fn credentials(&self) -> Credentials {
        Credentials::from_keys(self.field("access_key_id"), self.field("secret_access_key"), None)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn package() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("app.py", options).unwrap();
    archive.write_all(b"def handler(event, context):\n    return {'sum': sum(event)}\n").unwrap();
    archive.finish().unwrap().into_inner()
}

#[tokio::test]
async fn deploys_and_invokes() {
    let server = Server::start();
    let region = aws_sdk_lambda::config::Region::new(server.field("region"));
    let settings = aws_sdk_lambda::Config::builder()
        .behavior_version_latest()
        .endpoint_url(server.field("endpoint"))
        .region(region.clone())
        .credentials_provider(server.credentials())
        .build();
    let client = aws_sdk_lambda::Client::from_conf(settings);
    let settings = aws_sdk_iam::Config::builder()
        .behavior_version_latest()
        .endpoint_url(server.field("endpoint"))
        .region(region)
        .credentials_provider(server.credentials())
        .build();
    let trust = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},
        "Action":"sts:AssumeRole"}]}"#;
    let role = aws_sdk_iam::Client::from_conf(settings)
        .create_role()
        .role_name("rust")
        .assume_role_policy_document(trust)
        .send()
        .await
        .unwrap();
    let role = role.role().unwrap().arn().to_owned();

    // The first Python that the host offers; the refusal of the others says which it has.
    let mut made = None;
    for runtime in ["python3.13", "python3.12", "python3.11", "python3.10", "python3.9"] {
        let code = FunctionCode::builder().zip_file(Blob::new(package())).build();
        let create = client.create_function().function_name("sum").runtime(Runtime::from(runtime)).handler("app.handler");
        match create.role(&role).code(code).send().await {
            Ok(created) => {
                made = Some(created);
                break;
            }
            Err(refused) => assert_eq!(refused.code(), Some("InvalidParameterValueException"), "{refused:?}"),
        }
    }
    assert_eq!(made.expect("the host has a Python").state(), Some(&State::Pending));
    loop {
        let now = client.get_function_configuration().function_name("sum").send().await.unwrap();
        match now.state() {
            Some(State::Active) => break,
            Some(State::Pending) => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
            other => panic!("{other:?}"),
        }
    }
    let answer = client.invoke().function_name("sum").payload(Blob::new(*b"[1, 2, 3]")).send().await.unwrap();
    assert_eq!(answer.payload().unwrap().as_ref(), br#"{"sum": 6}"#);
    let failed = client.invoke().function_name("sum").payload(Blob::new(*b"5")).send().await.unwrap();
    assert_eq!(failed.function_error(), Some("Unhandled"));
    client.delete_function().function_name("sum").send().await.unwrap();
    let gone = client.get_function().function_name("sum").send().await.unwrap_err();
    assert!(gone.into_service_error().is_resource_not_found_exception());
}
