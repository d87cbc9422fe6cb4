//! Static descriptions of services, operations and shapes, as generated from AWS's public models.

/// A service's wire protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    RestJson1,
    AwsJson1_0,
    AwsJson1_1,
    AwsQuery,
    RestXml,
}

/// One AWS service.
#[derive(Debug)]
pub struct ServiceSpec {
    /// The name by which Freehold calls it, for example `lambda`.
    pub id: &'static str,
    /// The service name in a SigV4 credential scope, for example `lambda`.
    pub signing_name: &'static str,
    pub protocol: Protocol,
    /// For example `2015-03-31`.
    pub api_version: &'static str,
    /// JSON protocols: what precedes the operation in `X-Amz-Target`, for example `Logs_20140328`.
    pub target_prefix: Option<&'static str>,
    pub xml_namespace: Option<&'static str>,
    /// A JSON service that speaks the query protocol, too.
    pub query_compatible: Option<&'static QueryCompatible>,
    /// The operations that Freehold supports.
    pub operations: &'static [&'static OperationSpec],
    /// Every other operation of AWS's model: (name, method, URI pattern), so that the error can name it.
    pub unsupported: &'static [(&'static str, &'static str, &'static str)],
}

/// What a JSON service's tables don't say of its query protocol.
#[derive(Debug)]
pub struct QueryCompatible {
    /// Where a request lacks this parameter, its URL's path is the value.
    pub path_member: Option<&'static str>,
    /// Of flattened lists and maps: the shape, the name that its items carry, and a map's name of a key.
    pub names: &'static [(&'static str, &'static str, &'static str)],
}

impl QueryCompatible {
    /// The name that items of a flattened list or map carry, and a map's name of a key.
    pub fn names(&self, shape: &str) -> Option<(&'static str, &'static str)> {
        let found = self.names.iter().find(|(of, ..)| *of == shape);
        found.map(|(_, item, key)| (*item, *key))
    }
}

/// One operation.
#[derive(Debug)]
pub struct OperationSpec {
    pub name: &'static str,
    pub http_method: &'static str,
    /// For example `/2015-03-31/functions/{FunctionName}/code`; `{Key+}` is greedy.
    pub http_uri: &'static str,
    /// The status of a success unless a member is bound to it.
    pub http_status: u16,
    pub input: &'static StructureSpec,
    pub output: &'static StructureSpec,
    pub errors: &'static [&'static ErrorSpec],
}

/// A modelled error.
#[derive(Debug)]
pub struct ErrorSpec {
    /// The shape's name, for example `ResourceNotFoundException`.
    pub name: &'static str,
    /// The code on the wire where it differs (query protocol), else the name.
    pub code: &'static str,
    pub http_status: u16,
    pub fault: Fault,
    pub shape: &'static StructureSpec,
}

/// Whose fault an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Client,
    Server,
}

/// A structure or union.
#[derive(Debug)]
pub struct StructureSpec {
    pub name: &'static str,
    pub members: &'static [MemberSpec],
    /// The member that is the whole HTTP body, where there is one.
    pub payload: Option<&'static str>,
    /// Exactly one member is set.
    pub union: bool,
    /// A union whose values are sent as event-stream messages.
    pub event_stream: bool,
    /// Query protocol: the element that wraps the result, for example `GetCallerIdentityResult`.
    pub result_wrapper: Option<&'static str>,
}

/// A member of a structure.
#[derive(Debug)]
pub struct MemberSpec {
    pub name: &'static str,
    /// Its name on the wire: JSON key, XML element, query key, header or URI label.
    pub wire_name: &'static str,
    pub location: Location,
    pub required: bool,
    pub shape: Shape,
    pub timestamp_format: Option<TimestampFormat>,
    pub idempotency_token: bool,
    /// Event-stream events: this member is the message's payload (else a header when `Location::Header`).
    pub event_payload: bool,
}

impl StructureSpec {
    /// A structure without members: what the tables' literals start from.
    pub const fn new(name: &'static str) -> StructureSpec {
        StructureSpec {
            name,
            members: &[],
            payload: None,
            union: false,
            event_stream: false,
            result_wrapper: None,
        }
    }

    pub fn member(&self, name: &str) -> Option<&'static MemberSpec> {
        self.members.iter().find(|member| member.name == name)
    }
}

impl MemberSpec {
    /// An optional member of the body whose wire name is its own; the other methods change that. They exist
    /// to keep the generated tables short.
    pub const fn new(name: &'static str, shape: &'static str, kind: Kind) -> MemberSpec {
        MemberSpec {
            name,
            wire_name: name,
            location: Location::Body,
            required: false,
            shape: Shape { name: shape, kind },
            timestamp_format: None,
            idempotency_token: false,
            event_payload: false,
        }
    }

    pub const fn required(self) -> MemberSpec {
        MemberSpec { required: true, ..self }
    }

    pub const fn at(self, location: Location) -> MemberSpec {
        MemberSpec { location, ..self }
    }

    pub const fn wire(self, wire_name: &'static str) -> MemberSpec {
        MemberSpec { wire_name, ..self }
    }

    pub const fn timestamp(self, format: TimestampFormat) -> MemberSpec {
        MemberSpec { timestamp_format: Some(format), ..self }
    }

    pub const fn idempotency_token(self) -> MemberSpec {
        MemberSpec { idempotency_token: true, ..self }
    }

    pub const fn event_payload(self) -> MemberSpec {
        MemberSpec { event_payload: true, ..self }
    }
}

/// Where a member travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    Body,
    Uri,
    Query,
    Header,
    /// A map of all headers with this prefix (`wire_name`).
    HeaderPrefix,
    StatusCode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    UnixSeconds,
    Iso8601,
    HttpDate,
}

/// A reference to a shape: leaves inline, aggregates by static reference.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The shape's name in AWS's model.
    pub name: &'static str,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Boolean,
    Integer(NumberRange),
    Long(NumberRange),
    Float(NumberRange),
    String(&'static StringSpec),
    /// `streaming` blobs are not buffered.
    Blob {
        min: Option<u64>,
        max: Option<u64>,
        streaming: bool,
    },
    Timestamp,
    List(&'static ListSpec),
    Map(&'static MapSpec),
    Structure(&'static StructureSpec),
    /// A free-form JSON document.
    Document,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NumberRange {
    pub min: Option<i64>,
    pub max: Option<i64>,
}

impl NumberRange {
    pub const ANY: NumberRange = NumberRange { min: None, max: None };

    pub const fn new(min: Option<i64>, max: Option<i64>) -> NumberRange {
        NumberRange { min, max }
    }
}

/// A string without constraints.
pub static ANY_STRING: StringSpec = StringSpec { min: None, max: None, pattern: None, values: &[] };

#[derive(Debug)]
pub struct StringSpec {
    pub min: Option<u64>,
    pub max: Option<u64>,
    pub pattern: Option<&'static str>,
    /// Empty when the shape is not an enumeration.
    pub values: &'static [&'static str],
}

#[derive(Debug)]
pub struct ListSpec {
    pub min: Option<u64>,
    pub max: Option<u64>,
    pub member: Shape,
    /// Query protocol and XML: the element name of an item (`member` unless the model says otherwise).
    pub member_name: &'static str,
    pub flattened: bool,
}

#[derive(Debug)]
pub struct MapSpec {
    pub min: Option<u64>,
    pub max: Option<u64>,
    pub key: Shape,
    pub value: Shape,
    pub key_name: &'static str,
    pub value_name: &'static str,
    pub flattened: bool,
}
