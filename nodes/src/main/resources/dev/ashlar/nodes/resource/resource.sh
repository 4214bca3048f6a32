# What every resource shares. A program sets MODE (apply or check) and WORK (whose resources follow) and calls
# one function for each resource. Records are lines `name length` with the value below; `at` begins a resource,
# or goes on with one.
umask 077
KEPT=$STATE/kept/$LINEAGE
FOLDERS=$STATE/folders/$LINEAGE
NL='
'
: >"$T/records"

record() { printf '%s %d\n%s\n' "$1" "${#2}" "$2" >>"$T/records"; }

# begin INDEX KEY
begin() {
    AT=$1
    record at "$AT"
    K=$KEPT/$2
    diff= deeds=
}

# resume INDEX: goes on with a file that has been staged.
resume() {
    AT=$1
    record at "$AT"
    eval "K=\$_kept_$1 deeds=\$_deeds_$1 WORK=\$_work_$1"
}

# look INDEX PATH...: what there is of files, asked for all of them at once.
look() {
    _there=
    _count=$#
    while [ $_count -gt 0 ]; do
        if [ -f "$2" ] && [ ! -L "$2" ]; then
            _there="$_there $1"
            set -- "$@" "$2"
        fi
        shift 2
        _count=$((_count - 2))
    done
    [ $# -gt 0 ] || return 0
    sha256sum "$@" >"$T/sums" 2>/dev/null && stat -c '%a %U %G %u %g' "$@" >"$T/rights" 2>/dev/null || return 0
    for _i in $_there; do
        IFS=' ' read -r _sum _ <&4
        IFS= read -r _rights <&5
        eval "_sum_$_i=\${_sum#\\\\} _rights_$_i=\$_rights"
    done 4<"$T/sums" 5<"$T/rights"
}

# Sets _sum to the digest of the file at PATH, which is the one that is meant now.
digest_now() {
    eval "_sum=\${_sum_$AT-}"
    [ -n "$_sum" ] || _sum=$(digest "$1")
}

# differs WORDS DEED: what is not so, and what has been done when it is.
differs() {
    diff=$diff${diff:+; }$1
    does "$2"
}

does() { deeds=$deeds${deeds:+; }$1; }

# True when nothing is left to be done: all is well, or only the difference was asked for.
settled() {
    if [ -z "$diff" ]; then
        record status ok
        owned
        return 0
    fi
    if [ "$MODE" = check ]; then
        record status differs
        record what "$diff"
        return 0
    fi
    return 1
}

changed() {
    record status changed
    record what "$deeds"
    owned
}

# fail KIND MESSAGE
fail() {
    if [ "$MODE" = check ]; then
        record status differs
        record what "$2"
        return 0
    fi
    record status failed
    record kind "$1"
    record message "$2"
    owned
    return 1
}

owned() {
    [ -d "$K" ] || return 0
    record owned.kept "$K"
    [ ! -e "$K/absent" ] || record owned.made true
}

# Runs a command; when it fails, says so and why. What it says goes into a file: in $( ) each command would take a
# copy of this shell, which is most of what a small one costs.
try() {
    "$@" >"$T/tried" 2>&1
    _code=$? _said=
    [ ! -s "$T/tried" ] || _said=$(cat "$T/tried")
    if [ $_code -ne 0 ]; then
        # Where its words found no room, that is what they were about.
        [ -n "$_said" ] || [ ! -d "$T" ] || { echo >"$T/tried"; } 2>/dev/null || _said='No space left on device'
        said_failed "$*" $_code "$_said"
        return
    fi
    [ -z "$_said" ] || printf '%s\n' "$_said"
}

# said_failed COMMAND CODE SAID [KIND] [MESSAGE]: the message is the last line where none is given.
said_failed() {
    [ -z "$3" ] || printf '%s\n' "$3"
    record command "$1"
    record code "$2"
    record said "$(printf '%s\n' "$3" | tail -n 10)"
    fail "${4:-$(kind_of "$3")}" "${5:-$(printf '%s\n' "${3:-${1%% *} failed}" | tail -n 1)}"
    return 1
}

# The kind of failure that a tool's words tell of.
kind_of() {
    case $1 in
        *'No space left on device'* | *'not enough free space'* | *"don't have enough free space"*) echo disk-full ;;
        *'Read-only file system'*) echo read-only ;;
        *'Temporary failure resolving'* | *'Could not connect'* | *'Could not resolve'*) echo download ;;
        *) echo exit-code ;;
    esac
}

# One process less than with cut: there may be hundreds of files.
digest() {
    _sum=$(sha256sum <"$1")
    echo "${_sum%% *}"
}

# Keeps what is at a path before Ashlar touches it for the first time.
keep() {
    ! is_kept || return 0
    keep_begin || return
    if [ -e "$1" ] || [ -L "$1" ]; then
        try cp -a "$1" "$K.new/was" || return
        sync "$K.new" 2>/dev/null
    else
        : >"$K.new/absent"
    fi
    keep_end
}

# What was cut off before it kept anything has left an empty folder.
is_kept() {
    for _kept in "$K"/*; do
        [ ! -e "$_kept" ] && [ ! -L "$_kept" ] || return 0
    done
    return 1
}

keep_begin() {
    [ ! -e "$K.new" ] || rm -rf "$K.new"
    [ ! -d "$K" ] || rmdir "$K" 2>/dev/null
    try mkdir -p "$K.new"
}

keep_end() { try mv "$K.new" "$K"; }

# Sets _new to a name beside a path that is this cluster's and this resource's alone, so that what a job
# that was cut off has left there goes with the next.
beside() {
    _new=${1%/*}/.ashlar-${LINEAGE%%-*}-${K##*/}
    if [ -e "$_new" ] || [ -L "$_new" ]; then rm -rf "$_new"; fi
    [ ! -d "$_new.tray" ] || [ "$_new.tray" = "$TRAY" ] || rm -rf "$_new.tray"
}

# Makes an empty file there that nobody else has opened.
fresh() {
    beside "$1"
    _said=$( (set -C && : >"$_new") 2>&1) || fail "$(kind_of "$_said")" "$_said"
}

# into FILE PLACE: moves what is ready into its place.
into() {
    if [ -d "$2" ] && [ ! -L "$2" ] && { [ -L "$1" ] || [ ! -d "$1" ]; }; then
        # It would be taken inside.
        fail wrong-type "$2 is a directory"
        return
    fi
    if [ -L "$2" ] && [ -d "$2" ]; then
        # A link to a folder would take it inside.
        mv -fT "$1" "$2" 2>/dev/null && return
        try rm -f "$2" || return
    fi
    try mv -f "$1" "$2"
}

# Makes the folders above a path, and notes those it made: they belong to all who come to use them,
# and go with the last of them, in whatever order these go.
parents() {
    _parent=${1%/*}
    [ -n "$_parent" ] && [ ! -d "$_parent" ] || return 0
    try mkdir -p "$FOLDERS" || return
    _above=$_parent
    while [ -n "$_above" ] && [ ! -e "$_above" ]; do
        printf '%s\n' "$_above" >"$(note_of "$_above")" || return
        _above=${_above%/*}
    done
    (umask 022 && try mkdir -p "$_parent")
}

# Where it is noted that a folder was made for what is in it.
note_of() { echo "$FOLDERS/$(name_of "$1")"; }

# A name for a path.
name_of() {
    _sum=$(printf '%s' "$1" | sha256sum)
    echo "${_sum%% *}"
}

# Takes away the folder, and those above it, that were made for what was in them and are empty now.
leave_folders() {
    [ -d "$FOLDERS" ] || return 0
    _above=$1
    while [ -n "$_above" ]; do
        _note=$(note_of "$_above")
        if [ -e "$_note" ]; then
            [ ! -d "$_above" ] || rmdir "$_above" 2>/dev/null || return 0
            rm -f "$_note"
        elif [ -d "$_above" ]; then
            return 0
        fi
        # Where there is neither, it went before the undo was cut off.
        _above=${_above%/*}
    done
}

# Undo of a folder that others have something in: it is as if it had been made for that.
leave_to_others() {
    try mkdir -p "$FOLDERS" || return
    printf '%s\n' "$1" >"$(note_of "$1")" || return
    leave_folders "$1"
    rm -rf "$K"
    record status ok
    record what "left to what others have in it"
}

# Takes a path away with all that is in it, but not while anything is mounted there: then it fails before
# it begins. A bind mount has the device of what it shows, so rm alone would empty that.
clear_away() {
    if mounted_in "$1"; then
        fail data-mounted "$1 is, or has in it, a file system of its own: unmount it first"
        return
    fi
    if rm -f --one-file-system "$K/none" 2>/dev/null; then
        try rm -rf --one-file-system "$1"
    else
        try rm -rf "$1"
    fi
}

# Restores what was kept at a path, or takes away what was not there before.
give_back() {
    beside "$1"
    if [ -e "$K/absent" ]; then
        clear_away "$1" || return
    elif [ -e "$K/was" ] || [ -L "$K/was" ]; then
        put_back "$1" || return
    fi
    leave_folders "${1%/*}"
    rm -rf "$K"
}

# Puts back what was kept at a path.
put_back() {
    beside "$1"
    try cp -a "$K/was" "$_new" && into "$_new" "$1"
}

# The lines of standard input that a file does not have; none where the file cannot be read, for what
# is told here is often taken away. With an empty file of patterns busybox's grep
# does something else than GNU's.
without() { awk -v file="$1" 'BEGIN { while ((got = getline line <file) > 0) has[line] = 1; if (got < 0) exit 1 } !($0 in has)'; }

# group_for OWNER GROUP: sets _group to the group of the owner when none is named.
GROUPS_OF=' '
group_for() {
    _group=$2
    [ -z "$_group" ] || return 0
    case $GROUPS_OF in
        *" $1:"*) _group=${GROUPS_OF#*" $1:"} _group=${_group%% *} ;;
        *)
            group_on_file "$1"
            [ -n "$_group" ] || _group=$(id -gn "$1" 2>/dev/null)
            [ -z "$_group" ] || GROUPS_OF="$GROUPS_OF$1:$_group "
            ;;
    esac
}

# Sets _group to the group of a user where files have both, which takes no process.
group_on_file() {
    _id=
    while IFS=: read -r _name _ _ _gid _; do
        [ "$_name" != "$1" ] || _id=$_gid
        [ -z "$_id" ] || break
    done </etc/passwd
    [ -n "$_id" ] || return
    while IFS=: read -r _name _ _gid _; do
        [ "$_gid" != "$_id" ] || _group=$_name
        [ -z "$_group" ] || break
    done </etc/group
}

# Compares mode and owner: `owner_mode PATH MODE OWNER GROUP`.
owner_mode() {
    eval "_now=\${_rights_$AT-}"
    [ -n "$_now" ] || _now=$(stat -c '%a %U %G %u %g' "$1")
    _mode=${_now%% *}
    [ "$_mode" = "$2" ] || differs "mode $_mode, not $2" "mode $2, was $_mode"
    case "$_now " in
        "$_mode $3 $4 "* | *" $3 $4 ") ;;
        *)
            _owner=$(echo "$_now" | cut -d ' ' -f 2-3 | tr ' ' :)
            differs "owner $_owner, not $3:$4" "owner $3:$4, was $_owner"
            ;;
    esac
}

known_owner() {
    case $1 in
        root) ;;
        *[!0-9]*) id -u "$1" >/dev/null 2>&1 || {
            fail unknown-user "there is no user $1"
            return 1
        } ;;
    esac
}
