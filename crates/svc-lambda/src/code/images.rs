//! Functions that are container images: from the name in a request to a digest, from the digest to a directory, and
//! what is said when that fails.

use std::path::PathBuf;
use std::sync::Arc;

use fleet::{ImageProcess, Runtime, RuntimeKind};
use image::{Digest, ImageError, Process, Reference};
use wire::ApiError;

use super::{Code, Stored, references};
use crate::Lambda;
use crate::error::{self, Failure, invalid};
use crate::model::{CodePackage, ImageCode, ImageSettings, State};

impl Lambda {
    /// What the name of an image stands for now, without fetching its layers.
    pub(crate) async fn check_image(&self, uri: &str) -> Result<CodePackage, ApiError> {
        let resolve = async {
            let reference: Reference = uri.parse()?;
            self.code.0.images.resolve(&reference).await
        };
        let digest = resolve.await.map_err(|problem| refused(uri, &problem))?;
        Ok(CodePackage { digest: digest.hex().to_owned(), size: 0, unpacked_size: 0 })
    }

    /// The same, ready to be referenced by versions.
    pub(crate) async fn store_image(&self, uri: &str) -> Result<Stored, ApiError> {
        let package = self.check_image(uri).await?;
        let lock = self.code.lock(&package.digest).await;
        let digest = &package.digest;
        let claim = |tx: store::Transaction| async move { references::claim(&tx, digest).await };
        self.store.transact::<_, Failure, _, _>(claim).await?;
        Ok(Stored { package, _lock: lock })
    }
}

impl Code {
    /// The image's root directory and what to run in it; fetched and unpacked first when it isn't there.
    pub(crate) async fn image(
        &self,
        package: &CodePackage,
        image: &ImageCode,
    ) -> Result<(PathBuf, Arc<ImageProcess>), ImageError> {
        let reference: Reference = image.uri.parse()?;
        let digest = digest(package)?;
        let unpacked = self.0.images.unpacked(&reference, &digest).await?;
        Ok((unpacked.root, Arc::new(process(&unpacked.process, &image.config))))
    }
}

/// The image's own words, with the function's settings over them.
fn process(own: &Process, settings: &ImageSettings) -> ImageProcess {
    let entry_point = settings.entry_point.as_ref().unwrap_or(&own.entrypoint);
    let command = match (&settings.command, &settings.entry_point) {
        (Some(command), _) => command.as_slice(),
        // As for `docker run --entrypoint`: the image's arguments were meant for its own entry point.
        (None, Some(_)) => &[],
        (None, None) => own.cmd.as_slice(),
    };
    let directory = settings.working_directory.as_deref().unwrap_or(&own.working_dir);
    let environment = own.env.iter().filter_map(|variable| variable.split_once('='));
    ImageProcess {
        command: entry_point.iter().chain(command).cloned().collect(),
        working_directory: PathBuf::from("/").join(directory),
        environment: environment.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
    }
}

/// What images run on: their own everything, and the Runtime API.
pub(crate) fn runtime() -> Arc<Runtime> {
    Arc::new(Runtime {
        name: "image".into(),
        kind: RuntimeKind::Custom,
        version: String::new(),
        dirs: Vec::new(),
    })
}

/// `ResolvedImageUri`.
pub(crate) fn resolved_uri(package: &CodePackage, image: &ImageCode) -> Option<String> {
    let reference: Reference = image.uri.parse().ok()?;
    Some(reference.pinned(&digest(package).ok()?))
}

fn digest(package: &CodePackage) -> Result<Digest, ImageError> {
    let digest = Digest::from_hex(&package.digest);
    digest.ok_or_else(|| ImageError::Unavailable(format!("{:?} is not a digest", package.digest)))
}

/// A request that names an image that can't be had. AWS's sentence, then the reason.
fn refused(uri: &str, problem: &ImageError) -> ApiError {
    match problem {
        ImageError::NotFound(why) => {
            invalid(format!("Source image {uri} does not exist. Provide a valid source image. ({why})"))
        }
        ImageError::Denied(why) => {
            tracing::info!(uri, why, "a registry refuses an image");
            ApiError::client(
                "AccessDeniedException",
                403,
                "Lambda does not have permission to access the ECR image. Check the ECR permissions.",
            )
        }
        ImageError::Invalid(why) | ImageError::TooLarge(why) => {
            invalid(format!("Source image {uri} is not valid. Provide a valid source image. ({why})"))
        }
        ImageError::Unsupported(why) => invalid(format!(
            "The image manifest, config or layer media type for the source image {uri} is not supported. ({why})"
        )),
        ImageError::Unavailable(why) => error::internal(why),
    }
}

/// A function whose image could not be unpacked.
pub(crate) fn failed(problem: &ImageError) -> State {
    let code = match problem {
        ImageError::NotFound(_) => "ImageDeleted",
        ImageError::Denied(_) => "ImageAccessDenied",
        ImageError::Invalid(_) | ImageError::TooLarge(_) | ImageError::Unsupported(_) => "InvalidImage",
        ImageError::Unavailable(_) => "InternalError",
    };
    State::Failed { code: code.into(), reason: problem.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_go_over_the_image() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let own = Process {
            env: words("A=1 PATH=/bin B"),
            entrypoint: words("/entry"),
            cmd: words("app.handler"),
            working_dir: "/var/task".into(),
        };
        for (entry_point, command, directory, expected, cwd) in [
            (None, None, None, "/entry app.handler", "/var/task"),
            (None, Some("other"), Some("sub"), "/entry other", "/sub"),
            (Some("/mine -x"), None, Some("/a"), "/mine -x", "/a"),
            (Some("/mine"), Some("c d"), None, "/mine c d", "/var/task"),
        ] {
            let settings = ImageSettings {
                entry_point: entry_point.map(words),
                command: command.map(words),
                working_directory: directory.map(str::to_owned),
            };
            let process = process(&own, &settings);
            assert_eq!((process.command, process.working_directory), (words(expected), cwd.into()));
        }
        let process = process(&own, &ImageSettings::default());
        assert_eq!(process.environment, [("A".into(), "1".into()), ("PATH".into(), "/bin".into())]);
        assert_eq!(
            super::process(&Process::default(), &ImageSettings::default()).working_directory,
            PathBuf::from("/")
        );
    }
}
