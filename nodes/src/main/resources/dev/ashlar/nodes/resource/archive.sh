# Archives. Whoever has made one is not believed: what stands in it must lie in the folder that it is unpacked to, and
# be of a size that can be. It is looked at before it is unpacked, then unpacked where nobody else can reach, looked
# at once more, and only then put in its place.

# archive PATH URL SHA256 STRIP OWNER
archive() {
    if [ ! -d "$1" ]; then
        differs "not there" unpacked
    elif [ "$(cat "$STATE/archives/${K##*/}" 2>/dev/null)" != "$3 $4 $5" ]; then
        differs "another archive" "unpacked in the place of another"
    fi
    settled && return
    known_owner "$5" && opener "$2" || return
    mkdir -p "$STATE/archives"
    rm -f "$STATE/archives/${K##*/}"
    clear_rooms "$1"
    try mkdir "$_room" || return
    if fetch "$2" "$_room/archive" && checked_digest "$_room/archive" "$3" "$2" \
        && members_fit "$_room" "$2" "$4" && unpack "$_room" "$2" "$4" && links_fit "$_room/tree" "$2" \
        && try chown -R -h "$5:" "$_room/tree" && keep_tree "$1" \
        && parents "$1" && move_in "$_room/tree" "$1"; then
        rm -rf "$_room"
        printf '%s\n' "$3 $4 $5" >"$STATE/archives/${K##*/}"
        changed
    else
        rm -rf "$_room"
        return 1
    fi
}

# Sets _room to a place on the same disk: in the nearest folder above that is there. An archive that
# was cut off may have had its own in a higher one; all of them go.
clear_rooms() {
    _room=
    _above=$1
    while [ -n "$_above" ]; do
        beside "$_above"
        _above=${_above%/*}
        [ -n "$_room" ] || [ ! -d "$_above/" ] || _room=$_new
    done
}

fetch() {
    case $1 in
        file://*) try cp "${1#file://}" "$2" ;;
        *)
            if command -v curl >/dev/null; then
                try curl -fsSL --retry 2 --connect-timeout 15 -o "$2" "$1"
            elif command -v wget >/dev/null; then
                try wget -q -O "$2" "$1"
            else
                fail no-download "neither curl nor wget is there"
            fi
            ;;
    esac
}

checked_digest() {
    _is=$(digest "$1")
    [ "$_is" = "$2" ] || fail digest "$3 has the digest $_is, not $2"
}

# Sets _open to what opens an archive of this name here. Small machines have no unzip and no xz, but
# perhaps busybox; when there is nothing, that is said before anything is fetched.
opener() {
    case ${1%%[?#]*} in
        *.zip) first_of unzip bsdtar 'busybox unzip' ;;
        *.gz | *.tgz) first_of gzip 'busybox gzip' ;;
        *.xz | *.txz) first_of xz 'busybox xz' ;;
        *.bz2 | *.tbz2) first_of bzip2 'busybox bzip2' ;;
        *.zst | *.tzst) first_of zstd ;;
        # The name does not tell: tar looks itself.
        *) _open=tar ;;
    esac || fail no-unpacker "no program here opens $1: install one with a package resource before it"
}

first_of() {
    for _open in "$@"; do
        case $_open in
            # It has the programs that it was built with.
            busybox*) busybox --list 2>/dev/null | grep -q -x "${_open#* }" && return ;;
            *) command -v "$_open" >/dev/null && return ;;
        esac
    done
    return 1
}

# tar_of ROOM OPTION...: not every tar knows a compression by its content. What xz takes to open an archive is what
# that asks for, up to this.
tar_of() {
    _packed=$1/archive
    shift
    case $_open in
        tar) XZ_DEFAULTS=-M512MiB tar "$@" -f "$_packed" ;;
        *) XZ_DEFAULTS=-M512MiB $_open -dc <"$_packed" | tar "$@" -f - ;;
    esac
}

# unpack ROOM URL STRIP
unpack() {
    mkdir "$1/tree" "$1/whole"
    (
        umask 022
        case $_open in
            *unzip) try $_open -o -q "$1/archive" -d "$1/whole" ;;
            bsdtar) try bsdtar -xf "$1/archive" -C "$1/whole" --no-same-owner ;;
            *) try tar_of "$1" -x -C "$1/whole" --no-same-owner ;;
        esac
    ) && whole_fits "$1/whole" "$2" || return
    _level=$3
    _where=$1/whole
    # Leading components go one level at a time, over all folders of that level.
    while [ "$_level" -gt 0 ]; do
        mkdir "$1/level$_level"
        for _folder in "$_where"/*/ "$_where"/.[!.]*/; do
            # What a link leads to is not in the archive.
            [ ! -L "${_folder%/}" ] && [ -d "$_folder" ] && try cp -a "$_folder/." "$1/level$_level/" || continue
        done
        _where=$1/level$_level
        _level=$((_level - 1))
    done
    rmdir "$1/tree" && try mv "$_where" "$1/tree" && chmod 755 "$1/tree"
}

# Of a tree that was there, what an archive overwrites is kept, also when a later one overwrites
# more. What an earlier archive brought is nobody's loss.
keep_tree() {
    if [ ! -d "$K" ]; then
        keep_begin || return
        if [ -d "$1" ]; then
            mkdir "$K.new/was"
        else
            : >"$K.new/absent"
        fi
        : >"$K.new/brought"
        keep_end || return
    fi
    [ -d "$K/was" ] || return 0
    (cd "$_room/tree" && find . ! -type d) | without "$K/brought" | while IFS= read -r _name; do
        [ -e "$1/$_name" ] || [ -L "$1/$_name" ] || continue
        [ ! -e "$K/was/$_name" ] || continue
        mkdir -p "$K/was/${_name%/*}" "$K/part" || exit 1
        cp -a "$1/$_name" "$K/part/one" && mv "$K/part/one" "$K/was/$_name" || exit 1
    done
}

# Files that only the archive before had go, or become again what they were before it.
move_in() {
    (cd "$1" && find . ! -type d) >"$K/now"
    without "$K/now" <"$K/brought" >"$K/gone"
    cat "$K/now" >>"$K/brought"
    (cd "$1" && find . -mindepth 1 -type d) >"$K/kept"
    cat "$K/kept" >>"$K/folders"
    if [ -d "$2" ]; then
        while IFS= read -r _name; do
            rm -f "$2/$_name"
            [ ! -e "$K/was/$_name" ] || try cp -a "$K/was/$_name" "$2/$_name" || return
        done <"$K/gone"
        # What is copied onto a link goes where that leads to, or nowhere.
        while IFS= read -r _name; do
            [ ! -L "$2/$_name" ] || rm -f "$2/$_name"
        done <"$K/now"
        try cp -a "$1/." "$2/" || return
        # Folders that only an earlier archive brought and that are empty now.
        sort -r -u "$K/folders" | without "$K/kept" | while IFS= read -r _name; do rmdir "$2/$_name"; done 2>/dev/null
    else
        try mv "$1" "$2" || return
    fi
    mv "$K/now" "$K/brought"
    rm -f "$K/gone" "$K/kept"
}

# undo_archive PATH [SPARED] [OTHERS]: what others have in it stays, and so does data that is left there.
undo_archive() {
    clear_rooms "$1"
    if [ -e "$K/absent" ] && [ -z "$2" ] && ! holds_left "$1" "$3"; then
        give_back "$1" || return
    elif [ -f "$K/brought" ]; then
        sed 's,^,./,' "${2:-/dev/null}" >"$K/spared" || return
        without "$K/spared" <"$K/brought" | while IFS= read -r _name; do rm -f "$1/$_name"; done
        sort -r -u "$K/folders" | while IFS= read -r _name; do rmdir "$1/$_name"; done 2>/dev/null
        [ ! -d "$K/was" ] || try cp -a "$K/was/." "$1/" || return
    fi
    rm -f "$STATE/archives/${K##*/}"
    if [ -e "$K/absent" ]; then
        leave_to_others "$1"
        return
    fi
    rm -rf "$K"
    record status ok
}
