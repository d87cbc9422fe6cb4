//! IAM tested from outside: the policy language, the operations, and the judge of requests.

mod support;

mod authorize;
mod keys;
mod managed;
mod policy;
mod principals;
