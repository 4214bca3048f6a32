# Puts the key that request.sh has made beside another in its place, with the certificate for it: one
# right after the other, so that nobody reads two that do not fit for longer than that. Inputs:
# DIRECTORY, CERTIFICATE (PEM). Run again, or by request.sh after it was cut short, it ends the same.
set -eu
umask 022
key=$DIRECTORY/key.pem
certificate=$DIRECTORY/certificate.pem

if [ -e "$key.next" ]; then
    printf '%s' "$CERTIFICATE" >"$certificate.new"
    mv -f "$certificate.new" "$certificate.next"
    mv -f "$key.next" "$key"
fi
if [ -e "$certificate.next" ]; then
    mv -f "$certificate.next" "$certificate"
fi
