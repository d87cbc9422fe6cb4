#!/bin/bash
# Freehold as a user installs it: the shipped unit, the AWS CLI v2 of Debian and boto3 as clients. Fails at the first
# thing that is not as it should be.
set -euo pipefail
. /payload/settings
# Debian's own command line tool would run with these packages; only boto3 shall.
packages=$PYTHONPATH
unset PYTHONPATH

fail() {
    echo "FAILED: $*"
    systemctl status --no-pager --full freehold || true
    journalctl --no-pager -u freehold | tail -n 60
    exit 1
}
# until_true WHAT COMMAND...: within two minutes, as nobody tells when.
until_true() {
    local what=$1
    shift
    for _ in $(seq 1200); do
        if "$@" >/dev/null 2>&1; then return; fi
        sleep 0.1
    done
    fail "$what"
}
main_pid() { systemctl show --property=MainPID --value freehold; }
started_anew() { [ "$(main_pid)" != 0 ] && [ "$(main_pid)" != "$1" ]; }
accepts() {
    local lines
    lines=$(/usr/bin/freehold env) && eval "$lines" && curl --silent --output /dev/null "$AWS_ENDPOINT_URL"
}
# Debian 12's does not know the variable yet.
aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }
# Sandboxes' control groups, zygotes and wardens outlive nobody.
nothing_is_left() { ! find /sys/fs/cgroup -type d -name 'freehold-*' | grep -q . && ! pgrep -f /usr/bin/freehold; }

install -m 0755 /payload/bin/freehold /usr/bin/
install -m 0644 "$REPOSITORY/packaging/freehold.service" /etc/systemd/system/
install -m 0644 "$REPOSITORY/packaging/freehold.sysusers" /usr/lib/sysusers.d/freehold.conf
systemd-sysusers
systemctl daemon-reload
systemd-analyze verify /etc/systemd/system/freehold.service
systemctl enable --now freehold
until_true "it does not accept requests" accepts
[ "$(stat -c %U "/proc/$(main_pid)")" = freehold ] || fail "the server runs as $(stat -c %U "/proc/$(main_pid)")"
eval "$(/usr/bin/freehold env)"
export AWS_PAGER=

echo "-- deploy and invoke by the AWS CLI"
work=$(mktemp -d)
cp "$REPOSITORY/crates/freehold/sample/lambda_function.py" "$work/"
(cd "$work" && python3 -m zipfile -c function.zip lambda_function.py)
trust='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
role=$(aws iam create-role --role-name vm --assume-role-policy-document "$trust" --query Role.Arn --output text)
runtime=$(/usr/bin/freehold --json runtimes | python3 -c 'import json, sys
print(next(r["name"] for r in json.load(sys.stdin) if r["name"].startswith("python")))')
aws lambda create-function --function-name hello --runtime "$runtime" --handler lambda_function.lambda_handler \
    --role "$role" --zip-file "fileb://$work/function.zip" --query State --output text
aws lambda wait function-active-v2 --function-name hello
call() {
    aws lambda invoke --function-name hello --cli-binary-format raw-in-base64-out --payload '{"name": "Ada"}' "$work/answer" >/dev/null
    grep -q 'Hello, Ada!' "$work/answer" || fail "it answered: $(cat "$work/answer")"
}
call
echo "-- invoke by boto3"
PYTHONPATH=$packages python3 - <<'P' || fail "boto3"
import json, boto3
answer = json.load(boto3.client("lambda").invoke(FunctionName="hello", Payload=b'{"name": "Grace"}')["Payload"])
assert json.loads(answer["body"]) == "Hello, Grace!", answer
P
echo "-- killed"
before=$(main_pid)
systemctl kill --kill-whom=all -s KILL freehold
until_true "systemd does not start it again" started_anew "$before"
until_true "it does not accept requests after the kill" accepts
eval "$(/usr/bin/freehold env)"
call
echo "-- only the server killed"
before=$(main_pid)
kill -KILL "$before"
until_true "systemd does not start it again" started_anew "$before"
until_true "it does not accept requests after the second kill" accepts
eval "$(/usr/bin/freehold env)"
call
echo "-- stopped"
systemctl stop freehold
[ "$(systemctl show --property=Result --value freehold)" = success ] || fail "it did not stop by itself"
until_true "something outlives the stopped server" nothing_is_left
journalctl --no-pager -u freehold | grep -E 'WARN|ERROR' || true
echo "-- done"
