#!/bin/sh
# Lets this machine prove that it is the node @NODE@ of the cluster @CLUSTER@: run it there as root,
# or give it to cloud-init as user-data. It counts once, until @UNTIL@.
#
# Until then, whoever has this text can stand in for the machine. Keep it to yourself, and delete it
# when the machine has joined.
#
# It has each host key of the machine certified by the token below, lets sshd show the certificates,
# and keeps nothing of the token. To take it back: remove /etc/ssh/ashlar-*-cert.pub and the lines
# with HostCertificate.
set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin
umask 077

fail() {
    printf 'ashlar: %s\n' "$*" >&2
    exit 1
}

[ "$(id -u)" -eq 0 ] || fail 'this has to be run as root'
for program in ssh-keygen sshd; do
    command -v "$program" >/dev/null || fail "there is no $program on this machine"
done
# A machine that has never been started may have no keys yet, nor this folder, without which sshd
# says nothing.
ls /etc/ssh/ssh_host_*_key >/dev/null 2>&1 || ssh-keygen -A >/dev/null
[ -d /run/sshd ] || mkdir -m 0755 /run/sshd

config=$(readlink -f /etc/ssh/sshd_config)
folder=$(mktemp -d /run/ashlar-token.XXXXXX)
trap 'rm -rf "$folder" "$config.ashlar"' EXIT
trap 'exit 1' HUP INT QUIT PIPE TERM
cat >"$folder/token" <<'END_OF_TOKEN'
@TOKEN@
END_OF_TOKEN

# Some versions answer only for a given login where the configuration has a Match.
said() {
    sshd -T -C user=root,host=localhost,addr=127.0.0.1,laddr=127.0.0.1,lport=22 "$@"
}

# What sshd itself says that its keys are, wherever they lie. Of two certificates of one key it shows
# the one that is listed last.
said >"$folder/sshd" || fail 'sshd does not take its own configuration (sshd -T)'
other=$(sed -n 's/^hostcertificate //p' "$folder/sshd" | grep -v '^/etc/ssh/ashlar-' | head -n 1) || :
[ -z "$other" ] || fail "sshd shows another certificate: take it out, or list its authority at the site (host_authorities): $other"
grep -q '^hostkeyalgorithms .*-cert-v01@openssh\.com' "$folder/sshd" \
    || fail 'sshd is not to show certificates (HostKeyAlgorithms): nothing was changed'
: >"$folder/lines"
sed -n 's/^hostkey //p' "$folder/sshd" >"$folder/keys"
while read -r key; do
    ssh-keygen -y -P '' -f "$key" >"$folder/key.pub" 2>/dev/null || continue
    name=ashlar-${key##*/}-cert.pub
    ssh-keygen -q -s "$folder/token" -h -I '@PRINCIPAL@' -n '@PRINCIPAL@' "$folder/key.pub"
    mv "$folder/key-cert.pub" "$folder/$name"
    printf 'HostCertificate /etc/ssh/%s\n' "$name" >>"$folder/lines"
done <"$folder/keys"
rm -f "$folder/token"
[ -s "$folder/lines" ] || fail 'sshd has no host key that can be read'

# At the top: behind a Match it would be refused.
cp -p "$config" "$config.ashlar" || fail "$config cannot be written: it is as it was"
{
    cat "$folder/lines"
    grep -v '^HostCertificate /etc/ssh/ashlar-' "$config" || :
} >"$config.ashlar" || fail "$config cannot be written: it is as it was"
said -f "$config.ashlar" >"$folder/sshd" \
    || fail "sshd takes no certificates: $config is as it was"
for certificate in "$folder"/ashlar-*-cert.pub; do
    cat "$certificate" >"/etc/ssh/${certificate##*/}" \
        && chmod 0644 "/etc/ssh/${certificate##*/}" \
        || fail "/etc/ssh cannot be written: $config is as it was"
done
mv "$config.ashlar" "$config" || fail "$config cannot be replaced: it is as it was"

# Where it is not running, it reads them when it is started.
if [ -d /run/systemd/system ]; then
    for unit in ssh.service sshd.service; do
        ! systemctl --quiet is-active "$unit" || systemctl reload "$unit"
    done
elif [ -s /run/sshd.pid ]; then
    kill -HUP "$(cat /run/sshd.pid)"
fi
printf 'ashlar: from now on this machine shows that it is @NODE@ of @CLUSTER@\n'
