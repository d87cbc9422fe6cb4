//! The layers of a function: which it may have, and what it keeps of them.

use store::Transaction;
use wire::{Access, ApiError};

use super::{LayerRef, table};
use crate::Lambda;
use crate::error::{Failure, invalid};
use crate::limits::{LAYERS_MAX, UNZIPPED_BYTES_MAX};
use crate::model::{LayerUse, VersionRecord};
use crate::name::FunctionRef;

/// Everything that the list alone decides.
pub(crate) fn check(arns: &[String], function: &FunctionRef) -> Result<(), ApiError> {
    if arns.len() > LAYERS_MAX {
        return Err(invalid(format!("Cannot reference more than {LAYERS_MAX} layers.")));
    }
    let mut seen: Vec<(LayerRef, &str)> = Vec::new();
    for arn in arns {
        let (layer, _) = LayerRef::parse_version(arn)?;
        if layer.region != function.region {
            return Err(invalid(format!(
                "Layers are not in the same region as the function. Layers are expected to be in region {}.",
                function.region
            )));
        }
        if let Some((_, other)) = seen.iter().find(|(other, _)| *other == layer) {
            return Err(invalid(format!(
                "Two different versions of the same layer are not allowed to be referenced in the same function. \
                 {other} and {arn} are versions of the same layer."
            )));
        }
        seen.push((layer, arn));
    }
    Ok(())
}

impl Lambda {
    /// Whoever gives a layer to a function must be allowed to read it.
    pub(crate) async fn access_to_layers(&self, arns: &[String]) -> Result<Vec<Access>, ApiError> {
        let mut needed = Vec::new();
        for arn in arns {
            // What is no ARN is refused later, by its own error.
            if let Ok((layer, number)) = LayerRef::parse_version(arn) {
                needed.extend(self.access_to_layer_version("lambda:GetLayerVersion", &layer, number).await?);
            }
        }
        Ok(needed)
    }
}

/// What a function keeps of each layer, read in the transaction that makes it a user.
pub(crate) async fn resolve(tx: &Transaction, arns: &[String]) -> Result<Vec<LayerUse>, Failure> {
    let mut uses = Vec::with_capacity(arns.len());
    for arn in arns {
        let (layer, number) = LayerRef::parse_version(arn)?;
        let found = table::find_version(tx, &layer, number).await?;
        let found = found.ok_or_else(|| invalid(format!("Layer version {arn} does not exist.")))?;
        uses.push(LayerUse { arn: arn.clone(), code: found.code });
    }
    Ok(uses)
}

/// Code and layers together are limited like code alone.
pub(crate) fn check_size(version: &VersionRecord) -> Result<(), ApiError> {
    let size: u64 = version.packages().map(|package| package.unpacked_size).sum();
    if size > UNZIPPED_BYTES_MAX && !version.layers.is_empty() {
        return Err(invalid(format!(
            "Function code combined with layers exceeds the maximum allowed size of {UNZIPPED_BYTES_MAX} bytes. The \
             actual size is {size} bytes."
        )));
    }
    Ok(())
}
