"""SQS with AWS's own clients: every operation, and that nothing acknowledged is lost when the server is killed."""
import collections
import json
import random
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
import xml.etree.ElementTree

import botocore.auth
import botocore.awsrequest
import botocore.credentials
import botocore.exceptions
import pytest


@pytest.fixture(scope="module")
def sqs(server):
    return server.client("sqs")


@pytest.fixture
def make(sqs):
    """Makes a queue with a name of its own; gives the URL."""
    made = []

    def queue(fifo=False, **attributes):
        name = f"q-{uuid.uuid4().hex[:12]}" + (".fifo" if fifo else "")
        if fifo:
            attributes["FifoQueue"] = "true"
        url = sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
        made.append(url)
        return url

    yield queue
    for url in made:
        try:
            sqs.delete_queue(QueueUrl=url)
        except botocore.exceptions.ClientError:
            pass


def arn(sqs, url):
    return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]


def counts(sqs, url):
    names = ["ApproximateNumberOfMessages" + kind for kind in ["", "Delayed", "NotVisible"]]
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    return tuple(int(found[name]) for name in names)


def receive(sqs, url, **options):
    options = {"MaxNumberOfMessages": 10, **options}
    return sqs.receive_message(QueueUrl=url, AttributeNames=["All"], MessageAttributeNames=["All"], **options).get("Messages", [])


def refused(call, **arguments):
    """The code of the error that a call ends with, and its class's name."""
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**arguments)
    return caught.value.response["Error"]["Code"], type(caught.value).__name__


def test_send_receive_delete(sqs, make):
    url = make()
    attributes = {
        "text": {"DataType": "String", "StringValue": "ä"},
        "number": {"DataType": "Number", "StringValue": "1.5"},
        "bytes": {"DataType": "Binary", "BinaryValue": b"\x00\xff"},
    }
    trace = {"AWSTraceHeader": {"DataType": "String", "StringValue": "Root=1-5759e988-bd862e3fe1be46a994272793"}}
    # boto3 checks the MD5 sums of what it sends and receives.
    sent = sqs.send_message(
        QueueUrl=url, MessageBody="häl\tlo", MessageAttributes=attributes, MessageSystemAttributes=trace,
    )
    assert len(sent["MD5OfMessageSystemAttributes"]) == 32
    message, = receive(sqs, url)
    assert message["Body"] == "häl\tlo"
    assert message["MessageId"] == sent["MessageId"]
    assert message["MessageAttributes"] == attributes
    assert message["MD5OfMessageAttributes"] == sent["MD5OfMessageAttributes"]
    assert message["Attributes"]["AWSTraceHeader"] == trace["AWSTraceHeader"]["StringValue"]
    assert message["Attributes"]["ApproximateReceiveCount"] == "1"
    assert counts(sqs, url) == (0, 0, 1)
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    assert counts(sqs, url) == (0, 0, 0)


def test_batches(sqs, make):
    url = make()
    entries = [{"Id": f"m{n}", "MessageBody": str(n)} for n in range(9)] + [{"Id": "bad", "MessageBody": "\x01"}]
    sent = sqs.send_message_batch(QueueUrl=url, Entries=entries)
    assert [entry["Id"] for entry in sent["Successful"]] == [f"m{n}" for n in range(9)]
    assert sent["Failed"][0]["Code"] == "InvalidMessageContents"
    messages = receive(sqs, url)
    assert sorted(message["Body"] for message in messages) == [str(n) for n in range(9)]
    changes = [
        {"Id": str(n), "ReceiptHandle": message["ReceiptHandle"], "VisibilityTimeout": 0 if n < 3 else 60}
        for n, message in enumerate(messages)
    ] + [{"Id": "bad", "ReceiptHandle": "nonsense", "VisibilityTimeout": 0}]
    changed = sqs.change_message_visibility_batch(QueueUrl=url, Entries=changes)
    assert len(changed["Successful"]) == 9 and changed["Failed"][0]["Code"] == "ReceiptHandleIsInvalid"
    assert counts(sqs, url) == (3, 0, 6)
    deletions = [{"Id": str(n), "ReceiptHandle": message["ReceiptHandle"]} for n, message in enumerate(messages[3:])]
    assert len(sqs.delete_message_batch(QueueUrl=url, Entries=deletions)["Successful"]) == 6
    assert counts(sqs, url) == (3, 0, 0)


def test_visibility(sqs, make):
    url = make(VisibilityTimeout="1")
    sqs.send_message(QueueUrl=url, MessageBody="m")
    message, = receive(sqs, url)
    sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=60)
    # Longer than the queue's own time-out, and yet nothing comes.
    assert receive(sqs, url, WaitTimeSeconds=2) == []
    sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)
    again, = receive(sqs, url, VisibilityTimeout=0)
    assert again["Attributes"]["ApproximateReceiveCount"] == "2"
    # The queue's time-out ends the wait.
    receive(sqs, url)
    third, = receive(sqs, url, WaitTimeSeconds=20)
    assert third["Attributes"]["ApproximateReceiveCount"] == "4"


def test_a_long_poll_wakes_at_once(server, sqs, make):
    url = make()
    found = []
    other = server.client("sqs")
    poll = threading.Thread(target=lambda: found.extend(receive(other, url, WaitTimeSeconds=20)))
    poll.start()
    sqs.send_message(QueueUrl=url, MessageBody="wake")
    poll.join(timeout=19)
    assert [message["Body"] for message in found] == ["wake"]


def test_fifo(sqs, make):
    url = make(fifo=True, ContentBasedDeduplication="true")
    sent = [
        sqs.send_message(QueueUrl=url, MessageBody=f"{group}{n}", MessageGroupId=group)
        for n in range(3) for group in "ab"
    ]
    numbers = [answer["SequenceNumber"] for answer in sent]
    assert numbers == sorted(numbers)
    again = sqs.send_message(QueueUrl=url, MessageBody="a0", MessageGroupId="a")
    assert (again["MessageId"], again["SequenceNumber"]) == (sent[0]["MessageId"], numbers[0])
    first = receive(sqs, url, MaxNumberOfMessages=2)
    assert [message["Body"] for message in first] == ["a0", "a1"]
    rest = receive(sqs, url)
    assert [message["Body"] for message in rest] == ["b0", "b1", "b2"]
    for message in first:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    last, = receive(sqs, url)
    assert (last["Body"], last["Attributes"]["MessageGroupId"]) == ("a2", "a")


def test_errors_are_aws_s(sqs, make):
    url = make()
    nowhere = url + "-nowhere"
    assert refused(sqs.send_message, QueueUrl=nowhere, MessageBody="m") == (
        "AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist")
    assert refused(sqs.get_queue_url, QueueName="nowhere")[0] == "AWS.SimpleQueueService.NonExistentQueue"
    name = url.rsplit("/", 1)[1]
    assert refused(sqs.create_queue, QueueName=name, Attributes={"DelaySeconds": "7"}) == (
        "QueueAlreadyExists", "QueueNameExists")
    assert refused(sqs.delete_message, QueueUrl=url, ReceiptHandle="nonsense") == (
        "ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid")
    assert refused(sqs.send_message_batch, QueueUrl=url, Entries=[])[0] == "AWS.SimpleQueueService.EmptyBatchRequest"
    assert refused(sqs.receive_message, QueueUrl=url, MaxNumberOfMessages=11)[0] == "InvalidParameterValue"
    assert refused(sqs.get_queue_attributes, QueueUrl=url, AttributeNames=["Nonsense"])[0] == "InvalidAttributeName"
    assert refused(sqs.set_queue_attributes, QueueUrl=url, Attributes={"DelaySeconds": "-1"})[0] == "InvalidAttributeValue"
    sqs.purge_queue(QueueUrl=url)
    assert refused(sqs.purge_queue, QueueUrl=url) == (
        "AWS.SimpleQueueService.PurgeQueueInProgress", "PurgeQueueInProgress")
    sqs.delete_queue(QueueUrl=url)
    assert refused(sqs.create_queue, QueueName=name)[0] == "AWS.SimpleQueueService.QueueDeletedRecently"


def test_queues_attributes_and_tags(sqs, make):
    url = make(VisibilityTimeout="5")
    name = url.rsplit("/", 1)[1]
    assert sqs.get_queue_url(QueueName=name)["QueueUrl"] == url
    assert url in sqs.list_queues(QueueNamePrefix=name)["QueueUrls"]
    pages = sqs.get_paginator("list_queues").paginate(PaginationConfig={"PageSize": 1})
    assert url in [found for page in pages for found in page.get("QueueUrls", [])]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "6", "MaximumMessageSize": "2048"})
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert (found["VisibilityTimeout"], found["MaximumMessageSize"]) == ("6", "2048")
    assert found["QueueArn"] == f"arn:aws:sqs:us-east-1:000000000000:{name}"
    sqs.tag_queue(QueueUrl=url, Tags={"a": "1", "b": "2"})
    sqs.untag_queue(QueueUrl=url, TagKeys=["b"])
    assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"a": "1"}


def test_dead_letters_and_the_way_back(sqs, make):
    dead = make()
    policy = json.dumps({"deadLetterTargetArn": arn(sqs, dead), "maxReceiveCount": 1})
    url = make(RedrivePolicy=policy, VisibilityTimeout="0")
    sent = sqs.send_message(QueueUrl=url, MessageBody="bad")
    assert len(receive(sqs, url)) == 1
    assert receive(sqs, url) == []
    assert sqs.list_dead_letter_source_queues(QueueUrl=dead)["queueUrls"] == [url]
    moved, = receive(sqs, dead, VisibilityTimeout=0)
    assert (moved["MessageId"], moved["Body"]) == (sent["MessageId"], "bad")
    assert moved["Attributes"]["DeadLetterQueueSourceArn"] == arn(sqs, url)
    handle = sqs.start_message_move_task(SourceArn=arn(sqs, dead))["TaskHandle"]
    back, = receive(sqs, url, WaitTimeSeconds=20)
    assert back["MessageId"] == sent["MessageId"]
    deadline = time.monotonic() + 60
    while (task := sqs.list_message_move_tasks(SourceArn=arn(sqs, dead))["Results"][0])["Status"] == "RUNNING":
        assert time.monotonic() < deadline
    assert (task["Status"], task["ApproximateNumberOfMessagesMoved"]) == ("COMPLETED", 1)
    assert refused(sqs.cancel_message_move_task, TaskHandle=handle)[0] == "AWS.SimpleQueueService.UnsupportedOperation"


def test_the_queue_s_policy_counts(server, sqs, make):
    url = make()
    iam = server.client("iam")
    user = f"sqs-{uuid.uuid4().hex[:8]}"
    user_arn = iam.create_user(UserName=user)["User"]["Arn"]
    key = iam.create_access_key(UserName=user)["AccessKey"]
    theirs = server.client(
        "sqs", aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"],
    )
    assert refused(theirs.send_message, QueueUrl=url, MessageBody="m")[0].startswith("AccessDenied")
    policy = {
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow", "Principal": {"AWS": user_arn}, "Action": "sqs:SendMessage", "Resource": arn(sqs, url),
        }],
    }
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(policy)})
    theirs.send_message(QueueUrl=url, MessageBody="m")
    assert refused(theirs.receive_message, QueueUrl=url)[0].startswith("AccessDenied")
    sqs.add_permission(QueueUrl=url, Label="other", AWSAccountIds=["123456789012"], Actions=["SendMessage"])
    found = json.loads(sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])["Attributes"]["Policy"])
    assert [statement.get("Sid") for statement in found["Statement"]] == [None, "other"]
    sqs.remove_permission(QueueUrl=url, Label="other")
    assert refused(sqs.remove_permission, QueueUrl=url, Label="other")[0] == "InvalidParameterValue"
    deny = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Deny", "Principal": "*", "Action": "sqs:ReceiveMessage", "Resource": "*"},
    ]}
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(deny)})
    assert refused(sqs.receive_message, QueueUrl=url)[0].startswith("AccessDenied")
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": ""})


def test_the_command_line(server, make):
    url = make()

    def sqs(*arguments, check=True):
        # For SQS the CLI takes AWS's own old address unless it is told on the command line.
        return server.cli("--endpoint-url", server.endpoint, "sqs", *arguments, check=check)

    sent = json.loads(sqs("send-message", "--queue-url", url, "--message-body", "from the shell").stdout)
    received = json.loads(sqs("receive-message", "--queue-url", url).stdout)["Messages"][0]
    assert (received["MessageId"], received["Body"]) == (sent["MessageId"], "from the shell")
    sqs("delete-message", "--queue-url", url, "--receipt-handle", received["ReceiptHandle"])
    missing = sqs("get-queue-url", "--queue-name", "nowhere", check=False)
    assert "NonExistentQueue" in missing.stderr


def query(server, action, path="/", **parameters):
    """Calls an operation as clients did before they spoke JSON; gives the status and the answer's XML."""
    form = urllib.parse.urlencode({"Action": action, "Version": "2012-11-05", **parameters})
    request = botocore.awsrequest.AWSRequest(
        "POST", server.endpoint + path, data=form, headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    key = botocore.credentials.Credentials(server.access["access_key_id"], server.access["secret_access_key"])
    botocore.auth.SigV4Auth(key, "sqs", server.access["region"]).add_auth(request)
    sent = urllib.request.Request(request.url, form.encode(), dict(request.headers.items()), method="POST")
    try:
        with urllib.request.urlopen(sent) as answer:
            status, text = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read()
    root = xml.etree.ElementTree.fromstring(text)
    # Namespaces only get in the way.
    for element in root.iter():
        element.tag = element.tag.rsplit("}", 1)[-1]
    return status, root


def test_the_query_protocol(server, sqs):
    name = f"old-{uuid.uuid4().hex[:8]}"
    made = {
        "QueueName": name, "Attribute.1.Name": "VisibilityTimeout", "Attribute.1.Value": "40",
        "Tag.1.Key": "k", "Tag.1.Value": "v",
    }
    status, root = query(server, "CreateQueue", **made)
    url = root.findtext("CreateQueueResult/QueueUrl")
    assert status == 200 and url.endswith(f"/{name}") and root.findtext("ResponseMetadata/RequestId")
    path = urllib.parse.urlsplit(url).path
    assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"k": "v"}

    # The queue is the URL's path, or a parameter.
    message = {
        "MessageBody": "a < b & c", "MessageAttribute.1.Name": "n", "MessageAttribute.1.Value.DataType": "Binary",
        "MessageAttribute.1.Value.BinaryValue": "AP8=",
    }
    status, root = query(server, "SendMessage", path, **message)
    sent = root.findtext("SendMessageResult/MessageId")
    assert status == 200 and len(root.findtext("SendMessageResult/MD5OfMessageAttributes")) == 32
    asked = {"AttributeName.1": "All", "MessageAttributeName.1": "All", "MaxNumberOfMessages": "10"}
    status, root = query(server, "ReceiveMessage", QueueUrl=url, **asked)
    received, = root.findall("ReceiveMessageResult/Message")
    assert (received.findtext("MessageId"), received.findtext("Body")) == (sent, "a < b & c")
    system = {entry.findtext("Name"): entry.findtext("Value") for entry in received.findall("Attribute")}
    assert system["ApproximateReceiveCount"] == "1"
    own = received.find("MessageAttribute")
    assert (own.findtext("Name"), own.findtext("Value/BinaryValue"), own.findtext("Value/DataType")) == ("n", "AP8=", "Binary")

    entries = {
        "DeleteMessageBatchRequestEntry.1.Id": "good",
        "DeleteMessageBatchRequestEntry.1.ReceiptHandle": received.findtext("ReceiptHandle"),
        "DeleteMessageBatchRequestEntry.2.Id": "bad",
        "DeleteMessageBatchRequestEntry.2.ReceiptHandle": "nonsense",
    }
    status, root = query(server, "DeleteMessageBatch", path, **entries)
    assert root.findtext("DeleteMessageBatchResult/DeleteMessageBatchResultEntry/Id") == "good"
    assert root.findtext("DeleteMessageBatchResult/BatchResultErrorEntry/Code") == "ReceiptHandleIsInvalid"
    status, root = query(server, "GetQueueAttributes", path, **{"AttributeName.1": "VisibilityTimeout"})
    shown = root.find("GetQueueAttributesResult/Attribute")
    assert (shown.findtext("Name"), shown.findtext("Value")) == ("VisibilityTimeout", "40")
    status, root = query(server, "ListQueues", QueueNamePrefix=name)
    assert [found.text for found in root.findall("ListQueuesResult/QueueUrl")] == [url]

    status, root = query(server, "DeleteQueue", path)
    assert (status, root.tag) == (200, "DeleteQueueResponse")
    status, root = query(server, "SendMessage", path, MessageBody="m")
    assert (status, root.findtext("Error/Code")) == (400, "AWS.SimpleQueueService.NonExistentQueue")
    assert root.findtext("Error/Type") == "Sender"
    status, root = query(server, "SendMessage", path)
    assert root.findtext("Error/Code") == "MissingParameter"


KILLS = 5
SENDERS = 3


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(fresh_server):
    """Clients send and consume while the server is killed again and again. Each acknowledged message arrives; those of
    a FIFO queue in order."""
    server = fresh_server()
    sqs = server.client("sqs")
    standard = sqs.create_queue(QueueName="standard", Attributes={"VisibilityTimeout": "5"})["QueueUrl"]
    fifo = sqs.create_queue(QueueName="q.fifo", Attributes={"FifoQueue": "true", "VisibilityTimeout": "5"})["QueueUrl"]
    acknowledged = collections.defaultdict(set)
    arrived = collections.defaultdict(list)
    stop_sending, stop_receiving = threading.Event(), threading.Event()
    lock = threading.Lock()
    trouble = (botocore.exceptions.HTTPClientError, botocore.exceptions.ClientError, botocore.exceptions.ConnectionError)

    def send(sender):
        client, number = server.client("sqs"), 0
        while not stop_sending.is_set():
            body = f"{sender}:{number}"
            # Until it is acknowledged, as an SDK with retries does; the id makes that one message in the FIFO queue.
            for url, more in [
                (standard, {}), (fifo, {"MessageGroupId": str(sender), "MessageDeduplicationId": body}),
            ]:
                while not stop_sending.is_set():
                    try:
                        client.send_message(QueueUrl=url, MessageBody=body, **more)
                    except trouble:
                        time.sleep(0.05)
                        continue
                    with lock:
                        acknowledged[url].add(body)
                    break
            number += 1

    def consume(url):
        client = server.client("sqs")
        while not stop_receiving.is_set():
            try:
                for message in receive(client, url, WaitTimeSeconds=1):
                    with lock:
                        arrived[url].append(message["Body"])
                    client.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            except trouble:
                time.sleep(0.05)

    threads = [threading.Thread(target=send, args=[n], daemon=True) for n in range(SENDERS)]
    receivers = [threading.Thread(target=consume, args=[url], daemon=True) for url in [standard, fifo]]
    for thread in threads + receivers:
        thread.start()
    for _ in range(KILLS):
        with lock:
            before = len(acknowledged[fifo])
        while len(acknowledged[fifo]) < before + 20:
            time.sleep(0.01)
        time.sleep(random.random() / 5)
        server.kill()
        server.start()
    stop_sending.set()
    for thread in threads:
        thread.join()
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        with lock:
            if all(acknowledged[url] <= set(arrived[url]) for url in [standard, fifo]):
                break
        time.sleep(0.1)
    stop_receiving.set()
    for thread in receivers:
        thread.join()
    for url in [standard, fifo]:
        assert len(acknowledged[url]) > KILLS * 20
        assert acknowledged[url] - set(arrived[url]) == set()
    # Redelivered ones aside, each sender's messages came in their order.
    for sender in range(SENDERS):
        numbers = [int(body.split(":")[1]) for body in arrived[fifo] if body.startswith(f"{sender}:")]
        firsts = list(dict.fromkeys(numbers))
        assert firsts == sorted(firsts), f"sender {sender}"
