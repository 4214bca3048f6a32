rm -f /var/lib/press-store/token /var/lib/press-store/token.new
