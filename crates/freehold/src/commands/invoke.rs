//! `freehold invoke`: calls a function and prints its answer.

use std::io::{Read, Write};

use base64::Engine;
use http::Method;

use crate::cli::Invoke;
use crate::client::{Api, Call, encode};
use crate::commands::{Failure, Outcome};

pub async fn run(arguments: Invoke, json: bool) -> Outcome {
    let payload = payload(&arguments.payload)?;
    let api = Api::connect(&arguments.connection)?;
    let path = format!("/2015-03-31/functions/{}/invocations", encode(&arguments.function));
    let mut call = Call::new("lambda", Method::POST, &path, payload)
        .header("x-amz-invocation-type", if arguments.asynchronous { "Event" } else { "RequestResponse" });
    if arguments.tail && !arguments.asynchronous {
        call = call.header("x-amz-log-type", "Tail");
    }
    let answer = api.call(call).await?;
    let header =
        |name: &str| answer.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let error = header("x-amz-function-error");
    if let Some(tail) = header("x-amz-log-result") {
        let text = base64::engine::general_purpose::STANDARD.decode(tail).unwrap_or_default();
        eprint!("{}", String::from_utf8_lossy(&text));
    }
    let request_id = header("x-amzn-requestid").unwrap_or_default();
    if json {
        let answered: serde_json::Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let report = serde_json::json!({
            "statusCode": answer.status.as_u16(), "requestId": request_id, "functionError": error, "payload": answered,
        });
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else if arguments.asynchronous {
        println!("accepted as {request_id}");
    } else {
        let mut out = std::io::stdout().lock();
        out.write_all(&answer.body)?;
        out.write_all(b"\n")?;
    }
    match error {
        Some(kind) => Err(Failure { message: format!("the function failed ({kind})"), status: 2 }),
        None => Ok(()),
    }
}

fn payload(argument: &str) -> Result<Vec<u8>, Failure> {
    match argument.strip_prefix('@') {
        Some(file) => std::fs::read(file).map_err(|error| format!("{file}: {error}").into()),
        None if argument == "-" => {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes)?;
            Ok(bytes)
        }
        None => Ok(argument.as_bytes().to_vec()),
    }
}
