//! A Lambda extension in Rust on AWS's own crate, as a vendor would write it: proves that the Extensions, Telemetry and
//! Logs APIs serve a client that was not written with them in mind. Its file's name says what it subscribes to: with
//! `logs` in it, the older Logs API, otherwise the Telemetry API. It prints one line for everything that it is told.
#![forbid(unsafe_code)]

use lambda_extension::{
    Error, Extension, LambdaEvent, LambdaLog, LambdaTelemetry, NextEvent, SharedService, service_fn,
};

const TYPES: [&str; 2] = ["platform", "function"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let program = std::env::current_exe()?;
    let extension =
        Extension::new().with_events(&["INVOKE", "SHUTDOWN"]).with_events_processor(service_fn(event));
    if program.to_string_lossy().contains("logs") {
        let logs = extension
            .with_log_types(&TYPES)
            .with_log_buffering(buffering())
            .with_log_port_number(9004)
            .with_logs_processor(SharedService::new(service_fn(logs)));
        return logs.run().await;
    }
    extension
        .with_telemetry_types(&TYPES)
        .with_telemetry_buffering(buffering())
        .with_telemetry_processor(SharedService::new(service_fn(telemetry)))
        .run()
        .await
}

fn buffering() -> lambda_extension::LogBuffering {
    lambda_extension::LogBuffering { timeout_ms: 25, max_bytes: 262_144, max_items: 1000 }
}

async fn event(event: LambdaEvent) -> Result<(), Error> {
    match event.next {
        NextEvent::Invoke(invoke) => println!("INVOKE {} {}", invoke.request_id, invoke.invoked_function_arn),
        NextEvent::Shutdown(shutdown) => {
            println!("SHUTDOWN {} {}", shutdown.shutdown_reason, shutdown.deadline_ms)
        }
    }
    Ok(())
}

async fn telemetry(events: Vec<LambdaTelemetry>) -> Result<(), Error> {
    for event in events {
        println!("TELEMETRY {:?}", event.record);
    }
    Ok(())
}

async fn logs(events: Vec<LambdaLog>) -> Result<(), Error> {
    for event in events {
        println!("LOG {:?}", event.record);
    }
    Ok(())
}
