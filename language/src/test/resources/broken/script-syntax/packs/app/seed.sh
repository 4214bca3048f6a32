#!/bin/sh
set -eu
if [ -e /etc/web.conf ]; then
    echo there
