# Files, directories, links.

# file PATH MODE OWNER GROUP CONTENT SHA256
file() {
    wanted_again "$1" || return
    _group=$(group_of "$3" "$4")
    if [ -d "$1" ] && [ ! -L "$1" ]; then
        fail wrong-type "$1 is a directory"
        return
    elif [ -L "$1" ] || [ ! -e "$1" ]; then
        differs "not there" made
    elif [ "$(digest "$1")" != "$6" ]; then
        differs "content differs" "content replaced"
        shown_difference "$1" "$5"
    fi
    [ -n "$diff" ] || owner_mode "$1" "$2" "$3" "$_group"
    settled && return
    known_owner "$3" || return
    keep "$1" && parents "$1" || return
    put "$@"
}

put() {
    if [ "$diff" != "${diff#content}" ] || [ "$diff" = "not there" ]; then
        fresh "$1" || return
        if try fill "$5" "$_new" "$3:$_group" "$2" && whole "$_new" "$6" && into "$_new" "$1"; then
            staged_away "$5"
            changed
        else
            rm -f "$_new"
            staged_away "$5"
            return 1
        fi
    else
        try chown "$3:$_group" "$1" && try chmod "$2" "$1" && changed
    fi
}

staged_away() {
    case $1 in "$STATE"/incoming/*) rm -f "$1" ;; esac
}

# What is renamed into its place is complete: content on the disk, owner and mode set.
fill() {
    cp "$1" "$2" && chown "$3" "$2" && chmod "$4" "$2" || return
    sync "$2" 2>/dev/null
    return 0
}

whole() {
    [ "$(digest "$1")" = "$2" ] || fail content "what arrived is not what was sent"
}

shown_difference() {
    [ -f "$2" ] && command -v diff >/dev/null || return 0
    diff -u "$1" "$2" 2>/dev/null | tail -n +3 | head -n 40
    return 0
}

undo_file() {
    give_back "$1" && record status ok
}

# directory PATH MODE OWNER GROUP
directory() {
    wanted_again "$1" || return
    _group=$(group_of "$3" "$4")
    if [ ! -e "$1" ] && [ ! -L "$1" ]; then
        differs "not there" made
    elif [ -L "$1" ] || [ ! -d "$1" ]; then
        # Owner and mode would be those of what a link leads to, wherever that is.
        fail wrong-type "$1 is no directory$([ ! -L "$1" ] || echo ' but a link')"
        return
    else
        owner_mode "$1" "$2" "$3" "$_group"
    fi
    settled && return
    known_owner "$3" || return
    keep_directory "$1" && parents "$1" || return
    [ -d "$1" ] || try mkdir "$1" || return
    try chown "$3:$_group" "$1" && try chmod "$2" "$1" && changed
}

keep_directory() {
    if [ -d "$K" ]; then
        [ ! -e "$K/note" ] || rm -f "$(note_of "$1")"
        return 0
    fi
    keep_begin || return
    if [ -d "$1" ]; then
        stat -c '%a %u %g' "$1" >"$K.new/mode"
        _note=$(note_of "$1")
        [ ! -e "$_note" ] || try cp "$_note" "$K.new/note" || return
    else
        : >"$K.new/absent"
    fi
    keep_end || return
    # It is not for others to take away any more.
    [ ! -e "$K/note" ] || rm -f "$_note"
}

# undo_directory PATH [SPARED] [OTHERS]: a folder that others have something in goes with the last of that, and
# one that holds data that is left stays for it.
undo_directory() {
    if [ -f "$K/mode" ] && [ -d "$1" ]; then
        read -r _mode _owner _group <"$K/mode"
        try chown "$_owner:$_group" "$1" && try chmod "$_mode" "$1" || return
    fi
    if [ -f "$K/note" ]; then
        try cp "$K/note" "$(note_of "$1")" && leave_folders "$1" || return
    fi
    if [ -e "$K/absent" ] && { [ -n "$2" ] || holds_left "$1" "$3"; }; then
        leave_to_others "$1"
        return
    fi
    give_back "$1" && record status ok
}

# link PATH TARGET
link() {
    if [ -L "$1" ]; then
        _leads=$(readlink "$1")
        [ "$_leads" = "$2" ] || differs "points to $_leads" "points to $2, not to $_leads any more"
    elif [ -d "$1" ]; then
        fail wrong-type "$1 is a directory"
        return
    else
        [ -e "$1" ] && differs "is a file" "made in the place of a file" || differs "not there" made
    fi
    settled && return
    keep "$1" && parents "$1" || return
    beside "$1"
    try ln -s -- "$2" "$_new" && into "$_new" "$1" && changed
}

undo_link() {
    give_back "$1" && record status ok
}

# What a service made, compared with the record; what is empty is not on record.
# recorded PATH file|directory SHA256 PUBLIC-SHA256 MODE OWNER GROUP
recorded() {
    if [ "$2" = directory ]; then
        [ -d "$1" ] || differs "not there"
    elif [ -L "$1" ] || [ ! -f "$1" ]; then
        differs "not there"
    elif [ -n "$3" ] && [ "$(digest "$1")" != "$3" ]; then
        differs "content differs"
    elif [ -n "$4" ] && [ "$(public_digest "$1")" != "$4" ]; then
        differs "another key"
    fi
    [ -n "$diff" ] || [ -z "$5" ] || owner_mode "$1" "$5" "$6" "${7:-$(stat -c %G "$1")}"
    settled
}

# The digest of what belongs to a private key and may be known.
public_digest() {
    _sum=$(openssl pkey -in "$1" -pubout -outform DER 2>/dev/null | sha256sum)
    echo "${_sum%% *}"
}
