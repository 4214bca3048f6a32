# Makes a private key where there is none and asks for a certificate with it. The key does not leave
# this machine. Inputs: DIRECTORY, OWNER, ALGORITHM (ec or rsa), ANEW (yes: a key that was made here
# is replaced). What stands in the way is told as `problem`, so that the caller can say it well;
# anything else ends the script. `clock` is this machine's time, in seconds since 1970 UTC.
set -eu
umask 077
LC_ALL=C
export LC_ALL
key=$DIRECTORY/key.pem
made=$DIRECTORY/.key.pem.made

clock=$(date +%s 2>/dev/null) || clock=

answer() {
    printf 'problem=%s\nclock=%s\nchanged=%s\nrequest=%s\ncertificate=%s\n' \
        "$1" "$clock" "$2" "$3" "$4" >"$ASHLAR_OUTPUT"
    exit 0
}

command -v openssl >/dev/null 2>&1 || answer no-openssl '' '' ''
id -u "$OWNER" >/dev/null 2>&1 || answer no-owner '' '' ''
[ -d "$DIRECTORY" ] || answer no-directory '' '' ''

changed=
if [ ! -e "$key" ] || { [ "$ANEW" = yes ] && [ -e "$made" ]; }; then
    # Born beside its place and moved there whole; the mark tells undo that it is ours.
    : >"$made"
    rm -f "$key.new"
    case $ALGORITHM in
        rsa) openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out "$key.new" ;;
        *) openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$key.new" ;;
    esac
    chown "$OWNER" "$key.new"
    mv -f "$key.new" "$key"
    changed=key
fi
if [ -n "$(find "$key" -prune ! -user "$OWNER")" ]; then
    chown "$OWNER" "$key"
    changed=key
fi
if [ -n "$(find "$key" -prune ! -perm 600)" ]; then
    chmod 600 "$key"
    changed=key
fi

# A configuration of its own: the machine's may be missing, or ask for more.
settings=$(mktemp)
trap 'rm -f "$settings" "$settings.request"' EXIT
printf '[req]\ndistinguished_name=name\n[name]\n' >"$settings"
openssl req -new -config "$settings" -key "$key" -subj /CN=ashlar -outform DER -out "$settings.request"
request=$(openssl base64 -A -in "$settings.request")

certificate=
if [ -f "$DIRECTORY/certificate.pem" ]; then
    certificate=$(openssl x509 -in "$DIRECTORY/certificate.pem" -outform DER 2>/dev/null | openssl base64 -A) || certificate=
fi
answer '' "$changed" "$request" "$certificate"
