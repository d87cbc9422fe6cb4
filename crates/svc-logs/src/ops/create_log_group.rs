//! CreateLogGroup: a group without streams.

use api::Empty;
use api::logs::CreateLogGroupRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error;
use crate::keys;
use crate::logs::Logs;
use crate::logs::new_group;
use crate::model::Group;
use crate::names;
use crate::ops::tags;

pub struct CreateLogGroup;

impl Operation for CreateLogGroup {
    type Service = Logs;
    type Input = CreateLogGroupRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::logs::CREATE_LOG_GROUP;

    async fn access(_: &Logs, cx: &Context, input: &CreateLogGroupRequest) -> Result<Vec<Access>, ApiError> {
        Ok(names::access(cx, "logs:CreateLogGroup", &input.log_group_name, ""))
    }

    async fn run(logs: &Logs, cx: &Context, input: CreateLogGroupRequest) -> Result<Reply<Empty>, ApiError> {
        names::check_group_name(&input.log_group_name)?;
        if input.kms_key_id.is_some() {
            return Err(error::unsupported("kmsKeyId"));
        }
        if input.deletion_protection_enabled == Some(true) {
            return Err(error::unsupported("deletionProtectionEnabled"));
        }
        let mut group = new_group(&input.log_group_name, logs.clock.now(), &*logs.entropy);
        group.class = input.log_group_class.unwrap_or(group.class);
        tags::add(&mut group.tags, input.tags.unwrap_or_default(), &input.log_group_name)?;
        let key = keys::group(cx.account, &cx.region, &input.log_group_name);
        let (key, group) = (&key, &group);
        logs.change(|tx| async move {
            if tx.get_record::<Group>(key).await?.is_some() {
                return Err(error::group_exists().into());
            }
            tx.put_record(key.clone(), group);
            Ok(())
        })
        .await?;
        Ok(Empty {}.into())
    }
}
