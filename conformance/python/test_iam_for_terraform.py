"""IAM operations that Terraform calls for roles and policies."""
import json

import pytest


def test_a_role_and_a_policy_as_terraform_reads_them(aws, role):
    iam = aws("iam")
    trust = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}}
    allow = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
    iam.create_role(RoleName="terraformed", AssumeRolePolicyDocument=json.dumps(trust))
    iam.update_role(RoleName="terraformed", Description="by hand", MaxSessionDuration=7200)
    described = iam.update_role_description(RoleName="terraformed", Description="again")["Role"]
    assert (described["Description"], described["MaxSessionDuration"]) == ("again", 7200)
    assert iam.list_instance_profiles_for_role(RoleName="terraformed")["InstanceProfiles"] == []
    with pytest.raises(iam.exceptions.NoSuchEntityException, match="The role with name nobody cannot be found."):
        iam.update_role(RoleName="nobody")
    arn = iam.create_policy(PolicyName="terraformed", PolicyDocument=json.dumps(allow))["Policy"]["Arn"]
    version, = iam.list_policy_versions(PolicyArn=arn)["Versions"]
    assert version["VersionId"] == "v1" and version["IsDefaultVersion"] and "Document" not in version
    iam.delete_policy(PolicyArn=arn)
    iam.delete_role(RoleName="terraformed")
