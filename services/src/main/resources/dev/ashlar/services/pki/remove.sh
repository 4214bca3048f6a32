# Takes back a private key that request.sh has made; leaves one that was there before. Input: KEY.
set -eu
made=${KEY%/*}/.${KEY##*/}.made
if [ -e "$made" ]; then
    rm -f "$KEY" "$KEY.next" "$KEY.new" "$KEY.next.new" "$made"
    rm -f "${KEY%/*}/certificate.pem.next" "${KEY%/*}/certificate.pem.new"
fi
