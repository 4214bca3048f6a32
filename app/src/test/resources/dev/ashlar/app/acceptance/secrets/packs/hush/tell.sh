secret=$(cat "$WORD_FILE")
echo "plain: $secret"
printf %s "$secret" | base64 -w0
echo
printf 'moved %s' "$secret" | base64 -w0
echo
printf %s "$secret" | od -An -v -tx1 | tr -d ' \n'
echo
echo "in the wrong place: $secret" >&2
touch /run/waiting
until [ -e /run/go ]; do sleep 0.1; done
rm -f /run/waiting
[ "$BROKEN" = false ] || exit 3
