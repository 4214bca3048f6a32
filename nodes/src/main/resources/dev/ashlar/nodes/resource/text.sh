# Lines and blocks in files that others own, and kernel parameters.

# Replaces a file's content by what was made at $T/text, keeping its mode and owner.
rewrite() {
    if [ -e "$1" ]; then
        _target=$(readlink -f "$1")
    else
        parents "$1" || return
        _target=$1
    fi
    fresh "$_target" || return
    if [ -e "$_target" ]; then
        # The copy brings mode and owner along; its content is replaced.
        try cp -p "$_target" "$_new" || return
    else
        chmod 644 "$_new"
    fi
    try cp "$T/text" "$_new" && sync "$_new" 2>/dev/null
    if cmp -s "$T/text" "$_new" && try mv -f "$_new" "$_target"; then
        return 0
    fi
    rm -f "$_new"
    return 1
}

# Prints the file, its last line ended.
lines_of() {
    [ ! -f "$1" ] || awk '{ print }' "$1"
}

# line PATH LINE MATCH
line() {
    if [ -z "$3" ]; then
        [ -f "$1" ] && grep -q -x -F -e "$2" "$1" || differs "line is not there" "line added"
    else
        _found=$(echo | grep -e "$3" 2>&1 >/dev/null)
        if [ $? -gt 1 ]; then
            fail wrong-match "what the line is to match is no regular expression: $_found"
            return
        fi
        _found=$([ -f "$1" ] && grep -e "$3" "$1")
        if [ -z "$_found" ]; then
            # What it is to replace may be gone for good: the line need not match itself.
            [ -f "$1" ] && grep -q -x -F -e "$2" "$1" || differs "line is not there" "line added"
        elif [ "$_found" != "$2" ]; then
            _first=$(printf '%s\n' "$_found" | head -n 1)
            differs "line is: $_first" "line replaced, was: $_first"
        fi
    fi
    settled && return
    keep_line "$@" || return
    if [ -z "$3" ] || [ -z "$_found" ]; then
        { lines_of "$1" && printf '%s\n' "$2"; } >"$T/text"
    else
        # The last of the matching lines gives way, the others go.
        grep -n -e "$3" "$1" | cut -d : -f 1 >"$T/numbers"
        LINE=$2 awk -v numbers="$T/numbers" '
            BEGIN { while ((getline n < numbers) > 0) { hit[n] = 1; last = n } }
            FNR == last { print ENVIRON["LINE"]; next }
            !(FNR in hit)' "$1" >"$T/text"
    fi
    rewrite "$1" && changed
}

keep_line() {
    [ ! -d "$K" ] || return 0
    keep_begin || return
    [ -e "$1" ] || : >"$K.new/absent"
    printf '%s\n' "$1" >"$K.new/path"
    printf '%s' "${_found:-}" >"$K.new/found"
    keep_end
}

# What stands in the place of the line is put back, or the line goes.
undo_line() {
    if [ -d "$K" ] && [ -f "$1" ]; then
        LINE=$2 awk -v kept="$K/found" '
            $0 == ENVIRON["LINE"] && !done {
                done = 1
                while ((getline was < kept) > 0) print was
                next
            }
            { print }' "$1" >"$T/text"
        undo_rewrite "$1" || return
    fi
    forget_text "$1"
}

# A file that is gone, by this or by somebody else, needs its folders no more.
forget_text() {
    beside "$(readlink -f "$1" || echo "$1")"
    [ ! -e "$K/absent" ] || [ -e "$1" ] || leave_folders "${1%/*}"
    rm -rf "$K"
    record status ok
}

undo_rewrite() {
    if [ -e "$K/absent" ] && [ ! -s "$T/text" ]; then
        rm -f "$1"
    else
        cmp -s "$T/text" "$1" || rewrite "$1"
    fi
}

# block PATH NAME CONTENT COMMENT
block() {
    _begin="$4 BEGIN ashlar $2"
    _end="$4 END ashlar $2"
    {
        printf '%s\n' "$_begin"
        [ ! -s "$3" ] || awk '{ print }' "$3"
        printf '%s\n' "$_end"
    } >"$T/block"
    block_lines "$1" in >"$T/there"
    if [ ! -s "$T/there" ]; then
        differs "block is not there" "block added"
    elif ! cmp -s "$T/block" "$T/there"; then
        differs "block differs" "block replaced"
        shown_difference "$T/there" "$T/block"
    fi
    settled && return
    if [ -s "$T/there" ] && [ "$(tail -n 1 "$T/there")" != "$_end" ]; then
        fail torn-block "$1 has the begin of block $2 but not its end"
        return
    fi
    keep_line "$1" || return
    if [ -s "$T/there" ]; then
        BEGIN_LINE=$_begin END_LINE=$_end awk -v block="$T/block" '
            $0 == ENVIRON["BEGIN_LINE"] { inside = 1; while ((getline l < block) > 0) print l }
            !inside { print }
            $0 == ENVIRON["END_LINE"] { inside = 0 }' "$1" >"$T/text"
    else
        { lines_of "$1" && cat "$T/block"; } >"$T/text"
    fi
    rewrite "$1" && changed
}

# The lines inside the markers (with them), or those outside.
block_lines() {
    [ ! -f "$1" ] || BEGIN_LINE=$_begin END_LINE=$_end awk -v want="$2" '
        $0 == ENVIRON["BEGIN_LINE"] { inside = 1 }
        (want == "in") == (inside == 1) { print }
        $0 == ENVIRON["END_LINE"] { inside = 0 }' "$1"
}

# undo_block PATH NAME COMMENT
undo_block() {
    _begin="$3 BEGIN ashlar $2"
    _end="$3 END ashlar $2"
    if [ -d "$K" ] && [ -f "$1" ]; then
        block_lines "$1" out >"$T/text"
        undo_rewrite "$1" || return
    fi
    forget_text "$1"
}

# sysctl KEY VALUE: now, and in a file for the next boot.
kernel_parameter() {
    _file=/etc/sysctl.d/60-ashlar-$1.conf
    _proc=/proc/sys/$(echo "$1" | tr . /)
    if [ ! -e "$_proc" ]; then
        fail no-parameter "there is no kernel parameter $1"
        return
    fi
    # The kernel separates several numbers by tabs.
    _now=$(tr '\t' ' ' <"$_proc")
    [ "$_now" = "$2" ] || differs "is $_now, not $2" "set to $2, was $_now"
    [ "$(cat "$_file" 2>/dev/null)" = "$1 = $2" ] || differs "not set for the next boot" "set for the next boot"
    settled && return
    if [ ! -d "$K" ]; then
        keep_begin || return
        [ -e "$_file" ] || : >"$K.new/absent"
        [ ! -e "$_file" ] || cp -p "$_file" "$K.new/was"
        printf '%s\n' "$_now" >"$K.new/value"
        keep_end || return
    fi
    parents "$_file" || return
    if [ "$_now" != "$2" ]; then
        try put_value "$2" || return
    fi
    fresh "$_file" || return
    printf '%s = %s\n' "$1" "$2" >"$_new" && chmod 644 "$_new" && into "$_new" "$_file" && changed
}

put_value() { printf '%s\n' "$1" >"$_proc"; }

undo_sysctl() {
    _file=/etc/sysctl.d/60-ashlar-$1.conf
    _proc=/proc/sys/$(echo "$1" | tr . /)
    if [ -f "$K/value" ]; then
        try put_value "$(cat "$K/value")" || return
    fi
    give_back "$_file" && record status ok
}
