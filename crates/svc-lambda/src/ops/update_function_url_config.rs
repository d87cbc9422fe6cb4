//! UpdateFunctionUrlConfig: authentication, CORS and invoke mode of an address.

use api::lambda::{UpdateFunctionUrlConfigRequest, UpdateFunctionUrlConfigResponse};
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::{self, Failure};
use crate::model::{Cors, UrlAuth, UrlRecord};
use crate::name::FunctionRef;
use crate::{Lambda, render, table, url};

pub(crate) struct UpdateFunctionUrlConfig;

impl Operation for UpdateFunctionUrlConfig {
    type Service = Lambda;
    type Input = UpdateFunctionUrlConfigRequest;
    type Output = UpdateFunctionUrlConfigResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::UPDATE_FUNCTION_URL_CONFIG;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let access = lambda
            .access_to(cx, "lambda:UpdateFunctionUrlConfig", &input.function_name, input.qualifier.as_deref())
            .await?;
        Ok(url::with_conditions(access, input.auth_type.as_deref()))
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let (name, qualifier) = url::name(lambda, cx, &input.function_name, input.qualifier.as_deref())?;
        let change = Change {
            auth: input.auth_type.as_deref().map(url::auth),
            streaming: input.invoke_mode.as_deref().map(|mode| url::streaming(Some(mode))),
            cors: input.cors.map(url::cors).transpose()?,
            at: cx.received_at,
        };
        let body = |tx: Transaction| update(tx, &name, qualifier.as_deref().unwrap_or_default(), &change);
        let url = lambda.store.transact::<_, Failure, _, _>(body).await?;
        lambda.changed(name.account, &name.region, &name.name);
        Ok(UpdateFunctionUrlConfigResponse {
            function_url: render::function_url(cx, &url),
            function_arn: render::url_function_arn(&url),
            auth_type: render::auth_type(url.auth).into(),
            cors: url.cors.as_ref().map(render::cors),
            creation_time: url.created_at.iso8601_millis(),
            last_modified_time: url.modified_at.iso8601_millis(),
            invoke_mode: Some(render::invoke_mode(&url).into()),
        }
        .into())
    }
}

struct Change {
    auth: Option<UrlAuth>,
    streaming: Option<bool>,
    /// `Some(None)` takes the settings away.
    cors: Option<Option<Cors>>,
    at: base::Timestamp,
}

async fn update(
    tx: Transaction,
    name: &FunctionRef,
    qualifier: &str,
    change: &Change,
) -> Result<UrlRecord, Failure> {
    let mut url = table::find_url(&tx, name, qualifier).await?.ok_or_else(error::resource_not_found)?;
    url.auth = change.auth.unwrap_or(url.auth);
    url.streaming = change.streaming.unwrap_or(url.streaming);
    if let Some(cors) = &change.cors {
        url.cors = cors.clone();
    }
    url.modified_at = change.at;
    table::put_url(&tx, &url);
    Ok(url)
}
