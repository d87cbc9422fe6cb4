//! TagRole: adds tags to a role, or changes their values.

use api::Empty;
use api::iam::TagRoleRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error;
use crate::iam::Iam;
use crate::keys;
use crate::model::Role;
use crate::ops::holder;

pub struct TagRole;

impl Operation for TagRole {
    type Service = Iam;
    type Input = TagRoleRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::iam::TAG_ROLE;

    async fn access(iam: &Iam, cx: &Context, input: &TagRoleRequest) -> Result<Vec<Access>, ApiError> {
        holder::access::<Role>(iam, cx, "iam:TagRole", &input.role_name).await
    }

    async fn run(iam: &Iam, cx: &Context, input: TagRoleRequest) -> Result<Reply<Empty>, ApiError> {
        let (account, name) = (cx.account, &input.role_name);
        let added = &holder::checked_tags(Some(&input.tags))?;
        iam.change(|tx| async move {
            let mut role: Role = holder::read(&tx, account, name).await?;
            role.tags.extend(added.clone());
            if role.tags.len() > holder::TAGS_MAX {
                return Err(error::quota("TagsPerRole", holder::TAGS_MAX).into());
            }
            tx.put_record(keys::role(account, name), &role);
            Ok(())
        })
        .await?;
        Ok(Empty {}.into())
    }
}
