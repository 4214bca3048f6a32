said=$(timeout 10 bash -c 'exec 3<>"/dev/tcp/$HOST/$AT" && echo "put first a sheet to begin with" >&3 && cat <&3')
[ "$said" = ordered ]
echo "job=first" >>"$ASHLAR_OUTPUT"
