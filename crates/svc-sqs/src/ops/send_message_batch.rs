//! SendMessageBatch: up to ten messages in one transaction; each can fail for itself.

use api::sqs::{SendMessageBatchRequest, SendMessageBatchResult};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use api::sqs::SendMessageBatchResultEntry;

use crate::error::{self, Failure};
use crate::names;
use crate::ops::{batch, outgoing};
use crate::queues::queue_in;
use crate::send;

/// Of all entries together.
const BYTES_MAX: u32 = 1_048_576;

use crate::queues::Queues;

pub struct SendMessageBatch;

impl Operation for SendMessageBatch {
    type Service = Queues;
    type Input = SendMessageBatchRequest;
    type Output = SendMessageBatchResult;
    const SPEC: &'static OperationSpec = &api::sqs::SEND_MESSAGE_BATCH;

    async fn access(
        queues: &Queues,
        cx: &Context,
        input: &SendMessageBatchRequest,
    ) -> Result<Vec<Access>, ApiError> {
        queues.access(cx, "sqs:SendMessage", &input.queue_url).await
    }

    async fn run(
        queues: &Queues,
        cx: &Context,
        input: SendMessageBatchRequest,
    ) -> Result<Reply<SendMessageBatchResult>, ApiError> {
        let name = &names::from_url(cx, &input.queue_url)?;
        batch::check("SendMessageBatchRequestEntry", input.entries.iter().map(|entry| entry.id.as_str()))?;
        queues.queue(name).await?;
        let mut messages = Vec::new();
        let mut ids = Vec::new();
        for entry in input.entries {
            ids.push(entry.id);
            messages.push(outgoing::message(
                cx,
                outgoing::Given {
                    body: entry.message_body,
                    delay_s: entry.delay_seconds,
                    attributes: entry.message_attributes,
                    system_attributes: entry.message_system_attributes,
                    deduplication_id: entry.message_deduplication_id,
                    group: entry.message_group_id,
                },
            ));
        }
        let size = messages.iter().flatten().map(send::size).sum();
        if size > BYTES_MAX as usize {
            return Err(error::batch_too_long(BYTES_MAX, size));
        }
        let messages = &messages;
        let (results, commit) = queues
            .change_seq(|tx| async move {
                let queue = queue_in(&tx, name).await?;
                let mut outbox = queues.outbox(&tx);
                let mut results = Vec::new();
                for message in messages {
                    results.push(match message {
                        Err(problem) => Err(problem.clone()),
                        Ok(message) => match outbox.put(&queue, message).await {
                            Ok(sent) => Ok(sent),
                            Err(Failure::Refused(problem)) => Err(problem),
                            Err(problem) => return Err(problem),
                        },
                    });
                }
                Ok(results)
            })
            .await?;
        let mut out = SendMessageBatchResult::default();
        for (id, result) in ids.into_iter().zip(results) {
            match result {
                Ok(sent) => out.successful.push(SendMessageBatchResultEntry {
                    id,
                    sequence_number: sent.sequence_number(commit),
                    message_id: sent.message_id,
                    md5_of_message_body: sent.md5_of_body,
                    md5_of_message_attributes: sent.md5_of_attributes,
                    md5_of_message_system_attributes: sent.md5_of_system_attributes,
                }),
                Err(problem) => out.failed.push(batch::failed(id, problem)),
            }
        }
        Ok(out.into())
    }
}
