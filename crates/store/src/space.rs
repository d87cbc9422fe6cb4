//! Every key prefix of the keyspace, in one place, so that no two layers can collide. A retired prefix stays
//! here, commented, and is never given out again.

/// The first byte of every key. 0 is the store's own and never given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Space {
    /// Format version, server identity, cluster-wide secrets.
    Meta = 0x01,

    Function = 0x10,
    FunctionVersion = 0x11,
    FunctionAlias = 0x12,
    FunctionUrl = 0x13,
    /// Function URL id → function, for routing by host name.
    FunctionUrlId = 0x14,
    FunctionPolicy = 0x15,
    /// Accepted asynchronous invocations, in order of acceptance.
    FunctionEvent = 0x16,
    /// Their payloads, by request id.
    FunctionEventPayload = 0x1a,
    Layer = 0x1b,
    LayerVersion = 0x1c,
    LayerVersionPolicy = 0x1d,
    /// Event source mappings, by id.
    EventSourceMapping = 0x0f,
    /// Requests for environments that are kept ready, by function and qualifier.
    FunctionProvisioned = 0x1e,
    /// What happens to asynchronous invocations, by function and qualifier.
    FunctionEventConfig = 0x1f,
    /// Reference counts of code packages in the blob store.
    CodePackage = 0x17,
    /// One receipt per invocation.
    Receipt = 0x18,
    /// Sums of receipts per function and hour.
    ReceiptTotal = 0x19,

    User = 0x20,
    Role = 0x21,
    AccessKey = 0x22,
    ManagedPolicy = 0x23,
    /// Sealing keys of session tokens.
    SessionKey = 0x24,

    LogGroup = 0x30,
    LogStream = 0x31,
    LogEvent = 0x32,

    /// Deliveries that wait for nothing but their turn: by lane, in order of acceptance.
    Delivery = 0x40,
    /// Deliveries that wait for an instant: by that.
    DeliveryTimer = 0x41,
    /// Their payloads, by id.
    DeliveryPayload = 0x42,
    /// Deliveries that have failed and are kept, by lane.
    DeliveryDead = 0x43,
    /// Who executes deliveries.
    DeliveryOwner = 0x44,
    EventBus = 0x50,
    EventRule = 0x51,
    EventTarget = 0x52,

    Queue = 0x60,
    /// Messages waiting or in flight, in order of acceptance; small, without their bodies.
    QueueMessage = 0x61,
    QueueMessageBody = 0x62,
    /// What receiving changes of a message.
    QueueMessageState = 0x63,
    QueueDeduplication = 0x64,
    /// Deleted queues' names, and messages that are still to be removed.
    QueueGone = 0x65,
    QueueMoveTask = 0x66,

    ScheduleGroup = 0x70,
    /// By group and name.
    Schedule = 0x71,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    /// The compiler refuses two living spaces with one tag; this also covers the retired, commented ones.
    #[test]
    fn no_tag_is_given_out_twice() {
        let mut seen = BTreeMap::new();
        for line in include_str!("space.rs").lines().take_while(|line| !line.contains("cfg(test)")) {
            let line = line.trim().trim_start_matches('/').trim();
            let Some((name, tag)) = line.trim_end_matches(',').split_once(" = 0x") else {
                continue;
            };
            let tag = u8::from_str_radix(tag, 16).expect("a tag is two hexadecimal digits");
            assert_ne!(tag, 0, "0 is the store's own");
            assert_eq!(seen.insert(tag, name), None, "the tag of {name} is taken");
        }
        assert!(seen.len() >= 19, "the list is read: {seen:?}");
    }
}
