[ -e /etc/kept/0.conf ]
