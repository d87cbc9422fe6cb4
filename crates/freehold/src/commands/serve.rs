//! `freehold serve`: the platform in the foreground.

use std::sync::Arc;

use crate::commands::Outcome;
use crate::platform::Platform;
use crate::settings::Settings;

pub async fn run(settings: Settings, launcher: Option<Arc<warden::Launcher>>) -> Outcome {
    let platform = Platform::start(settings, launcher).await?;
    // One line that scripts can wait for.
    println!("Freehold is ready at {}", platform.access.endpoint);
    platform.until_told_to_stop().await;
    Ok(())
}
