# Other package managers than Debian's on a Debian machine, with packages made there: what ForeignPackagesTest
# has a machine do. `daemon` has a unit and needs `needed`; `base` is there before.
set -eu
umask 022
export DEBIAN_FRONTEND=noninteractive
HIDDEN=/opt/hidden
BUILT=/opt/built
OWN=/srv/own # where packages are published

prepare() {
    apt-get -q -y -o Dpkg::Options::=--force-unsafe-io install --no-install-recommends \
        dnf rpm createrepo-c zypper pacman-package-manager
    mkdir -p $HIDDEN $BUILT/rpm $BUILT/pacman $OWN/rpm $OWN/pacman /etc/rpm /etc/yum.repos.d /etc/zypp/repos.d
    # Debian's own place for it is beside the user, where zypper does not look.
    echo '%_dbpath /var/lib/rpm' >/etc/rpm/macros
    for folder in /etc/yum.repos.d /etc/zypp/repos.d; do
        printf '[own]\nname=own\nbaseurl=file://%s/rpm\ngpgcheck=0\nenabled=1\nautorefresh=0\n' $OWN >$folder/own.repo
    done
    printf '[own]\nSigLevel = Never\nServer = file://%s/pacman\n' $OWN >>/etc/pacman.conf
    files
    for made in 'base 1' 'needed 1' 'daemon 1.0' 'daemon 2.0'; do
        rpm_of $made
        pacman_of $made
    done
    publish 1.0
    dnf -y install base
    pacman -Sy --noconfirm base
}

# What is in the packages, and what their scripts do.
files() {
    cat >$BUILT/daemon.service <<'UNIT'
[Service]
ExecStart=/bin/sleep 7777
[Install]
WantedBy=multi-user.target
UNIT
    cat >$BUILT/came <<'SCRIPT'
echo "$1" >>/opt/scripts
systemctl daemon-reload
systemctl enable --now daemon.service
systemctl restart daemon.service
SCRIPT
}

# rpm_of NAME VERSION
rpm_of() {
    spec=$BUILT/$1.spec
    printf 'Name: %s\nVersion: %s\nRelease: 1\nSummary: a test\nLicense: none\nBuildArch: noarch\n' "$@" >$spec
    case $1 in
        base) printf 'Provides: /bin/sh\n%%description\nt\n%%files\n' >>$spec ;;
        needed) printf '%%description\nt\n%%files\n' >>$spec ;;
        daemon)
            cat >>$spec <<SPEC
Requires: needed
%description
t
%install
install -D -m 644 $BUILT/daemon.service %{buildroot}/usr/lib/systemd/system/daemon.service
install -d %{buildroot}/opt
echo $2 >%{buildroot}/opt/daemon-version
%post
set -- rpm-post
$(cat $BUILT/came)
%preun
[ "\$1" -ne 0 ] || systemctl disable --now daemon.service
%files
/usr/lib/systemd/system/daemon.service
/opt/daemon-version
SPEC
            ;;
    esac
    rpmbuild -bb --define "_rpmdir $BUILT/rpm" --define "_topdir $BUILT/top" $spec
}

# pacman_of NAME VERSION: such a package is an archive with its description in it.
pacman_of() {
    tree=$BUILT/tree
    rm -rf $tree
    mkdir $tree
    cd $tree
    printf 'pkgname = %s\npkgbase = %s\npkgver = %s-1\npkgdesc = t\nurl = u\nbuilddate = 1\npackager = p\nsize = 1\narch = any\n' \
        "$1" "$1" "$2" >.PKGINFO
    if [ "$1" = daemon ]; then
        echo 'depend = needed' >>.PKGINFO
        install -D -m 644 $BUILT/daemon.service usr/lib/systemd/system/daemon.service
        install -d opt
        echo "$2" >opt/daemon-version
        {
            printf 'post_install() {\nset -- pacman-post\n%s\n}\n' "$(cat $BUILT/came)"
            printf 'post_upgrade() {\npost_install\n}\npre_remove() {\nsystemctl disable --now daemon.service\n}\n'
        } >.INSTALL
    fi
    tar -czf "$BUILT/pacman/$1-$2-1-any.pkg.tar.gz" $(ls -A)
    cd /
}

# publish VERSION: of the daemon; another that was there is not offered any more.
publish() {
    rm -rf $OWN/rpm/* $OWN/pacman/*
    cp $BUILT/rpm/noarch/base-* $BUILT/rpm/noarch/needed-* $BUILT/rpm/noarch/daemon-$1-* $OWN/rpm/
    createrepo_c -q $OWN/rpm
    cp $BUILT/pacman/base-* $BUILT/pacman/needed-* $BUILT/pacman/daemon-$1-* $OWN/pacman/
    lists=$BUILT/lists
    rm -rf $lists
    mkdir $lists
    for file in $OWN/pacman/*; do
        stem=${file##*/} stem=${stem%-any*}
        mkdir $lists/$stem
        {
            printf '%%FILENAME%%\n%s\n\n%%NAME%%\n%s\n\n' "${file##*/}" "${stem%-*-*}"
            printf '%%VERSION%%\n%s\n\n%%ARCH%%\nany\n\n' "${stem#"${stem%-*-*}"-}"
            printf '%%CSIZE%%\n%s\n\n%%ISIZE%%\n1\n\n' "$(stat -c %s $file)"
            printf '%%SHA256SUM%%\n%s\n\n' "$(sha256sum $file | cut -d ' ' -f 1)"
            case $stem in daemon-*) printf '%%DEPENDS%%\nneeded\n\n' ;; esac
        } >$lists/$stem/desc
    done
    tar -czf $OWN/pacman/own.db -C $lists $(ls $lists)
}

# What the managers know of the sources is old.
forget() { rm -rf /var/cache/dnf/* /var/cache/zypp/* /var/lib/pacman/sync/*; }

# only PROGRAM...: of all package managers only these are there.
only() {
    for program in $(ls $HIDDEN); do mv $HIDDEN/$program /usr/bin/; done
    for program in apt-get dnf zypper pacman; do
        case " $* " in *" $program "*) ;; *) mv /usr/bin/$program $HIDDEN/ ;; esac
    done
}

installed() {
    rpm -qa --qf '%{NAME}\n' | sort
    "$(command -v pacman || echo $HIDDEN/pacman)" -Q 2>/dev/null
}

# The sources cannot be reached, nor anything that was fetched before.
away() {
    mv $OWN $OWN-away
    rm -rf /var/cache/pacman/pkg/*
}

back() { mv $OWN-away $OWN; }

# lock PROGRAM: as if another process worked with it.
lock() {
    case $1 in
        dnf) file=/var/cache/dnf/metadata_lock.pid ;;
        zypper) file=/run/zypp.pid ;;
        pacman) file=/var/lib/pacman/db.lck ;;
    esac
    rm -f $file
    # What systemd is told on the command line it would expand itself.
    echo 'echo $$ >"$1" && exec sleep 47113 9>>"$1"' >$BUILT/holder
    systemd-run -q --unit=holder sh $BUILT/holder $file
    timeout 20 sh -c 'until grep -q -s . "$1" && grep -q -x sleep "/proc/$(cat "$1")/comm"; do sleep 0.1; done' - $file
}

unlock() { systemctl stop holder; }
