//! Deploying through the public API: the steps that `deploy` and `demo` share.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::Path;
use std::time::Duration;

use base64::Engine;
use http::Method;
use serde_json::{Value, json};

use crate::client::{Api, CallError, element, encode};

/// What a function shall be.
pub struct Draft {
    pub name: String,
    pub runtime: String,
    pub handler: String,
    pub role: String,
    pub memory_mib: Option<u32>,
    pub timeout_s: Option<u32>,
    pub environment: BTreeMap<String, String>,
    pub zip: Vec<u8>,
}

/// How long a function may take to become active before we stop waiting.
const ACTIVE_WITHIN: Duration = Duration::from_secs(60);

/// Between two looks at a function's state.
const POLL: Duration = Duration::from_millis(20);

/// The ARN of an execution role that may write logs; made when absent.
pub async fn role_ensure(api: &Api, name: &str) -> Result<String, CallError> {
    let trust = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole",
        }],
    });
    let made =
        api.iam("CreateRole", &[("RoleName", name), ("AssumeRolePolicyDocument", &trust.to_string())]).await;
    let xml = match made {
        Err(CallError::Refused { code, .. }) if code == "EntityAlreadyExists" => {
            api.iam("GetRole", &[("RoleName", name)]).await?
        }
        other => other?,
    };
    let policy = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    api.iam("AttachRolePolicy", &[("RoleName", name), ("PolicyArn", policy)]).await?;
    element(&xml, "Arn").ok_or_else(|| CallError::Invalid("the answer to GetRole has no ARN".into()))
}

/// Creates the function, or brings the existing one to the draft; returns its configuration once it is active.
pub async fn function_deploy(api: &Api, draft: &Draft) -> Result<Value, CallError> {
    let code = base64::engine::general_purpose::STANDARD.encode(&draft.zip);
    let mut settings = json!({
        "Runtime": draft.runtime, "Handler": draft.handler, "Role": draft.role,
        "Environment": { "Variables": draft.environment },
    });
    if let Some(memory) = draft.memory_mib {
        settings["MemorySize"] = memory.into();
    }
    if let Some(timeout) = draft.timeout_s {
        settings["Timeout"] = timeout.into();
    }
    let path = format!("/2015-03-31/functions/{}", encode(&draft.name));
    let mut create = settings.clone();
    create["FunctionName"] = draft.name.as_str().into();
    create["Code"] = json!({ "ZipFile": code });
    match api.lambda(Method::POST, "/2015-03-31/functions", Some(&create)).await {
        Err(CallError::Refused { code: reason, .. }) if reason == "ResourceConflictException" => {
            let new_code = json!({ "ZipFile": code });
            api.lambda(Method::PUT, &format!("{path}/code"), Some(&new_code)).await?;
            function_settled(api, &draft.name).await?;
            api.lambda(Method::PUT, &format!("{path}/configuration"), Some(&settings)).await?;
        }
        other => drop(other?),
    }
    function_settled(api, &draft.name).await
}

/// Waits as the SDKs' `function-active` and `function-updated` waiters do.
async fn function_settled(api: &Api, name: &str) -> Result<Value, CallError> {
    let path = format!("/2015-03-31/functions/{}/configuration", encode(name));
    let settled = async {
        loop {
            let now = api.lambda(Method::GET, &path, None).await?;
            let field = |name: &str| now[name].as_str().unwrap_or_default().to_owned();
            match (field("State").as_str(), field("LastUpdateStatus").as_str()) {
                ("Failed", _) => return Err(CallError::Invalid(format!("{name}: {}", field("StateReason")))),
                (_, "Failed") => {
                    return Err(CallError::Invalid(format!("{name}: {}", field("LastUpdateStatusReason"))));
                }
                ("Active", "Successful") => return Ok(now),
                _ => tokio::time::sleep(POLL).await,
            }
        }
    };
    match tokio::time::timeout(ACTIVE_WITHIN, settled).await {
        Ok(result) => result,
        Err(_) => {
            Err(CallError::Invalid(format!("{name} is still not active after {} s", ACTIVE_WITHIN.as_secs())))
        }
    }
}

/// The function's public URL; made, with the permission that opens it, when absent.
pub async fn url_ensure(api: &Api, name: &str) -> Result<String, CallError> {
    let path = format!("/2021-10-31/functions/{}/url", encode(name));
    let url = match api.lambda(Method::POST, &path, Some(&json!({ "AuthType": "NONE" }))).await {
        Err(CallError::Refused { code, .. }) if code == "ResourceConflictException" => {
            api.lambda(Method::GET, &path, None).await?
        }
        other => other?,
    };
    let grants = [
        json!({
            "StatementId": "FunctionURLAllowPublicAccess", "Action": "lambda:InvokeFunctionUrl", "Principal": "*",
            "FunctionUrlAuthType": "NONE",
        }),
        json!({
            "StatementId": "FunctionURLInvokeAllowPublicAccess", "Action": "lambda:InvokeFunction", "Principal": "*",
            "InvokedViaFunctionUrl": true,
        }),
    ];
    for grant in grants {
        let path = format!("/2015-03-31/functions/{}/policy", encode(name));
        match api.lambda(Method::POST, &path, Some(&grant)).await {
            Err(CallError::Refused { code, .. }) if code == "ResourceConflictException" => {}
            other => drop(other?),
        }
    }
    let url = url["FunctionUrl"].as_str();
    url.map(str::to_owned).ok_or_else(|| CallError::Invalid("the answer has no FunctionUrl".into()))
}

/// A zip of files given by name and content.
pub fn zip_of(files: &[(&str, &str)]) -> Result<Vec<u8>, CallError> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        let options = zip::write::SimpleFileOptions::default().unix_permissions(0o644);
        archive.start_file(*name, options).map_err(zipping)?;
        archive.write_all(text.as_bytes()).map_err(zipping)?;
    }
    Ok(archive.finish().map_err(zipping)?.into_inner())
}

/// A zip of a directory (without version control and caches), or the file itself when it is one.
pub fn zip_path(path: &Path) -> Result<Vec<u8>, CallError> {
    let failed =
        |path: &Path, error: std::io::Error| CallError::Invalid(format!("{}: {error}", path.display()));
    if path.is_file() {
        return std::fs::read(path).map_err(|error| failed(path, error));
    }
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut waiting = vec![path.to_owned()];
    while let Some(folder) = waiting.pop() {
        let mut entries = std::fs::read_dir(&folder)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| failed(&folder, error))?;
        // Sorted, so that the same directory gives the same package and an unchanged deploy changes nothing.
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            if [".git", "__pycache__", ".DS_Store"].iter().any(|skipped| entry.file_name() == *skipped) {
                continue;
            }
            let full = entry.path();
            let kind = entry.file_type().map_err(|error| failed(&full, error))?;
            if kind.is_dir() {
                waiting.push(full);
            } else {
                zip_entry(&mut archive, path, &full, kind.is_symlink())?;
            }
        }
    }
    Ok(archive.finish().map_err(zipping)?.into_inner())
}

fn zip_entry(
    archive: &mut zip::ZipWriter<Cursor<Vec<u8>>>,
    root: &Path,
    file: &Path,
    symlink: bool,
) -> Result<(), CallError> {
    use std::os::unix::fs::PermissionsExt;
    let failed = |error: std::io::Error| CallError::Invalid(format!("{}: {error}", file.display()));
    let name = file.strip_prefix(root).unwrap_or(file).to_string_lossy().into_owned();
    let options = zip::write::SimpleFileOptions::default();
    if symlink {
        let target = std::fs::read_link(file).map_err(failed)?;
        return archive.add_symlink(name, target.to_string_lossy(), options).map_err(zipping);
    }
    let mode = std::fs::metadata(file).map_err(failed)?.permissions().mode();
    archive.start_file(name, options.unix_permissions(mode & 0o777)).map_err(zipping)?;
    let mut content = std::fs::File::open(file).map_err(failed)?;
    std::io::copy(&mut content, archive).map(drop).map_err(failed)
}

fn zipping(error: impl std::fmt::Display) -> CallError {
    CallError::Invalid(format!("the package can't be zipped: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_directory_gives_the_same_package() {
        let scratch = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(scratch.path().join("pkg/__pycache__")).unwrap();
        std::fs::write(scratch.path().join("b.py"), "b").unwrap();
        std::fs::write(scratch.path().join("pkg/a.py"), "a").unwrap();
        std::fs::write(scratch.path().join("pkg/__pycache__/a.pyc"), "x").unwrap();
        let first = zip_path(scratch.path()).unwrap();
        assert_eq!(first, zip_path(scratch.path()).unwrap());
        let mut archive = zip::ZipArchive::new(Cursor::new(first)).unwrap();
        let mut names: Vec<_> =
            (0..archive.len()).map(|at| archive.by_index(at).unwrap().name().unwrap().into_owned()).collect();
        names.sort();
        assert_eq!(names, ["b.py", "pkg/a.py"]);
    }
}
