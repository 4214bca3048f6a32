rm -f "/var/lib/press-worker/lanes/$LANE/ink" "/var/lib/press-worker/lanes/$LANE/ink.new"
