rm -f /var/lib/press-names/serial /var/lib/press-names/serial.new
