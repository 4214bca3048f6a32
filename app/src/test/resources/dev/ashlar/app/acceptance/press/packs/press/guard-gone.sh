rm -f "/srv/press/$SITE.word" "/srv/press/$SITE.word.new"
