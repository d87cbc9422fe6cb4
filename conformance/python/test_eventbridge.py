"""EventBridge's control plane: buses, rules, targets, permissions, tags, patterns tried. No events are taken yet."""
import json

import pytest
from botocore.exceptions import ClientError

FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f"


@pytest.fixture
def events(aws):
    return aws("events")


@pytest.fixture
def bus(events):
    events.create_event_bus(Name="orders", Tags=[{"Key": "team", "Value": "a"}])
    yield "orders"
    for rule in events.list_rules(EventBusName="orders")["Rules"]:
        targets = events.list_targets_by_rule(Rule=rule["Name"], EventBusName="orders")["Targets"]
        if targets:
            events.remove_targets(Rule=rule["Name"], EventBusName="orders", Ids=[it["Id"] for it in targets])
        events.delete_rule(Name=rule["Name"], EventBusName="orders")
    events.delete_event_bus(Name="orders")


def refused(call, **arguments):
    with pytest.raises(ClientError) as raised:
        call(**arguments)
    return raised.value.response["Error"]["Code"], raised.value.response["Error"]["Message"]


def test_buses(events, bus):
    described = events.describe_event_bus(Name=bus)
    assert described["Arn"].endswith(":event-bus/orders") and described["CreationTime"]
    assert [it["Name"] for it in events.list_event_buses()["EventBuses"]] == ["default", "orders"]
    events.update_event_bus(Name=bus, Description="new")
    assert events.describe_event_bus(Name=described["Arn"])["Description"] == "new"
    assert refused(events.create_event_bus, Name=bus) == ("ResourceAlreadyExistsException", "Event bus orders already exists.")
    assert refused(events.describe_event_bus, Name="none") == ("ResourceNotFoundException", "Event bus none does not exist.")
    assert refused(events.delete_event_bus, Name="default")[1] == "Cannot delete event bus default."


def test_rules_and_targets(events, bus):
    pattern = json.dumps({"source": ["app"], "detail": {"n": [{"numeric": [">", 0]}], "$or": [{"a": ["x"]}, {"b": ["y"]}]}})
    arn = events.put_rule(Name="r", EventBusName=bus, EventPattern=pattern, Description="d")["RuleArn"]
    assert arn.endswith(":rule/orders/r")
    described = events.describe_rule(Name="r", EventBusName=bus)
    assert (described["State"], described["EventPattern"], described["EventBusName"]) == ("ENABLED", pattern, bus)
    events.disable_rule(Name="r", EventBusName=bus)
    rule, = events.list_rules(EventBusName=bus, NamePrefix="r")["Rules"]
    assert rule["State"] == "DISABLED"
    events.enable_rule(Name="r", EventBusName=bus)

    target = {"Id": "1", "Arn": FUNCTION, "RetryPolicy": {"MaximumRetryAttempts": 0, "MaximumEventAgeInSeconds": 60},
              "InputTransformer": {"InputPathsMap": {"n": "$.detail.n"}, "InputTemplate": '{"n": <n>}'}}
    assert events.put_targets(Rule="r", EventBusName=bus, Targets=[target])["FailedEntryCount"] == 0
    assert events.list_targets_by_rule(Rule="r", EventBusName=bus)["Targets"] == [target]
    assert events.list_rule_names_by_target(TargetArn=FUNCTION, EventBusName=bus)["RuleNames"] == ["r"]
    assert refused(events.delete_rule, Name="r", EventBusName=bus)[1] == "Rule can't be deleted since it has targets."
    assert refused(events.delete_event_bus, Name=bus)[1] == "Event bus can't be deleted since it has rules."
    assert refused(events.put_targets, Rule="r", EventBusName=bus, Targets=[{"Id": str(n), "Arn": FUNCTION} for n in range(6)]) == (
        "LimitExceededException", "The requested resource exceeds the maximum number allowed.")
    assert refused(events.put_targets, Rule="r", EventBusName=bus, Targets=[{"Id": "1", "Arn": "arn:aws:kinesis:us-east-1:0:stream/s"}])[0] == "ValidationException"


def test_wrong_patterns_and_schedules(events):
    assert refused(events.put_rule, Name="r") == (
        "ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified.")
    code, message = refused(events.put_rule, Name="r", EventPattern='{"resources": []}')
    assert code == "InvalidEventPatternException"
    assert message == ('Event pattern is not valid. Reason: Empty arrays are not allowed\n at [Source: (String)"{"resources": []}"; '
                       'line: 1, column: 17]')
    assert refused(events.put_rule, Name="r", ScheduleExpression="rate(1 minutes)") == (
        "ValidationException", "Parameter ScheduleExpression is not valid.")
    # Schedules fire only with deliveries; until then no rule may pretend to.
    assert "does not run schedules" in refused(events.put_rule, Name="r", ScheduleExpression="rate(1 minute)")[1]
    events.put_rule(Name="r", ScheduleExpression="cron(0 12 ? * MON-FRI *)", State="DISABLED")
    events.delete_rule(Name="r")


def test_permissions(events, bus):
    events.put_permission(EventBusName=bus, Action="events:PutEvents", Principal="111111111111", StatementId="one")
    statement, = json.loads(events.describe_event_bus(Name=bus)["Policy"])["Statement"]
    assert (statement["Sid"], statement["Action"]) == ("one", "events:PutEvents")
    assert refused(events.remove_permission, EventBusName=bus, StatementId="two") == (
        "ResourceNotFoundException", "Statement with the provided id does not exist.")
    events.remove_permission(EventBusName=bus, RemoveAllPermissions=True)
    assert "Policy" not in events.describe_event_bus(Name=bus)


def test_tags(events, bus):
    arn = events.describe_event_bus(Name=bus)["Arn"]
    events.tag_resource(ResourceARN=arn, Tags=[{"Key": "stage", "Value": "b"}])
    events.untag_resource(ResourceARN=arn, TagKeys=["team"])
    assert events.list_tags_for_resource(ResourceARN=arn)["Tags"] == [{"Key": "stage", "Value": "b"}]
    assert refused(events.tag_resource, ResourceARN=arn + "x", Tags=[])[0] == "ResourceNotFoundException"


@pytest.mark.parametrize("pattern, matches", [
    ({"detail": {"state": [{"anything-but": "off"}], "ip": [{"cidr": "10.0.0.0/8"}]}}, True),
    ({"detail": {"key": [{"wildcard": "in/*.png"}], "n": [{"numeric": [">=", 300, "<", 301]}]}}, True),
    ({"detail": {"state": [{"equals-ignore-case": "ON"}], "none": [{"exists": False}]}}, True),
    ({"detail": {"items": {"sku": ["a"], "count": [2]}}}, False),
    ({"source": [{"suffix": "other"}]}, False),
])
def test_patterns(events, pattern, matches):
    event = {"id": "1", "detail-type": "t", "source": "app", "account": "0", "time": "2026-11-24T00:00:00Z", "region": "us-east-1",
             "resources": [], "detail": {"state": "on", "ip": "10.1.2.3", "key": "in/x.png", "n": 300.5,
                                         "items": [{"sku": "a", "count": 1}, {"sku": "b", "count": 2}]}}
    assert events.test_event_pattern(EventPattern=json.dumps(pattern), Event=json.dumps(event))["Result"] is matches


def test_no_event_is_taken(events):
    code, message = refused(events.put_events, Entries=[{"Source": "app", "DetailType": "t", "Detail": "{}"}])
    assert "PutEvents" in message, (code, message)
