//! UpdateAccessKey: switches a permanent key off or on.

use api::Empty;
use api::iam::UpdateAccessKeyRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error;
use crate::iam::Iam;
use crate::keys;
use crate::ops::holder::KeyOwner;

pub struct UpdateAccessKey;

impl Operation for UpdateAccessKey {
    type Service = Iam;
    type Input = UpdateAccessKeyRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::iam::UPDATE_ACCESS_KEY;

    async fn access(
        iam: &Iam,
        cx: &Context,
        input: &UpdateAccessKeyRequest,
    ) -> Result<Vec<Access>, ApiError> {
        KeyOwner::of(cx, input.user_name.as_deref())?.access(iam, cx, "iam:UpdateAccessKey").await
    }

    async fn run(iam: &Iam, cx: &Context, input: UpdateAccessKeyRequest) -> Result<Reply<Empty>, ApiError> {
        let owner = &KeyOwner::of(cx, input.user_name.as_deref())?;
        let (account, id) = (cx.account, &input.access_key_id);
        // "Expired" is AWS's own state for keys that it retires; nobody can set it.
        let active = match input.status.as_str() {
            "Active" => true,
            "Inactive" => false,
            other => return Err(error::validation(format!("The access key status {other} cannot be set."))),
        };
        iam.change(|tx| async move {
            let mut key = owner.key(&tx, account, id).await?;
            key.active = active;
            tx.put_record(keys::access_key(id), &key);
            Ok(())
        })
        .await?;
        Ok(Empty {}.into())
    }
}
