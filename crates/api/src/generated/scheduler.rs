//! Amazon EventBridge Scheduler: the service and its operations. Written by `cargo xtask codegen`; do not edit.

pub mod errors;
mod structures;
pub mod tables;

use shape::{OperationSpec, Protocol, ServiceSpec};

pub use structures::*;

pub static SERVICE: ServiceSpec = ServiceSpec {
    id: "scheduler",
    signing_name: "scheduler",
    protocol: Protocol::RestJson1,
    api_version: "2021-06-30",
    target_prefix: None,
    xml_namespace: None,
    query_compatible: None,
    operations: &[
        &CREATE_SCHEDULE,
        &CREATE_SCHEDULE_GROUP,
        &DELETE_SCHEDULE,
        &DELETE_SCHEDULE_GROUP,
        &GET_SCHEDULE,
        &GET_SCHEDULE_GROUP,
        &LIST_SCHEDULE_GROUPS,
        &LIST_SCHEDULES,
        &LIST_TAGS_FOR_RESOURCE,
        &TAG_RESOURCE,
        &UNTAG_RESOURCE,
        &UPDATE_SCHEDULE,
    ],
    unsupported: &[],
};

pub static CREATE_SCHEDULE: OperationSpec = OperationSpec {
    name: "CreateSchedule",
    http_method: "POST",
    http_uri: "/schedules/{Name}",
    http_status: 200,
    input: &tables::CREATE_SCHEDULE_INPUT,
    output: &tables::CREATE_SCHEDULE_OUTPUT,
    errors: &[
        &errors::SERVICE_QUOTA_EXCEEDED_EXCEPTION,
        &errors::VALIDATION_EXCEPTION,
        &errors::INTERNAL_SERVER_EXCEPTION,
        &errors::CONFLICT_EXCEPTION,
        &errors::THROTTLING_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static CREATE_SCHEDULE_GROUP: OperationSpec = OperationSpec {
    name: "CreateScheduleGroup",
    http_method: "POST",
    http_uri: "/schedule-groups/{Name}",
    http_status: 200,
    input: &tables::CREATE_SCHEDULE_GROUP_INPUT,
    output: &tables::CREATE_SCHEDULE_GROUP_OUTPUT,
    errors: &[
        &errors::SERVICE_QUOTA_EXCEEDED_EXCEPTION,
        &errors::VALIDATION_EXCEPTION,
        &errors::INTERNAL_SERVER_EXCEPTION,
        &errors::CONFLICT_EXCEPTION,
        &errors::THROTTLING_EXCEPTION,
    ],
};

pub static DELETE_SCHEDULE: OperationSpec = OperationSpec {
    name: "DeleteSchedule",
    http_method: "DELETE",
    http_uri: "/schedules/{Name}",
    http_status: 200,
    input: &tables::DELETE_SCHEDULE_INPUT,
    output: &tables::DELETE_SCHEDULE_OUTPUT,
    errors: &[
        &errors::SERVICE_QUOTA_EXCEEDED_EXCEPTION,
        &errors::VALIDATION_EXCEPTION,
        &errors::INTERNAL_SERVER_EXCEPTION,
        &errors::CONFLICT_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::THROTTLING_EXCEPTION,
    ],
};

pub static DELETE_SCHEDULE_GROUP: OperationSpec = OperationSpec {
    name: "DeleteScheduleGroup",
    http_method: "DELETE",
    http_uri: "/schedule-groups/{Name}",
    http_status: 200,
    input: &tables::DELETE_SCHEDULE_GROUP_INPUT,
    output: &tables::DELETE_SCHEDULE_GROUP_OUTPUT,
    errors: &[
        &errors::VALIDATION_EXCEPTION,
        &errors::INTERNAL_SERVER_EXCEPTION,
        &errors::CONFLICT_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::THROTTLING_EXCEPTION,
    ],
};

pub static GET_SCHEDULE: OperationSpec = OperationSpec {
    name: "GetSchedule",
    http_method: "GET",
    http_uri: "/schedules/{Name}",
    http_status: 200,
    input: &tables::GET_SCHEDULE_INPUT,
    output: &tables::GET_SCHEDULE_OUTPUT,
    errors: &[
        &errors::SERVICE_QUOTA_EXCEEDED_EXCEPTION,
        &errors::VALIDATION_EXCEPTION,
        &errors::INTERNAL_SERVER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::THROTTLING_EXCEPTION,
    ],
};

pub static GET_SCHEDULE_GROUP: OperationSpec = OperationSpec {
    name: "GetScheduleGroup",
    http_method: "GET",
    http_uri: "/schedule-groups/{Name}",
    http_status: 200,
    input: &tables::GET_SCHEDULE_GROUP_INPUT,
    output: &tables::GET_SCHEDULE_GROUP_OUTPUT,
    errors: &[
        &errors::VALIDATION_EXCEPTION,
        &errors::INTERNAL_SERVER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::THROTTLING_EXCEPTION,
    ],
};

pub static LIST_SCHEDULE_GROUPS: OperationSpec = OperationSpec {
    name: "ListScheduleGroups",
    http_method: "GET",
    http_uri: "/schedule-groups",
    http_status: 200,
    input: &tables::LIST_SCHEDULE_GROUPS_INPUT,
    output: &tables::LIST_SCHEDULE_GROUPS_OUTPUT,
    errors: &[
        &errors::VALIDATION_EXCEPTION,
        &errors::INTERNAL_SERVER_EXCEPTION,
        &errors::THROTTLING_EXCEPTION,
    ],
};

pub static LIST_SCHEDULES: OperationSpec = OperationSpec {
    name: "ListSchedules",
    http_method: "GET",
    http_uri: "/schedules",
    http_status: 200,
    input: &tables::LIST_SCHEDULES_INPUT,
    output: &tables::LIST_SCHEDULES_OUTPUT,
    errors: &[
        &errors::VALIDATION_EXCEPTION,
        &errors::INTERNAL_SERVER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::THROTTLING_EXCEPTION,
    ],
};

pub static LIST_TAGS_FOR_RESOURCE: OperationSpec = OperationSpec {
    name: "ListTagsForResource",
    http_method: "GET",
    http_uri: "/tags/{ResourceArn}",
    http_status: 200,
    input: &tables::LIST_TAGS_FOR_RESOURCE_INPUT,
    output: &tables::LIST_TAGS_FOR_RESOURCE_OUTPUT,
    errors: &[
        &errors::VALIDATION_EXCEPTION,
        &errors::INTERNAL_SERVER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::THROTTLING_EXCEPTION,
    ],
};

pub static TAG_RESOURCE: OperationSpec = OperationSpec {
    name: "TagResource",
    http_method: "POST",
    http_uri: "/tags/{ResourceArn}",
    http_status: 200,
    input: &tables::TAG_RESOURCE_INPUT,
    output: &tables::TAG_RESOURCE_OUTPUT,
    errors: &[
        &errors::VALIDATION_EXCEPTION,
        &errors::INTERNAL_SERVER_EXCEPTION,
        &errors::CONFLICT_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::THROTTLING_EXCEPTION,
    ],
};

pub static UNTAG_RESOURCE: OperationSpec = OperationSpec {
    name: "UntagResource",
    http_method: "DELETE",
    http_uri: "/tags/{ResourceArn}",
    http_status: 200,
    input: &tables::UNTAG_RESOURCE_INPUT,
    output: &tables::UNTAG_RESOURCE_OUTPUT,
    errors: &[
        &errors::VALIDATION_EXCEPTION,
        &errors::INTERNAL_SERVER_EXCEPTION,
        &errors::CONFLICT_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::THROTTLING_EXCEPTION,
    ],
};

pub static UPDATE_SCHEDULE: OperationSpec = OperationSpec {
    name: "UpdateSchedule",
    http_method: "PUT",
    http_uri: "/schedules/{Name}",
    http_status: 200,
    input: &tables::UPDATE_SCHEDULE_INPUT,
    output: &tables::UPDATE_SCHEDULE_OUTPUT,
    errors: &[
        &errors::SERVICE_QUOTA_EXCEEDED_EXCEPTION,
        &errors::VALIDATION_EXCEPTION,
        &errors::INTERNAL_SERVER_EXCEPTION,
        &errors::CONFLICT_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::THROTTLING_EXCEPTION,
    ],
};
