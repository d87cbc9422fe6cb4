//! ListAccessKeys: the permanent keys of a user (the caller without a name), secrets left out.

use api::iam::{ListAccessKeysRequest, ListAccessKeysResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::model::AccessKey;
use crate::ops::holder::KeyOwner;
use crate::ops::page::Page;
use crate::ops::views;

pub struct ListAccessKeys;

impl Operation for ListAccessKeys {
    type Service = Iam;
    type Input = ListAccessKeysRequest;
    type Output = ListAccessKeysResponse;
    const SPEC: &'static OperationSpec = &api::iam::LIST_ACCESS_KEYS;

    async fn access(iam: &Iam, cx: &Context, input: &ListAccessKeysRequest) -> Result<Vec<Access>, ApiError> {
        KeyOwner::of(cx, input.user_name.as_deref())?.access(iam, cx, "iam:ListAccessKeys").await
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: ListAccessKeysRequest,
    ) -> Result<Reply<ListAccessKeysResponse>, ApiError> {
        let owner = KeyOwner::of(cx, input.user_name.as_deref())?;
        let all: Vec<AccessKey> = owner.keys(iam, cx.account).await?;
        let page = Page::of(all, input.marker.as_deref(), input.max_items, |key| key.id.clone());
        Ok(ListAccessKeysResponse {
            access_key_metadata: page.items.into_iter().map(views::access_key).collect(),
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        }
        .into())
    }
}
