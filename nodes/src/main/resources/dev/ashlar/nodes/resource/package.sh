# Packages. What differs between package managers are the functions with its name in front; the
# rest is common.

PM=
for _manager in apt; do
    command -v "$_manager-get" >/dev/null && PM=$_manager
done

# package NAME VERSION
package() {
    if [ -z "$PM" ]; then
        fail no-package-manager "no package manager that Ashlar knows"
        return
    fi
    _there=$(${PM}_version "$1")
    if [ -z "$_there" ]; then
        differs "not installed"
    elif [ -n "$2" ] && [ "$_there" != "$2" ]; then
        differs "version $_there, not $2"
    fi
    settled && return
    keep_package "$1" || return
    hold_units || return
    ${PM}_install "$1" "$2"
    _result=$?
    rest_units
    ${PM}_packages >"$T/packages"
    without "$K/packages" <"$T/packages" >"$K/brought"
    [ $_result -eq 0 ] || return 1
    still_units
    changed
}

keep_package() {
    [ ! -d "$K" ] || return 0
    keep_begin || return
    [ -n "$_there" ] || : >"$K.new/absent"
    # Half a list would say of the rest that this package brought it.
    if ! { ${PM}_packages >"$K.new/packages" && enabled_links >"$K.new/links"; } 2>/dev/null; then
        fail disk-full "cannot note in $K what is there"
        return
    fi
    keep_end
}

# Only what came with this package goes with it: a package that was there before stays.
undo_package() {
    if [ -e "$K/absent" ]; then
        hold_units || return
        ${PM}_purge "$1"
        _result=$?
        rest_units
        [ $_result -eq 0 ] || return 1
    fi
    rm -rf "$K"
    record status ok
}

# An alias is a link too, and makes a unit count as enabled.
enabled_links() { find /etc/systemd/system -type l 2>/dev/null | sort; }

# A maintainer script may enable units for the next boot: whether they run is a service resource's
# to say.
still_units() {
    enabled_links | without "$K/links" | while read -r _link; do
        rm -f "$_link"
        printf 'not enabled at boot: %s\n' "${_link##*/}"
    done
    enabled_links >"$K/links"
}

POLICY=/usr/sbin/policy-rc.d

# For exactly the time of this process no maintainer script starts, stops or restarts a unit. The
# file is void by itself when the process has gone, so that a crash leaves nothing that acts.
hold_units() {
    heal_units
    if [ -e "$POLICY" ]; then
        try mv "$POLICY" "$POLICY.before-ashlar" || return
    fi
    read -r _self _stat </proc/self/stat
    # A name may hold spaces and brackets: count from the last bracket.
    _start=$(echo "${_stat##*) }" | cut -d ' ' -f 20)
    try write_policy "$_self" "$_start"
}

write_policy() {
    cat >"$POLICY.new" <<POLICY_END || return
#!/bin/sh
# Put here by Ashlar while it installs a package; void when process $1 has ended.
read -r line </proc/$1/stat 2>/dev/null && line=\${line##*) } &&
    [ "\$(echo "\$line" | cut -d ' ' -f 20)" = "$2" ] && exit 101
[ -x $POLICY.before-ashlar ] && exec $POLICY.before-ashlar "\$@"
exit 0
POLICY_END
    chmod 755 "$POLICY.new" && mv -f "$POLICY.new" "$POLICY"
}

rest_units() {
    if [ -e "$POLICY.before-ashlar" ]; then
        mv -f "$POLICY.before-ashlar" "$POLICY"
    else
        rm -f "$POLICY"
    fi
}

# Takes away what a killed predecessor left.
heal_units() {
    if grep -q 'Put here by Ashlar' "$POLICY" 2>/dev/null; then
        rest_units
    fi
}

# apt ------------------------------------------------------------------------------------------

# How long another's lock is waited for: two minutes, but never more than half of the step's time, all
# waits together, so that the step ends by saying who holds it.
uptime_seconds() {
    read -r _up _idle </proc/uptime
    echo "${_up%%.*}"
}
_patience=120
[ $((LIMIT / 2)) -ge $_patience ] || _patience=$((LIMIT / 2))
_until=$(($(uptime_seconds) + _patience))

patience_left() {
    _left=$((_until - $(uptime_seconds)))
    [ $_left -gt 0 ] || _left=0
    echo $_left
}

apt_do() {
    DEBIAN_FRONTEND=noninteractive DEBIAN_PRIORITY=critical NEEDRESTART_MODE=l APT_LISTCHANGES_FRONTEND=none \
        apt-get -y -q -o DPkg::Lock::Timeout=$(patience_left) -o Dpkg::Use-Pty=0 \
        -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@"
}

apt_version() {
    dpkg-query -W -f='${db:Status-Status} ${Version}\n' "$1" 2>/dev/null | while read -r _status _version; do
        [ "$_status" = installed ] && echo "$_version" && break
    done
}

apt_packages() { dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' | sed -n 's/^.i *//p' | sort -u; }

apt_candidate() {
    apt-cache policy "$1" 2>/dev/null | grep -q '^ *Candidate: [^(]'
}

apt_install() {
    # An earlier dpkg may have been interrupted.
    if [ -n "$(dpkg --audit 2>&1)" ] || [ -n "$(ls /var/lib/dpkg/updates 2>/dev/null)" ]; then
        DEBIAN_FRONTEND=noninteractive dpkg --configure -a --force-confdef --force-confold
    fi
    apt_candidate "$1" || apt_update || return
    _what=$1${2:+=$2}
    _flags="--no-install-recommends ${2:+--allow-downgrades}"
    if _said=$(apt_do $_flags install "$_what" 2>&1); then
        printf '%s\n' "$_said"
        return 0
    fi
    case $_said in
        *'404'*'Not Found'* | *'Failed to fetch'*)
            # The lists are older than the mirror.
            printf '%s\n' "$_said"
            apt_update || return
            ;;
        *'Could not get lock'*)
            said_failed "apt-get install" 100 "$_said"
            return
            ;;
    esac
    try apt_do $_flags install "$_what"
}

apt_update() {
    while :; do
        _said=$(apt_do update 2>&1) && break
        case $_said in
            # The lists have a lock of their own, for which apt itself does not wait.
            *'Could not get lock'*) [ "$(patience_left)" = 0 ] || {
                sleep 2
                continue
            } ;;
        esac
        said_failed "apt-get update" 100 "$_said"
        return 1
    done
    printf '%s\n' "$_said"
}

apt_purge() {
    if [ -n "$(apt_known "$1")" ]; then
        try apt_do purge "$1" || return
    fi
    # What came in with it and nothing else asks for.
    [ -s "$K/brought" ] || return 0
    apt_do -s autoremove 2>/dev/null | sed -n 's/^Remv \([^ ]*\).*/\1/p' | grep -x -F -f "$K/brought" >"$T/orphans"
    [ ! -s "$T/orphans" ] || try apt_do purge $(cat "$T/orphans")
}

apt_known() { dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -v not-installed; }

# Sources of packages ------------------------------------------------------------------------

# repository NAME URI SUITE COMPONENTS KEY_FILE
repository() {
    if [ "$PM" != apt ]; then
        fail no-package-manager "sources of packages are known for apt only"
        return
    fi
    _source=/etc/apt/sources.list.d/$1.sources
    _key=/etc/apt/keyrings/$1.asc
    printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: %s\nSigned-By: %s\n' "$2" "$3" "$4" "$_key" >"$T/source"
    cmp -s "$T/source" "$_source" || differs "source differs"
    cmp -s "$5" "$_key" || differs "key differs"
    [ -n "$diff" ] || [ -e "$STATE/units/repository-$1" ] || differs "lists were not fetched"
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
    # Only this source: what other mirrors offer is not this step's to change.
    try apt_do -o "Dir::Etc::sourcelist=$_source" -o Dir::Etc::sourceparts=- -o APT::Get::List-Cleanup=0 \
        -o APT::Update::Error-Mode=any update || return
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
