# Exit code 0 is healthy. Ask for what it is there for: that its unit is active says little.
cmp -s "$SAID" "$WANTED"
