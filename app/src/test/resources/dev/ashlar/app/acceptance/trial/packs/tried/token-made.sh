# Done where the token is; it is told as it was made.
[ -s /var/lib/tried/token ] || exit 1
echo "text=$(cat /var/lib/tried/token)" >>"$ASHLAR_OUTPUT"
