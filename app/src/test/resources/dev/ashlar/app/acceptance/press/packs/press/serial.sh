date +%s >/var/lib/press-names/serial.new
mv /var/lib/press-names/serial.new /var/lib/press-names/serial
echo "number=$(cat /var/lib/press-names/serial)" >>"$ASHLAR_OUTPUT"
