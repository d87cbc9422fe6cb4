"""The handler's second argument."""

import json
import os
import time

from .answers import Fault
from .logs import write_record


class Fields:
    """An object with fixed attributes, read from a dictionary; missing ones are None."""

    __slots__ = ()

    def __init__(self, values):
        for field in self.__slots__:
            setattr(self, field, values.get(field))

    def __repr__(self):
        fields = ",".join("{}={}".format(field, getattr(self, field)) for field in self.__slots__)
        return "{}([{}])".format(type(self).__name__, fields)


class CognitoIdentity(Fields):
    __slots__ = ("cognito_identity_id", "cognito_identity_pool_id")


class Client(Fields):
    __slots__ = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")


class ClientContext(Fields):
    __slots__ = ("custom", "env", "client")

    def __init__(self, values):
        super().__init__(values)
        if self.client is not None:
            self.client = Client(self.client)


class LambdaContext:
    def __init__(self, header):
        self.aws_request_id = header["requestId"]
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = header["invokedFunctionArn"]
        self.tenant_id = header.get("tenantId")
        client_context = _parse(header.get("clientContext"), "Client Context")
        self.client_context = None if client_context is None else ClientContext(client_context)
        identity = _parse(header.get("identity"), "Cognito Identity") or {}
        self.identity = CognitoIdentity(
            {
                "cognito_identity_id": identity.get("cognitoIdentityId"),
                "cognito_identity_pool_id": identity.get("cognitoIdentityPoolId"),
            }
        )
        self._epoch_deadline_time_in_ms = header["deadlineMs"]

    def get_remaining_time_in_millis(self):
        return max(0, self._epoch_deadline_time_in_ms - int(time.time() * 1000))

    def log(self, msg):
        write_record(str(msg))

    def __repr__(self):
        names = (
            "aws_request_id log_group_name log_stream_name function_name memory_limit_in_mb function_version "
            "invoked_function_arn client_context identity tenant_id"
        ).split()
        return "LambdaContext([{}])".format(",".join("{}={}".format(n, getattr(self, n)) for n in names))


def _parse(text, name):
    if not text:
        return None
    try:
        return json.loads(text)
    except Exception as error:
        message = "Unable to parse {} JSON: {}".format(name, error)
        raise Fault("Runtime.LambdaContextUnmarshalError", message) from error
