umask 077
cat /proc/sys/kernel/random/uuid >"/srv/press/$SITE.word.new"
mv "/srv/press/$SITE.word.new" "/srv/press/$SITE.word"
echo "word=$(cat "/srv/press/$SITE.word")" >>"$ASHLAR_OUTPUT"
