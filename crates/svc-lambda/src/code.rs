//! Placeholder until the control plane's file is merged.
use crate::Lambda;
use crate::model::CodePackage;
use std::path::PathBuf;
impl Lambda {
    pub(crate) async fn code_path(&self, package: &CodePackage) -> Result<PathBuf, wire::ApiError> {
        Ok(self.options.code_dir.join(&package.digest))
    }
}
