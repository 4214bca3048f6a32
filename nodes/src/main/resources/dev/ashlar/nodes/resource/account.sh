# Users and groups.

# user NAME HOME SHELL SYSTEM GROUP
user() {
    _line=$(account passwd "$1")
    if [ -z "$_line" ]; then
        differs "not there" made
    else
        other home "$(echo "$_line" | cut -d : -f 6)" "$2"
        other shell "$(echo "$_line" | cut -d : -f 7)" "$3"
        [ -z "$5" ] || other group "$(id -gn "$1")" "$5"
    fi
    settled && return
    _own=
    [ -n "$_line$5" ] || [ -n "$(account group "$1")" ] || _own=$1
    keep_account "$_line" "$_own" || return
    if [ -z "$_line" ]; then
        new_user "$@" && changed
    else
        _group=${5:-$(id -g "$1")}
        try usermod -d "$2" -s "$3" -g "$_group" "$1" && changed
    fi
}

# other WORD IS WANTED
other() { [ "$2" = "$3" ] || differs "$1 $2, not $3" "$1 $3, was $2"; }

account() {
    if command -v getent >/dev/null; then
        getent "$1" "$2"
    else
        grep "^$2:" "/etc/$1"
    fi
}

# keep_account LINE [GROUP]: as it was; GROUP is one that is made for it.
keep_account() {
    [ ! -d "$K" ] || return 0
    keep_begin || return
    [ -z "$2" ] || printf '%s\n' "$2" >"$K.new/group"
    if [ -n "$1" ]; then
        printf '%s\n' "$1" >"$K.new/line"
    else
        : >"$K.new/absent"
    fi
    keep_end
}

# Its group comes first: a user that was made alone, when this was cut short, would be taken for done.
new_user() {
    [ -n "$5" ] || [ -n "$(account group "$1")" ] || new_group "$1" "$4" || return
    if command -v useradd >/dev/null; then
        _flags=-M
        [ "$4" != true ] || _flags="$_flags -r"
        try useradd $_flags -d "$2" -s "$3" -g "${5:-$1}" "$1"
    else
        _flags='-D -H'
        [ "$4" != true ] || _flags="$_flags -S"
        try adduser $_flags -h "$2" -s "$3" -G "${5:-$1}" "$1"
    fi
}

# new_group NAME SYSTEM
new_group() {
    _flags=
    if command -v groupadd >/dev/null; then
        [ "$2" != true ] || _flags=-r
        try groupadd $_flags "$1"
    else
        [ "$2" != true ] || _flags=-S
        try addgroup $_flags "$1"
    fi
}

drop_group() {
    [ -z "$(account group "$1")" ] || if command -v groupdel >/dev/null; then try groupdel "$1"; else try delgroup "$1"; fi
}

undo_user() {
    if [ -e "$K/absent" ]; then
        if [ -n "$(account passwd "$1")" ]; then
            if command -v userdel >/dev/null; then try userdel "$1"; else try deluser "$1"; fi || return
        fi
        [ ! -f "$K/group" ] || drop_group "$(cat "$K/group")" || return
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
    [ -n "$_line" ] || differs "not there" made
    settled && return
    keep_account "$_line" || return
    new_group "$1" "$2" && changed
}

undo_group() {
    [ ! -e "$K/absent" ] || drop_group "$1" || return
    rm -rf "$K"
    record status ok
}
