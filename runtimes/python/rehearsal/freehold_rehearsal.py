"""The function of a rehearsal (see zygote.py): it touches what most handlers touch."""

import logging


def handler(event, context):
    context.get_remaining_time_in_millis()
    logging.getLogger().warning("rehearsal %s", context.aws_request_id)
    print("rehearsal")
    return {"statusCode": 200, "body": "x" * event["size"]}
