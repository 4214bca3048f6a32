# Makes a private key where there is none and asks for a certificate with it. The key does not leave
# this machine. Inputs: DIRECTORY, OWNER, ALGORITHM (ec or rsa), ANEW (yes: another is made beside
# one that was made here, as key.pem.next, and asked for with; install.sh puts it in its place). What
# stands in the way is told as `problem`, so that the caller can say it well; anything else ends the
# script. `changed` is `key` where key.pem is another or was mended, `next` where the request is of
# key.pem.next. `clock` is this machine's time, in seconds since 1970 UTC.
set -eu
umask 077
LC_ALL=C
export LC_ALL
key=$DIRECTORY/key.pem
certificate=$DIRECTORY/certificate.pem
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

# Makes a key at $1: born beside its place and moved there whole.
born() {
    rm -f "$1.new"
    case $ALGORITHM in
        rsa) openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out "$1.new" ;;
        *) openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.new" ;;
    esac
    chown "$OWNER" "$1.new"
    mv -f "$1.new" "$1"
}

changed=
# What install.sh was cut short in is ended first; a key without a certificate is nobody's.
if [ -e "$certificate.next" ]; then
    [ ! -e "$key.next" ] || mv -f "$key.next" "$key"
    mv -f "$certificate.next" "$certificate"
    changed=key
fi
rm -f "$key.next"
if [ ! -e "$key" ]; then
    : >"$made" # tells undo that it is ours
    born "$key"
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

asking=$key
if [ "$ANEW" = yes ] && [ -e "$made" ]; then
    asking=$key.next
    born "$asking"
    changed=next
fi

# A configuration of its own: the machine's may be missing, or ask for more.
settings=$(mktemp)
trap 'rm -f "$settings" "$settings.request"' EXIT
printf '[req]\ndistinguished_name=name\n[name]\n' >"$settings"
openssl req -new -config "$settings" -key "$asking" -subj /CN=ashlar -outform DER -out "$settings.request"
request=$(openssl base64 -A -in "$settings.request")

there=
if [ -f "$certificate" ]; then
    there=$(openssl x509 -in "$certificate" -outform DER 2>/dev/null | openssl base64 -A) || there=
fi
answer '' "$changed" "$request" "$there"
