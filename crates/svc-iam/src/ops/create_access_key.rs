//! CreateAccessKey: a permanent key, whose secret is told only in this answer.

use api::iam::{AccessKey, CreateAccessKeyRequest, CreateAccessKeyResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::bootstrap::root_keys;
use crate::error;
use crate::iam::Iam;
use crate::ident;
use crate::keys;
use crate::model::User;
use crate::ops::holder::{self, KeyOwner};

/// AWS's quota, which allows a key to be replaced without an interruption.
const KEYS_MAX: usize = 2;

pub struct CreateAccessKey;

impl Operation for CreateAccessKey {
    type Service = Iam;
    type Input = CreateAccessKeyRequest;
    type Output = CreateAccessKeyResponse;
    const SPEC: &'static OperationSpec = &api::iam::CREATE_ACCESS_KEY;

    async fn access(
        iam: &Iam,
        cx: &Context,
        input: &CreateAccessKeyRequest,
    ) -> Result<Vec<Access>, ApiError> {
        KeyOwner::of(cx, input.user_name.as_deref())?.access(iam, cx, "iam:CreateAccessKey").await
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: CreateAccessKeyRequest,
    ) -> Result<Reply<CreateAccessKeyResponse>, ApiError> {
        let owner = &KeyOwner::of(cx, input.user_name.as_deref())?;
        let secret = ident::secret_access_key(&*iam.entropy);
        let id = ident::access_key_id(&*iam.entropy);
        let account = cx.account;
        let key = iam.seal_key(id, &secret, account, owner.user().map(str::to_owned), false);
        let fresh = &key;
        iam.change(|tx| async move {
            match owner {
                KeyOwner::User(name) => {
                    let mut user: User = holder::read(&tx, account, name).await?;
                    if user.access_keys.len() >= KEYS_MAX {
                        return Err(error::quota("AccessKeysPerUser", KEYS_MAX).into());
                    }
                    user.access_keys.push(fresh.id.clone());
                    tx.put_record(keys::user(account, name), &user);
                }
                KeyOwner::Root => {
                    if root_keys(&tx, account).await?.len() >= KEYS_MAX {
                        return Err(error::quota("AccessKeysPerAccount", KEYS_MAX).into());
                    }
                }
            }
            tx.put_record(keys::access_key(&fresh.id), fresh);
            Ok(())
        })
        .await?;
        Ok(CreateAccessKeyResponse {
            access_key: AccessKey {
                user_name: owner.user().unwrap_or("root").to_owned(),
                status: "Active".to_owned(),
                secret_access_key: secret,
                create_date: Some(key.created_at),
                access_key_id: key.id,
            },
        }
        .into())
    }
}
