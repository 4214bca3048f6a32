# What the bare-ssh peer runs on one host, on standard input of its sh:
#   ssh HOST sh -s -- NAME CHANGED <files.sh
# Writes twenty files of about a kilobyte, each its own, of the host's NAME. CHANGED is the word that the
# file 07 has and the others do not, so that another one changes this file alone.
set -eu
name=$1 changed=$2
mkdir -p /etc/ashlar-bench
for number in 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20; do
    word=steady
    [ "$number" != 07 ] || word=$changed
    file=/etc/ashlar-bench/$number.conf
    cat >"$file.new" <<EOF
# Settings of part $number on $name.
[part]
number = $number
host = $name
word = $word

[listen]
address = 0.0.0.0
port = 80$number
backlog = 512
keepalive = 75
read_timeout = 30
write_timeout = 30
header_bytes_max = 8192

[workers]
count = 4
queue_length = 1024
restart_after = 100000
stop_timeout = 20

[log]
path = /var/log/ashlar-bench/$number.log
level = info
rotate_megabytes = 64
keep = 7
format = time level part host message

[limits]
open_files = 65536
memory_megabytes = 256
connections_per_client = 64
requests_per_second = 500
burst = 1000

[upstream]
first = http://upstream-1.$name.internal:90$number/
second = http://upstream-2.$name.internal:90$number/
third = http://upstream-3.$name.internal:90$number/
balance = least-connections
check_every = 5
check_timeout = 2
fail_after = 3
EOF
    chmod 0640 "$file.new"
    mv "$file.new" "$file"
done
