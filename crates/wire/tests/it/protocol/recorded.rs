//! Requests recorded from botocore (see `tests/fixtures/record.py`) decode to the parameters that they were
//! made from, and those convert to the generated structs.

use super::*;

#[derive(serde::Deserialize)]
struct Recorded {
    service: String,
    operation: String,
    input: Json,
    method: String,
    target: String,
    headers: std::collections::BTreeMap<String, String>,
    body: String,
}

#[test]
fn botocore_requests_decode_to_their_parameters() {
    let recorded = include_str!("../../fixtures/requests.jsonl").lines();
    let mut count = 0;
    for line in recorded {
        let recorded: Recorded = serde_json::from_str(line).unwrap();
        let context = format!("{} {}", recorded.service, recorded.operation);
        let service = *SERVICES.iter().find(|service| service.id == recorded.service).unwrap();
        let headers: Vec<_> =
            recorded.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let parts = parts(&recorded.method, &recorded.target, &headers);
        let body = BASE64_STANDARD.decode(&recorded.body).unwrap();
        let Some((Route::Supported(operation), labels)) = find(service, &parts, &body) else {
            panic!("{context}: no route for {} {}", recorded.method, recorded.target);
        };
        assert_eq!(operation.name, recorded.operation, "{context}");
        let value = decode(service, operation, &parts, &labels, body.into()).expect(&context);
        assert_eq!(plain(&value), recorded.input, "{context}");
        wire::validate::validate_for(service.protocol, operation.input, &value).expect(&context);
        count += 1;
    }
    assert!(count > 20);
}

#[test]
fn a_payload_blob_shares_the_memory_of_the_body() {
    let body = Bytes::from(vec![7; 1024]);
    let parts = parts("POST", "/2015-03-31/functions/f/invocations", &[]);
    let labels = [("FunctionName".to_owned(), "f".to_owned())];
    let value = decode(&api::lambda::SERVICE, &api::lambda::INVOKE, &parts, &labels, body.clone()).unwrap();
    let input = <api::lambda::InvocationRequest as shape::FromValue>::from_value(value).unwrap();
    assert_eq!(input.payload.unwrap().as_ptr(), body.as_ptr());
}
