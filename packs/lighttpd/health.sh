curl -fsS -o /dev/null "$URL"
