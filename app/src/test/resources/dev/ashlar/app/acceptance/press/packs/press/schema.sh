umask 027
cat /proc/sys/kernel/random/uuid >/var/lib/press-store/schema.new
mv /var/lib/press-store/schema.new /var/lib/press-store/schema
echo "id=$(cat /var/lib/press-store/schema)" >>"$ASHLAR_OUTPUT"
