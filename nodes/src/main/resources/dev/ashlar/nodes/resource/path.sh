# Files, directories, links.

# Files are brought about in two steps, so that what a process does for one file it does for many: the content is
# written beside the file, or nothing where all is well (`stage`), and what stands beside its place is made durable,
# checked and moved into it (`place`). Of many files for the one folder TRAY_FOR each has its own name by then, in a
# tray beside them, from which one process moves them all.
STAGED= FAILED= MOVES= TRAY= TRAY_FOR=

# Sets _new to a place in the tray, which is what the first of them leaves behind when this is cut off. Where it cannot
# be made each file is moved alone, which tells why that fails.
in_tray() {
    if [ -n "$TRAY" ] || { mkdir "$_new.tray" 2>/dev/null && TRAY=$_new.tray; }; then
        _new=$TRAY/${1##*/}
    else
        TRAY_FOR=
    fi
}

leave_tray() { [ -z "$TRAY" ] || rm -rf "$TRAY"; }

# stage PATH MODE OWNER GROUP SHA256 text|copy|secret CONTENT: CONTENT is the text itself, or the path of a copy of it;
# of a secret nothing is ever shown.
stage() {
    wanted_again "$1" || return
    [ "$MODE" = check ] || beside "$1"
    group_for "$3" "$4"
    if [ -d "$1" ] && [ ! -L "$1" ]; then
        fail wrong-type "$1 is a directory"
        return
    elif [ -L "$1" ] || [ ! -e "$1" ]; then
        differs "not there" made
    else
        digest_now "$1"
        if [ "$_sum" != "$5" ]; then
            differs "content differs" "content replaced"
            [ "$MODE" = check ] || shown_content "$@"
        fi
    fi
    [ -n "$diff" ] || owner_mode "$1" "$2" "$3" "$_group"
    settled && return
    known_owner "$3" || return
    case $diff in
        'not there'* | content*) ;;
        *)
            keep "$1" && try chown "$3:$_group" "$1" && try chmod "$2" "$1" && changed
            return
            ;;
    esac
    parents "$1" || return
    write_new "$1" "$2" "$6" "$7" || return
    STAGED="$STAGED $AT"
    eval "_path_$AT=\$1 _new_$AT=\$_new _mode_$AT=\$2 _owner_$AT=\$3 _group_$AT=\$_group _want_$AT=\$5 _from_$AT=\$7"
    eval "_kept_$AT=\$K _deeds_$AT=\$deeds _work_$AT=\$WORK"
}

# write_new PATH MODE text|copy|secret CONTENT: writes _new, which `beside` has set, or a place on the tray, which it sets _new
# to: a file that nobody else has opened, with its rights from the first moment on, as far as creating one can give them.
write_new() {
    [ -z "$TRAY_FOR" ] || [ "${1%/*}" != "$TRAY_FOR" ] || in_tray "$1"
    _v=$((0$2))
    umask $(((6 - (_v >> 6 & 6)) * 100 + (6 - (_v >> 3 & 6)) * 10 + 6 - (_v & 6)))
    set -C
    if [ "$3" = text ]; then
        { printf '%s' "$4" >"$_new"; } 2>/dev/null
    else
        { cat "$4" >"$_new"; } 2>/dev/null
    fi
    _code=$?
    set +C
    umask 077
    [ $_code -ne 0 ] || return 0
    # A shell does not tell why; what it has written of it takes no room from others.
    rm -f "$_new"
    fresh "$1" || return
    _from=$4
    if [ "$3" = text ]; then
        _from=$T/content
        printf '%s' "$4" >"$_from"
    fi
    try cp "$_from" "$_new" && return
    rm -f "$_new"
    staged_away "$4"
    return 1
}

# What has been staged comes into its place; false when some of it could not. Of what is on the tray all that can be
# moved is moved, also after one of the same work that could not.
place() {
    [ -n "$STAGED" ] || return 0
    _staged=$STAGED STAGED= _failures=0 _placing=$WORK
    keep_absent
    set --
    for _i in $_staged; do
        eval "set -- \"\$@\" \"\$_new_$_i\""
    done
    sync "$@" 2>/dev/null
    sha256sum "$@" >"$T/sums"
    stat -c '%a %U %G %u %g' "$@" >"$T/rights"
    for _i in $_staged; do
        _sum= _rights=
        IFS=' ' read -r _sum _ <&4
        IFS= read -r _rights <&5
        place_one "$_i" "${_sum#\\}" "$_rights" || _failures=1
    done 4<"$T/sums" 5<"$T/rights"
    [ -z "$MOVES" ] || move_together || _failures=1
    WORK=$_placing
    return $_failures
}

# Moves all from the tray. What is there still could not be moved so, and is moved alone, which tells why.
move_together() {
    _moves=$MOVES MOVES= _failed=0
    set --
    for _i in $_moves; do
        eval "set -- \"\$@\" \"\$_new_$_i\""
    done
    mv -f "$@" "$TRAY_FOR/" 2>/dev/null
    _moved=$?
    for _i in $_moves; do
        resume "$_i"
        eval "_path=\$_path_$_i _new=\$_new_$_i _want=\$_want_$_i _from=\$_from_$_i"
        if { is_moved || into "$_new" "$_path"; } && changed; then
            staged_away "$_from"
        else
            not_placed || _failed=1
        fi
    done
    return $_failed
}

is_moved() {
    [ ! -e "$_new" ] && [ -f "$_path" ] && [ ! -L "$_path" ] \
        && { [ $_moved -eq 0 ] || [ "$(digest "$_path")" = "$_want" ]; }
}

# place_one INDEX SHA256 RIGHTS
place_one() {
    resume "$1"
    eval "_path=\$_path_$1 _new=\$_new_$1 _mode=\$_mode_$1 _owner=\$_owner_$1 _group=\$_group_$1 _want=\$_want_$1 _from=\$_from_$1"
    case $FAILED in
        *" $WORK "*)
            rm -f "$_new"
            return 1
            ;;
    esac
    if [ "$2" != "$_want" ]; then
        fail content "what arrived is not what was sent"
    else
        with_rights "$3" && keep "$_path" && if [ -n "$TRAY" ] && [ "${_new%/*}" = "$TRAY" ]; then
            MOVES="$MOVES $1"
            return
        else
            into "$_new" "$_path" && changed
        fi
    fi && {
        staged_away "$_from"
        return
    }
    not_placed
}

not_placed() {
    rm -f "$_new"
    staged_away "$_from"
    FAILED="$FAILED $WORK "
    return 1
}

# with_rights RIGHTS: what is new has the rights it is to have.
with_rights() {
    case "$1 " in
        "$_mode $_owner $_group "* | "$_mode "*" $_owner $_group ") ;;
        *) try chown "$_owner:$_group" "$_new" && try chmod "$_mode" "$_new" ;;
    esac
}

# Keeps of all that has been staged that it was not there, where that is so.
keep_absent() {
    set --
    for _i in $_staged; do
        eval "_path=\$_path_$_i K=\$_kept_$_i"
        [ -e "$_path" ] || [ -L "$_path" ] || is_kept || set -- "$@" "$K"
    done
    [ $# -gt 0 ] && mkdir -p "$@" 2>/dev/null || return 0
    for K in "$@"; do
        : >"$K/absent"
    done
}

staged_away() {
    case $1 in "$STATE"/incoming/*) rm -f "$1" ;; esac
}

# The difference between a file and the CONTENT of `stage`.
shown_content() {
    [ "$6" != secret ] || return 0
    # What there is may be a secret that is none any more: not everybody can read such a file.
    case $(stat -c %a "$1" 2>/dev/null) in *[4567]) ;; *) return 0 ;; esac
    if [ "$6" = text ]; then
        printf '%s' "$7" >"$T/content"
        shown_difference "$1" "$T/content"
    else
        shown_difference "$1" "$7"
    fi
}

shown_difference() {
    [ -f "$2" ] && command -v diff >/dev/null || return 0
    _shown=$(diff -u "$1" "$2" 2>/dev/null | tail -n +3 | head -n 40)
    [ -z "$_shown" ] || record shown "$_shown"
}

undo_file() {
    give_back "$1" && record status ok
}

# directory PATH MODE OWNER GROUP
directory() {
    wanted_again "$1" || return
    group_for "$3" "$4"
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
