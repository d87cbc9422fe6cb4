"""`EphemeralStorage`: `/tmp` has the size that was asked for, to the last block, and no other size can be asked for."""
import re
import shutil
import subprocess
import tempfile

import botocore.config
import botocore.exceptions
import pytest

from conftest import binary

MIB = 1024 * 1024

FILL = '''
import errno, os

def size():
    found = os.statvfs("/tmp")
    return found.f_blocks * found.f_frsize

def handler(event, context):
    written, problem, block = 0, None, os.urandom(1 << 20)
    with open("/tmp/filled", "wb", buffering=0) as file:
        while written < event["atMost"]:
            try:
                written += file.write(block)
            except OSError as error:
                problem = errno.errorcode[error.errno]
                break
    os.remove("/tmp/filled")
    # What was removed is free again.
    with open("/tmp/again", "wb") as file:
        file.write(block)
    os.remove("/tmp/again")
    return [written, problem, size()]
'''


def room_for(mib):
    found = subprocess.run([binary(), "doctor"], capture_output=True, text=True).stdout
    if not re.search(r"^ok +disk-backed /tmp", found, re.MULTILINE):
        pytest.skip("/tmp is in memory on this host, which has no loop devices or mkfs.ext4")
    if shutil.disk_usage(tempfile.gettempdir()).free < 2 * mib * MIB:
        pytest.skip(f"less than {2 * mib} MiB are free on this host")


@pytest.mark.parametrize("mib", [512, 1024])
def test_a_full_tmp(deploy, invoke, aws, mib):
    room_for(mib)
    name = deploy(FILL, Timeout=120, MemorySize=512, EphemeralStorage={"Size": mib})
    assert aws("lambda").get_function_configuration(FunctionName=name)["EphemeralStorage"] == {"Size": mib}
    for _ in range(2):
        answer, response = invoke(name, {"atMost": 2 * mib * MIB})
        assert "FunctionError" not in response, answer
        written, problem, size = answer
        assert problem == "ENOSPC"
        # What a file system needs for itself is not counted; the last block of the file's own is.
        assert mib * MIB - MIB <= written <= mib * MIB <= size < 1.05 * mib * MIB


def test_the_largest_tmp(deploy, invoke, aws):
    room_for(1200)
    name = deploy(FILL, Timeout=240, MemorySize=512)
    aws("lambda").update_function_configuration(FunctionName=name, EphemeralStorage={"Size": 10240})
    aws("lambda").get_waiter("function_updated_v2").wait(FunctionName=name)
    answer, response = invoke(name, {"atMost": 1200 * MIB})
    assert "FunctionError" not in response, answer
    written, problem, size = answer
    assert (written, problem) == (1200 * MIB, None) and 10240 * MIB <= size < 1.05 * 10240 * MIB


BELOW = "1 validation error detected: Value '{}' at 'ephemeralStorage.size' failed to satisfy constraint: Member must have value " \
        "greater than or equal to 512"
ABOVE = "'EphemeralStorage.Size' value failed to satisfy constraint: Member must have value less than or equal to 10240"


@pytest.mark.parametrize("mib, code, message", [
    (511, "ValidationException", BELOW), (0, "ValidationException", BELOW), (10241, "InvalidParameterValueException", ABOVE)])
def test_sizes_out_of_range(server, aws, deploy, mib, code, message):
    name = deploy("def handler(event, context):\n    return 1\n", name=f"storage-{mib}")
    # As a client would say it that does not check by itself.
    client = server.client("lambda", config=botocore.config.Config(parameter_validation=False, retries={"total_max_attempts": 1}))
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        client.update_function_configuration(FunctionName=name, EphemeralStorage={"Size": mib})
    error = caught.value.response
    assert error["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert error["Error"]["Code"] == code and error["Error"]["Message"] == message.format(mib)
    assert aws("lambda").get_function_configuration(FunctionName=name)["EphemeralStorage"] == {"Size": 512}
