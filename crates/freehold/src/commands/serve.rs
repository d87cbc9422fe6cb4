//! `freehold serve`: the platform in the foreground.

use crate::commands::Outcome;
use crate::platform::Platform;
use crate::settings::Settings;

pub async fn run(settings: Settings) -> Outcome {
    let platform = Platform::start(settings).await?;
    // One line that scripts can wait for.
    println!("Freehold is ready at {}", platform.access.endpoint);
    platform.until_told_to_stop().await;
    Ok(())
}
