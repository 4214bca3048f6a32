[ -s /var/lib/press-store/columns ] || exit 1
echo "made=$(cat /var/lib/press-store/columns)" >>"$ASHLAR_OUTPUT"
