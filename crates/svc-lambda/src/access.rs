//! Which permission an operation needs: action, ARN, and the function's own policy for callers of other accounts.

use wire::{Access, ApiError, Context};

use crate::error::{self, Failure};
use crate::name::{FunctionRef, Qualifier};
use crate::{Lambda, policy, table};

impl Lambda {
    /// The function that a request names, in the caller's account and region unless the name says otherwise.
    pub(crate) fn name(
        &self,
        cx: &Context,
        function: &str,
        qualifier: Option<&str>,
    ) -> Result<FunctionRef, ApiError> {
        FunctionRef::parse(function, qualifier, cx.account, &cx.region)
            .map_err(|problem| error::invalid_name(problem, function, &cx.region))
    }

    /// The function that a request names, for operations that work on functions as a whole only.
    pub(crate) fn whole_function(&self, cx: &Context, function: &str) -> Result<FunctionRef, ApiError> {
        let name = self.name(cx, function, None)?;
        match name.qualifier {
            None | Some(Qualifier::Latest) => Ok(FunctionRef { qualifier: None, ..name }),
            Some(_) => Err(error::invalid(
                "This operation is permitted on Lambda functions only. Aliases and versions do not support this \
                 operation. Please specify either a function name or an unqualified function ARN.",
            )),
        }
    }

    /// Permission for `action` on the function, version or alias that a request names.
    pub(crate) async fn access_to(
        &self,
        cx: &Context,
        action: &'static str,
        function: &str,
        qualifier: Option<&str>,
    ) -> Result<Vec<Access>, ApiError> {
        let name = self.name(cx, function, qualifier)?;
        let access = Access::new(action, name.arn());
        Ok(vec![Access { resource_policy: self.own_policy(&name).await?, ..access }])
    }

    /// Permission for `action` on the function as a whole, even when the request names a part of it.
    pub(crate) async fn access_to_function(
        &self,
        cx: &Context,
        action: &'static str,
        function: &str,
    ) -> Result<Vec<Access>, ApiError> {
        let name = FunctionRef { qualifier: None, ..self.name(cx, function, None)? };
        let access = Access::new(action, name.arn());
        Ok(vec![Access { resource_policy: self.own_policy(&name).await?, ..access }])
    }

    async fn own_policy(&self, name: &FunctionRef) -> Result<Option<String>, ApiError> {
        let found = table::find_policy(&self.store.snapshot(), name).await;
        Ok(found.map_err(Failure::into_error)?.map(|found| policy::document(&found)))
    }
}

/// Permission to give `role` to a function.
pub(crate) fn pass_role(role: &str) -> Access {
    let condition = ("iam:PassedToService".to_owned(), vec!["lambda.amazonaws.com".to_owned()]);
    Access { conditions: vec![condition], ..Access::new("iam:PassRole", role) }
}

/// Permission for what has no resource of its own.
pub(crate) fn access_to_all(action: &'static str) -> Result<Vec<Access>, ApiError> {
    Ok(vec![Access::new(action, "*")])
}
