for question in $QUESTIONS; do
    export place="${question%/*}" ask="${question##*/}"
    said=$(timeout 10 bash -c 'exec 3<>"/dev/tcp/$place" && echo "$ask" >&3 && cat <&3')
    echo "$question: $said"
    [ -n "$said" ]
done
echo "all well" >/var/lib/press-watch/page/index
