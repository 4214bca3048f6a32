said=$(timeout 10 bash -c 'exec 3<>"/dev/tcp/$HOST/$AT" && echo "has first" >&3 && cat <&3') || exit 2
case $said in
    yes) echo "job=first" >>"$ASHLAR_OUTPUT" ;;
    no) exit 1 ;;
    *) exit 2 ;;
esac
