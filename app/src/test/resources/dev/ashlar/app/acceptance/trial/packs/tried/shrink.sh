rmdir /srv/grown
