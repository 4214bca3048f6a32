[ -s /var/lib/press-names/serial ] || exit 1
echo "number=$(cat /var/lib/press-names/serial)" >>"$ASHLAR_OUTPUT"
