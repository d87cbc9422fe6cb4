//! Arbitrary input must never panic, and what validation lets through must fit the generated structs.

use proptest::prelude::*;
use shape::FromValue;
use wire::protocol::event_stream::Decoder;
use wire::validate::validate;

use super::*;

/// JSON that often has the members of a request, with values of any type.
fn json_noise() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|flag| flag.to_string()),
        any::<f64>().prop_map(|number| json!(number).to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        ".{0,20}".prop_map(|text| json!(text).to_string()),
        Just("\"f\"".to_owned()),
    ];
    let key = prop_oneof![
        Just("FunctionName"),
        Just("Code"),
        Just("ZipFile"),
        Just("Role"),
        Just("Environment"),
        Just("Variables"),
        Just("Layers"),
        Just("Timeout"),
        Just("Tags"),
    ];
    leaf.prop_recursive(6, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec((key.clone(), inner), 0..8).prop_map(|members| {
                let members: Vec<_> = members.iter().map(|(key, value)| format!("{key:?}:{value}")).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

fn form_noise() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("Tags".to_owned()),
        Just("member".to_owned()),
        Just("entry".to_owned()),
        Just("Key".to_owned()),
        Just("RoleName".to_owned()),
        "[0-9]{1,12}",
        ".{0,4}",
    ];
    let key = prop::collection::vec(part, 1..6).prop_map(|parts| parts.join("."));
    let pair = (key, ".{0,8}").prop_map(|(key, value)| format!("{key}={value}"));
    prop::collection::vec(pair, 0..8).prop_map(|pairs| pairs.join("&"))
}

proptest! {
    #[test]
    fn json_bodies(body in json_noise()) {
        let operation = &api::lambda::CREATE_FUNCTION;
        if let Ok(value) = decode_body(&api::lambda::SERVICE, operation, &body)
            && validate(operation.input, &value).is_ok()
        {
            api::lambda::CreateFunctionRequest::from_value(value).unwrap();
        }
    }

    #[test]
    fn forms(body in form_noise()) {
        let operation = &api::iam::CREATE_ROLE;
        if let Ok(value) = decode_body(&api::iam::SERVICE, operation, &body)
            && validate(operation.input, &value).is_ok()
        {
            api::iam::CreateRoleRequest::from_value(value).unwrap();
        }
    }

    #[test]
    fn bytes(body in prop::collection::vec(any::<u8>(), 0..256)) {
        let parts = parts("POST", "/", &[]);
        for service in SERVICES {
            for operation in service.operations {
                let _ = decode(service, operation, &parts, &[], body.clone().into());
            }
        }
    }

    #[test]
    fn paths(path in "(/[a-z0-9%.:{}+-]{0,12}){0,40}", query in ".{0,20}") {
        let router = Router::new(&api::lambda::SERVICE);
        let _ = router.route("GET", &path, &query);
    }

    #[test]
    fn frames(bytes in prop::collection::vec(any::<u8>(), 0..256), fix in any::<bool>()) {
        let mut bytes = bytes;
        if fix && bytes.len() >= 16 {
            // With right checksums the noise reaches the headers.
            let length = bytes.len();
            bytes[..4].copy_from_slice(&(length as u32).to_be_bytes());
            bytes[4..8].copy_from_slice(&(length as u32 - 16).to_be_bytes());
            let checksum = crc32fast::hash(&bytes[..8]).to_be_bytes();
            bytes[8..12].copy_from_slice(&checksum);
            let checksum = crc32fast::hash(&bytes[..length - 4]).to_be_bytes();
            bytes[length - 4..].copy_from_slice(&checksum);
        }
        let mut decoder = Decoder::default();
        decoder.push(&bytes);
        while let Ok(Some(message)) = decoder.message() {
            prop_assert_eq!(&message.encode()[..], &bytes[..message.encode().len()]);
        }
    }
}
