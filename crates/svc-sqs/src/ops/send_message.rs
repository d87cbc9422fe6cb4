//! SendMessage: one message, durable when the answer arrives.

use api::sqs::{SendMessageRequest, SendMessageResult};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::names;
use crate::ops::outgoing;
use crate::queues::queue_in;

use crate::queues::Queues;

pub struct SendMessage;

impl Operation for SendMessage {
    type Service = Queues;
    type Input = SendMessageRequest;
    type Output = SendMessageResult;
    const SPEC: &'static OperationSpec = &api::sqs::SEND_MESSAGE;

    async fn access(
        queues: &Queues,
        cx: &Context,
        input: &SendMessageRequest,
    ) -> Result<Vec<Access>, ApiError> {
        queues.access(cx, "sqs:SendMessage", &input.queue_url).await
    }

    async fn run(
        queues: &Queues,
        cx: &Context,
        input: SendMessageRequest,
    ) -> Result<Reply<SendMessageResult>, ApiError> {
        let name = &names::from_url(cx, &input.queue_url)?;
        let message = &outgoing::message(
            cx,
            outgoing::Given {
                body: input.message_body,
                delay_s: input.delay_seconds,
                attributes: input.message_attributes,
                system_attributes: input.message_system_attributes,
                deduplication_id: input.message_deduplication_id,
                group: input.message_group_id,
            },
        )?;
        let (sent, commit) = queues
            .change_seq(|tx| async move {
                let queue = queue_in(&tx, name).await?;
                queues.outbox(&tx).put(&queue, message).await
            })
            .await?;
        Ok(SendMessageResult {
            sequence_number: sent.sequence_number(commit),
            md5_of_message_body: Some(sent.md5_of_body),
            md5_of_message_attributes: sent.md5_of_attributes,
            md5_of_message_system_attributes: sent.md5_of_system_attributes,
            message_id: Some(sent.message_id),
        }
        .into())
    }
}
