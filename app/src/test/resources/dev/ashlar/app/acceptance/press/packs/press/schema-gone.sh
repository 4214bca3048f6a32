rm -f /var/lib/press-store/schema /var/lib/press-store/schema.new
