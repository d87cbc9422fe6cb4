"""Concurrency: reserved, unreserved, provisioned; and tenants. The errors are AWS's."""
import base64
import concurrent.futures
import json

import botocore.exceptions
import pytest

from conftest import eventually, role_for, zipped

SLEEPER = """
import os, time
born = time.time_ns()
served = []
def handler(event, context):
    time.sleep(event.get("sleep", 0))
    served.append(context.tenant_id)
    return {"kind": os.environ["AWS_LAMBDA_INITIALIZATION_TYPE"], "born": born, "tenants": served}
"""


def refused(call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as error:
        call(**arguments)
    return error.value.response


def create(client, role, runtime, name, **settings):
    client.create_function(
        FunctionName=name, Runtime=runtime, Handler="app.handler", Role=role, Timeout=30,
        Code={"ZipFile": zipped({"app.py": SLEEPER})}, **settings,
    )
    client.get_waiter("function_active_v2").wait(FunctionName=name)
    return name


def at_once(client, names, sleep):
    """Invokes all of them at once; the reasons of those that were throttled, and None for the others."""

    def one(name):
        try:
            client.invoke(FunctionName=name, Payload=json.dumps({"sleep": sleep}))["Payload"].read()
        except client.exceptions.TooManyRequestsException as error:
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 429
            assert error.response["ResponseMetadata"]["HTTPHeaders"]["retry-after"] == "1"
            assert error.response["Error"]["Message"] == "Rate Exceeded."
            return error.response["Reason"]

    with concurrent.futures.ThreadPoolExecutor(len(names)) as pool:
        return list(pool.map(one, names))


def test_reserves_are_subtracted_from_everybody_elses(fresh_server, python_runtime):
    server = fresh_server("--concurrency-limit", "10")
    client = server.client("lambda")
    role = role_for(server.client("iam"))
    own, other = (create(client, role, python_runtime, name) for name in ("own", "other"))
    client.put_function_concurrency(FunctionName=own, ReservedConcurrentExecutions=7)
    limits = client.get_account_settings()["AccountLimit"]
    assert (limits["ConcurrentExecutions"], limits["UnreservedConcurrentExecutions"]) == (10, 3)
    reasons = at_once(client, [own] * 9 + [other] * 5, sleep=2)
    assert sorted(reasons[:9], key=str) == [None] * 7 + ["ReservedFunctionConcurrentInvocationLimitExceeded"] * 2
    assert sorted(reasons[9:], key=str) == ["ConcurrentInvocationLimitExceeded"] * 2 + [None] * 3
    # Nothing leaks: the same again.
    assert at_once(client, [other] * 3, sleep=0.1) == [None] * 3
    client.put_function_concurrency(FunctionName=own, ReservedConcurrentExecutions=0)
    assert at_once(client, [own], sleep=0) == ["ReservedFunctionConcurrentInvocationLimitExceeded"]
    client.delete_function_concurrency(FunctionName=own)
    assert at_once(client, [own] + [other] * 9, sleep=1) == [None] * 10


def test_requests_per_second_are_limited(aws, deploy):
    client, name = aws("lambda"), deploy(SLEEPER)
    client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=1)
    client.invoke(FunctionName=name)

    def reason():
        try:
            client.invoke(FunctionName=name)
        except client.exceptions.TooManyRequestsException as error:
            return error.response["Reason"]

    # Ten per second for the one execution that is allowed.
    assert eventually(reason) == "ReservedFunctionInvocationRateLimitExceeded"


def ready(client, name, qualifier):
    def look():
        config = client.get_provisioned_concurrency_config(FunctionName=name, Qualifier=qualifier)
        assert config["Status"] != "FAILED", config
        return config["Status"] == "READY" and config

    return eventually(look)


def test_provisioned_environments_are_initialised_ahead_and_spill_over(aws, deploy):
    client, name = aws("lambda"), deploy(SLEEPER, Timeout=30)
    version = client.publish_version(FunctionName=name)["Version"]
    client.create_alias(FunctionName=name, Name="live", FunctionVersion=version)
    made = client.put_provisioned_concurrency_config(
        FunctionName=name, Qualifier="live", ProvisionedConcurrentExecutions=2)
    assert made["Status"] == "IN_PROGRESS" and made["RequestedProvisionedConcurrentExecutions"] == 2
    config = ready(client, name, "live")
    assert config["AvailableProvisionedConcurrentExecutions"] == 2
    assert config["AllocatedProvisionedConcurrentExecutions"] == 2

    def call(_):
        response = client.invoke(
            FunctionName=name, Qualifier="live", Payload=json.dumps({"sleep": 1}), LogType="Tail")
        return json.loads(response["Payload"].read())["kind"], response["LogResult"]

    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        seen = list(pool.map(call, range(3)))
    assert sorted(kind for kind, _ in seen) == ["on-demand", "provisioned-concurrency", "provisioned-concurrency"]
    listed = client.list_provisioned_concurrency_configs(FunctionName=name)["ProvisionedConcurrencyConfigs"]
    assert [item["FunctionArn"].rsplit(":", 1)[1] for item in listed] == ["live"]
    # Their init was nobody's cold start.
    for kind, tail in seen:
        report = base64.b64decode(tail).decode()
        assert ("Init Duration" in report) == (kind == "on-demand"), report
    client.delete_provisioned_concurrency_config(FunctionName=name, Qualifier="live")
    error = refused(client.get_provisioned_concurrency_config, FunctionName=name, Qualifier="live")
    assert error["Error"]["Code"] == "ProvisionedConcurrencyConfigNotFoundException"
    error = refused(client.put_provisioned_concurrency_config, FunctionName=name, Qualifier="$LATEST",
                    ProvisionedConcurrentExecutions=1)
    assert error["Error"]["Code"] == "InvalidParameterValueException"


def test_provisioned_environments_follow_the_alias_and_are_made_again(aws, deploy):
    client, name = aws("lambda"), deploy(SLEEPER)
    first = client.publish_version(FunctionName=name)["Version"]
    client.create_alias(FunctionName=name, Name="live", FunctionVersion=first)
    client.put_provisioned_concurrency_config(FunctionName=name, Qualifier="live", ProvisionedConcurrentExecutions=1)
    ready(client, name, "live")
    client.update_function_code(FunctionName=name, ZipFile=zipped({"app.py": """
import os
def handler(event, context):
    if event.get("die"): os._exit(1)
    return os.environ["AWS_LAMBDA_INITIALIZATION_TYPE"] + " " + os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
"""}))
    client.get_waiter("function_updated_v2").wait(FunctionName=name)
    second = client.publish_version(FunctionName=name)["Version"]
    client.update_alias(FunctionName=name, Name="live", FunctionVersion=second)

    def kind():
        ready(client, name, "live")
        return json.loads(client.invoke(FunctionName=name, Qualifier="live")["Payload"].read())

    assert kind() == f"provisioned-concurrency {second}"
    died = client.invoke(FunctionName=name, Qualifier="live", Payload=json.dumps({"die": True}))
    assert died["FunctionError"] == "Unhandled"
    assert eventually(lambda: kind() == f"provisioned-concurrency {second}")


def test_provisioned_environments_survive_a_restart(fresh_server, python_runtime):
    server = fresh_server()
    client = server.client("lambda")
    name = create(client, role_for(server.client("iam")), python_runtime, "f")
    version = client.publish_version(FunctionName=name)["Version"]
    client.put_provisioned_concurrency_config(
        FunctionName=name, Qualifier=version, ProvisionedConcurrentExecutions=2)
    ready(client, name, version)
    server.kill()
    server.start()
    client = server.client("lambda")
    assert ready(client, name, version)["AvailableProvisionedConcurrentExecutions"] == 2
    answer = json.loads(client.invoke(FunctionName=name, Qualifier=version)["Payload"].read())
    assert answer["kind"] == "provisioned-concurrency"


def test_an_init_that_fails_is_told(aws, deploy):
    client, name = aws("lambda"), deploy("raise ValueError('no')")
    version = client.publish_version(FunctionName=name)["Version"]
    client.put_provisioned_concurrency_config(
        FunctionName=name, Qualifier=version, ProvisionedConcurrentExecutions=1)

    def failed():
        config = client.get_provisioned_concurrency_config(FunctionName=name, Qualifier=version)
        return config["Status"] == "FAILED" and config

    assert eventually(failed)["StatusReason"] == "FUNCTION_ERROR_INIT_FAILURE"


def test_tenants_never_share_an_environment(aws, deploy, node_runtime):
    client = aws("lambda")
    name = deploy(SLEEPER, TenancyConfig={"TenantIsolationMode": "PER_TENANT"})
    config = client.get_function_configuration(FunctionName=name)
    assert config["TenancyConfig"] == {"TenantIsolationMode": "PER_TENANT"}

    def call(tenant):
        return json.loads(client.invoke(FunctionName=name, TenantId=tenant)["Payload"].read())

    blue, green, again = call("blue"), call("green"), call("blue")
    assert blue["born"] == again["born"] != green["born"]
    assert again["tenants"] == ["blue", "blue"] and green["tenants"] == ["green"]

    error = refused(client.invoke, FunctionName=name)
    assert error["Error"]["Code"] == "InvalidParameterValueException"
    assert error["Error"]["Message"] == (
        "The invoked function is enabled with tenancy configuration. Add a valid tenant ID in your request and try "
        "again.")
    plain = deploy(SLEEPER)
    error = refused(client.invoke, FunctionName=plain, TenantId="blue")
    assert error["Error"]["Code"] == "InvalidParameterValueException"
    assert "TenancyConfig" not in client.get_function_configuration(FunctionName=plain)
    error = refused(client.create_function_url_config, FunctionName=name, AuthType="NONE")
    assert "tenancy" in error["Error"]["Message"]
    # Asynchronously, too.
    accepted = client.invoke(FunctionName=name, TenantId="red", InvocationType="Event")
    assert accepted["StatusCode"] == 202
    assert eventually(lambda: len(call("red")["tenants"]) >= 2)

    node = deploy({"app.js": "exports.handler = async (event, context) => context.tenantId;"}, runtime=node_runtime,
                  TenancyConfig={"TenantIsolationMode": "PER_TENANT"})
    assert json.loads(client.invoke(FunctionName=node, TenantId="a b")["Payload"].read()) == "a b"
