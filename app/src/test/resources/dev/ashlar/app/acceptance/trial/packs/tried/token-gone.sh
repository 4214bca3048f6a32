rm -rf /var/lib/tried
