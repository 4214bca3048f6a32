#!/bin/sh
# Announces a member to the others and tells it who they are. It has never been started: who is
# listed under its name already was on a machine that is no more.
set -eu
export ETCDCTL_API=3

ctl() {
    etcdctl --endpoints "$ENDPOINT" --cacert "$CA" --cert "$CERT" --key "$KEY" \
        --write-out simple --dial-timeout 3s --command-timeout 5s "$@"
}

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# Lines of: id, status, name, peer URLs, client URLs. Who was never started has no name.
listed=$(ctl member list)
at_url=$(printf '%s\n' "$listed" | awk -F', ' -v url="$PEER_URL" '$4 == url { print $3 "!" $1 }')
case $at_url in
    '') ;;
    "!"*) printf 'announced before: %s\n' "$at_url" ;;
    "$MEMBER!"*) ctl member remove "${at_url#*!}" ;;
    *) fail "$PEER_URL is the address of ${at_url%%!*}, not of $MEMBER" ;;
esac

case $at_url in
    "!"*)
        # Cut short after it had been announced: the list is the answer that was lost.
        view=$(printf '%s\n' "$listed" | awk -F', ' -v url="$PEER_URL" -v name="$MEMBER" '
            { printf "%s%s=%s", (NR > 1 ? "," : ""), ($4 == url ? name : $3), $4 }')
        ;;
    *)
        # ETCD_INITIAL_CLUSTER="NAME=URL,NAME=URL"
        added=$(ctl member add "$MEMBER" --peer-urls "$PEER_URL")
        printf '%s\n' "$added"
        view=$(printf '%s\n' "$added" | sed -n 's/^ETCD_INITIAL_CLUSTER="\(.*\)"$/\1/p')
        ;;
esac
[ -n "$view" ] || fail "etcdctl did not say who the members are"
case ",$view" in
    *,=*) fail "another member has been announced and not started: $view" ;;
esac

peers=$(printf '%s\n' "$view" | sed 's/\([^=,]*\)=\([^,]*\)/{"name":"\1","url":"\2"}/g')
printf 'peers=[%s]\n' "$peers" >>"$ASHLAR_OUTPUT"
