cmp -s /srv/tried/wanted /srv/tried/said
