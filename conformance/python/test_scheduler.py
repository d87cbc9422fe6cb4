"""EventBridge Scheduler: schedules are what boto3 says they are, and call functions when they are due."""
import datetime
import json

import pytest

from conftest import eventually, role_for, zipped

RECORDER = """
    import json

    def handler(event, context):
        print('handled ' + json.dumps(event))
"""
OFF = {"Mode": "OFF"}


def trusted(iam, name="scheduler", service="scheduler.amazonaws.com", actions=("lambda:InvokeFunction",)):
    trust = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]}
    try:
        arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    except iam.exceptions.EntityAlreadyExistsException:
        return iam.get_role(RoleName=name)["Role"]["Arn"]
    if actions:
        allow = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": "*"}]}
        iam.put_role_policy(RoleName=name, PolicyName="allow", PolicyDocument=json.dumps(allow))
    return arn


def soon(seconds=1):
    return f"at({datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%S})"


def handled(logs, name):
    try:
        pages = logs.get_paginator("filter_log_events").paginate(
            logGroupName=f"/aws/lambda/{name}", filterPattern="handled")
        return [json.loads(e["message"].strip().removeprefix("handled ")) for page in pages for e in page["events"]]
    except logs.exceptions.ResourceNotFoundException:
        return []


def function_arn(aws, name):
    return aws("lambda").get_function(FunctionName=name)["Configuration"]["FunctionArn"]


@pytest.fixture
def scheduler(aws):
    return aws("scheduler")


@pytest.fixture
def target(aws):
    arn = "arn:aws:lambda:us-east-1:000000000000:function:nobody"
    return {"Arn": arn, "RoleArn": trusted(aws("iam")), "Input": "{}"}


def test_a_one_time_schedule_calls_its_function_once_and_is_deleted(aws, scheduler, deploy):
    name = deploy(RECORDER)
    arn = function_arn(aws, name)
    words = {"arn": "<aws.scheduler.schedule-arn>", "at": "<aws.scheduler.scheduled-time>",
             "try": "<aws.scheduler.attempt-number>"}
    expression = soon(2)
    made = scheduler.create_schedule(
        Name=f"{name}-once", ScheduleExpression=expression, FlexibleTimeWindow=OFF, ActionAfterCompletion="DELETE",
        Target={"Arn": arn, "RoleArn": trusted(aws("iam")), "Input": json.dumps(words)})
    assert eventually(lambda: handled(aws("logs"), name)) == [
        {"arn": made["ScheduleArn"], "at": expression[3:-1] + "Z", "try": "1"}]

    def is_gone():
        return f"{name}-once" not in {it["Name"] for it in scheduler.list_schedules()["Schedules"]}

    assert eventually(is_gone)


def test_a_rate_begins_at_once_with_a_notification(aws, scheduler, deploy):
    name = deploy(RECORDER)
    made = scheduler.create_schedule(
        Name=f"{name}-rate", ScheduleExpression="rate(1 hour)", FlexibleTimeWindow=OFF,
        Target={"Arn": function_arn(aws, name), "RoleArn": trusted(aws("iam"))})
    [event] = eventually(lambda: handled(aws("logs"), name))
    assert event["source"] == "aws.scheduler" and event["detail-type"] == "Scheduled Event"
    assert event["resources"] == [made["ScheduleArn"]]
    scheduler.delete_schedule(Name=f"{name}-rate")
    with pytest.raises(scheduler.exceptions.ResourceNotFoundException, match="does not exist"):
        scheduler.get_schedule(Name=f"{name}-rate")


def test_a_universal_target_calls_lambda(aws, scheduler, deploy):
    name = deploy(RECORDER)
    request = {"FunctionName": name, "InvocationType": "Event", "Payload": "{\"via\": \"universal\"}"}
    scheduler.create_schedule(
        Name=f"{name}-universal", ScheduleExpression=soon(), FlexibleTimeWindow=OFF,
        Target={"Arn": "arn:aws:scheduler:::aws-sdk:lambda:invoke", "RoleArn": trusted(aws("iam")),
                "Input": json.dumps(request)})
    assert eventually(lambda: handled(aws("logs"), name)) == [{"via": "universal"}]


def test_the_role_is_asked_at_delivery(aws, scheduler, deploy):
    name = deploy(RECORDER)
    role = trusted(aws("iam"), name="scheduler-without", actions=())
    arn = function_arn(aws, name)
    scheduler.create_schedule(
        Name=f"{name}-denied", ScheduleExpression=soon(0), FlexibleTimeWindow=OFF, ActionAfterCompletion="DELETE",
        StartDate=datetime.datetime.now(datetime.UTC), Target={"Arn": arn, "RoleArn": role, "Input": "1"})
    scheduler.update_schedule(
        Name=f"{name}-denied", ScheduleExpression=soon(1), FlexibleTimeWindow=OFF, ActionAfterCompletion="DELETE",
        Target={"Arn": arn, "RoleArn": role, "Input": "1"})
    # Deleted when its call has ended, and the call has ended without the function.
    eventually(lambda: f"{name}-denied" not in {it["Name"] for it in scheduler.list_schedules()["Schedules"]})
    assert handled(aws("logs"), name) == []


def test_a_due_time_survives_kill_9(fresh_server, python_runtime):
    own = fresh_server()
    own.client("lambda").create_function(
        FunctionName="note", Runtime=python_runtime, Handler="app.handler", Role=role_for(own.client("iam")),
        Code={"ZipFile": zipped({"app.py": RECORDER})})
    own.client("lambda").get_waiter("function_active_v2").wait(FunctionName="note")
    arn = own.client("lambda").get_function(FunctionName="note")["Configuration"]["FunctionArn"]
    target = {"Arn": arn, "RoleArn": trusted(own.client("iam"))}
    for number in range(10):
        own.client("scheduler").create_schedule(
            Name=f"s{number}", ScheduleExpression=soon(1), FlexibleTimeWindow=OFF,
            Target=target | {"Input": str(number)})
    own.kill()
    own.start()

    def all_called():
        return set(handled(own.client("logs"), "note")) == set(range(10))

    assert eventually(all_called, within=60)


def test_what_is_stored_is_shown(scheduler, target):
    start = datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC)
    scheduler.create_schedule(
        Name="shown", ScheduleExpression="cron(30 2 ? * MON-FRI *)", ScheduleExpressionTimezone="Europe/Zurich",
        Description="nightly", State="DISABLED", StartDate=start, Target=target,
        FlexibleTimeWindow={"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15})
    shown = scheduler.get_schedule(Name="shown")
    assert shown["ScheduleExpression"] == "cron(30 2 ? * MON-FRI *)"
    assert shown["ScheduleExpressionTimezone"] == "Europe/Zurich"
    assert shown["State"] == "DISABLED" and shown["Description"] == "nightly"
    assert shown["FlexibleTimeWindow"] == {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15}
    assert shown["StartDate"] == start and shown["GroupName"] == "default"
    assert shown["ActionAfterCompletion"] == "NONE"
    assert shown["Target"] == target | {
        "RetryPolicy": {"MaximumEventAgeInSeconds": 86400, "MaximumRetryAttempts": 185}}
    with pytest.raises(scheduler.exceptions.ConflictException):
        scheduler.create_schedule(
            Name="shown", ScheduleExpression="rate(1 day)", Target=target, FlexibleTimeWindow=OFF)
    scheduler.delete_schedule(Name="shown")


def test_the_same_request_twice_is_one(scheduler, target):
    request = {"Name": "twice", "ScheduleExpression": "cron(0 0 1 1 ? 2199)", "Target": target,
               "FlexibleTimeWindow": OFF, "ClientToken": "token-1"}
    assert scheduler.create_schedule(**request)["ScheduleArn"] == scheduler.create_schedule(**request)["ScheduleArn"]
    with pytest.raises(scheduler.exceptions.ConflictException):
        scheduler.create_schedule(**request | {"Description": "another"})


def test_groups_hold_schedules_and_take_them_along(scheduler, target):
    arn = scheduler.create_schedule_group(Name="team", Tags=[{"Key": "a", "Value": "1"}])["ScheduleGroupArn"]
    assert scheduler.get_schedule_group(Name="team")["State"] == "ACTIVE"
    for number in range(5):
        scheduler.create_schedule(
            Name=f"g{number}", GroupName="team", ScheduleExpression="rate(1 day)", Target=target,
            FlexibleTimeWindow=OFF, State="DISABLED")
    pages = scheduler.get_paginator("list_schedules").paginate(GroupName="team", PaginationConfig={"PageSize": 2})
    assert [[it["Name"] for it in page["Schedules"]] for page in pages] == [["g0", "g1"], ["g2", "g3"], ["g4"]]
    assert scheduler.list_schedules(GroupName="team", State="ENABLED")["Schedules"] == []
    assert {"team", "default"} <= {it["Name"] for it in scheduler.list_schedule_groups()["ScheduleGroups"]}
    scheduler.tag_resource(ResourceArn=arn, Tags=[{"Key": "b", "Value": "2"}])
    scheduler.untag_resource(ResourceArn=arn, TagKeys=["a"])
    assert scheduler.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "b", "Value": "2"}]
    scheduler.delete_schedule_group(Name="team")
    assert eventually(lambda: "team" not in {it["Name"] for it in scheduler.list_schedule_groups()["ScheduleGroups"]})
    with pytest.raises(scheduler.exceptions.ResourceNotFoundException):
        scheduler.get_schedule(Name="g0", GroupName="team")


@pytest.mark.parametrize("change, message", [
    ({"ScheduleExpression": "cron(0 10 * * * *)"}, r"Invalid Schedule Expression cron\(0 10 \* \* \* \*\)\."),
    ({"ScheduleExpressionTimezone": "Mars/Olympus"}, "Mars/Olympus"),
    ({"StartDate": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)}, "cannot be earlier than 5 minutes ago"),
    ({"FlexibleTimeWindow": {"Mode": "FLEXIBLE"}}, "MaximumWindowInMinutes"),
    ({"Arn": "arn:aws:states:us-east-1:000000000000:stateMachine:x"}, "does not support states"),
    ({"Arn": "arn:aws:scheduler:::aws-sdk:s3:putObject"}, "does not support s3:putObject"),
    ({"Arn": "nonsense"}, "Provided Arn is not in correct format."),
    ({"DeadLetterConfig": {"Arn": "arn:aws:sqs:us-east-1:000000000000:q"}}, "does not support DeadLetterConfig"),
    ({"Input": "not json"}, "valid JSON"),
])
def test_refusals(scheduler, target, change, message):
    of_target = {key: value for key, value in change.items() if key in ("Arn", "DeadLetterConfig", "Input")}
    rest = {key: value for key, value in change.items() if key not in of_target}
    request = {"Name": "refused", "ScheduleExpression": "rate(1 day)", "FlexibleTimeWindow": OFF,
               "Target": target | of_target} | rest
    with pytest.raises(scheduler.exceptions.ValidationException, match=message):
        scheduler.create_schedule(**request)


def test_a_role_that_trusts_another_service_is_refused(aws, scheduler, target):
    role = trusted(aws("iam"), name="of-lambda", service="lambda.amazonaws.com")
    with pytest.raises(scheduler.exceptions.ValidationException, match="must allow AWS EventBridge Scheduler to assume"):
        scheduler.create_schedule(
            Name="untrusted", ScheduleExpression="rate(1 day)", FlexibleTimeWindow=OFF,
            Target=target | {"RoleArn": role})
