[ -s /var/lib/press-store/schema ] || exit 1
echo "id=$(cat /var/lib/press-store/schema)" >>"$ASHLAR_OUTPUT"
