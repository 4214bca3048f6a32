echo "2 of $SCHEMA" >/var/lib/press-store/columns
echo "made=$(cat /var/lib/press-store/columns)" >>"$ASHLAR_OUTPUT"
