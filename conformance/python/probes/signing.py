"""Signature Version 4 with the standard library alone: what a hostile function would bring along."""
import datetime
import hashlib
import hmac
import os
import urllib.parse


def sign(method, service, path, body, keep_token=True, token=None):
    """Headers of a signed request, and its body."""
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    host = urllib.parse.urlsplit(os.environ["AWS_ENDPOINT_URL"]).netloc
    kind = "application/json" if service == "lambda" else "application/x-www-form-urlencoded"
    headers = {"content-type": kind, "host": host, "x-amz-date": now}
    if keep_token:
        headers["x-amz-security-token"] = token or os.environ["AWS_SESSION_TOKEN"]
    names = ";".join(sorted(headers))
    canonical = "\n".join([method, urllib.parse.quote(path), "", *(f"{name}:{headers[name]}" for name in sorted(headers)), "",
                           names, hashlib.sha256(body).hexdigest()])
    scope = f"{now[:8]}/{os.environ['AWS_REGION']}/{service}/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + os.environ["AWS_SECRET_ACCESS_KEY"]).encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    headers["authorization"] = (f"AWS4-HMAC-SHA256 Credential={os.environ['AWS_ACCESS_KEY_ID']}/{scope}, "
                                f"SignedHeaders={names}, Signature={signature}")
    del headers["host"]
    return headers, body
