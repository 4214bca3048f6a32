# The package managers, one profile each. To add one: copy a profile, say in it what the manager's own
# commands and words are, put its name into MANAGERS, and a line into the table of docs/reference/language.md.
# No other code knows of it. A profile only sets fields; commands are shell text and are run with "$1"
# and so on set as told. The first of MANAGERS whose program a node has is the node's manager.
MANAGERS='apt dnf zypper apk pacman'

# All fields, and what holds where a profile does not set one.
manager_defaults() {
    pm_program= # the program by which the manager is known to be there

    # Questions. They change nothing and wait for nobody.
    pm_installed= # prints the version of the package $1, nothing when it is not installed; $2 is the
    #               version that is wanted, for managers whose versions may be given in part
    pm_list=                       # prints the names of all installed packages, one a line
    pm_traces='pm installed "$1"'  # prints something while anything of the package $1 is left to remove
    pm_known=true                  # succeeds when the lists know the package $1; else they are refreshed first

    # Deeds. They ask nobody, replace no file that a person changed, bring nothing that is only recommended.
    # When one fails the words below tell why.
    pm_ready=true # before anything else: mends what an earlier run left when it was killed
    pm_refresh=   # fetches the lists of what there is
    pm_install=   # installs the package $1
    pm_exact=     # installs exactly version $2 of the package $1, be it newer or older than what is there
    pm_goes=true  # prints the names of all packages that would go with $1, one a line
    pm_remove=    # removes the packages "$@", and not what they brought
    pm_orphans=true # prints the names of packages that came for others and that none needs, one a line;
    #                 nothing where removing a package takes those along
    pm_source= # fetches the lists of the source in the file $1 alone, for `repository`; only apt has it

    # How maintainer scripts are kept from units while a deed is done: `policy` (the file policy-rc.d of
    # Debian), `environment` (systemctl is told that it is offline), or `nothing` where no systemd is.
    pm_units=environment

    # What it says, as lines of extended regular expressions. They are looked for in what it printed and
    # in a last line `exit code N`. The first that is found decides, and its last match is what people read.
    pm_says_locked=    # another process works with it: waited for
    pm_says_untrusted= # a signature or a key is missing or wrong
    pm_says_unfetched= # something could not be fetched
    pm_says_unknown=   # there is no such package, or not in this version
    pm_says_stale=     # perhaps the lists are old: they are refreshed, and it is tried once more
}

# apt: Debian, Ubuntu --------------------------------------------------------------------------

manager_apt() {
    pm_program=apt-get
    pm_installed='apt_version "$1"'
    pm_list="dpkg-query -W -f='\${db:Status-Abbrev} \${Package}\n' | sed -n 's/^.i *//p'"
    pm_traces="dpkg-query -W -f='\${db:Status-Status}\n' \"\$1\" 2>/dev/null | grep -v not-installed"
    pm_known="apt-cache policy \"\$1\" 2>/dev/null | grep -q '^ *Candidate: [^(]'"
    pm_ready=apt_mend
    pm_refresh='apt_do update'
    pm_install='apt_do --no-install-recommends install "$1"'
    pm_exact='apt_do --no-install-recommends --allow-downgrades install "$1=$2"'
    pm_remove='apt_do purge "$@"'
    pm_goes="apt_do -s purge \"\$1\" | sed -n 's/^\(Remv\|Purg\) \([^ ]*\).*/\2/p'"
    pm_orphans="apt_do -s autoremove 2>/dev/null | sed -n 's/^Remv \([^ ]*\).*/\1/p'"
    # What other mirrors offer is not this source's to change.
    pm_source='apt_do -o "Dir::Etc::sourcelist=$1" -o Dir::Etc::sourceparts=- -o APT::Get::List-Cleanup=0 \
        -o APT::Update::Error-Mode=any update'
    pm_units=policy
    # apt itself waits for some of its locks, and tells of them while it does.
    pm_says_locked='Could not get lock.* held by .*
        Could not get lock.*|Unable to acquire the dpkg.*|Unable to lock.*|.*is another process using it.*'
    pm_says_untrusted=".*(NO_PUBKEY|is not signed|couldn't be verified|BADSIG|EXPKEYSIG).*"
    pm_says_unfetched='.*(Failed to fetch|Temporary failure resolving|Could not connect|Could not resolve).*'
    pm_says_unknown='.*(Unable to locate package|has no installation candidate|was not found).*'
    pm_says_stale='404.*Not Found|Failed to fetch'
}

apt_do() {
    DEBIAN_FRONTEND=noninteractive DEBIAN_PRIORITY=critical NEEDRESTART_MODE=l APT_LISTCHANGES_FRONTEND=none \
        apt-get -y -q -o DPkg::Lock::Timeout=$(patience_left) -o Dpkg::Use-Pty=0 \
        ${HOLD:+-o "DPkg::Pre-Invoke::=$HOLD"} \
        -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@"
}

apt_version() {
    dpkg-query -W -f='${db:Status-Status} ${Version}\n' "$1" 2>/dev/null | while read -r _status _version; do
        [ "$_status" = installed ] && echo "$_version" && break
    done
}

# An earlier dpkg may have been interrupted.
apt_mend() {
    if [ -n "$(dpkg --audit 2>&1)" ] || [ -n "$(ls /var/lib/dpkg/updates 2>/dev/null)" ]; then
        sh -c "$HOLD" || return
        DEBIAN_FRONTEND=noninteractive dpkg --configure -a --force-confdef --force-confold
    fi
    return 0
}

# dnf: Fedora and its relatives ----------------------------------------------------------------

manager_dnf() {
    pm_program=dnf
    pm_installed='rpm_version "$1" "$2"'
    pm_list="rpm -qa --qf '%{NAME}\n'"
    # Else it passes over a source that cannot be read, and what is in there is then not known.
    pm_refresh="dnf_do --setopt='*.skip_if_unavailable=False' makecache --refresh"
    pm_install='dnf_do install "$1"'
    pm_exact='dnf_do install "$1-$2"'
    pm_remove='dnf_do remove "$@"'
    pm_orphans="dnf_do -q repoquery --unneeded --qf '%{name}\n'"
    pm_says_locked=".*already locked by.*|.*can't create transaction lock.*
        ^exit code 200$"
    pm_says_untrusted='.*(GPG check FAILED|not have any GPG public keys|key is not installed|signature verification).*'
    pm_says_unfetched='Errors? .*downloading.*|.*(Failed to download|Cannot download|Curl error|incorrect checksum).*'
    pm_says_unknown='.*(Unable to find a match|No match for argument).*'
    pm_says_stale='Unable to find a match|Cannot download|Failed to download|incorrect checksum|Status code: 404'
}

# By itself it would wait for another's lock without a bound, and take along what is not ours to take.
dnf_do() {
    dnf -y --setopt=exit_on_lock=True --setopt=install_weak_deps=False \
        --setopt=clean_requirements_on_remove=False "$@"
}

# In the detail in which a version is wanted: 1.2, 1.2-3 or 4:1.2-3. Of several that are there, the wanted.
rpm_version() {
    case $2 in
        *:*) _form='%|EPOCH?{%{EPOCH}}:{0}|:%{VERSION}-%{RELEASE}\n' ;;
        *-*) _form='%{VERSION}-%{RELEASE}\n' ;;
        *) _form='%{VERSION}\n' ;;
    esac
    # What is not installed is told on standard output too.
    _versions=$(rpm -q --qf "$_form" "$1" 2>/dev/null) || return
    printf '%s\n' "$_versions" | grep -m 1 -x -F -e "$2" || printf '%s\n' "$_versions" | tail -n 1
}

# zypper: openSUSE, SLES -----------------------------------------------------------------------

manager_zypper() {
    pm_program=zypper
    pm_installed='rpm_version "$1" "$2"'
    pm_list="rpm -qa --qf '%{NAME}\n'"
    pm_refresh='zypper_do refresh'
    pm_install='zypper_do install --auto-agree-with-licenses --no-recommends "$1"'
    pm_exact='zypper_do install --auto-agree-with-licenses --no-recommends --oldpackage "$1=$2"'
    pm_remove='zypper_do remove "$@"'
    pm_orphans=zypper_unneeded
    pm_says_locked=".*System management is locked.*|.*can't create transaction lock.*
        ^exit code 7$"
    pm_says_untrusted='.*(Signature verification failed|is unsigned|is signed with an unknown key).*'
    pm_says_unfetched='.*(Problem retrieving files|Download .*error|Valid metadata not found|Could not refresh).*
        .*(not found on medium|is not a directory: |Timeout exceeded when accessing|Failed to provide Package).*'
    pm_says_unknown="No provider of '.*|.*not found in package names.*"
    pm_says_stale='^exit code 104$|not found on medium'
}

# 102 and 103: done, a reboot or a restart of zypper is suggested; 106: done without a source that could not be
# refreshed; 107: done, a script of a package complained.
zypper_do() {
    zypper --non-interactive "$@"
    _end=$?
    case $_end in 102 | 103 | 106 | 107) return 0 ;; esac
    return $_end
}

zypper_unneeded() {
    _table=$(zypper --non-interactive --no-refresh -q packages --unneeded 2>&1) || {
        _end=$?
        printf '%s\n' "$_table"
        return $_end
    }
    printf '%s\n' "$_table" | awk -F ' *[|] *' 'NF > 4 { print $3 }'
}

# apk: Alpine. No test of ours runs it on a machine ----------------------------------------------

manager_apk() {
    pm_program=apk
    # What is only provided by another package is told with the other's name.
    pm_installed='apk info -e -v "$1" 2>/dev/null | sed -n "s/^$1-\([0-9]\)/\1/p"'
    pm_list='apk info'
    pm_refresh='apk update'
    pm_install='apk add "$1"'
    pm_exact='apk add "$1=$2"'
    # It takes along by itself what nothing in its list of the wanted needs any more.
    pm_remove='apk del "$@"'
    pm_units=nothing
    pm_says_locked='.*Unable to lock database.*temporar.*'
    pm_says_untrusted='.*UNTRUSTED.*'
    pm_says_unfetched='.*(temporary error|network error|[Ff]etching .*: |package mentioned in index not found).*'
    pm_says_unknown='.*\(no such package\).*|.*breaks: world\[.*'
    pm_says_stale='no such package|breaks: world|package mentioned in index not found'
}

# pacman: Arch ---------------------------------------------------------------------------------

# Its sources hold one version of each package: no other can be had.
manager_pacman() {
    pm_program=pacman
    pm_installed='pacman_version "$1" "$2"'
    pm_list='pacman -Qq'
    pm_known='pacman -Si -- "$1" >/dev/null 2>&1'
    pm_ready=pacman_mend
    pm_refresh='pacman -Sy --noconfirm'
    pm_install='pacman -S --noconfirm -- "$1"'
    pm_exact='pacman -S --noconfirm -- "$1=$2"'
    pm_remove='pacman -Rn --noconfirm -- "$@"'
    # It ends with 1 when there are none.
    pm_orphans='pacman -Qdtq || true'
    pm_says_locked='.*could not lock database.*|.*unable to lock database.*'
    pm_says_untrusted='.*signature from .*|.*\(PGP signature\).*|.*missing required signature.*'
    pm_says_unfetched='.*failed retrieving file.*|.*failed to synchronize.*'
    pm_says_unknown='.*target not found.*'
    pm_says_stale='target not found|failed retrieving file'
}

# With or without the release, as the version is wanted.
pacman_version() {
    _version=$(pacman -Q -- "$1" 2>/dev/null) || return
    _version=${_version##* }
    case $2 in
        *-*) echo "$_version" ;;
        *) echo "${_version%-*}" ;;
    esac
}

# Its lock is a file, which stays when it is killed. Who works with it has the file open.
pacman_mend() {
    _lock=/var/lib/pacman/db.lck
    if [ -e "$_lock" ] && ! ls -l /proc/[0-9]*/fd 2>/dev/null | grep -q -F -e " -> $_lock"; then
        rm -f "$_lock"
    fi
}
