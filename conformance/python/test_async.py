"""Asynchronous invocations: what is configured for them, and where their outcomes go."""
import json
import threading
import urllib.request

import botocore.exceptions
import pytest

from conftest import TRUST, eventually, role_for, zipped

HANDLER = """
    def handler(event, context):
        if event.get('fail'):
            raise ValueError('on purpose')
        return {'handled': event}
"""
# Prints the whole event, for a test to read in the log.
SHOW = """
    import json
    def handler(event, context):
        print('shown ' + json.dumps(event))
"""


def shown(logs, name):
    """What the function's log says it got."""
    try:
        pages = logs.get_paginator("filter_log_events").paginate(logGroupName=f"/aws/lambda/{name}", filterPattern="shown")
        return [json.loads(e["message"].strip().removeprefix("shown ")) for page in pages for e in page["events"]]
    except logs.exceptions.ResourceNotFoundException:
        return []


def arn_of(aws, name):
    return aws("lambda").get_function_configuration(FunctionName=name)["FunctionArn"]


@pytest.fixture
def sender_role(aws):
    """A role that may invoke functions, of this test alone."""
    iam = aws("iam")
    role = iam.create_role(RoleName="sender", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    iam.attach_role_policy(RoleName="sender", PolicyArn="arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")
    allow(iam, "sender")
    yield role
    iam.detach_role_policy(
        RoleName="sender", PolicyArn="arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")
    for policy in iam.list_role_policies(RoleName="sender")["PolicyNames"]:
        iam.delete_role_policy(RoleName="sender", PolicyName=policy)
    iam.delete_role(RoleName="sender")


def allow(iam, role):
    iam.put_role_policy(RoleName=role, PolicyName="invoke", PolicyDocument=json.dumps({
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": "*"}],
    }))


@pytest.fixture
def sending(aws, deploy, sender_role):
    """sending(**config) → names of a function, and of the one that gets its outcomes."""

    def make(*kinds, **settings):
        client = aws("lambda")
        name, listener = deploy(HANDLER), deploy(SHOW)
        client.update_function_configuration(FunctionName=name, Role=sender_role)
        client.get_waiter("function_updated_v2").wait(FunctionName=name)
        destinations = {kind: {"Destination": arn_of(aws, listener)} for kind in kinds}
        client.put_function_event_invoke_config(FunctionName=name, DestinationConfig=destinations, **settings)
        return name, listener

    return make


def send(aws, name, event):
    response = aws("lambda").invoke(FunctionName=name, InvocationType="Event", Payload=json.dumps(event))
    assert response["StatusCode"] == 202
    return response["ResponseMetadata"]["RequestId"]


def test_a_success_goes_to_another_function(aws, sending):
    name, listener = sending("OnSuccess")
    request = send(aws, name, {"order": 7})
    record, = eventually(lambda: shown(aws("logs"), listener))
    assert record.pop("timestamp").endswith("Z")
    assert record == {
        "version": "1.0",
        "requestContext": {
            "requestId": request,
            "functionArn": arn_of(aws, name) + ":$LATEST",
            "condition": "Success",
            "approximateInvokeCount": 1,
        },
        "requestPayload": {"order": 7},
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST"},
        "responsePayload": {"handled": {"order": 7}},
    }


def test_a_failure_goes_there_after_its_last_attempt(aws, sending):
    name, listener = sending("OnFailure", MaximumRetryAttempts=0)
    send(aws, name, {"order": 1})
    send(aws, name, {"fail": True})
    record, = eventually(lambda: shown(aws("logs"), listener))
    context = record["requestContext"]
    assert (context["condition"], context["approximateInvokeCount"]) == ("RetriesExhausted", 1)
    assert record["requestPayload"] == {"fail": True}
    assert record["responseContext"] == {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"}
    assert record["responsePayload"]["errorMessage"] == "on purpose"


def test_a_reserved_concurrency_of_zero_sends_events_to_the_failure_destination(aws, sending):
    name, listener = sending("OnFailure")
    aws("lambda").put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    send(aws, name, {"order": 1})
    record, = eventually(lambda: shown(aws("logs"), listener))
    assert record["requestContext"]["condition"] == "ZeroReservedConcurrency"
    assert record["requestContext"]["approximateInvokeCount"] == 0
    assert record["requestPayload"] == {"order": 1} and "responsePayload" not in record


def put_off(server):
    """How many attempts at deliveries have failed and are made again."""
    with urllib.request.urlopen(server.endpoint + "/metrics", timeout=10) as response:
        lines = response.read().decode().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("freehold_deliveries_put_off_total "))


def test_permission_is_checked_when_the_outcome_is_sent(server, aws, sending):
    name, listener = sending("OnSuccess")
    iam = aws("iam")
    iam.delete_role_policy(RoleName="sender", PolicyName="invoke")
    before = put_off(server)
    send(aws, name, {"order": 1})
    eventually(lambda: put_off(server) > before or shown(aws("logs"), listener))
    assert shown(aws("logs"), listener) == []
    # It is tried again, and arrives when it may.
    allow(iam, "sender")
    record, = eventually(lambda: shown(aws("logs"), listener))
    assert record["requestPayload"] == {"order": 1}


def test_the_configuration(aws, deploy, sender_role):
    client = aws("lambda")
    name = deploy(HANDLER)
    arn = arn_of(aws, name)
    with pytest.raises(client.exceptions.ResourceNotFoundException) as caught:
        client.get_function_event_invoke_config(FunctionName=name)
    assert caught.value.response["Error"]["Message"] == f"The function {arn}:$LATEST doesn't have an EventInvokeConfig"
    made = client.put_function_event_invoke_config(
        FunctionName=name, MaximumRetryAttempts=1, MaximumEventAgeInSeconds=60)
    assert made["FunctionArn"] == f"{arn}:$LATEST" and made["LastModified"].year >= 2024
    assert made["DestinationConfig"] == {"OnSuccess": {}, "OnFailure": {}}
    changed = client.update_function_event_invoke_config(FunctionName=name, MaximumRetryAttempts=0)
    assert (changed["MaximumRetryAttempts"], changed["MaximumEventAgeInSeconds"]) == (0, 60)
    listed = client.list_function_event_invoke_configs(FunctionName=name)["FunctionEventInvokeConfigs"]
    assert [config["FunctionArn"] for config in listed] == [f"{arn}:$LATEST"]
    client.delete_function_event_invoke_config(FunctionName=name)
    assert client.list_function_event_invoke_configs(FunctionName=name)["FunctionEventInvokeConfigs"] == []

    def refused(**settings):
        with pytest.raises(botocore.exceptions.ClientError) as caught:
            client.put_function_event_invoke_config(FunctionName=name, **settings)
        return caught.value.response["Error"]

    # The client checks what it knows; what it lets through, the server refuses.
    assert "validation error detected" in refused(MaximumRetryAttempts=3)["Message"]
    queue = {"OnFailure": {"Destination": "arn:aws:sqs:us-east-1:000000000000:queue"}}
    error = refused(DestinationConfig=queue)
    assert error["Code"] == "InvalidParameterValueException"
    assert error["Message"].startswith("Freehold does not support Amazon SQS as a destination yet")
    other = deploy(SHOW)
    error = refused(DestinationConfig={"OnSuccess": {"Destination": arn_of(aws, other)}})
    assert error["Message"] == \
        f"The function's execution role does not have permissions to call InvokeFunction on {arn_of(aws, other)}"


def test_dead_letter_queues_are_refused_by_the_name_of_the_service(aws, deploy):
    name = deploy(HANDLER)
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        aws("lambda").update_function_configuration(
            FunctionName=name, DeadLetterConfig={"TargetArn": "arn:aws:sqs:us-east-1:000000000000:queue"})
    assert "does not support Amazon SQS" in caught.value.response["Error"]["Message"]


def test_invoke_async(aws, deploy):
    name = deploy(SHOW)
    assert aws("lambda").invoke_async(FunctionName=name, InvokeArgs=b'{"id": 1}')["Status"] == 202
    assert eventually(lambda: shown(aws("logs"), name)) == [{"id": 1}]


def test_outcomes_survive_kill_9(fresh_server, python_runtime):
    own = fresh_server()
    client, iam = own.client("lambda"), own.client("iam")
    role = role_for(iam)
    allow(iam, "conformance")
    for name, code in [("work", HANDLER), ("listen", SHOW)]:
        client.create_function(
            FunctionName=name, Runtime=python_runtime, Handler="app.handler", Role=role, Code={"ZipFile": zipped({"app.py": code})})
        client.get_waiter("function_active_v2").wait(FunctionName=name)
    listen = client.get_function_configuration(FunctionName="listen")["FunctionArn"]
    client.put_function_event_invoke_config(
        FunctionName="work", MaximumRetryAttempts=0,
        DestinationConfig={kind: {"Destination": listen} for kind in ("OnSuccess", "OnFailure")})
    accepted = []

    def send_some(sender):
        client = own.client("lambda")
        for number in range(400):
            event = json.dumps({"id": f"{sender}-{number}", "fail": number % 5 == 0})
            try:
                response = client.invoke(FunctionName="work", InvocationType="Event", Payload=event)
            except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError):
                return
            accepted.append(response["ResponseMetadata"]["RequestId"])

    for round in range(2):
        already = len(accepted)
        senders = [threading.Thread(target=send_some, args=(f"{round}-{n}",)) for n in range(3)]
        for sender in senders:
            sender.start()
        eventually(lambda: len(accepted) > already + 30)
        own.kill()
        for sender in senders:
            sender.join()
        own.start()

    # Receipts are in the transactions that end events, so they tell what was run. What was not acknowledged may be there,
    # too.
    def receipts(name):
        found = json.loads(own.freehold("cost", "--json", "--receipts", "--function", name).stdout)["receipts"]
        return {receipt["requestId"] for receipt in found if receipt["outcome"] in ("success", "error")}

    assert len(accepted) < 900, "more than one answer lists"
    eventually(lambda: set(accepted) <= receipts("work"), within=120, every=0.5)
    # One record each, under a request id of its own.
    eventually(lambda: len(receipts("listen")) >= len(accepted), within=120, every=0.5)
    assert len(receipts("listen")) <= len(receipts("work"))
