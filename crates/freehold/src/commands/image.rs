//! `freehold image`: what is on this host as an image becomes one that functions can name. Works on the image directory
//! itself, not through the API: whoever may write there decides what runs.

use base::SystemEntropy;

use crate::cli::{Image, ImageCommand, ImageImport};
use crate::commands::Outcome;
use crate::settings;

pub async fn run(arguments: Image, json: bool) -> Outcome {
    match arguments.command {
        ImageCommand::Import(arguments) => import(arguments, json).await,
    }
}

async fn import(arguments: ImageImport, json: bool) -> Outcome {
    let dir = settings::images_dir(arguments.images_dir, arguments.data_dir.as_deref());
    let (repository, tag) = arguments.name.split_once(':').unwrap_or((&arguments.name, "latest"));
    let from = &arguments.path;
    let digest = image::import(from, &dir, repository, tag, architecture(), &SystemEntropy).await?;
    let uri = format!("localhost/{repository}:{tag}");
    if json {
        println!("{}", serde_json::json!({ "imageUri": uri, "digest": digest.to_string() }));
    } else {
        println!("{uri}\n{digest}");
    }
    Ok(())
}

/// This host's processor, as images name it.
pub fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}
