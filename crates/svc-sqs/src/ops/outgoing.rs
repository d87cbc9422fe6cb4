//! Messages as requests give them, and attributes as answers show them.

use std::collections::BTreeMap;

use api::sqs::{MessageAttributeValue, MessageSystemAttributeValue};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use wire::{ApiError, Caller, Context};

use crate::error;
use crate::model::AttributeValue;
use crate::send::Outgoing;

/// The members that SendMessage and the entries of SendMessageBatch share.
pub(crate) struct Given {
    pub(crate) body: String,
    pub(crate) delay_s: Option<i64>,
    pub(crate) attributes: Option<BTreeMap<String, MessageAttributeValue>>,
    pub(crate) system_attributes: Option<BTreeMap<String, MessageSystemAttributeValue>>,
    pub(crate) deduplication_id: Option<String>,
    pub(crate) group: Option<String>,
}

pub(crate) fn message(cx: &Context, given: Given) -> Result<Outgoing, ApiError> {
    let mut attributes = BTreeMap::new();
    for (name, value) in given.attributes.unwrap_or_default() {
        let stored = attribute(&name, value)?;
        attributes.insert(name, stored);
    }
    let mut trace = None;
    for (name, value) in given.system_attributes.unwrap_or_default() {
        if name != "AWSTraceHeader" {
            return Err(error::invalid_value(format!("Message system attribute name '{name}' is invalid.")));
        }
        match value.string_value {
            Some(text) if value.data_type == "String" && !text.is_empty() => trace = Some(text),
            _ => {
                return Err(error::invalid_value(
                    "The value of message system attribute 'AWSTraceHeader' must be a non-empty String.",
                ));
            }
        }
    }
    Ok(Outgoing {
        body: given.body,
        attributes,
        delay_s: given.delay_s,
        group: given.group,
        deduplication_id: given.deduplication_id,
        trace,
        sender: sender(&cx.caller),
    })
}

fn attribute(name: &str, value: MessageAttributeValue) -> Result<AttributeValue, ApiError> {
    if value.string_list_values.is_some_and(|list| !list.is_empty())
        || value.binary_list_values.is_some_and(|list| !list.is_empty())
    {
        return Err(error::unsupported(
            "Message attribute list values in SendMessage operation are not supported.",
        ));
    }
    let binary = value.data_type == "Binary" || value.data_type.starts_with("Binary.");
    let text = match (binary, value.string_value, value.binary_value) {
        (true, None, Some(bytes)) => BASE64_STANDARD.encode(bytes),
        (false, Some(text), None) => text,
        (_, None, None) => String::new(),
        _ => {
            return Err(error::invalid_value(format!(
                "Message (user) attribute '{name}' has a value that is not of its type '{}'.",
                value.data_type
            )));
        }
    };
    Ok(AttributeValue { data_type: value.data_type, value: text })
}

pub(crate) fn shown((name, attribute): (String, AttributeValue)) -> (String, MessageAttributeValue) {
    let mut value = MessageAttributeValue { data_type: attribute.data_type.clone(), ..Default::default() };
    match attribute.is_binary() {
        true => {
            let bytes = BASE64_STANDARD.decode(&attribute.value).unwrap_or_default();
            value.binary_value = Some(Bytes::from(bytes));
        }
        false => value.string_value = Some(attribute.value),
    }
    (name, value)
}

/// `SenderId`: a user's id, a session's `role-id:session-name`, an account.
fn sender(caller: &Caller) -> String {
    match caller {
        Caller::Root { account } => account.to_string(),
        Caller::User { id, .. } | Caller::Session { id, .. } => id.clone(),
        Caller::Service { name } => name.clone(),
        Caller::Anonymous => "anonymous".to_owned(),
    }
}
