//! x
pub struct FunctionUrls;
