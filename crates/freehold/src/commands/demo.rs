//! `freehold demo`: the whole platform on a scratch directory, the sample function deployed and called through the
//! public API, and what happened told with its receipts.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use http::Method;
use http_body_util::{BodyExt, Empty};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;

use crate::cli::Demo;
use crate::client::{Api, Call, CallError, encode};
use crate::commands::cost::receipt_line;
use crate::commands::{Failure, Outcome};
use crate::platform::Platform;
use crate::privilege;
use crate::provision::{Draft, function_deploy, role_ensure, url_ensure, zip_of};
use crate::settings::{Overrides, Settings, SettingsError, default_listen};

/// The sample handler, verbatim.
const SAMPLE: &str = include_str!("../../sample/lambda_function.py");

/// The sample reads `event['name']`; a URL's event carries it in the query string. This hands it over.
const WEB: &str = include_str!("../../sample/web.py");

/// The demo before there are threads: a scratch directory, and root's rights given up.
pub struct Prepared {
    settings: Settings,
    launcher: Option<Arc<warden::Launcher>>,
    /// Removed at the end: by us, or, when it isn't ours any more, by the launcher.
    _scratch: Option<tempfile::TempDir>,
}

pub fn prepare(arguments: &Demo) -> Result<Prepared, Failure> {
    let scratch = tempfile::Builder::new().prefix("freehold-demo-").tempdir()?;
    let settings = settings(arguments, scratch.path())?;
    let launcher = privilege::separate(&settings, true)?;
    let scratch = match &launcher {
        None => Some(scratch),
        Some(_) => {
            let _: std::path::PathBuf = scratch.keep();
            None
        }
    };
    Ok(Prepared { settings, launcher, _scratch: scratch })
}

pub async fn run(arguments: Demo, prepared: Prepared) -> Outcome {
    let platform = Platform::start(prepared.settings, prepared.launcher).await?;
    let told = tour(&Api::new(platform.access.clone())).await;
    if let Err(error) = told {
        platform.stop().await;
        return Err(error.into());
    }
    if arguments.exit {
        platform.stop().await;
        return Ok(());
    }
    println!("\nServing until Ctrl-C.");
    platform.until_told_to_stop().await;
    Ok(())
}

/// The demo's settings: a scratch directory and, unless told otherwise, the usual port or a free one.
fn settings(arguments: &Demo, scratch: &Path) -> Result<Settings, SettingsError> {
    let taken = || std::net::TcpListener::bind(default_listen()).is_err();
    let any_port = SocketAddr::from(([127, 0, 0, 1], 0));
    let listen = arguments.listen.or_else(|| taken().then_some(any_port));
    let data_dir = Some(scratch.to_owned());
    let flags = Overrides { data_dir, listen, accept: arguments.accept.clone(), ..Overrides::default() };
    Settings::resolve(flags, None, [])
}

async fn tour(api: &Api) -> Result<(), CallError> {
    let runtimes = crate::commands::runtimes::discovered();
    let python = runtimes.iter().filter(|runtime| runtime.name.starts_with("python"));
    let python = python.max_by_key(|runtime| version_order(&runtime.version));
    let python = python.ok_or_else(|| {
        CallError::Invalid(
            "no Python was found on this host: the sample needs one (`freehold runtimes`)".into(),
        )
    })?;
    println!("Freehold is up at {} ({} {})\n", api.access.endpoint, python.name, python.version);
    println!("The function:\n\n{}", indent(SAMPLE));

    let role = role_ensure(api, "demo-execution").await?;
    let zip = zip_of(&[("lambda_function.py", SAMPLE), ("web.py", WEB)])?;
    let draft = |name: &str, handler: &str| Draft {
        name: name.into(),
        runtime: python.name.clone(),
        handler: handler.into(),
        role: role.clone(),
        memory_mib: None,
        timeout_s: None,
        environment: BTreeMap::new(),
        zip: zip.clone(),
    };
    let hello = function_deploy(api, &draft("hello", "lambda_function.lambda_handler")).await?;
    println!("deployed   {}", hello["FunctionArn"].as_str().unwrap_or_default());

    for name in ["Freehold", "again"] {
        let event = serde_json::json!({ "name": name }).to_string();
        let call =
            Call::new("lambda", Method::POST, "/2015-03-31/functions/hello/invocations", event.clone());
        let answer = api.call(call).await?;
        println!("\ninvoke     {event}");
        println!("answer     {}", String::from_utf8_lossy(&answer.body));
        let request_id =
            answer.headers.get("x-amzn-requestid").and_then(|id| id.to_str().ok()).unwrap_or_default();
        show_receipt(api, request_id).await?;
    }

    function_deploy(api, &draft("hello-web", "web.handler")).await?;
    let url = url_ensure(api, "hello-web").await?;
    let address = format!("{url}?name=web");
    println!("\nGET        {address}");
    let (body, request_id) = get(api, &address).await?;
    println!("answer     {body}");
    show_receipt(api, &request_id).await?;
    by_hand(api, &address);
    Ok(())
}

async fn show_receipt(api: &Api, request_id: &str) -> Result<(), CallError> {
    let found = api.admin(&format!("/_freehold/receipts?request_id={}", encode(request_id))).await?;
    match found["receipts"].get(0) {
        Some(receipt) => println!("receipt    {}", receipt_line(receipt)),
        None => return Err(CallError::Invalid(format!("request {request_id} has no receipt"))),
    }
    Ok(())
}

/// Fetches a function URL as a browser would, except that the name is not looked up: `*.localhost` is this machine
/// by definition, but not every resolver knows.
async fn get(api: &Api, address: &str) -> Result<(String, String), CallError> {
    let invalid = |error: &dyn std::fmt::Display| CallError::Invalid(format!("{address}: {error}"));
    let uri: http::Uri = address.parse().map_err(|error| invalid(&error))?;
    let host = uri.authority().map(ToString::to_string).unwrap_or_default();
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let request = http::Request::get(format!("{}{path}", api.access.endpoint))
        .header(http::header::HOST, host)
        .body(Empty::<Bytes>::new())
        .map_err(|error| invalid(&error))?;
    let client = Client::builder(TokioExecutor::new()).build_http();
    let response = client.request(request).await.map_err(|error| invalid(&error))?;
    let status = response.status();
    let id = response
        .headers()
        .get("x-amzn-requestid")
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let body = response.into_body().collect().await.map_err(|error| invalid(&error))?.to_bytes();
    let body = String::from_utf8_lossy(&body).into_owned();
    if status.is_success() { Ok((body, id)) } else { Err(invalid(&format!("{status}: {body}"))) }
}

fn by_hand(api: &Api, address: &str) {
    println!("\nBy hand:\n");
    print!("{}", indent(&crate::commands::env::exports(&api.access)));
    let lines = format!(
        "curl '{address}'\n\
         echo '{{\"name\":\"you\"}}' > event.json\n\
         aws lambda invoke --function-name hello --payload fileb://event.json answer.json && cat answer.json\n\
         aws lambda list-functions\n\
         aws logs filter-log-events --log-group-name /aws/lambda/hello\n"
    );
    print!("{}", indent(&lines));
}

fn indent(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".into() } else { format!("    {line}\n") }).collect()
}

fn version_order(version: &str) -> Vec<u64> {
    version.split('.').map(|part| part.parse().unwrap_or_default()).collect()
}
