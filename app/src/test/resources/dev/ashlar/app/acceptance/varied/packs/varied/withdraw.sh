#!/bin/sh
sleep 1
rm -f /etc/varied-announced
