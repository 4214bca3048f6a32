echo "it stays"
exit 9
