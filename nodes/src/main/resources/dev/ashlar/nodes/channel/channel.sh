# The dispatcher: what the persistent shell of a connection knows. It never runs anything that may
# take long itself: jobs run beside it, each under a supervisor of its own, so that it always
# listens. Set before this text: NONCE SESSION RUN STATE CLUSTER LINEAGE SH LIBRARY.
umask 077
S=$RUN/$SESSION
CARRIED=$STATE/claims/$CLUSTER
COPIES=$STATE/copies/$CLUSTER
NL='
'
CLAIM= UNCLAIMED=

# One frame: nonce, request, kind, length, payload. Frames stay below the size that a pipe takes in
# one piece, because several writers share the line.
frame() { printf '%s %s %s %d\n%s\n' "$NONCE" "$1" "$2" "${#3}" "$3" >&3; }

# Bash writes line after line what its printf prints, and another may write in between. What its echo
# prints it writes in one piece up to the last newline: the one that follows is an empty line of noise.
if shopt -u xpg_echo; then
    frame() { echo "$NONCE $1 $2 ${#3}$NL$3$NL" >&3; }
fi

field() { printf '%s %d\n%s\n' "$1" "${#2}" "$2"; }

field_file() {
    if [ -f "$2" ]; then
        _size=$(wc -c <"$2")
        printf '%s %d\n' "$1" "$_size"
        cat "$2"
        echo
    fi
}

# The same of a file of lines; takes no process for what is short.
field_lines() {
    [ -f "$2" ] || return 0
    _text= _line=
    while IFS= read -r _line; do
        _text=$_text$_line$NL
        [ ${#_text} -lt 8192 ] || {
            field_file "$1" "$2"
            return
        }
    done <"$2"
    field "$1" "$_text$_line"
}

# Answers a request with a file's bytes; not at all where it has gone with its session.
send_file() { send_parts "$1" "$2" && frame "$1" end ''; }

# The bytes of a file as a part of the answer to a request.
send_parts() {
    _size=$(wc -c <"$2") || return
    _at=0
    while [ $((_size - _at * 3000)) -gt 0 ]; do
        _length=$((_size - _at * 3000))
        [ $_length -le 3000 ] || _length=3000
        {
            printf '%s %s part %d\n' "$NONCE" "$1" $_length
            dd if="$2" bs=3000 skip=$_at count=1 2>/dev/null
            echo
        } >"$2.frame"
        cat "$2.frame" >&3 || return
        _at=$((_at + 1))
    done
    rm -f "$2.frame"
}

# The same with a file of lines; takes no process for what is short.
send_lines() {
    [ -f "$2" ] || return
    _part=
    while IFS= read -r _line; do
        if [ $((${#_part} + ${#_line})) -gt 3000 ]; then
            frame "$1" part "$_part"
            _part=
        fi
        if [ ${#_line} -gt 3000 ]; then
            printf '%s\n' "$_line" >"$2.line"
            send_parts "$1" "$2.line"
        else
            _part=$_part$_line$NL
        fi
    done <"$2"
    frame "$1" end "$_part"
}

pause() { sleep 0.1 2>/dev/null || sleep 1; }

# The processes whose environment holds a text (not with -F: busybox then stops at the first NUL). Each process of a job carries
# `ASHLAR_JOB=SESSION.REQUEST;INTENT;`, or `ASHLAR_JOB=finish;INTENT;` when it may outlive the session.
marked() {
    grep -l -s -e "$1" /proc/[0-9]*/environ | while IFS=/ read -r _ _ _pid _; do
        printf '%s ' "$_pid"
    done
}

# Ends all that carry a marker: TERM, and KILL for what is still there after three seconds.
end_marked() {
    _left=$(marked "$1")
    [ -n "$_left" ] || return 0
    kill -TERM $_left 2>/dev/null
    _tries=0
    while [ $_tries -lt 30 ]; do
        pause
        _left=$(marked "$1")
        [ -n "$_left" ] || return 0
        _tries=$((_tries + 1))
    done
    # What forks faster than it is found needs more than one round.
    _tries=0
    while [ -n "$_left" ] && [ $_tries -lt 20 ]; do
        kill -KILL $_left 2>/dev/null
        pause
        _left=$(marked "$1")
        _tries=$((_tries + 1))
    done
}

# Runs the program of a job to its end and answers. Without a request the answer stays in its folder.
# supervise REQUEST FOLDER MARK SECONDS DURABLE BEFORE
# BEFORE: the marker of an earlier attempt, which is ended first.
supervise() {
    trap : PIPE
    T=$2
    cd / || return
    [ -z "$6" ] || end_marked "$6"
    read -r _self _ </proc/self/stat
    echo "$_self" >"$T/supervisor"
    mkfifo "$T/out"
    tail -c 65536 <"$T/out" >"$T/log" 3>&- &
    _tail=$!
    read -r _from _ </proc/uptime
    # The marker comes after timeout, whose own watcher may live on for a moment.
    setsid timeout -k 5 "$4" env -i "PATH=$PATH" LC_ALL=C "HOME=${HOME:-/}" "$3" "T=$T" \
        "STATE=$STATE" "LINEAGE=$LINEAGE" "LIBRARY=$LIBRARY" "LIMIT=$4" "SH=$SH" \
        $SH "$T/program" >"$T/out" 2>&1 </dev/null 3>&- &
    wait $!
    _code=$?
    read -r _now _ </proc/uptime
    _took=$((${_now%%.*} - ${_from%%.*}))
    leftovers "$3"
    _tries=0
    # Something that shed its marker may still hold the output open.
    while kill -0 $_tail 2>/dev/null && [ $_tries -lt 10 ]; do
        pause
        _tries=$((_tries + 1))
    done
    if kill -0 $_tail 2>/dev/null; then
        end_holders "$T/out"
    fi
    wait $_tail
    rm -f "$T/out"
    # What a program in it had said when all was ended, and nobody told.
    [ ! -s "$T/said" ] || tail -c 65536 "$T/said" >>"$T/log"
    # It may have taken away the folder it works in: without one nothing could be answered. Where the
    # folder above is gone too, the session was closed and nobody asks.
    _gone=
    [ -d "$T" ] || { mkdir "$T" 2>/dev/null && _gone=yes; }
    {
        field exit $_code
        case $_code in
            124 | 137 | 143) [ $_took -lt "$4" ] || field timeout "$4" ;;
        esac
        [ ! -e "$T/cancelled" ] || field cancelled yes
        [ -z "$_gone" ] || field gone "$T"
        [ ! -s "$T/left" ] || field_file left "$T/left"
        field_file records "$T/records"
        if [ -f "$T/outputs" ]; then
            if [ "$(wc -c <"$T/outputs")" -gt 1048576 ]; then
                field surplus outputs
            else
                field_file outputs "$T/outputs"
            fi
        fi
        field_file log "$T/log"
    } >"$T/answer.new"
    mv "$T/answer.new" "$T/answer"
    if [ -n "$5" ]; then
        cp "$T/answer" "$5/answer.new" && mv "$5/answer.new" "$5/answer"
        send_file "$1" "$T/answer"
        # Kept in memory only when the disk refused it.
        [ ! -f "$5/answer" ] || rm -rf "$T"
    elif [ -n "$1" ]; then
        send_file "$1" "$T/answer"
        rm -rf "$T"
    fi
}

# quick REQUEST FOLDER MARK SECONDS BEFORE: a job that starts nothing which could outlive it, and says little. It is
# spared what watching over others takes, which would be most of its time.
quick() {
    trap : PIPE
    T=$2
    cd / || return
    [ -z "$5" ] || end_marked "$5"
    read -r _from _ </proc/uptime
    setsid timeout -k 5 "$4" env -i "PATH=$PATH" LC_ALL=C "HOME=${HOME:-/}" "$3" "T=$T" \
        "STATE=$STATE" "LINEAGE=$LINEAGE" "LIBRARY=$LIBRARY" "LIMIT=$4" "SH=$SH" \
        $SH "$T/program" >"$T/log" 2>&1 </dev/null 3>&-
    _code=$?
    read -r _now _ </proc/uptime
    _took=$((${_now%%.*} - ${_from%%.*}))
    {
        field exit $_code
        case $_code in 124 | 137) [ $_took -lt "$4" ] || field timeout "$4" ;; esac
        [ ! -e "$T/cancelled" ] || field cancelled yes
        field_lines records "$T/records"
        [ ! -s "$T/log" ] || field_file log "$T/log"
    } >"$T/answer"
    send_lines "$1" "$T/answer"
    rm -rf "$T"
}

# What a job left running: given a moment to end by itself, named, then ended.
leftovers() {
    _tries=0
    _left=$(marked "$1")
    # In the moment of an exec a process shows no environment: look twice.
    [ -n "$_left" ] || { sleep 0.01 2>/dev/null && _left=$(marked "$1"); }
    while [ -n "$_left" ] && [ $_tries -lt 5 ]; do
        pause
        _left=$(marked "$1")
        _tries=$((_tries + 1))
    done
    [ -n "$_left" ] || return 0
    for _pid in $_left; do
        read -r _name <"/proc/$_pid/comm" && echo "$_pid $_name"
    done >"$T/left" 2>/dev/null
    end_marked "$1"
}

end_holders() {
    ls -l /proc/[0-9]*/fd 2>/dev/null | awk -v path="$1" '
        /^\/proc\// { split($0, part, "/"); pid = part[3] }
        index($0, "-> " path) { print pid }' | sort -u | while read -r _pid; do
        [ "$_pid" = "$_tail" ] && continue
        read -r _name <"/proc/$_pid/comm" && echo "$_pid $_name" >>"$T/left"
        kill -KILL "$_pid"
    done 2>/dev/null
}

# job REQUEST FOLDER MARK SECONDS DURABLE BEFORE: starts what lies in FOLDER.
job() { ( ( supervise "$@" ) & ); }

# quickly, with the words of `quick`.
quickly() { ( ( quick "$@" ) & ); }

# several REQUEST FOLDER MARK SECONDS...: starts what lies in FOLDER/0, FOLDER/1 and so on beside each
# other, each with a bound of its own.
several() { ( ( gather "$@" ) & ); }

# Answers when the last of several jobs has ended, with the answer of each.
gather() {
    trap : PIPE
    _request=$1 _all=$2 _mark=$3
    shift 3
    _number=0
    for _seconds in "$@"; do
        ( supervise '' "$_all/$_number" "$_mark$_number;" "$_seconds" '' '' ) &
        _number=$((_number + 1))
    done
    wait
    _at=0
    while [ $_at -lt $_number ]; do
        field_file "job.$_at" "$_all/$_at/answer"
        _at=$((_at + 1))
    done >"$_all/answer"
    send_file "$_request" "$_all/answer"
    rm -rf "$_all"
}

# What the node carries of a claim now, in $held.
read_claim() {
    held=
    [ ! -f "$CARRIED" ] || IFS= read -r held <"$CARRIED"
}

# Refuses REQUEST when the node has been claimed by another since this session claimed it.
mine() {
    [ -n "$CLAIM" ] || return 0
    read_claim
    [ "$held" = "$CLAIM" ] && return
    [ -z "$UNCLAIMED" ] || {
        refuse "$1" "$UNCLAIMED"
        return
    }
    frame "$1" end "$(field claimed "$held")"
    return 1
}

# claim EXPECTED NEW: the node carries NEW in place of EXPECTED; where it does not, jobs are refused.
claim() {
    CLAIM=$2
    read_claim
    [ "$held" = "$1" ] || return
    UNCLAIMED=$({ mkdir -p "$STATE/claims" && printf '%s\n' "$2" >"$CARRIED.$SESSION" \
        && { sync -d "$CARRIED.$SESSION" 2>/dev/null || sync; } && mv "$CARRIED.$SESSION" "$CARRIED"; } 2>&1) && UNCLAIMED= && return
    rm -f "$CARRIED.$SESSION"
    UNCLAIMED="cannot write $CARRIED: $UNCLAIMED"
}

settle() { mine "$1" && frame "$1" end ''; }

# disclaim REQUEST: the node answers to nobody of this cluster any more.
disclaim() {
    mine "$1" || return
    CLAIM=
    rm -rf "$CARRIED" "$COPIES"
    rmdir "$STATE/claims" "$STATE/copies"
    frame "$1" end ''
}

# kept REQUEST PATH: what has just been written is PATH now; not so where $bad says that it could not be.
kept() {
    [ -n "$bad" ] || sync -d "$COPIES/.new.$SESSION" 2>/dev/null || sync
    if [ -z "$bad" ] && mv "$COPIES/.new.$SESSION" "$2"; then
        frame "$1" end ''
    else
        rm -f "$COPIES/.new.$SESSION"
        refuse "$1" "cannot write $2"
    fi
}

# drop REQUEST NAME...: forgets copies.
drop() {
    mine "$1" || return
    _request=$1
    shift
    for _name in "$@"; do
        rm -f "$COPIES/$_name"
    done
    frame "$_request" end ''
}

# The folder of a job; refused when it can't be made.
new_job() {
    mine "$1" || return
    # The folder of a request is new and stands in one that is there.
    mkdir "$2" 2>/dev/null && return
    _said=$({ mkdir -p "${2%/*}" && rm -rf "$2" && mkdir "$2"; } 2>&1) && return
    refuse "$1" "cannot make $2: $_said"
}

# refuse REQUEST WORDS: answers that nothing was started.
refuse() {
    _why=$(df -P "$RUN" "$STATE" 2>/dev/null | awk '$5 == "100%" { print "No space left on device" }')
    frame "$1" end "$(field refused "$2 $_why")"
    return 1
}

cancel() {
    ( (
        : >"$1/cancelled"
        end_marked "$2"
    ) & )
}

# collect REQUEST FOLDER DURABLE: the answer of a finishing job, as soon as it has one.
collect() {
    ( (
        trap : PIPE
        while :; do
            for _at in "$3" "$2"; do
                [ -f "$_at/answer" ] || continue
                if cp "$_at/answer" "$S/collected-$1"; then
                    send_file "$1" "$S/collected-$1"
                    rm -f "$S/collected-$1"
                    exit
                fi
                # One that has gone meanwhile now lies where it is kept.
                if [ -f "$_at/answer" ]; then
                    refuse "$1" "cannot copy $_at/answer"
                    exit
                fi
            done
            if ! read -r _pid <"$2/supervisor" || ! kill -0 "$_pid"; then
                # It may have ended between the two looks.
                [ -f "$3/answer" ] && continue
                frame "$1" end "$(field nothing yes)"
                exit
            fi
            pause
        done
    ) & )
}

beat() {
    echo "$1" >"$S/beat"
    frame 0 beat ''
}

# Ends all jobs of a session that must not outlive it, and forgets it.
close_session() {
    [ -d "$RUN/$1" ] || return 0
    mv "$RUN/$1" "$RUN/$1.closing" 2>/dev/null || return 0
    end_marked "ASHLAR_JOB=$1."
    rm -rf "$RUN/$1.closing"
}

# Closes the session when the controller has been silent for twenty seconds.
watch_over() {
    trap : PIPE
    exec 3>&-
    _seen= _silent=0
    while [ -d "$S" ] && [ $_silent -lt 10 ]; do
        sleep 2
        _now=
        read -r _now <"$S/beat"
        if [ "$_now" = "$_seen" ]; then
            _silent=$((_silent + 1))
        else
            _silent=0 _seen=$_now
        fi
    done
    close_session "$SESSION"
}

open_folders() { mkdir -p "$RUN" "$STATE" "$S/jobs" && chmod 700 "$RUN" "$STATE"; }

open_session() {
    # The words of a failure are worth another try.
    open_folders 2>/dev/null || _said=$(open_folders 2>&1) || {
        rm -rf "$S"
        frame 0 hello "$(field refused "${_said:-cannot make $S}")"
        exit 1
    }
    # Contents whose step was cut off, and outcomes that nobody asked for in a week.
    [ ! -d "$STATE/incoming" ] || find "$STATE/incoming" -type f -mmin +120 -exec rm -f {} + 2>/dev/null
    [ ! -d "$STATE/intents" ] || find "$STATE/intents" -mindepth 1 -maxdepth 1 -mtime +7 -exec rm -rf {} + 2>/dev/null
    trap 'close_session "$SESSION"' EXIT
    trap 'exit 1' HUP INT TERM PIPE
    ( ( watch_over ) & )
    # Its name holds its digest: what was cut short or changed since is sent again.
    _library=need
    if [ -f "$LIBRARY" ]; then
        _sum=$(sha256sum <"$LIBRARY")
        case $LIBRARY in */library-"${_sum%"${_sum#????????????????}"}".sh) _library=have ;; esac
    fi
    read_claim
    # As `field` has it: to catch what that prints takes a process.
    read -r _boot </proc/sys/kernel/random/boot_id
    frame 0 hello "library ${#_library}$NL$_library${NL}claim ${#held}$NL$held${NL}boot ${#_boot}$NL$_boot"
}
