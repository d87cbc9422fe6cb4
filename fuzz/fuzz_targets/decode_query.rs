//! Forms of the query protocol.
#![no_main]

libfuzzer_sys::fuzz_target!(|body: &[u8]| {
    use api::{iam, sts};
    fuzz::decode::<iam::CreateRoleRequest>(&iam::SERVICE, &iam::CREATE_ROLE, body);
    fuzz::decode::<sts::AssumeRoleRequest>(&sts::SERVICE, &sts::ASSUME_ROLE, body);
});
