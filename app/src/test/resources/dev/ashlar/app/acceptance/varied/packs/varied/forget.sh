#!/bin/sh
rm -f /etc/varied-token
