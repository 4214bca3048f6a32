export ASK="enter $MEMBER $PASS"
said=$(timeout 10 bash -c 'exec 3<>"/dev/tcp/$HOST/$AT" && echo "$ASK" >&3 && cat <&3')
echo "the store says: $said"
[ "$said" = welcome ]
