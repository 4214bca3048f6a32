# Packages. What differs between package managers is in managers.sh; here is what is common.

# The profile of the first manager that is there.
PM=
for _manager in $MANAGERS; do
    manager_defaults
    "manager_$_manager"
    if command -v "$pm_program" >/dev/null; then
        PM=$_manager
        break
    fi
done

# pm FIELD WORDS...: does what the profile says there.
pm() {
    eval "_do=\$pm_$1"
    shift
    eval "$_do"
}

# package NAME VERSION
package() {
    if [ -z "$PM" ]; then
        no_manager
        return
    fi
    _there=$(pm installed "$1" "$2")
    if [ -z "$_there" ]; then
        differs "not installed" installed
    elif [ -n "$2" ] && [ "$_there" != "$2" ]; then
        differs "version $_there, not $2" "version $2, was $_there"
    fi
    settled && return
    keep_package && note_before && hold_units || return
    bring "$1" "$2"
    _result=$?
    rest_units
    packages >"$T/packages"
    without "$K/packages" <"$T/packages" >>"$K/brought"
    [ $_result -eq 0 ] || return 1
    still_units
    rm -f "$K/packages" "$K/links"
    changed
}

no_manager() { fail no-package-manager "there is no package manager that Ashlar knows: $MANAGERS"; }

packages() { pm list >"$T/list" && sort -u "$T/list"; }

keep_package() {
    [ ! -d "$K" ] || return 0
    keep_begin || return
    [ -n "$_there" ] || : >"$K.new/absent"
    keep_end
}

# What is there now is not this installation's. Where one before it did not come to its end, what was
# there before that one counts. Half a list would say of the rest that this package brought it.
note_before() {
    [ ! -e "$K/links" ] || return 0
    { packages >"$K/packages" && enabled_links >"$K/links.new" && mv "$K/links.new" "$K/links"; } 2>/dev/null \
        || fail disk-full "cannot note in $K what is there"
}

bring() {
    transact ready || return
    pm known "$1" || transact refresh || return
    if [ -n "$2" ]; then set -- exact "$@"; else set -- install "$1"; fi
    if patiently "$@"; then
        said
    elif tells "$pm_says_stale" && ! tells "$pm_says_locked"; then
        said
        transact refresh && transact "$@"
    else
        complain "$@"
    fi
}

# undo_package NAME [SPARED]: only what came with this package goes with it: a package that was there
# before stays, and so does one that others want or need.
undo_package() {
    _spared=${2:-/dev/null}
    if [ -e "$K/absent" ]; then
        [ -n "$PM" ] || no_manager || return
        _needs=
        [ -z "$2" ] || _needs=$(pm goes "$1" 2>/dev/null | grep -x -F -f "$2" | head -n 1)
        if [ -n "$_needs" ]; then
            rm -rf "$K"
            record status ok
            record what "left in place: package $_needs needs it"
            return
        fi
        hold_units || return
        put_aside && take_away "$1" && take_traces
        _result=$?
        bring_back || _result=1
        exec 9>&-
        rest_units
        [ $_result -eq 0 ] || return 1
    fi
    rm -rf "$K"
    record status ok
}

take_away() {
    [ -z "$(pm traces "$1")" ] || transact remove "$1" || return
    # What came in with it and nothing else asks for. Not every manager tells at once of what only
    # these need.
    [ -s "$K/brought" ] || return 0
    _before=
    while :; do
        transact orphans || return
        _orphans=$(printf '%s\n' "$_said" | grep -x -F -f "$K/brought" | without "$_spared")
        [ -n "$_orphans" ] && [ "$_orphans" != "$_before" ] || return 0
        transact remove $_orphans || return
        _before=$_orphans
    done
}

# What went when the power did may have left its configuration.
take_traces() {
    without "$_spared" <"$K/brought" >"$K/left" || return 0
    while IFS= read -r _name; do
        [ -z "$(pm installed "$_name")" ] && [ -n "$(pm traces "$_name")" ] || continue
        transact remove "$_name" </dev/null || return
    done <"$K/left"
}

# transact FIELD WORDS...: a deed of the profile. When it fails, says so and why.
transact() {
    if ! patiently "$@"; then
        complain "$@"
        return
    fi
    said
}

said() { [ -z "$_said" ] || printf '%s\n' "$_said"; }

# Does it again while another holds the manager's lock, as long as there is patience. What it says lies
# where it is found when it is ended.
patiently() {
    while :; do
        (away_from_units "$1" && pm "$@" 9>&-) >"$T/said" 2>&1
        _code=$?
        _said=$(cat "$T/said")
        rm -f "$T/said"
        [ $_code -ne 0 ] || return 0
        tells "$pm_says_locked" && [ "$(patience_left)" != 0 ] || return 1
        sleep 2
    done
}

# tells PATTERNS: whether it ended with one of these words; the last that were found are in _words.
tells() {
    while read -r _pattern; do
        [ -n "$_pattern" ] || continue
        _words=$(printf '%s\nexit code %s\n' "$_said" "$_code" | grep -o -E -e "$_pattern" | tail -n 1)
        [ -z "$_words" ] || return 0
    done <<PATTERNS
$1
PATTERNS
    return 1
}

# A lock's holder, and what could not be fetched or is not known, is named before the last line.
complain() {
    _kind=$(kind_of "$_said") _words=
    case $_kind in
        disk-full | read-only) ;;
        *)
            if tells "$pm_says_locked"; then
                _kind=$PM-lock
            elif tells "$pm_says_untrusted"; then
                _kind=signature
            elif tells "$pm_says_unfetched"; then
                _kind=download
            elif tells "$pm_says_unknown"; then
                _kind=no-package
            fi
            ;;
    esac
    case $_words in 'exit code'*) _words= ;; esac
    said_failed "$PM: $*" $_code "$_said" "$_kind" "$_words"
}

# How long another's lock is waited for: two minutes, but never more than half of the step's time, all
# waits together, so that the step ends by saying who holds it.
uptime_now() {
    read -r _up _ </proc/uptime
    _up=${_up%%.*}
}
_patience=120
[ $((LIMIT / 2)) -ge $_patience ] || _patience=$((LIMIT / 2))
uptime_now
_until=$((_up + _patience))

patience_left() {
    uptime_now
    _left=$((_until - _up))
    [ $_left -gt 0 ] || _left=0
    echo $_left
}

# Units ----------------------------------------------------------------------------------------

# An alias is a link too, and makes a unit count as enabled.
enabled_links() { find /etc/systemd/system -type l 2>/dev/null | sort; }

# A maintainer script may enable units for the next boot: whether they run is a service resource's
# to say.
still_units() {
    [ "$pm_units" != nothing ] || return 0
    enabled_links | without "$K/links" | while read -r _link; do
        rm -f "$_link"
        printf 'not enabled at boot: %s\n' "${_link##*/}"
    done
}

# Where systemctl itself is told to leave units alone. That it is offline does not stop it from starting
# and stopping with `--now`: for that it must find no way to systemd. When a package goes it may find
# one: else a script that says `disable --now` of the unit that goes with it would fail, and the
# package would stay.
away_from_units() {
    [ "$pm_units" = environment ] || return 0
    export SYSTEMD_OFFLINE=1
    [ "$1" = remove ] || export SYSTEMCTL_FORCE_BUS=1 DBUS_SYSTEM_BUS_ADDRESS=unix:path=/nonexistent
}

POLICY=/usr/sbin/policy-rc.d
HOLD=

# From when HOLD is run to the end of this process no maintainer script starts, stops or restarts a
# unit. Who runs it has the manager's lock: nobody else's installation is meant. The policy is void
# by itself when the process has gone, so that a crash leaves nothing that acts.
hold_units() {
    [ "$pm_units" = policy ] || return 0
    read -r _self _stat </proc/self/stat
    # A name may hold spaces and brackets: count from the last bracket.
    _start=$(echo "${_stat##*) }" | cut -d ' ' -f 20)
    try write_policy "$_self" "$_start" || return
    # What is there and ours is a killed predecessor's.
    HOLD="cp '$T/policy' $POLICY.new && chmod 755 $POLICY.new"
    HOLD="$HOLD && { grep -q 'Put here by Ashlar' $POLICY 2>/dev/null || [ ! -e $POLICY ] || mv $POLICY $POLICY.before-ashlar; }"
    HOLD="$HOLD && mv -f $POLICY.new $POLICY"
}

write_policy() {
    cat >"$T/policy" <<POLICY_END
#!/bin/sh
# Put here by Ashlar while it installs a package; void when process $1 has ended.
read -r line </proc/$1/stat 2>/dev/null && line=\${line##*) } &&
    [ "\$(echo "\$line" | cut -d ' ' -f 20)" = "$2" ] && exit 101
[ -x $POLICY.before-ashlar ] && exec $POLICY.before-ashlar "\$@"
exit 0
POLICY_END
}

rest_units() {
    case $pm_units in
        environment) ! command -v systemctl >/dev/null || systemctl daemon-reload ;;
        policy)
            HOLD=
            rm -f "$POLICY.new"
            [ ! -e "$POLICY" ] || cmp -s "$T/policy" "$POLICY" || return 0
            if [ -e "$POLICY.before-ashlar" ]; then
                mv -f "$POLICY.before-ashlar" "$POLICY"
            else
                rm -f "$POLICY"
            fi
            ;;
    esac
}

# Sources of packages ------------------------------------------------------------------------

# repository NAME URI SUITE COMPONENTS KEY_FILE
repository() {
    if [ -z "$PM" ] || [ -z "$pm_source" ]; then
        fail no-package-manager "sources of packages are known for apt only"
        return
    fi
    _source=/etc/apt/sources.list.d/$1.sources
    _key=/etc/apt/keyrings/$1.asc
    printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: %s\nSigned-By: %s\n' "$2" "$3" "$4" "$_key" >"$T/source"
    cmp -s "$T/source" "$_source" || differs "source differs" "source written"
    cmp -s "$5" "$_key" || differs "key differs" "key written"
    [ -n "$diff" ] || [ -e "$STATE/units/repository-$1" ] || differs "lists were not fetched" "lists fetched"
    settled && return
    if [ ! -d "$K" ]; then
        keep_begin || return
        [ -e "$_source" ] || [ -e "$_key" ] || : >"$K.new/absent"
        [ ! -e "$_source" ] || cp -p "$_source" "$K.new/source"
        [ ! -e "$_key" ] || cp -p "$_key" "$K.new/key"
        keep_end || return
    fi
    mkdir -p /etc/apt/keyrings "$STATE/units"
    chmod 755 /etc/apt/keyrings
    rm -f "$STATE/units/repository-$1"
    try install -m 644 "$5" "$_key" && try install -m 644 "$T/source" "$_source" || return
    transact source "$_source" || return
    : >"$STATE/units/repository-$1"
    changed
}

undo_repository() {
    _source=/etc/apt/sources.list.d/$1.sources
    _key=/etc/apt/keyrings/$1.asc
    if [ -d "$K" ]; then
        rm -f "$_source" "$_key"
        [ ! -e "$K/source" ] || try cp -p "$K/source" "$_source" || return
        [ ! -e "$K/key" ] || try cp -p "$K/key" "$_key" || return
    fi
    rm -rf "$K"
    rm -f "$STATE/units/repository-$1"
    record status ok
}
