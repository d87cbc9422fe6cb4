//! What only images have, and what they cannot have.

use api::lambda::ImageConfig;
use wire::ApiError;

use super::Settings;
use crate::error::invalid;
use crate::model::ImageSettings;

impl Settings {
    /// Whether the settings fit the kind of package that the function is.
    pub(crate) fn check_package(&self, is_image: bool) -> Result<(), ApiError> {
        let given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
        let layers = self.layers.as_ref().is_some_and(|layers| !layers.is_empty());
        if is_image && (given(&self.runtime) || given(&self.handler) || layers) {
            return Err(invalid(
                "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.",
            ));
        }
        let config = self.image_config.as_ref().map(settings);
        if !is_image && config.is_some_and(|config| config != ImageSettings::default()) {
            return Err(invalid(
                "Please don't provide ImageConfig when the intended function PackageType is Zip.",
            ));
        }
        Ok(())
    }
}

/// An empty member is the image's own value.
pub(super) fn settings(given: &ImageConfig) -> ImageSettings {
    let list = |list: &Option<Vec<String>>| list.clone().filter(|list| !list.is_empty());
    ImageSettings {
        entry_point: list(&given.entry_point),
        command: list(&given.command),
        working_directory: given.working_directory.clone().filter(|directory| !directory.is_empty()),
    }
}
