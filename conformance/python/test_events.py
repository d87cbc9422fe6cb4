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
            event = f"{sender}-{number}"
            try:
                client.invoke(FunctionName="note", InvocationType="Event", Payload=json.dumps({"id": event}))
            except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError):
                return
            accepted.append(event)

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

    def missing():
        return set(accepted) - set(handled(own.client("logs"), "note"))

    eventually(lambda: not missing(), within=120, every=0.5)
