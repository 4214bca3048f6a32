rm -f /var/lib/press-watch/page/index
