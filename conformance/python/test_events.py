"""Asynchronous invocations: accepted means durable, run at least once, whatever happens to the server."""
import json
import threading

import botocore.exceptions

from conftest import eventually, role_for, zipped

NOTE = """
    def handler(event, context):
        print('handled ' + event['id'])
"""


def handled(logs, name):
    """The ids that the function's log says it has handled."""
    found = []
    try:
        pages = logs.get_paginator("filter_log_events").paginate(logGroupName=f"/aws/lambda/{name}", filterPattern="handled")
        for page in pages:
            found += [e["message"].strip().removeprefix("handled ") for e in page["events"]]
    except logs.exceptions.ResourceNotFoundException:
        pass
    return found


def test_an_event_is_accepted_and_run(aws, deploy):
    name = deploy(NOTE)
    response = aws("lambda").invoke(FunctionName=name, InvocationType="Event", Payload=b'{"id": "one"}')
    assert response["StatusCode"] == 202 and response["Payload"].read() == b""
    assert eventually(lambda: handled(aws("logs"), name)) == ["one"]


def test_dry_run(aws, deploy):
    name = deploy(NOTE)
    assert aws("lambda").invoke(FunctionName=name, InvocationType="DryRun")["StatusCode"] == 204
    assert handled(aws("logs"), name) == []


def test_accepted_events_survive_kill_9(fresh_server, python_runtime):
    own = fresh_server()
    own.client("lambda").create_function(
        FunctionName="note", Runtime=python_runtime, Handler="app.handler", Role=role_for(own.client("iam")),
        Code={"ZipFile": zipped({"app.py": NOTE})})
    own.client("lambda").get_waiter("function_active_v2").wait(FunctionName="note")
    accepted = []

    def send(sender):
        client = own.client("lambda")
        for number in range(1000):
            event = json.dumps({"id": f"{sender}-{number}"})
            try:
                response = client.invoke(FunctionName="note", InvocationType="Event", Payload=event)
            except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError):
                return
            accepted.append(response["ResponseMetadata"]["RequestId"])

    for round in range(3):
        already = len(accepted)
        senders = [threading.Thread(target=send, args=(f"{round}-{n}",)) for n in range(4)]
        for sender in senders:
            sender.start()
        eventually(lambda: len(accepted) > already + 40)
        own.kill()
        for sender in senders:
            sender.join()
        own.start()

    # The receipt is written in the transaction that ends an event, so it tells what was run, crash or not.
    def missing():
        found = json.loads(own.freehold("cost", "--json", "--receipts", "--function", "note").stdout)["receipts"]
        return set(accepted) - {receipt["requestId"] for receipt in found if receipt["outcome"] == "success"}

    assert len(accepted) < 1000, "more than one answer lists"
    eventually(lambda: not missing(), within=120, every=0.5)
