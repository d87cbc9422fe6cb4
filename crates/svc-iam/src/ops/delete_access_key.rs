//! DeleteAccessKey: removes a permanent key at once.

use api::Empty;
use api::iam::DeleteAccessKeyRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::keys;
use crate::model::User;
use crate::ops::holder::{self, KeyOwner};

pub struct DeleteAccessKey;

impl Operation for DeleteAccessKey {
    type Service = Iam;
    type Input = DeleteAccessKeyRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::iam::DELETE_ACCESS_KEY;

    async fn access(
        iam: &Iam,
        cx: &Context,
        input: &DeleteAccessKeyRequest,
    ) -> Result<Vec<Access>, ApiError> {
        KeyOwner::of(cx, input.user_name.as_deref())?.access(iam, cx, "iam:DeleteAccessKey").await
    }

    async fn run(iam: &Iam, cx: &Context, input: DeleteAccessKeyRequest) -> Result<Reply<Empty>, ApiError> {
        let owner = &KeyOwner::of(cx, input.user_name.as_deref())?;
        let (account, id) = (cx.account, &input.access_key_id);
        iam.change(|tx| async move {
            owner.key(&tx, account, id).await?;
            if let KeyOwner::User(name) = owner {
                let mut user: User = holder::read(&tx, account, name).await?;
                user.access_keys.retain(|key| key != id);
                tx.put_record(keys::user(account, name), &user);
            }
            tx.delete(keys::access_key(id));
            Ok(())
        })
        .await?;
        Ok(Empty {}.into())
    }
}
