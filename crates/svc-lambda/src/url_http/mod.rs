//! Function URLs: HTTP requests to `<id>.lambda-url.<region>.…`, or to `/_freehold/url/<id>/…` for clients that
//! cannot resolve such names.

mod answer;
mod cors;
mod event;
mod response;

use std::sync::Arc;

use wire::Authorizer;

use crate::Lambda;
use crate::model::UrlRecord;

/// Serves function URLs.
pub struct FunctionUrls {
    lambda: Arc<Lambda>,
    authorizer: Arc<dyn Authorizer>,
}

impl FunctionUrls {
    pub fn new(lambda: Arc<Lambda>, authorizer: Arc<dyn Authorizer>) -> FunctionUrls {
        FunctionUrls { lambda, authorizer }
    }

    async fn find(&self, id: &str) -> Result<Option<UrlRecord>, store::StoreError> {
        self.lambda.store.snapshot().get_record::<UrlRecord>(&crate::keys::url_id(id)).await
    }
}
