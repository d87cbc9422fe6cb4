"""Reaching the host's, the platform's and other functions' sockets."""
import errno
import json
import os
import socket
import struct
import urllib.error
import urllib.request

import signing
from probing import probe, refused

TIMEOUT_S = 1


def connects(address, port):
    try:
        with socket.create_connection((address, port), TIMEOUT_S):
            return f"connected to {address} port {port}"
    except OSError:
        return None


def gateways():
    """The routers that this namespace knows: the host's end of whatever leads out."""
    found = []
    for line in open("/proc/net/route").read().splitlines()[1:]:
        gateway = int(line.split()[2], 16)
        if gateway:
            found.append(socket.inet_ntoa(struct.pack("<I", gateway)))
    return found


@probe(control=True)
def connect_to_the_servers_port(event):
    for address in ["127.0.0.1", "localhost", "::1", *event["host_addresses"], *gateways()]:
        won = connects(address, event["port"])
        if won:
            return won
    return None


@probe(control=True)
def connect_to_a_service_of_the_host(event):
    for address in ["127.0.0.1", *event["host_addresses"], *gateways()]:
        won = connects(address, event["service_port"])
        if won:
            return won
    return None


@probe(control=True)
def abstract_socket_of_the_host(event):
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(TIMEOUT_S)
        try:
            client.connect("\0" + event["abstract_name"])
            return "connected to the host's abstract socket"
        except OSError:
            return None


@probe(control=True)
def socket_file_of_the_host(event):
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(TIMEOUT_S)
        try:
            client.connect(event["socket_path"])
            return "connected to the host's socket"
        except OSError:
            return None


@probe()
def metadata_service(event):
    return connects("169.254.169.254", 80) or connects("169.254.170.2", 80) or connects("100.100.100.200", 80)


@probe()
def private_networks(event):
    for address in ("10.0.0.1", "172.16.0.1", "172.17.0.1", "192.168.0.1", "192.168.1.1", "100.64.0.1"):
        for port in (22, 80, 443, 2375, 6443, 10250):
            with socket.socket() as client:
                client.setblocking(False)
                code = client.connect_ex((address, port))
                # Refused means that something answered: the packet has left the sandbox.
                if code == errno.EINPROGRESS:
                    import select
                    select.select([], [client], [], 0.05)
                    code = client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                    if code == 0:
                        try:
                            client.getpeername()
                        except OSError:
                            continue
                if code in (0, errno.ECONNREFUSED):
                    return f"{address} port {port} answered {errno.errorcode.get(code, code)}"
    return None


@probe()
def raw_packets(event):
    families = {"AF_PACKET": (17, 3, 0), "raw ICMP": (2, 3, 1), "raw TCP": (2, 3, 6), "AF_VSOCK": (40, 1, 0),
                "AF_ALG": (38, 5, 0), "AF_BLUETOOTH": (31, 3, 1), "AF_XDP": (44, 3, 0), "AF_KEY": (15, 3, 2),
                "netlink audit": (16, 3, 9), "netlink netfilter": (16, 3, 12), "netlink uevents": (16, 3, 15)}
    for name, arguments in families.items():
        try:
            socket.socket(*arguments).close()
            return f"opened {name}"
        except OSError:
            pass
    return None


@probe()
def change_ones_addresses_and_routes(event):
    """RTM_NEWADDR and RTM_NEWROUTE over routing netlink need a capability."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as netlink:
        # NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE; RTM_NEWADDR of 10.9.9.9/8 on interface 1.
        body = struct.pack("BBBBI", 2, 8, 0, 0, 1) + struct.pack("HH4B", 8, 2, 10, 9, 9, 9)
        netlink.send(struct.pack("IHHII", 16 + len(body), 20, 0x405, 1, 0) + body)
        answer = netlink.recv(4096)
        code = struct.unpack_from("i", answer, 16)[0]
        return None if code in (-errno.EPERM, -errno.EACCES) else f"netlink answered {code}"


@probe()
def bind_a_privileged_port(event):
    """Harmless in a namespace of one's own, but it needs a capability that nobody has."""
    with socket.socket() as server:
        try:
            server.bind(("0.0.0.0", 80))
            return None if open("/proc/sys/net/ipv4/ip_unprivileged_port_start").read().strip() == "0" else "bound port 80"
        except OSError:
            return None


@probe()
def packets_out_of_nowhere(event):
    return refused((41, 198), 17, 3, 0)


def ask(event, path, headers=None, body=None, method=None):
    """(status, text) of a request to the platform's endpoint as functions see it."""
    url = os.environ["AWS_ENDPOINT_URL"] + path
    request = urllib.request.Request(url, data=body, headers=headers or {}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()
    except OSError as problem:
        return 0, str(problem)


@probe()
def the_platforms_records_without_a_signature(event):
    for path in ("/_freehold/receipts", "/_freehold/cost", "/_freehold/code", "/_freehold/pools", "/2015-03-31/functions"):
        status, text = ask(event, path)
        if status == 200:
            return f"{path} answered {text[:100]}"
    return None


@probe()
def the_platforms_metrics(event):
    """Other functions' names and numbers are nobody's business inside a sandbox."""
    status, text = ask(event, "/metrics")
    return f"saw {text[:100]}" if status == 200 and event["victim"] in text else None


def as_role(event, service, path, body=None, method=None, keep_token=True, **overrides):
    headers, payload = signing.sign(method or ("POST" if body else "GET"), service, path, body or b"", keep_token, **overrides)
    return ask(event, path, headers, payload or None, method)


@probe()
def ones_role_may_not_read_the_victims_code(event):
    status, text = as_role(event, "lambda", f"/2015-03-31/functions/{event['victim']}")
    return f"{status} {text[:200]}" if status == 200 else expect_refusal(status, text)


@probe()
def ones_role_may_not_change_the_victim(event):
    body = json.dumps({"Environment": {"Variables": {}}}).encode()
    path = f"/2015-03-31/functions/{event['victim']}/configuration"
    status, text = as_role(event, "lambda", path, body, method="PUT")
    return f"{status} {text[:200]}" if status == 200 else expect_refusal(status, text)


@probe()
def ones_role_may_not_invoke_the_victim(event):
    status, text = as_role(event, "lambda", f"/2015-03-31/functions/{event['victim']}/invocations", b"{}")
    return f"{status} {text[:200]}" if status == 200 else expect_refusal(status, text)


@probe()
def ones_role_may_not_make_itself_an_administrator(event):
    form = b"Action=CreateUser&Version=2010-05-08&UserName=backdoor"
    status, text = as_role(event, "iam", "/", form)
    return f"{status} {text[:200]}" if status == 200 else expect_refusal(status, text)


@probe()
def ones_role_may_not_assume_another(event):
    form = ("Action=AssumeRole&Version=2011-06-15&RoleSessionName=x&RoleArn=" + event["victim_role"]).encode()
    status, text = as_role(event, "sts", "/", form)
    return f"{status} {text[:200]}" if status == 200 else expect_refusal(status, text)


@probe()
def credentials_without_their_token(event):
    status, text = as_role(event, "sts", "/", b"Action=GetCallerIdentity&Version=2011-06-15", keep_token=False)
    return f"{status} {text[:200]}" if status == 200 else None


@probe()
def credentials_with_another_ones_token(event):
    status, text = as_role(event, "sts", "/", b"Action=GetCallerIdentity&Version=2011-06-15", token="AAAA" + os.environ["AWS_SESSION_TOKEN"][4:])
    return f"{status} {text[:200]}" if status == 200 else None


@probe()
def pretend_to_be_another_function(event):
    """Names in headers and variables decide nothing."""
    os.environ["AWS_LAMBDA_FUNCTION_NAME"] = event["victim"]
    status, text = ask(event, "/_freehold/receipts", {"X-Amz-Function": event["victim"], "X-Forwarded-For": "127.0.0.1"})
    return f"{status} {text[:200]}" if status == 200 else None


def expect_refusal(status, text):
    """A refusal that isn't one of authorisation would prove nothing."""
    return None if status == 403 and "is not authorized to perform" in text else f"answered {status} {text[:200]}"
