//! One file per operation on layers.

mod add_layer_version_permission;
mod delete_layer_version;
mod get_layer_version;
mod get_layer_version_by_arn;
mod get_layer_version_policy;
mod list_layer_versions;
mod list_layers;
mod publish_layer_version;
mod remove_layer_version_permission;

pub(crate) use get_layer_version_by_arn::GetLayerVersionByArn;

use wire::ServiceBuilder;

use crate::Lambda;

pub(super) fn register(builder: ServiceBuilder<Lambda>) -> ServiceBuilder<Lambda> {
    builder
        .with::<publish_layer_version::PublishLayerVersion>()
        .with::<get_layer_version::GetLayerVersion>()
        .with::<GetLayerVersionByArn>()
        .with::<list_layers::ListLayers>()
        .with::<list_layer_versions::ListLayerVersions>()
        .with::<delete_layer_version::DeleteLayerVersion>()
        .with::<add_layer_version_permission::AddLayerVersionPermission>()
        .with::<remove_layer_version_permission::RemoveLayerVersionPermission>()
        .with::<get_layer_version_policy::GetLayerVersionPolicy>()
}
