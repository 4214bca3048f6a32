# Units of systemd.

# service NAME UNIT_FILE(or empty) SHA256 STATE ENABLED TRIGGER
service() {
    _unit=$1 _token=$6
    _path=/etc/systemd/system/$1
    if ! command -v systemctl >/dev/null; then
        fail no-systemd "there is no systemctl"
        return
    fi
    if [ -n "$2" ] && { [ ! -f "$_path" ] || [ "$(digest "$_path")" != "$3" ]; }; then
        differs "unit text" "unit written"
    fi
    _active=$(systemctl show -p ActiveState --value "$1")
    _enabled=$(systemctl is-enabled "$1" 2>/dev/null)
    _restart=
    service_state "$4" "$6"
    service_boot "$5"
    settled && return
    keep_service "$1" || return
    service_unit "$2" || return
    if [ -z "$2" ] && [ "$(systemctl show -p LoadState --value "$1")" = not-found ]; then
        fail no-unit "there is no unit $1"
        return
    fi
    case $5,$_enabled in
        true,enabled | true,static | true,generated | true,indirect | true,alias) ;;
        true,*) try systemctl -q enable "$1" || return ;;
        false,enabled) try systemctl -q disable "$1" || return ;;
    esac
    service_act "$1" "$4" "$6" && changed
}

# A unit in the middle of a start is started once more, which waits for it.
service_state() {
    case $1,$_active in
        running,active | running,reloading)
            if [ -n "$2" ] && [ "$(cat "$STATE/units/$_unit" 2>/dev/null)" != "$2" ]; then
                differs "a restart is due" restarted
                _restart=yes
            elif [ -n "$diff" ]; then
                does restarted
                _restart=yes
            fi
            ;;
        running,*) service_done_once || differs "is ${_active:-unknown}" "started, was ${_active:-unknown}" ;;
        stopped,inactive | stopped,failed) ;;
        stopped,*) differs "is $_active" "stopped, was $_active" ;;
    esac
}

# A oneshot that does not remain has run when its token says so.
service_done_once() {
    [ "$(systemctl show -p Type --value "$_unit")" = oneshot ] || return 1
    [ "$_active" = inactive ] && [ -f "$STATE/units/$_unit" ] || return 1
    [ "$(cat "$STATE/units/$_unit")" = "$_token" ]
}

service_boot() {
    case $1,$_enabled in
        true,enabled | true,static | true,generated | true,indirect | true,alias) ;;
        true,*) differs "not started at boot" "enabled at boot" ;;
        false,enabled) differs "started at boot" "disabled at boot" ;;
    esac
}

keep_service() {
    [ ! -d "$K" ] || return 0
    keep_begin || return
    printf '%s\n' "$_active" >"$K.new/active"
    printf '%s\n' "$_enabled" >"$K.new/enabled"
    if [ -e "$_path" ] || [ -L "$_path" ]; then
        try cp -a "$_path" "$K.new/was" || return
    fi
    [ "$(systemctl show -p LoadState --value "$1")" != not-found ] || : >"$K.new/absent"
    keep_end
}

service_unit() {
    case $diff in
        "unit text"*)
            beside "$_path"
            try cp "$1" "$_new" && try chmod 644 "$_new" && into "$_new" "$_path" || return
            : >"$K/wrote"
            try systemctl daemon-reload || return
            ;;
    esac
    [ "$(systemctl show -p NeedDaemonReload --value "$_unit")" != yes ] || try systemctl daemon-reload
}

service_act() {
    if [ "$2" = stopped ]; then
        [ "$_active" = inactive ] || try systemctl stop "$1"
        return
    fi
    _begun=$(date +%s)
    # Also of one that runs: systemd refuses who was started often, be it by us.
    systemctl reset-failed "$1" 2>/dev/null || :
    _failed=
    if [ -n "$_restart" ]; then
        systemctl restart "$1" 2>&1
    elif [ "$_active" != active ]; then
        systemctl start "$1" 2>&1
    fi || _failed=yes
    _life=$(systemctl show -p InvocationID --value "$1")
    [ -z "$_failed" ] || {
        service_broken "$1" "did not start"
        return 1
    }
    stays_up "$1" || return
    mkdir -p "$STATE/units"
    printf '%s\n' "$3" >"$STATE/units/$1.new" && try mv -f "$STATE/units/$1.new" "$STATE/units/$1"
}

# Started is not running: a unit may fall over a moment later.
stays_up() {
    _restarts=$(systemctl show -p NRestarts --value "$1")
    _looks=0
    while [ $_looks -lt 10 ]; do
        case $(systemctl show -p ActiveState --value "$1") in
            active | reloading) ;;
            inactive)
                [ "$(systemctl show -p Type --value "$1")" = oneshot ] && return 0
                service_broken "$1" "started and ended"
                return 1
                ;;
            *)
                service_broken "$1" "started and fell over"
                return 1
                ;;
        esac
        [ "$(systemctl show -p NRestarts --value "$1")" = "$_restarts" ] || {
            service_broken "$1" "keeps restarting"
            return 1
        }
        [ "$(systemctl show -p Type --value "$1")" != oneshot ] || return 0
        sleep 0.1 2>/dev/null || sleep 1
        _looks=$((_looks + 1))
    done
}

# The last words are those of the life that was begun here, not of the one that a restart ended.
service_broken() {
    timeout 5 journalctl --sync 2>/dev/null
    _said=
    [ -z "$_life" ] || _said=$(journalctl -q --no-pager -o cat -n 10 \
        "_SYSTEMD_INVOCATION_ID=$_life" + "INVOCATION_ID=$_life" 2>/dev/null)
    [ -n "$_said" ] || _said=$(journalctl -q --no-pager -o cat -n 10 -u "$1" --since "@$_begun" 2>/dev/null)
    printf '%s\n' "$_said"
    record command "systemctl start $1"
    record code 1
    record said "$_said"
    fail service-failed "$1 $2: $(systemctl show -p Result --value "$1")"
}

undo_service() {
    [ -d "$K" ] || {
        record status ok
        return 0
    }
    _path=/etc/systemd/system/$1
    beside "$_path"
    _was= _boot=
    read -r _was <"$K/active"
    read -r _boot <"$K/enabled"
    if [ "$_was" != active ]; then systemctl stop "$1" 2>&1; fi
    if [ "$_boot" != enabled ]; then systemctl -q disable "$1" 2>&1; fi
    if [ -e "$K/was" ] || [ -L "$K/was" ]; then
        put_back "$_path" || return
    elif [ -e "$K/wrote" ]; then
        rm -f "$_path"
    fi
    systemctl daemon-reload
    systemctl reset-failed "$1" 2>/dev/null || :
    if [ "$_boot" = enabled ]; then systemctl -q enable "$1"; fi
    if [ "$_was" = active ]; then try systemctl restart "$1" || return; fi
    rm -rf "$K" "$STATE/units/$1"
    record status ok
}
