# Users and groups.

# user NAME HOME SHELL SYSTEM GROUP
user() {
    _line=$(account passwd "$1")
    if [ -z "$_line" ]; then
        differs "not there"
    else
        [ "$(echo "$_line" | cut -d : -f 6)" = "$2" ] || differs "home $(echo "$_line" | cut -d : -f 6), not $2"
        [ "$(echo "$_line" | cut -d : -f 7)" = "$3" ] || differs "shell $(echo "$_line" | cut -d : -f 7), not $3"
        [ -z "$5" ] || [ "$(id -gn "$1")" = "$5" ] || differs "group $(id -gn "$1"), not $5"
    fi
    settled && return
    keep_account "$_line" || return
    if [ -z "$_line" ]; then
        new_user "$@" && changed
    else
        _group=${5:-$(id -g "$1")}
        try usermod -d "$2" -s "$3" -g "$_group" "$1" && changed
    fi
}

account() {
    if command -v getent >/dev/null; then
        getent "$1" "$2"
    else
        grep "^$2:" "/etc/$1"
    fi
}

keep_account() {
    [ ! -d "$K" ] || return 0
    keep_begin || return
    if [ -n "$1" ]; then
        printf '%s\n' "$1" >"$K.new/line"
    else
        : >"$K.new/absent"
    fi
    keep_end
}

new_user() {
    if command -v useradd >/dev/null; then
        _flags=-M
        [ "$4" != true ] || _flags="$_flags -r"
        if [ -n "$5" ]; then
            try useradd $_flags -d "$2" -s "$3" -g "$5" "$1"
        elif [ -n "$(account group "$1")" ]; then
            try useradd $_flags -d "$2" -s "$3" -g "$1" "$1"
        else
            try useradd $_flags -d "$2" -s "$3" -U "$1"
        fi
    else
        _flags='-D -H'
        [ "$4" != true ] || _flags="$_flags -S"
        [ -n "$5" ] || [ -n "$(account group "$1")" ] || try addgroup ${4:+-S} "$1" || return
        try adduser $_flags -h "$2" -s "$3" -G "${5:-$1}" "$1"
    fi
}

undo_user() {
    if [ -e "$K/absent" ]; then
        if [ -n "$(account passwd "$1")" ]; then
            if command -v userdel >/dev/null; then try userdel "$1"; else try deluser "$1"; fi || return
        fi
    elif [ -f "$K/line" ]; then
        try usermod -d "$(cut -d : -f 6 "$K/line")" -s "$(cut -d : -f 7 "$K/line")" \
            -g "$(cut -d : -f 4 "$K/line")" "$1" || return
    fi
    rm -rf "$K"
    record status ok
}

# group NAME SYSTEM
group() {
    _line=$(account group "$1")
    [ -n "$_line" ] || differs "not there"
    settled && return
    keep_account "$_line" || return
    if command -v groupadd >/dev/null; then
        _flags=
        [ "$2" != true ] || _flags=-r
        try groupadd $_flags "$1" && changed
    else
        _flags=
        [ "$2" != true ] || _flags=-S
        try addgroup $_flags "$1" && changed
    fi
}

undo_group() {
    if [ -e "$K/absent" ] && [ -n "$(account group "$1")" ]; then
        if command -v groupdel >/dev/null; then try groupdel "$1"; else try delgroup "$1"; fi || return
    fi
    rm -rf "$K"
    record status ok
}
