#!/bin/sh
# Takes a member out of the list, dead or alive. One that was announced and never started is listed
# without a name.
set -eu
export ETCDCTL_API=3

ctl() {
    etcdctl --cacert "$CA" --cert "$CERT" --key "$KEY" --write-out simple \
        --dial-timeout 3s --command-timeout 5s "$@"
}

# Lines of: id, status, name, peer URLs, client URLs.
listed=$(ctl --endpoints "$ENDPOINT" member list)
line=$(printf '%s\n' "$listed" | awk -F', ' -v name="$MEMBER" -v url="$PEER_URL" '
    $3 == name || ($3 == "" && $4 == url) { print $1, $5; exit }')
id=${line%% *}
if [ -z "$id" ]; then
    printf '%s is not listed:\n%s\n' "$MEMBER" "$listed"
    # One without a name may be it, under an address that it had when it was announced.
    ! printf '%s\n' "$listed" | grep -q ', unstarted, '
    exit
fi

# Without a leader nobody writes until another has been elected. A dead member leads nobody.
clients=${line#* }
status=$(ctl --endpoints "$clients" endpoint status 2>/dev/null) || status=''
if [ "$(printf '%s\n' "$status" | awk -F', ' '{ print $5; exit }')" = true ]; then
    here=$(ctl --endpoints "$ENDPOINT" endpoint status)
    ctl --endpoints "$clients" move-leader "$(printf '%s\n' "$here" | awk -F', ' '{ print $2 }')"
fi

ctl --endpoints "$ENDPOINT" member remove "$id"
