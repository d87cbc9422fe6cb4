"""What an invocation leaves behind: log lines, a receipt, and sums that agree with both."""
import base64
import json
import re

import pytest

from conftest import eventually

REPORT = re.compile(
    r"REPORT RequestId: (?P<id>\S+)\tDuration: (?P<duration>[\d.]+) ms\tBilled Duration: (?P<billed>\d+) ms\t"
    r"Memory Size: (?P<size>\d+) MB\tMax Memory Used: (?P<used>\d+) MB\t(Init Duration: (?P<init>[\d.]+) ms\t)?")


def messages(logs, name):
    try:
        return [e["message"] for e in logs.filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]]
    except logs.exceptions.ResourceNotFoundException:
        return []


def admin(server, path):
    """Freehold's own API, through its own command line."""
    return json.loads(server.freehold("cost", "--json", *path).stdout)


def test_lines_in_order(aws, deploy, invoke):
    name = deploy("""
        import logging, sys
        def handler(event, context):
            print('first')
            print('second', file=sys.stderr)
            logging.getLogger().warning('third')
            print('no newline', end='')
            return 1
    """)
    _, response = invoke(name, LogType="Tail")
    tail = base64.b64decode(response["LogResult"]).decode()
    request_id = response["ResponseMetadata"]["RequestId"]
    found = eventually(lambda: [m for m in messages(aws("logs"), name) if "REPORT" in m] and messages(aws("logs"), name))
    lines = [line.rstrip("\n") for line in found]
    kinds = [next((k for k in ("INIT_START", "START", "first", "second", "third", "no newline", "END", "REPORT") if k in l), l)
             for l in lines]
    assert kinds == ["INIT_START", "START", "first", "second", "third", "no newline", "END", "REPORT"]
    assert re.fullmatch(r"\[WARNING\]\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\t" + request_id + r"\tthird", lines[4])
    for line in lines[1:]:
        assert line in tail
    assert lines[1] == f"START RequestId: {request_id} Version: $LATEST"
    stream, = aws("logs").describe_log_streams(logGroupName=f"/aws/lambda/{name}")["logStreams"]
    assert re.fullmatch(r"\d{4}/\d\d/\d\d/\[\$LATEST\][0-9a-f]{32}", stream["logStreamName"])


def test_json_logs(aws, deploy, invoke):
    name = deploy("import logging\ndef handler(event, context):\n    logging.getLogger().error('bad %s', 'thing')\n",
                  LoggingConfig={"LogFormat": "JSON", "ApplicationLogLevel": "INFO", "SystemLogLevel": "INFO"})
    _, response = invoke(name)
    request_id = response["ResponseMetadata"]["RequestId"]
    found = eventually(lambda: [m for m in messages(aws("logs"), name) if "platform.report" in m] and messages(aws("logs"), name))
    records = [json.loads(line) for line in found]
    mine = next(r for r in records if r.get("message") == "bad thing")
    assert mine["level"] == "ERROR" and mine["requestId"] == request_id
    report = next(r["record"] for r in records if r.get("type") == "platform.report")
    assert report["requestId"] == request_id and report["metrics"]["billedDurationMs"] >= 1


def test_receipts_agree_with_the_report_lines(server, aws, deploy, invoke):
    name = deploy("def handler(event, context):\n    return sum(range(event['n']))\n", MemorySize=256)
    for n in (10, 1000, 100_000, 1_000_000):
        invoke(name, {"n": n})
    eventually(lambda: sum("REPORT" in m for m in messages(aws("logs"), name)) == 4)
    reports = {m["id"]: m for m in (REPORT.match(line) for line in messages(aws("logs"), name)) if m}
    receipts = eventually(lambda: (lambda found: len(found) == 4 and found)(
        admin(server, ["--function", name, "--receipts"])["receipts"]))
    for receipt in receipts:
        report = reports[receipt["requestId"]]
        # The line shows hundredths of a millisecond.
        assert abs(receipt["durationUs"] / 1000 - float(report["duration"])) < 0.01
        assert receipt["billedMs"] == int(report["billed"])
        assert receipt["memoryMib"] == int(report["size"]) == 256
        assert -(-receipt["memoryPeakBytes"] // (1 << 20)) == int(report["used"])
        assert receipt["cold"] == bool(report["init"])
        assert receipt["mibMs"] == receipt["billedMs"] * 256
        assert receipt["cpuUs"] > 0 and receipt["costNano"] > 0
    assert [r["cold"] for r in sorted(receipts, key=lambda r: r["at"])] == [True, False, False, False]
    total, = admin(server, ["--function", name])["functions"]
    assert total["invocations"] == 4 and total["coldStarts"] == 1 and total["errors"] == 0
    for field in ("billedMs", "mibMs", "costNano"):
        assert total[field] == sum(r[field] for r in receipts)


def test_multi_line_records_and_large_output(aws, deploy, invoke):
    name = deploy("""
        import logging
        def handler(event, context):
            logging.getLogger().error('one\\ntwo')
            for number in range(5000):
                print(f'line {number:05}')
    """, Timeout=20, MemorySize=256)
    invoke(name)
    logs = aws("logs")
    eventually(lambda: list(logs.get_paginator("filter_log_events").paginate(
        logGroupName=f"/aws/lambda/{name}", filterPattern="REPORT"))[0]["events"])
    found = [e["message"] for page in logs.get_paginator("filter_log_events").paginate(logGroupName=f"/aws/lambda/{name}")
             for e in page["events"]]
    assert [m.strip() for m in found if m.startswith("line ")] == [f"line {n:05}" for n in range(5000)]
    assert any("one\ntwo" in m for m in found)


def test_the_logs_api(aws):
    logs = aws("logs")
    logs.create_log_group(logGroupName="mine")
    with pytest.raises(logs.exceptions.ResourceAlreadyExistsException):
        logs.create_log_group(logGroupName="mine")
    logs.create_log_stream(logGroupName="mine", logStreamName="s")
    import time
    now = int(time.time() * 1000)
    logs.put_log_events(logGroupName="mine", logStreamName="s",
                        logEvents=[{"timestamp": now + n, "message": json.dumps({"n": n, "level": "INFO"})} for n in range(5)])
    assert len(logs.get_log_events(logGroupName="mine", logStreamName="s", startFromHead=True)["events"]) == 5
    found = logs.filter_log_events(logGroupName="mine", filterPattern="{ $.n >= 3 }")["events"]
    assert [json.loads(e["message"])["n"] for e in found] == [3, 4]
    logs.put_retention_policy(logGroupName="mine", retentionInDays=7)
    assert logs.describe_log_groups(logGroupNamePrefix="mine")["logGroups"][0]["retentionInDays"] == 7
    logs.delete_log_group(logGroupName="mine")
    with pytest.raises(logs.exceptions.ResourceNotFoundException):
        logs.describe_log_streams(logGroupName="mine")
