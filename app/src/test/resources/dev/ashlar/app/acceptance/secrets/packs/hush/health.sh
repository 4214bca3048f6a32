cat "$WORD_FILE"
[ "$(cat "$WORD_FILE")" = "$(cat /etc/hush/secret)" ]
