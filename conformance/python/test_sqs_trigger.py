"""Event source mappings of queues: what a queue gets, a function gets; nothing is lost, nothing is deleted too early."""
import json
import uuid

import botocore.exceptions
import pytest

from conftest import eventually, role_for, zipped

LAMBDA_FOR_QUEUES = "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"

ECHO = """
    import json
    def handler(event, context):
        for record in event['Records']:
            print('handled ' + json.dumps(record))
"""

PARTIAL = """
    def handler(event, context):
        bad = [r['messageId'] for r in event['Records'] if r['body'] == 'bad']
        for record in event['Records']:
            print('handled ' + record['body'])
        return {'batchItemFailures': [{'itemIdentifier': id} for id in bad]}
"""


def permit(iam, role_name="conformance"):
    iam.put_role_policy(
        RoleName=role_name, PolicyName="queues",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": list(LAMBDA_FOR_QUEUES), "Resource": "*"}]}))


def make_queue(sqs, name=None, **attributes):
    url = sqs.create_queue(QueueName=name or f"q-{uuid.uuid4().hex[:8]}", Attributes=attributes)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    return url, arn


def state_is(client, mapping, state):
    return eventually(lambda: client.get_event_source_mapping(UUID=mapping["UUID"])["State"] == state)


def handled(logs, name):
    found = []
    try:
        pages = logs.get_paginator("filter_log_events").paginate(
            logGroupName=f"/aws/lambda/{name}", filterPattern="handled")
        for page in pages:
            found += [e["message"].strip().removeprefix("handled ") for e in page["events"]]
    except logs.exceptions.ResourceNotFoundException:
        pass
    return found


def left(sqs, url):
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    return sum(int(attributes[name]) for name in names)


@pytest.fixture
def mapped(aws, deploy, role):
    """mapped(code, queue attributes, mapping settings) → (function, queue url, mapping); mappings go after the test."""
    made = []

    def make(code, queue=None, **settings):
        permit(aws("iam"))
        name = deploy(code)
        url, arn = queue or make_queue(aws("sqs"))
        mapping = aws("lambda").create_event_source_mapping(FunctionName=name, EventSourceArn=arn, **settings)
        made.append(mapping["UUID"])
        assert mapping["State"] == "Creating" and mapping["StateTransitionReason"] == "USER_INITIATED"
        state_is(aws("lambda"), mapping, "Enabled" if settings.get("Enabled", True) else "Disabled")
        return name, url, mapping

    yield make
    for id in made:
        try:
            aws("lambda").delete_event_source_mapping(UUID=id)
        except aws("lambda").exceptions.ResourceNotFoundException:
            pass


def test_a_message_becomes_an_event_as_on_aws(aws, mapped):
    name, url, mapping = mapped(ECHO)
    sent = aws("sqs").send_message(
        QueueUrl=url, MessageBody="hello",
        MessageAttributes={"color": {"DataType": "String", "StringValue": "red"}})
    text, = eventually(lambda: handled(aws("logs"), name))
    record = json.loads(text)
    attributes = record.pop("attributes")
    assert record.pop("receiptHandle")
    assert record == {
        "messageId": sent["MessageId"],
        "body": "hello",
        "messageAttributes": {"color": {
            "stringValue": "red", "stringListValues": [], "binaryListValues": [], "dataType": "String"}},
        "md5OfMessageAttributes": sent["MD5OfMessageAttributes"],
        "md5OfBody": sent["MD5OfMessageBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": mapping["EventSourceArn"],
        "awsRegion": "us-east-1",
    }
    assert attributes["ApproximateReceiveCount"] == "1"
    assert {"SentTimestamp", "SenderId", "ApproximateFirstReceiveTimestamp"} <= set(attributes)
    eventually(lambda: left(aws("sqs"), url) == 0)
    eventually(lambda: aws("lambda").get_event_source_mapping(UUID=mapping["UUID"]).get("LastProcessingResult") == "OK")


def test_what_a_mapping_is_shown_as(aws, mapped):
    name, _, mapping = mapped(ECHO)
    client = aws("lambda")
    shown = client.get_event_source_mapping(UUID=mapping["UUID"])
    assert shown["BatchSize"] == 10 and shown["MaximumBatchingWindowInSeconds"] == 0
    assert shown["FunctionResponseTypes"] == []
    assert shown["FunctionArn"] == client.get_function(FunctionName=name)["Configuration"]["FunctionArn"]
    assert shown["EventSourceMappingArn"].endswith(":event-source-mapping:" + mapping["UUID"])
    by_function = client.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
    by_source = client.list_event_source_mappings(EventSourceArn=mapping["EventSourceArn"])["EventSourceMappings"]
    assert [m["UUID"] for m in by_function] == [m["UUID"] for m in by_source] == [mapping["UUID"]]


def test_only_what_failed_comes_again_and_ends_as_a_dead_letter(aws, mapped):
    dead_url, dead_arn = make_queue(aws("sqs"))
    redrive = json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": 2})
    queue = make_queue(aws("sqs"), VisibilityTimeout="3", RedrivePolicy=redrive)
    name, url, _ = mapped(PARTIAL, queue, FunctionResponseTypes=["ReportBatchItemFailures"])
    bodies = ["good-1", "bad", "good-2"]
    aws("sqs").send_message_batch(
        QueueUrl=url, Entries=[{"Id": str(n), "MessageBody": body} for n, body in enumerate(bodies)])
    dead = eventually(
        lambda: aws("sqs").receive_message(QueueUrl=dead_url, WaitTimeSeconds=1).get("Messages"), within=60)
    assert [m["Body"] for m in dead] == ["bad"]
    seen = handled(aws("logs"), name)
    assert sorted(seen) == ["bad", "bad", "good-1", "good-2"]
    eventually(lambda: left(aws("sqs"), url) == 0)


def test_filters_decide_what_arrives(aws, mapped):
    criteria = {"Filters": [{"Pattern": json.dumps({"body": {"kind": ["wanted"]}})}]}
    name, url, mapping = mapped(ECHO, FilterCriteria=criteria)
    assert mapping["FilterCriteria"] == criteria
    for kind in ["other", "wanted"]:
        aws("sqs").send_message(QueueUrl=url, MessageBody=json.dumps({"kind": kind}))
    eventually(lambda: left(aws("sqs"), url) == 0)
    seen = eventually(lambda: handled(aws("logs"), name))
    assert [json.loads(json.loads(text)["body"])["kind"] for text in seen] == ["wanted"]


def test_groups_keep_their_order(aws, mapped):
    queue = make_queue(
        aws("sqs"), f"q-{uuid.uuid4().hex[:8]}.fifo", FifoQueue="true", ContentBasedDeduplication="true")
    name, url, _ = mapped(PARTIAL, queue)
    for number in range(30):
        aws("sqs").send_message(QueueUrl=url, MessageBody=f"{number % 3}-{number:02}", MessageGroupId=str(number % 3))
    eventually(lambda: len(handled(aws("logs"), name)) == 30, within=60)
    seen = handled(aws("logs"), name)
    for group in "012":
        of_group = [body for body in seen if body.startswith(group)]
        assert of_group == sorted(of_group)


def test_on_and_off(aws, mapped):
    name, url, mapping = mapped(ECHO, Enabled=False)
    aws("sqs").send_message(QueueUrl=url, MessageBody="waits")
    client = aws("lambda")
    assert left(aws("sqs"), url) == 1
    assert client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)["State"] == "Enabling"
    eventually(lambda: handled(aws("logs"), name))
    state_is(client, mapping, "Enabled")
    assert client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)["State"] == "Disabling"
    state_is(client, mapping, "Disabled")
    aws("sqs").send_message(QueueUrl=url, MessageBody="stays")
    assert client.delete_event_source_mapping(UUID=mapping["UUID"])["State"] == "Deleting"

    def gone():
        try:
            client.get_event_source_mapping(UUID=mapping["UUID"])
        except client.exceptions.ResourceNotFoundException:
            return True

    eventually(gone)
    assert left(aws("sqs"), url) == 1


def refused(call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**arguments)
    return caught.value.response["Error"]["Code"], caught.value.response["Error"]["Message"]


def test_what_is_refused(aws, deploy, mapped):
    name, _, mapping = mapped(ECHO)
    create = aws("lambda").create_event_source_mapping
    arn = mapping["EventSourceArn"]
    invalid = "InvalidParameterValueException"
    assert refused(create, FunctionName=name, EventSourceArn=arn) == (
        "ResourceConflictException",
        f'An event source mapping with SQS arn (" {arn} ") and function (" {name} ") already exists. Please update or '
        f'delete the existing mapping with UUID {mapping["UUID"]}')
    assert refused(create, FunctionName="nobody", EventSourceArn=arn) == (invalid, "Function does not exist")
    assert refused(create, FunctionName=name, EventSourceArn=arn + "-none") == (
        invalid,
        "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error "
        "Message: The specified queue does not exist.")
    _, other = make_queue(aws("sqs"))
    assert refused(create, FunctionName=name, EventSourceArn=other, BatchSize=11) == (
        invalid, "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10")
    _, short = make_queue(aws("sqs"), VisibilityTimeout="2")
    assert refused(create, FunctionName=name, EventSourceArn=short) == (
        invalid, "Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds")
    assert refused(create, FunctionName=name, EventSourceArn=other, FilterCriteria={"Filters": [{"Pattern": "{"}]}) == (
        invalid, "Invalid filter pattern definition.")
    aws("iam").delete_role_policy(RoleName="conformance", PolicyName="queues")
    assert refused(create, FunctionName=name, EventSourceArn=other) == (
        invalid, "The function execution role does not have permissions to call ReceiveMessage on SQS")
    permit(aws("iam"))
    code, message = refused(
        create, FunctionName=name, EventSourceArn="arn:aws:kinesis:us-east-1:000000000000:stream/s",
        StartingPosition="LATEST")
    assert code == invalid and "support" in message


def test_messages_survive_kill_9(fresh_server, python_runtime):
    """The function refuses everything, so that all must end among the dead letters, whenever the server dies: what is
    lost, or deleted without having been handled, is missing there. (Logs are durable a moment later, and prove less.)"""
    own = fresh_server()
    role = role_for(own.client("iam"))
    permit(own.client("iam"))
    own.client("lambda").create_function(
        FunctionName="refuse", Runtime=python_runtime, Handler="app.handler", Role=role, Timeout=2,
        Code={"ZipFile": zipped({"app.py": "def handler(event, context):\n    raise ValueError('no')\n"})})
    own.client("lambda").get_waiter("function_active_v2").wait(FunctionName="refuse")
    sqs = own.client("sqs")
    dead_url, dead_arn = make_queue(sqs, "dead")
    redrive = json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": 2})
    url, arn = make_queue(sqs, "q", VisibilityTimeout="3", RedrivePolicy=redrive)
    own.client("lambda").create_event_source_mapping(FunctionName="refuse", EventSourceArn=arn)
    sent = set()
    for round in range(3):
        sqs = own.client("sqs")
        for first in range(0, 60, 10):
            bodies = [f"{round}-{first + n}" for n in range(10)]
            sqs.send_message_batch(QueueUrl=url, Entries=[{"Id": b, "MessageBody": b} for b in bodies])
            sent.update(bodies)
        own.kill()
        own.start()
    sqs = own.client("sqs")
    dead = set()

    def all_dead():
        found = sqs.receive_message(QueueUrl=dead_url, MaxNumberOfMessages=10, WaitTimeSeconds=1).get("Messages", [])
        dead.update(m["Body"] for m in found)
        for m in found:
            sqs.delete_message(QueueUrl=dead_url, ReceiptHandle=m["ReceiptHandle"])
        return dead == sent

    eventually(all_dead, within=90)
    assert left(sqs, url) == 0
