//! What must be true of source and function before there is a mapping, in AWS's words.

use base::{AccountId, Arn, Region};
use wire::{ApiError, Context};

use super::queue::ACTIONS;
use super::record::MappingSettings;
use super::seam::QueueProblem;
use super::settings::check_kind;
use crate::Lambda;
use crate::error::{Failure, internal, invalid};
use crate::model::VersionRecord;
use crate::name::FunctionRef;
use crate::table::{self, Read};

/// The source that an ARN names, if Freehold has its kind.
pub(crate) fn check_source(arn: &str, region: &Region) -> Result<(), ApiError> {
    let unrecognized = || invalid("Unrecognized event source.");
    let parsed: Arn = arn.parse().map_err(|_| unrecognized())?;
    let kind = match parsed.service.as_str() {
        "sqs" => {
            let usable = parsed.account.parse::<AccountId>().is_ok() && parsed.region == region.as_str();
            return if usable { Ok(()) } else { Err(no_queue()) };
        }
        "kinesis" => "Amazon Kinesis",
        "dynamodb" => "Amazon DynamoDB streams",
        "kafka" => "Amazon MSK",
        "mq" => "Amazon MQ",
        "rds" => "Amazon DocumentDB",
        _ => return Err(unrecognized()),
    };
    Err(no_kind(kind))
}

/// The version that `name` stands for.
pub(crate) async fn function_of(read: &impl Read, name: &FunctionRef) -> Result<VersionRecord, ApiError> {
    match table::resolve(read, name).await.map_err(Failure::into_error) {
        Ok((_, version)) => Ok(version),
        Err(problem) if problem.code == "ResourceNotFoundException" => {
            Err(invalid("Function does not exist"))
        }
        Err(problem) => Err(problem),
    }
}

/// The function is named in the mapping's own account and region.
pub(crate) fn check_owner(cx: &Context, name: &FunctionRef) -> Result<(), ApiError> {
    if name.account == cx.account { Ok(()) } else { Err(invalid("Function does not exist")) }
}

/// The queue exists, is of a kind that the settings suit, hides messages for as long as the function may run, and the
/// function's role may use it.
pub(crate) async fn check_queue(
    lambda: &Lambda,
    version: &VersionRecord,
    queue_arn: &str,
    settings: &MappingSettings,
) -> Result<(), ApiError> {
    let problem = |problem: QueueProblem| match problem {
        QueueProblem::NotFound => no_queue(),
        QueueProblem::Unavailable(why) => internal(&why),
    };
    let facts = lambda.queues.describe(queue_arn).await.map_err(problem)?;
    check_kind(settings, facts.fifo)?;
    for (action, call) in ACTIONS {
        if !lambda.queues.permits(&version.role, action, queue_arn).await.map_err(problem)? {
            return Err(invalid(format!(
                "The function execution role does not have permissions to call {call} on SQS"
            )));
        }
    }
    let visibility_s = facts.visibility_timeout.as_secs();
    if visibility_s < u64::from(version.timeout_s) {
        return Err(invalid(format!(
            "Queue visibility timeout: {visibility_s} seconds is less than Function timeout: {} seconds",
            version.timeout_s
        )));
    }
    Ok(())
}

/// 400: a kind of source that AWS has and Freehold does not have yet.
pub(super) fn no_kind(kind: &str) -> ApiError {
    invalid(format!("Freehold does not support event source mappings of {kind} yet."))
}

fn no_queue() -> ApiError {
    invalid(
        "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error \
         Message: The specified queue does not exist.",
    )
}
