rm -f /var/lib/press-store/columns
