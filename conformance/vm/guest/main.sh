#!/bin/bash
# Runs the checks that /payload/checks lists, inside the virtual machine, and writes their logs and exit codes as an
# archive to the third disk. Each check is a unit of its own, so that it has a control group of its own.
set -u
. /payload/settings
export PATH=/payload/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LANG=C.UTF-8 PYTHONPATH=/payload/python PYTHONDONTWRITEBYTECODE=1 FREEHOLD_TEST_BINARY=/payload/bin/freehold
if [ -x /payload/bin/rust-function ]; then export FREEHOLD_TEST_RUST_FUNCTION=/payload/bin/rust-function; fi
results=/results
guest=/payload/repository/conformance/vm/guest
mkdir -p "$results" "$(dirname "$REPOSITORY")"
ln -sfn /payload/repository "$REPOSITORY"
uname -srvm >"$results/kernel"
# The emulated network has a name server of its own.
ip link set "$(basename "$(ls -d /sys/class/net/en* | head -n 1)")" up
ip address add 10.0.2.15/24 dev "$(basename "$(ls -d /sys/class/net/en* | head -n 1)")"
ip route add default via 10.0.2.2
echo "nameserver 10.0.2.3" >/etc/resolv.conf

# unit DELEGATE PROGRAM...: as systemd starts a service.
unit() {
    local delegate=$1
    shift
    systemd-run --quiet --wait --pipe --collect --property="Delegate=$delegate" --property=KillMode=mixed \
        --property=LimitNOFILE=1048576 --property=TasksMax=infinity --setenv=PATH="$PATH" --setenv=LANG="$LANG" \
        --setenv=PYTHONPATH="$PYTHONPATH" --setenv=PYTHONDONTWRITEBYTECODE=1 \
        --setenv=FREEHOLD_TEST_BINARY="$FREEHOLD_TEST_BINARY" \
        --setenv=FREEHOLD_TEST_RUST_FUNCTION="${FREEHOLD_TEST_RUST_FUNCTION:-}" --setenv=FREEHOLD_LEAK_FORKS="${FORKS_NOW:-}" \
        --working-directory="${DIRECTORY:-$REPOSITORY}" "$@"
}

check_doctor() {
    # Nothing missing, and nothing that would only be done without either.
    freehold doctor && ! freehold doctor | grep -q '^skipped'
}
check_warden() { FORKS_NOW=60 unit yes /payload/bin/warden-it $ONLY; }
check_undelegated() { FORKS_NOW=60 unit no /payload/bin/warden-it $ONLY; }
check_fleet() { unit yes /payload/bin/fleet-it $ONLY; }
check_service() { bash "$guest/service.sh"; }
check_probes() {
    unit yes /usr/bin/python3 -m pytest -q -p no:cacheprovider conformance/python/test_isolation.py \
        conformance/python/test_escape.py
}
check_leaks() { FORKS_NOW=$FORKS unit yes /payload/bin/warden-it many_forks; }
check_bench() {
    nproc
    grep -E '^(MemTotal|MemAvailable)' /proc/meminfo
    unit yes /payload/bin/bench-coldstart --binary /payload/bin/freehold-release --rust-function /payload/bin/rust-function \
        --out "$results/bench" $BENCH
}

while read -r check; do
    echo "== $check"
    begin=$SECONDS
    "check_$check" 2>&1 | tee "$results/$check.log"
    echo "${PIPESTATUS[0]}" >"$results/$check.exit"
    echo "== $check: exit $(cat "$results/$check.exit") after $((SECONDS - begin)) s"
done </payload/checks
dmesg >"$results/dmesg.log"
journalctl --no-pager -b >"$results/journal.log" 2>&1
# A bare archive on a bare disk can be read by a host of any kind.
tar -C "$results" -cf /dev/vdc .
sync
