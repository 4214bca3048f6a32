said=$(timeout 10 bash -c 'exec 3<>"/dev/tcp/$HOST/$AT" && echo jobs >&3 && cat <&3')
case $said in *end) echo "$said" >/srv/press/jobs ;; *) exit 1 ;; esac
