said=$(timeout 10 bash -c 'exec 3<>"/dev/tcp/$HOST/$AT" && echo "drop first" >&3 && cat <&3')
[ "$said" = dropped ]
