#!/bin/bash
# Asks who serves a page, in the stead of who asks here.
cd /etc/press-balancer || exit 1
read -r page
[ "$page" != size ] || exec grep -c . pool
while read -r name address port; do
    [ "$name" = "$page" ] || continue
    exec 3<>"/dev/tcp/$address/$port" && echo page >&3 && cat <&3 && exit
done <pool
cat sorry 2>/dev/null || echo "no such page"
