# Prints what a node is, as name=value, to $ASHLAR_OUTPUT. WANTED holds the names that are asked for,
# with a space before and after each. Runs on dash, bash and busybox, and changes nothing.

# What a line of /etc/os-release says, without its quotes.
release() {
    ( [ -r /etc/os-release ] && . /etc/os-release >/dev/null 2>&1; eval "printf '%s' \"\${$1-}\"" )
}

family() {
    for id in $(release ID) $(release ID_LIKE); do
        case $id in
            debian | ubuntu) echo debian; return ;;
            rhel | fedora | centos | rocky | almalinux | ol | amzn) echo redhat; return ;;
            suse | sles | opensuse*) echo suse; return ;;
            alpine) echo alpine; return ;;
            arch | archlinux) echo arch; return ;;
        esac
    done
    echo other
}

architecture() {
    machine=$(uname -m)
    case $machine in
        x86_64 | amd64) echo amd64 ;;
        aarch64 | arm64) echo arm64 ;;
        i?86) echo 386 ;;
        armv6*) echo armv6 ;;
        armv7* | armv8l) echo armv7 ;;
        *) echo "$machine" ;;
    esac
}

# In units of 1024² bytes, of what a line of /proc/meminfo counts in kB.
memory() { awk -v name="$1:" '$1 == name { printf "%.0f", int($2 / 1024) }' /proc/meminfo; }

# Without line breaks, which no line can hold.
tell() {
    case $WANTED in
        *" $1 "*) printf '%s=%s\n' "$1" "$("$2" ${3-} | tr -d '\r\n')" >>"$ASHLAR_OUTPUT" ;;
    esac
}

# All of them: what a person has set for programs of their own does not count.
processors() ( unset OMP_NUM_THREADS OMP_THREAD_LIMIT; nproc 2>/dev/null || getconf _NPROCESSORS_ONLN )

free_of_root() { df -Pk / | awk 'NR == 2 { printf "%.0f", int($4 / 1024) }'; }

tell os.family family
tell os.id release ID
tell os.version release VERSION_ID
tell os.codename release VERSION_CODENAME
tell os.kernel uname -r
tell cpu.architecture architecture
tell cpu.count processors
tell memory.megabytes memory MemTotal
tell host.name uname -n
tell disk.root_free_megabytes free_of_root
tell memory.free_megabytes memory MemAvailable
