ink=/var/lib/press-worker/lanes/$LANE/ink
[ -s "$ink" ] || exit 1
echo "shade=$(cat "$ink")" >>"$ASHLAR_OUTPUT"
