[ -s "/srv/press/$SITE.word" ] || exit 1
echo "word=$(cat "/srv/press/$SITE.word")" >>"$ASHLAR_OUTPUT"
