#!/bin/sh
# Stands for apk, as far as its documentation tells what the `package` resource relies on. Its world is
# the folder beside it: `offered` by the source, known to the `lists`, `installed`; a package is a file
# with its version in it. `tool` needs `part`, and when it goes its script empties the folder `home` away; `slow` takes long to come. A line in `locked` is an attempt that is refused.
cd "${0%/*}/../world" || exit
case $1 in
    info)
        if [ $# -eq 1 ]; then
            ls installed
        elif [ -e "installed/$4" ]; then
            echo "$4-$(cat "installed/$4")"
        else
            exit 1
        fi
        exit
        ;;
esac
if [ -s locked ]; then
    sed -i 1d locked
    echo 'ERROR: Unable to lock database: temporary error (try again later)'
    exit 99
fi
case $1 in
    update)
        if [ -e away ]; then
            echo 'WARNING: fetching http://example.org/APKINDEX.tar.gz: temporary error (try again later)'
            exit 1
        fi
        cp offered/* lists/
        ;;
    add)
        name=${2%%=*}
        case $2 in
            *=*) version=${2#*=} ;;
            *) version=$(cat "lists/$name") ;;
        esac
        if [ "$(cat "lists/$name")" != "$version" ] || [ -z "$version" ]; then
            printf 'ERROR: unable to select packages:\n  %s (no such package):\n    required by: world[%s]\n' "$2" "$2"
            exit 1
        fi
        echo "(1/1) Installing $name ($version)"
        [ "$name" != slow ] || { : >begun && sleep 30; }
        cp "lists/$name" installed/
        [ "$name" != tool ] || cp lists/part installed/
        ;;
    del)
        rm -rf home
        [ ! -e stuck ] || sleep 30
        rm "installed/$2"
        [ "$2" != tool ] || rm installed/part
        ;;
esac
