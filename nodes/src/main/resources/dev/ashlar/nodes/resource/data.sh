# Data that stays when what it belonged to goes. It may lie in a folder that its package's scripts take away: while
# packages go it lies aside, by a rename, and comes back with the folders above it. `notes` has of each what was
# left where: its place, then those folders from the top down with mode and owner; `places` where it lies while it is
# aside. After a kill the next package that goes, or who wants the place again, brings it back.
LEFT=$STATE/left

# Undo of data.
left_in_place() {
    [ ! -e "$1" ] || note_left "$1" || return
    record status ok
    record left yes
    record what "left in place"
}

# destroy PATH [OTHERS]: undo of data whose loss was named, also where it lies aside. Nothing is begun
# that would end halfway; what is not known to be made here stays, and so does what holds other data that
# is left or is of others, and what somebody has moved and put a link in its place.
destroy() {
    if mounted_in "$1"; then
        fail data-mounted "$1 is, or has in it, a file system of its own: unmount it first"
        return
    fi
    if [ -d "$LEFT" ]; then
        lock_left && bring_back || return
        rm -f "$LEFT/notes/$(name_of "$1")"
    fi
    if [ -L "$1" ] || { [ -e "$1" ] && { [ ! -e "$K/absent" ] || holds_left "$1" "$2"; }; }; then
        left_in_place "$1"
    else
        give_back "$1" && record status ok && record what destroyed
    fi
    _result=$?
    exec 9>&-
    return $_result
}

# mounted_in PATH: whether it is a mount or has one in it. The kernel tells each by its real path.
mounted_in() {
    _in=$(place_of "$1") || return 1
    case $_in in *[\\\ ]*) _in=$(printf '%s' "$_in" | sed 's,\\,\\134,g; s, ,\\040,g') ;; esac
    while read -r _ _place _; do
        case $_place/ in "$_in"/*) return 0 ;; esac
    done </proc/self/mounts
    return 1
}

# Where a path is, whatever links lead to its folder.
place_of() {
    _real=$(cd -P "${1%/*}/" 2>/dev/null && pwd -P) && printf '%s' "${_real%/}/${1##*/}"
}

# holds_left FOLDER [OTHERS]: whether data that is left lies in it, or that the file says others own.
holds_left() {
    for _note in "$LEFT"/notes/*; do
        IFS= read -r _path 2>/dev/null <"$_note" || continue
        [ "$_path" = "$1" ] || ! lies_in "$1" "$_path" || return 0
    done
    [ -n "$2" ] || return 1
    while IFS= read -r _path; do
        ! lies_in "$1" "$_path" || return 0
    done <"$2"
    return 1
}

# lies_in FOLDER PATH: whether what is at the path would go with the folder, whatever links lead to either;
# also where that cannot be told.
lies_in() {
    [ -e "$1" ] && { [ -e "$2" ] || [ -L "$2" ]; } || return 1
    case $2 in "$1"/*) return 0 ;; esac
    _in=$(place_of "$1") && _there=$(place_of "$2") || return 0
    case $_there/ in "$_in"/*) return 0 ;; esac
    [ -d "$2" ] || return 1
    _there=$(cd -P "$2/" 2>/dev/null && pwd -P) || return 0
    case $_there/ in "$_in"/*) return 0 ;; esac
    return 1
}

note_left() {
    try mkdir -p "$LEFT/notes" "$LEFT/places" || return
    _note=$LEFT/notes/$(name_of "$1")
    _folders=
    _above=${1%/*}
    while [ -n "$_above" ]; do
        _folders="$(stat -c '%a %u %g %n' "$_above")$NL$_folders"
        _above=${_above%/*}
    done
    printf '%s\n%s' "$1" "$_folders" >"$LEFT/new" && on_disk "$LEFT/new" && mv "$LEFT/new" "$_note" \
        || fail disk-full "cannot note in $LEFT what is left"
}

# A power loss must not leave data aside and nobody who knows where.
on_disk() { sync "$1" 2>/dev/null || sync; }

# wanted_again PATH: what is at, in or around it has an owner again, and stays where it is.
wanted_again() {
    [ -d "$LEFT" ] && [ "$MODE" != check ] || return 0
    bring_back || return
    for _note in "$LEFT"/notes/*; do
        IFS= read -r _path 2>/dev/null <"$_note" || continue
        case $1/ in "$_path"/*) rm -f "$_note" ;; esac
        case $_path/ in "$1"/*) rm -f "$_note" ;; esac
    done
}

# Of two that move data that is left one waits, until it lets go of 9: the lock is this process's alone,
# see `patiently`.
lock_left() {
    ! command -v flock >/dev/null || { exec 9>"$LEFT/lock" && flock 9; }
}

# From here to `bring_back` no package can take what is left.
put_aside() {
    [ -d "$LEFT" ] || return 0
    lock_left && bring_back || return
    for _note in "$LEFT"/notes/*; do
        IFS= read -r _path 2>/dev/null <"$_note" || continue
        if [ ! -e "$_path" ]; then
            rm -f "$_note"
            continue
        fi
        aside_for "$_path" "${_note##*/}" || return
        _place=$LEFT/places/${_note##*/}
        { printf '%s\n' "$_aside" >"$_place" && on_disk "$_place"; } 2>/dev/null \
            || fail disk-full "cannot note in $_place where $_path is put aside" || return
        try mv "$_path" "$_aside" || return
    done
}

# aside_for PATH NAME: sets _aside to a place in the same file system.
aside_for() {
    _device=$(stat -c %d "$1")
    _aside=$LEFT/data-$2
    [ "$(stat -c %d "$LEFT")" != "$_device" ] || return 0
    _top=${1%/*}
    if [ "$(stat -c %d "$_top/")" != "$_device" ]; then
        fail data-mounted "$1 is left in place and is a file system of its own, which a package that goes may empty: unmount it first"
        return
    fi
    while [ -n "$_top" ] && [ "$(stat -c %d "${_top%/*}/")" = "$_device" ]; do
        _top=${_top%/*}
    done
    _aside=$_top/.ashlar-left-$2
}

bring_back() {
    for _place in "$LEFT"/places/*; do
        IFS= read -r _aside 2>/dev/null <"$_place" || continue
        if [ -e "$_aside" ]; then
            put_in_place "$_aside" <"$LEFT/notes/${_place##*/}" || return
        fi
        rm -f "$_place"
    done
}

# put_in_place ASIDE, with its note on standard input.
put_in_place() {
    IFS= read -r _path
    while read -r _mode _user _group _folder; do
        [ -d "$_folder" ] || { try mkdir "$_folder" && try chown "$_user:$_group" "$_folder" && try chmod "$_mode" "$_folder"; } || return
    done
    [ ! -d "$_path" ] || rmdir "$_path" 2>/dev/null
    if [ -e "$_path" ]; then
        fail data-aside "$_path is there again; what it held before lies in $1"
        return
    fi
    try mv "$1" "$_path"
}
