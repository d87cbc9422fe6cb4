//! A Lambda function in Rust on AWS's own runtime crate, as a customer would write it: proves that custom runtimes
//! work over the public Runtime API.
#![forbid(unsafe_code)]

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(handler)).await
}

async fn handler(event: LambdaEvent<Value>) -> Result<Value, Error> {
    match event.payload["name"].as_str() {
        Some("fail") => Err("refused".into()),
        name => Ok(json!({ "greeting": format!("Hello, {}!", name.unwrap_or("World")) })),
    }
}
