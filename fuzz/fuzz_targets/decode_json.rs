//! JSON bodies of the REST and the RPC protocol.
#![no_main]

libfuzzer_sys::fuzz_target!(|body: &[u8]| {
    use api::{lambda, logs};
    fuzz::decode::<lambda::CreateFunctionRequest>(&lambda::SERVICE, &lambda::CREATE_FUNCTION, body);
    fuzz::decode::<logs::PutLogEventsRequest>(&logs::SERVICE, &logs::PUT_LOG_EVENTS, body);
});
