# A person's command, whose words are "$@": what it prints is kept apart, no more than $most bytes of each
# stream, and reported as records. It is looked for as a program: no shell reads its words.
umask 022
t=$T sh=$SH
unset T STATE LINEAGE LIBRARY LIMIT SH

# keep NAME: what comes on standard input, as it comes, in a file. Ends when nobody holds the other end any
# more, and is no process of the job's: it is not counted among what the command left.
keep() {
    trap '' TERM XFSZ
    unset ASHLAR_JOB
    exec $sh -c '( ulimit -f "$1"; exec cat >"$2" ); cat >/dev/null; : >"$2.end"' sh $((most / 512 + 1)) "$t/$1"
}

mkfifo "$t/1" "$t/2" || exit 125
keep stdout <"$t/1" >/dev/null 2>&1 &
keep stderr <"$t/2" >/dev/null 2>&1 &
cd "${HOME:-/}" || cd /
# Asked to end is the command: what it says until then is reported, whether it does or not.
trap 'kill "$child"' TERM
# Not every exec takes a -- to end its options; no other word than one with a dash is read as one.
$sh -c 'case $1 in -*) exec nice -n 0 -- "$@" ;; *) exec "$@" ;; esac' sh "$@" >"$t/1" 2>"$t/2" </dev/null &
child=$!
wait $child
code=$?
tries=0
until { [ -e "$t/stdout.end" ] && [ -e "$t/stderr.end" ]; } || [ $tries -eq 20 ]; do
    sleep 0.05 2>/dev/null || sleep 1
    tries=$((tries + 1))
done
for name in stdout stderr; do
    head -c "$most" "$t/$name" >"$t/$name.kept"
    printf '%s %d\n' $name $(($(wc -c <"$t/$name.kept")))
    cat "$t/$name.kept"
    echo
done >"$t/records"
exit $code
