//! `cargo xtask codegen`: writes `crates/api/src/generated` from `models/`, or checks that it is fresh.

use std::path::PathBuf;

use crate::files::{self, Mode};
use crate::model::{Model, SERVICES, Support};
use crate::{Outcome, rust, structures, tables};

pub fn run(mode: Mode) -> Outcome {
    let generated = generate()?;
    for (path, text) in &generated {
        files::emit(mode, path, text, "codegen")?;
    }
    // A service or file that is no longer generated must go, or it would be compiled for ever.
    for path in files::below(DIRECTORY.as_ref())? {
        if !generated.iter().any(|(known, _)| *known == path) {
            return Err(format!("{} is not generated any more: remove it", path.display()).into());
        }
    }
    Ok(())
}

const DIRECTORY: &str = "crates/api/src/generated";

/// Every generated file and its text.
fn generate() -> Result<Vec<(PathBuf, String)>, Box<dyn std::error::Error>> {
    let mut out = Vec::new();
    let mut modules = header("The generated modules, one per AWS service");
    for service in SERVICES {
        modules.push_str(&format!("pub mod {service};\n"));
        let support = Support::load(service)?;
        let model = Model::load(service)?;
        let title = &model.metadata.service_full_name;
        for (file, purpose, body) in [
            (
                format!("{service}.rs"),
                "the service and its operations",
                tables::service(service, &model, &support)?,
            ),
            (format!("{service}/tables.rs"), "descriptions of its structures", tables::structures(&model)?),
            (format!("{service}/errors.rs"), "its modelled errors", tables::errors(&model, &support)),
            (format!("{service}/structures.rs"), "its structures as Rust types", structures::print(&model)),
        ] {
            let text = header(&format!("{title}: {purpose}")) + &body;
            let text = rust::format(&text).map_err(|error| format!("{file}: {error}"))?;
            out.push((PathBuf::from(DIRECTORY).join(file), text));
        }
    }
    out.push((PathBuf::from("crates/api/src/generated.rs"), rust::format(&modules)?));
    Ok(out)
}

fn header(purpose: &str) -> String {
    format!("//! {purpose}. Written by `cargo xtask codegen`; do not edit.\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_code_is_fresh() {
        run(Mode::Check).unwrap();
    }
}
