//! What a function is told of a queue's message: the record of AWS's SQS event.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::super::seam::{QueueAttribute, QueueMessage};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    message_id: &'a str,
    receipt_handle: &'a str,
    body: &'a str,
    attributes: BTreeMap<&'a str, &'a str>,
    message_attributes: BTreeMap<&'a str, Attribute<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    md5_of_message_attributes: Option<&'a str>,
    md5_of_body: &'a str,
    event_source: &'static str,
    #[serde(rename = "eventSourceARN")]
    event_source_arn: &'a str,
    aws_region: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Attribute<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    string_value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    binary_value: Option<&'a str>,
    string_list_values: [(); 0],
    binary_list_values: [(); 0],
    data_type: &'a str,
}

impl<'a> Attribute<'a> {
    fn of(attribute: &'a QueueAttribute) -> Attribute<'a> {
        let is_binary = attribute.data_type == "Binary" || attribute.data_type.starts_with("Binary.");
        let value = Some(attribute.value.as_str());
        let (string_value, binary_value) = if is_binary { (None, value) } else { (value, None) };
        let data_type = &attribute.data_type;
        Attribute { string_value, binary_value, string_list_values: [], binary_list_values: [], data_type }
    }
}

/// A message as JSON. Nothing in it can fail to be JSON.
pub(crate) fn record(message: &QueueMessage, queue_arn: &str) -> Value {
    let record = Record {
        message_id: &message.id,
        receipt_handle: &message.receipt_handle,
        body: &message.body,
        attributes: message.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect(),
        message_attributes: message
            .message_attributes
            .iter()
            .map(|attribute| (attribute.name.as_str(), Attribute::of(attribute)))
            .collect(),
        md5_of_message_attributes: message.md5_of_attributes.as_deref(),
        md5_of_body: &message.md5_of_body,
        event_source: "aws:sqs",
        event_source_arn: queue_arn,
        aws_region: queue_arn.split(':').nth(3).unwrap_or_default(),
    };
    serde_json::to_value(record).expect("strings and maps with string keys are always JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_looks_as_on_aws() {
        let attribute = |name: &str, data_type: &str, value: &str| QueueAttribute {
            name: name.into(),
            data_type: data_type.into(),
            value: value.into(),
        };
        let message = QueueMessage {
            id: "059f36b4-87a3-44ab-83d2-661975830a7d".into(),
            receipt_handle: "AQEB".into(),
            body: "Test \"message\".".into(),
            md5_of_body: "e4e68fb7bd0e697a0ae8f1bb342846b3".into(),
            attributes: vec![
                ("SentTimestamp".into(), "1545082649183".into()),
                ("ApproximateReceiveCount".into(), "1".into()),
            ],
            message_attributes: vec![attribute("a", "Number", "1"), attribute("b", "Binary.png", "AAE=")],
            md5_of_attributes: Some("m".into()),
            group: None,
        };
        let expected = serde_json::json!({
            "messageId": "059f36b4-87a3-44ab-83d2-661975830a7d",
            "receiptHandle": "AQEB",
            "body": "Test \"message\".",
            "attributes": { "ApproximateReceiveCount": "1", "SentTimestamp": "1545082649183" },
            "messageAttributes": {
                "a": { "stringValue": "1", "stringListValues": [], "binaryListValues": [], "dataType": "Number" },
                "b": { "binaryValue": "AAE=", "stringListValues": [], "binaryListValues": [], "dataType": "Binary.png" },
            },
            "md5OfMessageAttributes": "m",
            "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
            "eventSource": "aws:sqs",
            "eventSourceARN": "arn:aws:sqs:us-east-2:123456789012:my-queue",
            "awsRegion": "us-east-2",
        });
        assert_eq!(record(&message, "arn:aws:sqs:us-east-2:123456789012:my-queue"), expected);
    }
}
