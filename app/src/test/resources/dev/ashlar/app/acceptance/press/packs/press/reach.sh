for page in $PAGES; do
    export page
    said=$(timeout 10 bash -c 'exec 3<>"/dev/tcp/$page" && echo page >&3 && cat <&3')
    echo "$page: $said"
    [ -n "$said" ]
done
