//! CreateFunctionUrlConfig: an HTTP address for a function or an alias.

use api::lambda::{CreateFunctionUrlConfigRequest, CreateFunctionUrlConfigResponse};
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::{self, Failure};
use crate::model::UrlRecord;
use crate::name::FunctionRef;
use crate::{Lambda, render, table, url};

pub(crate) struct CreateFunctionUrlConfig;

impl Operation for CreateFunctionUrlConfig {
    type Service = Lambda;
    type Input = CreateFunctionUrlConfigRequest;
    type Output = CreateFunctionUrlConfigResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::CREATE_FUNCTION_URL_CONFIG;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let access = lambda
            .access_to(cx, "lambda:CreateFunctionUrlConfig", &input.function_name, input.qualifier.as_deref())
            .await?;
        Ok(url::with_conditions(access, Some(&input.auth_type)))
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let (name, qualifier) = url::name(lambda, cx, &input.function_name, input.qualifier.as_deref())?;
        let url = UrlRecord {
            id: lambda.entropy.token(url::ID_LEN, url::ID_ALPHABET),
            account: name.account,
            region: name.region.clone(),
            function: name.name.clone(),
            qualifier,
            auth: url::auth(&input.auth_type),
            streaming: url::streaming(input.invoke_mode.as_deref()),
            cors: input.cors.map(url::cors).transpose()?.flatten(),
            created_at: cx.received_at,
            modified_at: cx.received_at,
        };
        let body = |tx: Transaction| create(tx, &name, &url);
        lambda.store.transact::<_, Failure, _, _>(body).await?;
        lambda.changed(name.account, &name.region, &name.name);
        Ok(CreateFunctionUrlConfigResponse {
            function_url: render::function_url(cx, &url),
            function_arn: render::url_function_arn(&url),
            auth_type: render::auth_type(url.auth).into(),
            cors: url.cors.as_ref().map(render::cors),
            creation_time: url.created_at.iso8601_millis(),
            invoke_mode: Some(render::invoke_mode(&url).into()),
        }
        .into())
    }
}

async fn create(tx: Transaction, name: &FunctionRef, url: &UrlRecord) -> Result<(), Failure> {
    let missing = || Failure::from(error::not_found("Function does not exist"));
    table::find_function(&tx, name).await?.ok_or_else(missing)?;
    if table::find_version(&tx, name, 0).await?.is_some_and(|latest| latest.is_per_tenant) {
        return Err(error::invalid(
            "Function URLs are not supported for functions enabled with tenancy configuration.",
        )
        .into());
    }
    let qualifier = url.qualifier.as_deref().unwrap_or_default();
    if !qualifier.is_empty() {
        table::find_alias(&tx, name, qualifier).await?.ok_or_else(missing)?;
    }
    if table::find_url(&tx, name, qualifier).await?.is_some() {
        let arn = render::url_function_arn(url);
        return Err(error::conflict(format!(
            "Failed to create function url config for [functionArn = {arn}]. Error message:  FunctionUrlConfig \
             exists for this Lambda function"
        ))
        .into());
    }
    table::put_url(&tx, url);
    Ok(())
}
