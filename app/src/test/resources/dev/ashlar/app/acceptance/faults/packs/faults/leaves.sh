touch /run/leaving
while ! test -e /run/go; do sleep 0.2; done
rm -f /etc/came
