rm -f /srv/press/jobs
