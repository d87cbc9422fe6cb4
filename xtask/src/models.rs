//! `cargo xtask models`: derives `models/<service>.json` from botocore's copy of AWS's public models. Keeps
//! facts only, every operation's name and route, and the shapes that the supported operations reach.

use std::io::Read;
use std::path::Path;

use serde::Serialize;

use crate::Outcome;
use crate::files::{self, Mode};
use crate::model::{Model, SERVICES, Shape, Support};

pub fn run(data: &Path) -> Outcome {
    for service in SERVICES {
        let support = Support::load(service)?;
        let path = data.join(&support.source).join("service-2.json.gz");
        let packed = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut text = String::new();
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut text)?;
        let mut model: Model = serde_json::from_str(&text)?;
        reduce(&mut model, &support)?;
        let target = format!("models/{service}.json");
        files::emit(Mode::Write, target.as_ref(), &print(&model)?, "models")?;
    }
    Ok(())
}

fn reduce(model: &mut Model, support: &Support) -> Result<(), String> {
    let reachable = model.reachable(support)?;
    model.shapes.retain(|name, _| reachable.contains(name));
    for (name, operation) in &mut model.operations {
        if !support.operations.contains(name) {
            operation.input = None;
            operation.output = None;
            operation.errors.clear();
        }
    }
    Ok(())
}

/// One line per operation, leaf and member: short, and a change of one fact is a change of one line.
fn print(model: &Model) -> Result<String, serde_json::Error> {
    let mut out = format!("{{\n\"metadata\": {},\n\"operations\": {{\n", line(&model.metadata)?);
    let operations = model.operations.iter().map(|(name, operation)| entry(name, operation));
    out.push_str(&operations.collect::<Result<Vec<_>, _>>()?.join(",\n"));
    out.push_str("\n},\n\"shapes\": {\n");
    let shapes = model.shapes.iter().map(|(name, shape)| print_shape(name, shape));
    out.push_str(&shapes.collect::<Result<Vec<_>, _>>()?.join(",\n"));
    out.push_str("\n}\n}\n");
    Ok(out)
}

fn print_shape(name: &str, shape: &Shape) -> Result<String, serde_json::Error> {
    if shape.members.is_empty() {
        return entry(name, shape);
    }
    let mut facts = serde_json::to_value(shape)?;
    facts.as_object_mut().expect("a shape is an object").remove("members");
    let facts = line(&facts)?;
    let facts = facts.strip_suffix('}').expect("an object ends with a brace");
    let members = shape.members.iter().map(|(name, member)| entry(name, member));
    let members = members.collect::<Result<Vec<_>, _>>()?.join(",\n   ");
    Ok(format!("{}: {},\n  \"members\": {{\n   {members}}}}}", line(name)?, facts))
}

fn entry(name: &str, value: &impl Serialize) -> Result<String, serde_json::Error> {
    Ok(format!("{}: {}", line(name)?, line(value)?))
}

fn line(value: &(impl Serialize + ?Sized)) -> Result<String, serde_json::Error> {
    serde_json::to_string(value)
}
