//! IAM tested from outside: the policy language, the operations, and the judge of requests.

mod policy;
