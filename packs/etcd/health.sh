#!/bin/sh
# Healthy: the members list this one as started, and it answers a linearised read within 5 seconds,
# which takes a quorum.
set -eu
export ETCDCTL_API=3

ctl() {
    etcdctl --endpoints "$ENDPOINT" --cacert "$CA" --cert "$CERT" --key "$KEY" \
        --dial-timeout 3s --command-timeout 5s "$@"
}

ctl endpoint health

listed=$(ctl member list)
case $listed in
    *", started, $MEMBER, "*) ;;
    *)
        printf 'member %s is not listed as started:\n%s\n' "$MEMBER" "$listed" >&2
        exit 1
        ;;
esac
