//! The operations of event source mappings: states, rules and refusals, against a queue that exists or does not.

use std::sync::Arc;
use std::time::Duration;

use api::lambda::{
    CreateEventSourceMappingRequest, DeleteEventSourceMappingRequest, EventSourceMappingConfiguration,
    Filter, FilterCriteria, GetEventSourceMappingRequest, ListEventSourceMappingsRequest, ScalingConfig,
    UpdateEventSourceMappingRequest,
};
use base::BoxFuture;

use super::super::control_tests::Fixture;
use super::create_event_source_mapping::CreateEventSourceMapping;
use super::delete_event_source_mapping::DeleteEventSourceMapping;
use super::get_event_source_mapping::GetEventSourceMapping;
use super::list_event_source_mappings::ListEventSourceMappings;
use super::update_event_source_mapping::UpdateEventSourceMapping;
use crate::source::table;
use crate::{QueueFacts, QueueMessage, QueueProblem, QueueSources};

const QUEUE: &str = "arn:aws:sqs:us-east-1:000000000000:q";

/// Empty queues: `q`, `q.fifo`, `quick` with a short visibility time-out, and `secret`, which nobody may read.
struct Queues;

impl QueueSources for Queues {
    fn describe<'a>(&'a self, arn: &'a str) -> BoxFuture<'a, Result<QueueFacts, QueueProblem>> {
        let visibility_s = if arn.ends_with(":quick") { 2 } else { 30 };
        let found = [":q", ":q.fifo", ":quick", ":secret"].iter().any(|name| arn.ends_with(name));
        let facts = QueueFacts {
            fifo: arn.ends_with(".fifo"),
            visibility_timeout: Duration::from_secs(visibility_s),
        };
        Box::pin(async move { if found { Ok(facts) } else { Err(QueueProblem::NotFound) } })
    }

    fn permits<'a>(
        &'a self,
        _: &'a str,
        action: &'static str,
        arn: &'a str,
    ) -> BoxFuture<'a, Result<bool, QueueProblem>> {
        let allowed = !arn.ends_with(":secret") || action == "sqs:ReceiveMessage";
        Box::pin(async move { Ok(allowed) })
    }

    fn receive<'a>(
        &'a self,
        _: &'a str,
        _: usize,
        _: Duration,
    ) -> BoxFuture<'a, Result<Vec<QueueMessage>, QueueProblem>> {
        Box::pin(std::future::pending())
    }

    fn delete<'a>(&'a self, _: &'a str, _: &'a [&'a str]) -> BoxFuture<'a, Result<(), QueueProblem>> {
        Box::pin(async { Ok(()) })
    }
}

fn request(arn: &str) -> CreateEventSourceMappingRequest {
    CreateEventSourceMappingRequest {
        function_name: "f".into(),
        event_source_arn: Some(arn.into()),
        ..CreateEventSourceMappingRequest::default()
    }
}

async fn fixture() -> Fixture {
    let fixture = Fixture::with(Arc::new(Queues));
    fixture.create("f").await;
    fixture
}

/// The mapping once its state is this one.
async fn reached(fixture: &Fixture, uuid: &str, state: &str) -> EventSourceMappingConfiguration {
    let waiting = async {
        let mut changed = fixture.lambda.store.watch(table::everybodys());
        loop {
            let get = GetEventSourceMappingRequest { uuid: uuid.into() };
            let found = fixture.call::<GetEventSourceMapping>(get).await.unwrap();
            if found.state.as_deref() == Some(state) {
                return found;
            }
            changed.changed().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), waiting).await.expect("the transition ends")
}

#[tokio::test]
async fn a_mapping_passes_through_its_states() {
    let fixture = fixture().await;
    let made = fixture.call::<CreateEventSourceMapping>(request(QUEUE)).await.unwrap();
    assert_eq!(made.state.as_deref(), Some("Creating"));
    let uuid = made.uuid.unwrap();
    let shown = reached(&fixture, &uuid, "Enabled").await;
    assert_eq!((shown.batch_size, shown.maximum_batching_window_in_seconds), (Some(10), Some(0)));
    assert_eq!(shown.function_arn.as_deref(), Some("arn:aws:lambda:us-east-1:000000000000:function:f"));
    let arn = format!("arn:aws:lambda:us-east-1:000000000000:event-source-mapping:{uuid}");
    assert_eq!(shown.event_source_mapping_arn, Some(arn));
    let update = |enabled: Option<bool>, max: Option<i64>| UpdateEventSourceMappingRequest {
        uuid: uuid.clone(),
        enabled,
        scaling_config: max.map(|max| ScalingConfig { maximum_concurrency: Some(max) }),
        ..UpdateEventSourceMappingRequest::default()
    };
    let off = fixture.call::<UpdateEventSourceMapping>(update(Some(false), None)).await.unwrap();
    assert_eq!(off.state.as_deref(), Some("Disabling"));
    reached(&fixture, &uuid, "Disabled").await;
    let changed = fixture.call::<UpdateEventSourceMapping>(update(None, Some(7))).await.unwrap();
    assert_eq!(changed.state.as_deref(), Some("Updating"));
    let changed = reached(&fixture, &uuid, "Disabled").await;
    assert_eq!(changed.scaling_config.unwrap().maximum_concurrency, Some(7));
    let on = fixture.call::<UpdateEventSourceMapping>(update(Some(true), None)).await.unwrap();
    assert_eq!(on.state.as_deref(), Some("Enabling"));
    reached(&fixture, &uuid, "Enabled").await;
    let delete = DeleteEventSourceMappingRequest { uuid: uuid.clone() };
    let mut store = fixture.lambda.store.watch(table::everybodys());
    let going = fixture.call::<DeleteEventSourceMapping>(delete).await.unwrap();
    assert_eq!(going.state.as_deref(), Some("Deleting"));
    let gone = async {
        let all = || fixture.call::<ListEventSourceMappings>(ListEventSourceMappingsRequest::default());
        while !all().await.unwrap().event_source_mappings.unwrap().is_empty() {
            store.changed().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), gone).await.expect("it goes");
    let refused = fixture.refused::<GetEventSourceMapping>(GetEventSourceMappingRequest { uuid }).await;
    assert_eq!(refused, "ResourceNotFoundException: The resource you requested does not exist.");
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let fixture = fixture().await;
    let made = fixture.call::<CreateEventSourceMapping>(request(QUEUE)).await.unwrap();
    let duplicate = format!(
        "ResourceConflictException: An event source mapping with SQS arn (\" {QUEUE} \") and function (\" f \") already \
         exists. Please update or delete the existing mapping with UUID {}",
        made.uuid.unwrap()
    );
    let fifo = "arn:aws:sqs:us-east-1:000000000000:q.fifo";
    let pattern = |text: &str| FilterCriteria { filters: Some(vec![Filter { pattern: Some(text.into()) }]) };
    for (request, expected) in [
        (request(QUEUE), duplicate.as_str()),
        (
            CreateEventSourceMappingRequest { function_name: "g".into(), ..request(QUEUE) },
            "InvalidParameterValueException: Function does not exist",
        ),
        (
            request("arn:aws:sqs:us-east-1:000000000000:none"),
            "InvalidParameterValueException: Error occurred while ReceiveMessage. SQS Error Code: \
             AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.",
        ),
        (
            request("arn:aws:sqs:us-east-1:000000000000:quick"),
            "InvalidParameterValueException: Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds",
        ),
        (
            request("arn:aws:sqs:us-east-1:000000000000:secret"),
            "InvalidParameterValueException: The function execution role does not have permissions to call \
             DeleteMessage on SQS",
        ),
        (
            CreateEventSourceMappingRequest { batch_size: Some(11), ..request(fifo) },
            "InvalidParameterValueException: Maximum batch window in seconds must be greater than 0 if maximum batch \
             size is greater than 10",
        ),
        (
            CreateEventSourceMappingRequest { maximum_batching_window_in_seconds: Some(1), ..request(fifo) },
            "InvalidParameterValueException: Batching window is not supported for FIFO queues",
        ),
        (
            CreateEventSourceMappingRequest { filter_criteria: Some(pattern("{")), ..request(fifo) },
            "InvalidParameterValueException: Invalid filter pattern definition.",
        ),
        (
            CreateEventSourceMappingRequest { kms_key_arn: Some("k".into()), ..request(fifo) },
            "InvalidParameterValueException: Freehold does not support KMSKeyArn of event source mappings yet. Remove \
             the property from the request.",
        ),
        (
            request("arn:aws:kinesis:us-east-1:000000000000:stream/s"),
            "InvalidParameterValueException: Freehold does not support event source mappings of Amazon Kinesis yet.",
        ),
    ] {
        assert_eq!(fixture.refused::<CreateEventSourceMapping>(request).await, expected);
    }
}
