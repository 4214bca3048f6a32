# Well when what listens says in its first line what it should.
said=$(timeout 5 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$AT" && echo "$ASK" >&3 && head -n 1 <&3')
[ "$said" = "$ANSWER" ]
