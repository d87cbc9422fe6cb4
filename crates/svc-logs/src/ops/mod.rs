//! The operations, one file each; `retention` and `tags` hold what two of them share.

use std::sync::Arc;

use wire::Service;

use crate::logs::Logs;

mod retention;
mod tags;

mod create_log_group;
mod create_log_stream;
mod delete_log_group;
mod delete_log_stream;
mod delete_retention_policy;
mod describe_log_groups;
mod describe_log_streams;
mod filter_log_events;
mod get_log_events;
mod list_tags_for_resource;
mod put_log_events;
mod put_retention_policy;
mod tag_resource;
mod untag_resource;

pub use create_log_group::CreateLogGroup;
pub use create_log_stream::CreateLogStream;
pub use delete_log_group::DeleteLogGroup;
pub use delete_log_stream::DeleteLogStream;
pub use delete_retention_policy::DeleteRetentionPolicy;
pub use describe_log_groups::DescribeLogGroups;
pub use describe_log_streams::DescribeLogStreams;
pub use filter_log_events::FilterLogEvents;
pub use get_log_events::GetLogEvents;
pub use list_tags_for_resource::ListTagsForResource;
pub use put_log_events::PutLogEvents;
pub use put_retention_policy::PutRetentionPolicy;
pub use tag_resource::TagResource;
pub use untag_resource::UntagResource;

/// CloudWatch Logs' table of operations.
pub fn service(logs: Arc<Logs>) -> Service {
    Service::builder(&api::logs::SERVICE, logs)
        .with::<CreateLogGroup>()
        .with::<CreateLogStream>()
        .with::<DeleteLogGroup>()
        .with::<DeleteLogStream>()
        .with::<DeleteRetentionPolicy>()
        .with::<DescribeLogGroups>()
        .with::<DescribeLogStreams>()
        .with::<FilterLogEvents>()
        .with::<GetLogEvents>()
        .with::<ListTagsForResource>()
        .with::<PutLogEvents>()
        .with::<PutRetentionPolicy>()
        .with::<TagResource>()
        .with::<UntagResource>()
        .build()
}
