//! Forms of the query protocol.
#![no_main]

libfuzzer_sys::fuzz_target!(|body: &[u8]| {
    use api::{iam, sqs, sts};
    fuzz::decode::<iam::CreateRoleRequest>(&iam::SERVICE, &iam::CREATE_ROLE, body);
    fuzz::decode::<sqs::SendMessageBatchRequest>(&sqs::QUERY_SERVICE, &sqs::SEND_MESSAGE_BATCH, body);
    fuzz::decode::<sts::AssumeRoleRequest>(&sts::SERVICE, &sts::ASSUME_ROLE, body);
});
