#!/bin/sh
# One question to the store, from standard input, and its answer.
cd /var/lib/press-store || exit 1
. /etc/press-store/store.conf
read -r verb name rest
case $name in */* | .*) verb=refused ;; esac
[ ! -e /etc/press-store/audit ] || echo "$verb $name" >>"$(cat /etc/press-store/audit)"
case $verb in
    status) echo "schema $schema" ;;
    enter)
        if [ -n "$rest" ] && [ "$rest" = "$(cat token)" ]; then
            : >"members/$name" && echo welcome
        else
            echo "a token that does not hold"
        fi
        ;;
    leave) rm -f "members/$name" && echo farewell ;;
    put) echo "$rest" >"jobs/$name" && echo ordered ;;
    drop) rm -f "jobs/$name" && echo dropped ;;
    has) [ -e "jobs/$name" ] && echo yes || echo no ;;
    jobs) ls jobs && echo end ;;
    *) echo "no such question" ;;
esac
