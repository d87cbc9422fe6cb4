//! `cargo xtask compat`: writes `docs/compat.md`, the table of what Freehold supports, from `models/`.

use std::fmt::Write;

use crate::Outcome;
use crate::files::{self, Mode};
use crate::model::{Model, SERVICES, Support};

pub fn run(mode: Mode) -> Outcome {
    files::emit(mode, "docs/compat.md".as_ref(), &print()?, "compat")
}

fn print() -> Result<String, Box<dyn std::error::Error>> {
    let out = String::from(
        "<!-- Written by `cargo xtask compat` from models/; do not edit. -->\n\
         # Supported operations\n\n\
         Every operation of AWS's own models is listed. A supported operation takes and answers what AWS's\n\
         does. An unsupported operation answers with an error that names it; it never pretends to work.\n",
    );
    let mut summary = String::from("\n| Service | API version | Supported | Of |\n|---|---|---:|---:|\n");
    let mut sections = String::new();
    for service in SERVICES {
        let support = Support::load(service)?;
        let model = Model::load(service)?;
        let (title, version) = (&model.metadata.service_full_name, &model.metadata.api_version);
        let (supported, total) = (support.operations.len(), model.operations.len());
        writeln!(summary, "| {title} | {version} | {supported} | {total} |")?;
        write!(sections, "\n## {title}\n\n| Operation | |\n|---|---|\n")?;
        for name in model.operations.keys() {
            let state = if support.operations.contains(name) { "supported" } else { "not supported" };
            writeln!(sections, "| {name} | {state} |")?;
        }
    }
    Ok(out + &summary + &sections)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_table_is_fresh() {
        run(Mode::Check).unwrap();
    }
}
