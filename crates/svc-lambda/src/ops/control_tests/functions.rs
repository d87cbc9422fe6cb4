//! Creating, showing, changing, listing and deleting functions.

use api::lambda::{
    DeleteFunctionRequest, Environment, GetFunctionRequest, ListFunctionsRequest,
    UpdateFunctionConfigurationRequest,
};
use expect_test::expect;

use super::super::delete_function::DeleteFunction;
use super::super::get_function::GetFunction;
use super::super::list_functions::ListFunctions;
use super::super::update_function_configuration::UpdateFunctionConfiguration;
use super::*;

fn shown(mut configuration: FunctionConfiguration) -> String {
    assert_eq!(configuration.revision_id.take().unwrap().len(), 36);
    let text = format!("{configuration:#?}");
    let lines = text.lines().filter(|line| !line.ends_with(": None,"));
    lines.map(|line| format!("{line}\n")).collect()
}

fn configuration_request(name: &str) -> UpdateFunctionConfigurationRequest {
    UpdateFunctionConfigurationRequest { function_name: name.into(), ..Default::default() }
}

#[tokio::test]
async fn a_function_is_pending_then_active() {
    let fixture = Fixture::new();
    let request = CreateFunctionRequest {
        // Zip files carry times, so their digest isn't the same every time; this one's is.
        code: FunctionCode { zip_file: Some(fixed_zip()), ..FunctionCode::default() },
        architectures: Some(vec![crate::settings::host_architecture().into()]),
        ..create_request("hello")
    };
    let created = fixture.call::<CreateFunction>(request).await.unwrap();
    assert_eq!(created.state.as_deref(), Some("Pending"));
    assert_eq!(created.state_reason_code.as_deref(), Some("Creating"));
    assert_eq!(created.last_update_status, None);
    let mut active = fixture.settled("hello").await;
    assert_eq!(active.architectures.take(), Some(vec![crate::settings::host_architecture().into()]));
    expect![[r#"
        FunctionConfiguration {
            function_name: Some(
                "hello",
            ),
            function_arn: Some(
                "arn:aws:lambda:us-east-1:000000000000:function:hello",
            ),
            runtime: Some(
                "python3.12",
            ),
            role: Some(
                "arn:aws:iam::000000000000:role/exec",
            ),
            handler: Some(
                "main.handler",
            ),
            code_size: Some(
                113,
            ),
            description: Some(
                "",
            ),
            timeout: Some(
                3,
            ),
            memory_size: Some(
                128,
            ),
            last_modified: Some(
                "2026-11-24T06:07:08.123+0000",
            ),
            code_sha256: Some(
                "ann7B+t7GwEID3nfY2fYKIF8O0CR5J+nzFxVN93Jc2g=",
            ),
            version: Some(
                "$LATEST",
            ),
            tracing_config: Some(
                TracingConfigResponse {
                    mode: Some(
                        "PassThrough",
                    ),
                },
            ),
            state: Some(
                "Active",
            ),
            last_update_status: Some(
                "Successful",
            ),
            package_type: Some(
                "Zip",
            ),
            ephemeral_storage: Some(
                EphemeralStorage {
                    size: 512,
                },
            ),
            snap_start: Some(
                SnapStartResponse {
                    apply_on: Some(
                        "None",
                    ),
                    optimization_status: Some(
                        "Off",
                    ),
                },
            ),
            logging_config: Some(
                LoggingConfig {
                    log_format: Some(
                        "Text",
                    ),
                    log_group: Some(
                        "/aws/lambda/hello",
                    ),
                },
            ),
        }
    "#]]
    .assert_eq(&shown(active));
}

/// A stored entry without a time.
fn fixed_zip() -> Bytes {
    let options = ::zip::write::SimpleFileOptions::default()
        .compression_method(::zip::CompressionMethod::Stored)
        .last_modified_time(::zip::DateTime::default());
    let mut writer = ::zip::ZipWriter::new(Cursor::new(vec![]));
    writer.start_file("main.py", options).unwrap();
    writer.write_all(b"x").unwrap();
    writer.finish().unwrap().into_inner().into()
}

#[tokio::test]
async fn creation_is_refused_in_awss_words() {
    let fixture = Fixture::new();
    fixture.create("taken").await;
    let base = || create_request("f");
    let code =
        |zip: &[u8]| FunctionCode { zip_file: Some(Bytes::copy_from_slice(zip)), ..FunctionCode::default() };
    for (request, expected) in [
        (create_request("taken"), "ResourceConflictException: Function already exist: taken"),
        (
            CreateFunctionRequest { role: "arn:aws:iam::000000000000:role/none".into(), ..base() },
            "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.",
        ),
        (
            CreateFunctionRequest { role: "arn:aws:iam::000000000000:role/stranger".into(), ..base() },
            "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.",
        ),
        (
            CreateFunctionRequest { role: "arn:aws:iam::111111111111:role/exec".into(), ..base() },
            "AccessDeniedException: Cross-account pass role is not allowed.",
        ),
        (
            CreateFunctionRequest { handler: None, ..base() },
            "InvalidParameterValueException: Runtime and Handler are mandatory parameters for functions created \
             with deployment packages.",
        ),
        (
            CreateFunctionRequest { code: code(b"not a zip"), ..base() },
            "InvalidParameterValueException: Could not unzip uploaded file. Please check your file, then try to \
             upload again.",
        ),
        (
            CreateFunctionRequest { code: code(b""), ..base() },
            "InvalidParameterValueException: Uploaded file must be a non-empty zip",
        ),
        (
            CreateFunctionRequest { code: FunctionCode::default(), ..base() },
            "InvalidParameterValueException: Please provide a source for function code.",
        ),
        (
            create_request("a b"),
            "ValidationException: 1 validation error detected: Value 'a b' at 'functionName' failed to satisfy \
             constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}\
             (-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?",
        ),
    ] {
        assert_eq!(fixture.refused::<CreateFunction>(request).await, expected);
    }
    assert_eq!(fixture.rows().await["functions"], 1);
    assert_eq!(fixture.rows().await["packages"], 1, "refused code leaves nothing behind");
}

#[tokio::test]
async fn get_function_shows_code_tags_and_concurrency() {
    let fixture = Fixture::new();
    let tags = [("team".to_owned(), "blue".to_owned())].into();
    let request = CreateFunctionRequest { tags: Some(tags), ..create_request("f") };
    fixture.call::<CreateFunction>(request).await.unwrap();
    let get = |name: &str, qualifier: Option<&str>| GetFunctionRequest {
        function_name: name.into(),
        qualifier: qualifier.map(str::to_owned),
    };
    let found = fixture.call::<GetFunction>(get("f", None)).await.unwrap();
    let location = found.code.unwrap().location.unwrap();
    assert!(location.starts_with("http://127.0.0.1:4566/_freehold/code/"), "{location}");
    let digest = location.split(['/', '?']).nth(5).unwrap();
    assert_eq!(fixture.lambda.code_zip(digest).await, Ok(Some(zip("one"))));
    assert_eq!(found.tags.unwrap()["team"], "blue");
    assert_eq!(found.concurrency, None);

    let latest = fixture.call::<GetFunction>(get("f", Some("$LATEST"))).await.unwrap();
    assert_eq!(
        latest.configuration.unwrap().function_arn.as_deref(),
        Some("arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST")
    );
    let arn = "arn:aws:lambda:us-east-1:000000000000:function";
    for (name, qualifier, expected) in [
        ("g", None, format!("Function not found: {arn}:g")),
        ("g", Some("1"), format!("Function not found: {arn}:g:1")),
        ("f", Some("1"), format!("Function not found: {arn}:f:1")),
        ("f", Some("prod"), format!("Cannot find alias arn: {arn}:f:prod")),
    ] {
        let refused = fixture.refused::<GetFunction>(get(name, qualifier)).await;
        assert_eq!(refused, format!("ResourceNotFoundException: {expected}"));
    }
}

#[tokio::test]
async fn an_update_is_in_progress_until_it_is_settled() {
    let fixture = Fixture::new();
    let before = fixture.create("f").await;
    let change = UpdateFunctionConfigurationRequest { timeout: Some(10), ..configuration_request("f") };
    let updated = fixture.call::<UpdateFunctionConfiguration>(change.clone()).await.unwrap();
    assert_eq!(updated.last_update_status.as_deref(), Some("InProgress"));
    assert_eq!((updated.state.as_deref(), updated.timeout), (Some("Active"), Some(10)));
    let after = fixture.settled("f").await;
    assert_eq!(after.last_update_status.as_deref(), Some("Successful"));
    assert_eq!(after.revision_id, updated.revision_id, "settling is no change of its own");
    assert_ne!(after.revision_id, before.revision_id);

    let stale = UpdateFunctionConfigurationRequest { revision_id: before.revision_id, ..change.clone() };
    assert_eq!(
        fixture.refused::<UpdateFunctionConfiguration>(stale).await,
        "PreconditionFailedException: The Revision Id provided does not match the latest Revision Id. Call the \
         GetFunction/GetAlias API to retrieve the latest Revision Id"
    );
    let fresh = UpdateFunctionConfigurationRequest { revision_id: after.revision_id, ..change };
    assert_eq!(fixture.refused::<UpdateFunctionConfiguration>(fresh).await, "ok");
}

#[tokio::test]
async fn nothing_is_changed_while_a_change_is_under_way() {
    let fixture = Fixture::new();
    fixture.create("f").await;
    let name = fixture.lambda.name(&context(), "f", None).unwrap();
    let put = |change: fn(&mut crate::model::VersionRecord)| {
        let (store, name) = (fixture.lambda.store.clone(), name.clone());
        async move {
            let mut version = crate::table::version(&store.snapshot(), &name, 0).await.unwrap();
            change(&mut version);
            let body = |tx: store::Transaction| {
                crate::table::put_version(&tx, &name, &version);
                async { Ok(()) }
            };
            store.transact::<_, crate::error::Failure, _, _>(body).await.unwrap();
        }
    };
    put(|version| version.last_update = crate::model::State::Pending).await;
    let busy = "ResourceConflictException: The operation cannot be performed at this time. An update is in progress \
                for resource: arn:aws:lambda:us-east-1:000000000000:function:f";
    assert_eq!(fixture.refused::<UpdateFunctionConfiguration>(configuration_request("f")).await, busy);
    assert_eq!(fixture.refused::<UpdateFunctionCode>(code_request("f", "two")).await, busy);
    put(|version| version.state = crate::model::State::Pending).await;
    let pending = "ResourceConflictException: The operation cannot be performed at this time. The function is \
                   currently in the following state: Pending";
    assert_eq!(fixture.refused::<UpdateFunctionConfiguration>(configuration_request("f")).await, pending);
}

#[tokio::test]
async fn environment_variables_are_replaced_as_a_whole() {
    let fixture = Fixture::new();
    let with = |name: &str| {
        let variables = Some([(name.to_owned(), "x".to_owned())].into());
        Some(Environment { variables })
    };
    let request = CreateFunctionRequest { environment: with("A1"), ..create_request("f") };
    fixture.call::<CreateFunction>(request).await.unwrap();
    let names = |found: FunctionConfiguration| -> Vec<String> {
        found
            .environment
            .and_then(|environment| environment.variables)
            .unwrap_or_default()
            .into_keys()
            .collect()
    };
    assert_eq!(names(fixture.settled("f").await), ["A1"]);
    let change =
        |environment| UpdateFunctionConfigurationRequest { environment, ..configuration_request("f") };
    for (given, expected) in
        [(with("B1"), vec!["B1"]), (None, vec!["B1"]), (Some(Environment::default()), vec![])]
    {
        fixture.call::<UpdateFunctionConfiguration>(change(given)).await.unwrap();
        assert_eq!(names(fixture.settled("f").await), expected);
    }
}

#[tokio::test]
async fn listings_are_paged_and_leave_states_out() {
    let fixture = Fixture::new();
    for name in ["c", "a", "b"] {
        fixture
            .call::<CreateFunction>(CreateFunctionRequest { publish: Some(true), ..create_request(name) })
            .await
            .unwrap();
    }
    let mut elsewhere = context();
    elsewhere.region = Region::new("eu-west-1");
    fixture.call_as::<CreateFunction>(&elsewhere, create_request("d")).await.unwrap();
    let mut pages = vec![];
    let mut marker = None;
    loop {
        let request = ListFunctionsRequest { marker, max_items: Some(2), ..Default::default() };
        let page = fixture.call::<ListFunctions>(request).await.unwrap();
        let functions = page.functions.unwrap();
        assert!(functions.iter().all(|found| found.state.is_none() && found.last_update_status.is_none()));
        pages.push(functions.into_iter().map(|found| found.function_name.unwrap()).collect::<Vec<_>>());
        marker = page.next_marker;
        if marker.is_none() {
            break;
        }
    }
    assert_eq!(pages, [vec!["a", "b"], vec!["c"]]);

    let all = ListFunctionsRequest { function_version: Some("ALL".into()), ..Default::default() };
    let all = fixture.call::<ListFunctions>(all).await.unwrap().functions.unwrap();
    let versions: Vec<_> = all
        .into_iter()
        .map(|found| (found.function_name.unwrap(), found.version.unwrap(), found.function_arn.unwrap()))
        .collect();
    assert_eq!(versions.len(), 6);
    let arn = "arn:aws:lambda:us-east-1:000000000000:function:a";
    assert_eq!(versions[0], ("a".into(), "$LATEST".into(), format!("{arn}:$LATEST")));
    assert_eq!(versions[1], ("a".into(), "1".into(), format!("{arn}:1")));
}

#[tokio::test]
async fn a_deleted_function_leaves_nothing() {
    let fixture = Fixture::new();
    let empty = fixture.rows().await;
    fixture.create("f").await;
    fixture.update_code("f", "two").await;
    let delete = || DeleteFunctionRequest { function_name: "f".into(), qualifier: None };
    let deleted = fixture.call::<DeleteFunction>(delete()).await.unwrap();
    assert_eq!(deleted.status_code, Some(204));
    assert_eq!(fixture.rows().await, empty);
    assert_eq!(
        fixture.refused::<DeleteFunction>(delete()).await,
        "ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:000000000000:function:f"
    );
    fixture.create("f").await;
}
