# Reboots, commands.

# reboot_for REASON TRIGGER: asks for a reboot once per trigger; done when the boot has changed.
reboot_for() {
    _token=$STATE/reboots/${K##*/}
    _boot=$(cat /proc/sys/kernel/random/boot_id)
    if [ -n "$2" ] && [ "$(cat "$_token" 2>/dev/null)" != "$2" ]; then
        differs "reboot: $1" rebooted
    fi
    settled && return
    mkdir -p "$STATE/reboots" || return
    if [ "$(cat "$_token.pending" 2>/dev/null | head -n 1)" = "$2" ] \
        && [ "$(tail -n 1 "$_token.pending")" != "$_boot" ]; then
        printf '%s\n' "$2" >"$_token.new" && try mv -f "$_token.new" "$_token" && rm -f "$_token.pending" || return
        changed
        return
    fi
    printf '%s\n%s\n' "$2" "$_boot" >"$_token.new" && try mv -f "$_token.new" "$_token.pending" || return
    sync
    record boot "$_boot"
    record status reboot
    return 1
}

undo_reboot() {
    rm -f "$STATE/reboots/${K##*/}" "$STATE/reboots/${K##*/}.pending"
    record status ok
}

# command_if NAME CHECK RUN: files with a person's shell texts.
command_if() {
    person "$2" || differs "check fails" ran
    settled && return
    person "$3"
    _code=$?
    if [ $_code -ne 0 ]; then
        command_ended "$1" $_code "the command"
        return
    fi
    if ! person "$2"; then
        record command "$1"
        record person yes
        fail check-fails "the command ran, but its check still fails"
        return
    fi
    if [ ! -d "$K" ]; then
        keep_begin && : >"$K.new/absent" && keep_end || return
    fi
    changed
}

# person FILE: runs what a person wrote, up to the first command that fails.
person() { (
    umask 022
    cd / && exec env -u LIBRARY -u STATE -u LINEAGE -u LIMIT $SH -eu "$1"
); }

# command_ended NAME CODE WHAT
command_ended() {
    record command "$1"
    record code "$2"
    record person yes
    fail exit-code "$3 ended with exit code $2"
}

undo_command() {
    if [ -e "$K/absent" ] && [ -s "$2" ]; then
        person "$2" || {
            command_ended "$1" $? "the command that undoes it"
            return
        }
    fi
    rm -rf "$K"
    record status ok
}
