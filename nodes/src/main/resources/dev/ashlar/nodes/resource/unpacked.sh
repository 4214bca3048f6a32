# What is looked at of an archive before anything of it is put in its place.

refused_archive() { fail unsafe-archive "$1 is not unpacked: $2"; }

# members_fit ROOM URL STRIP: looks at the list of what is in it.
members_fit() {
    _bytes=$(wc -c <"$1/archive")
    # Little is enough for a small one, and nothing honest shrinks much further.
    _most=$((1073741824 + 100 * _bytes))
    _looked=$(listed_members "$1")
    case $_looked in
        'size '*) _size=${_looked#size } ;;
        *)
            refused_archive "$2" "$_looked"
            return
            ;;
    esac
    # Of a zip archive the list may say anything.
    [ "$_size" -gt 0 ] || _size=$(contents "$1" 2>/dev/null | head -c $((_most + 1)) | wc -c)
    if [ "$_size" -gt "$_most" ]; then
        refused_archive "$2" "it has $((_bytes >> 20)) MiB and unpacks to more than $((_most >> 20)) MiB"
        return
    fi
    _free=$(df -Pk "$1" | awk 'NR == 2 { print $4 }')
    # Each leading component that goes takes a copy.
    _size=$((_size * (1 + $3) / 1024))
    [ "$_size" -le "$_free" ] \
        || fail disk-full "$2 takes $((_size >> 10)) MiB to unpack, and $((_free >> 10)) MiB are free at ${1%/*}"
}

# Each program tells of its members in another way.
listed_members() {
    case $_open in
        *unzip) case $($_open 2>&1) in
            *BusyBox*) $_open -l "$1/archive" 2>&1 | looked_at zip ;;
            *) $_open -Z1 "$1/archive" 2>/dev/null | looked_at names ;;
        esac ;;
        bsdtar) bsdtar -tf "$1/archive" 2>/dev/null | looked_at names ;;
        *) case $(tar --version 2>&1) in
            *usy[Bb]ox*) tar_of "$1" -t -v 2>&1 | looked_at busybox ;;
            *GNU*) tar_of "$1" -t -v -P --numeric-owner 2>/dev/null | looked_at gnu ;;
            *) tar_of "$1" -t 2>/dev/null | looked_at names ;;
        esac ;;
    esac
}

contents() {
    case $_open in
        *unzip) $_open -p "$1/archive" ;;
        bsdtar) bsdtar -x -O -f "$1/archive" ;;
        *) tar_of "$1" -x -O ;;
    esac
}

# looked_at names|zip|busybox|gnu: what is wrong with a list of members, or `size` and what they take, 0 where the list
# does not say. Names are long or many up to what awk can well hold. A member may be a link, and another one's name lead
# through it: whatever it leads to, that is refused. A list that can be read in two ways is that of no honest archive.
looked_at() {
    LC_ALL=C awk -v form="$1" -v most="$_most" '
        BEGIN {
            day = "[0-9][0-9]-[0-9][0-9]"
            row = form == "zip" ? "^ *[0-9]+ +" day "-[0-9][0-9][0-9][0-9] [0-9][0-9]:[0-9][0-9]   " \
                : " [0-9]+(,[0-9]+)? [0-9][0-9][0-9][0-9]-" day " [0-9:]+ "
        }
        function refuse(why) {
            print (name == "" ? "it" : "\"" substr(name, 1, 200) "\" in it") " " why
            refused = 1
            exit
        }
        function read_row() {
            if (!match($0, row) || (form != "zip" && !/^[a-zA-Z-][-rwxsStT]+ /))
                refuse("is, or follows, a name with a line break")
            name = substr($0, RSTART + RLENGTH)
            if (form == "zip") return
            kind = substr($0, 1, 1)
            size += 512 + substr($0, RSTART)
            if (match(name, row)) refuse("has a name that reads like more of a list")
            read_link(kind == "h" ? " link to " : " -> ")
        }
        function read_link(sign, at) {
            at = kind ~ /[-lh]/ ? index(name, sign) : 0
            if (!at || (kind == "-" && form != "busybox")) return
            target = substr(name, at + length(sign))
            name = substr(name, 1, at - 1)
            if (index(target, sign)) refuse("is a link of which the name cannot be told from the target")
            if (kind == "l") return
            kind = "h"
            if (leads_out(target)) refuse("is a hard link to \"" target "\", outside of it")
        }
        function leads_out(path) { return path ~ /^\// || ("/" path "/") ~ /\/\.\.\// }

        form == "zip" && (NR <= 2 || /^ *-+[- ]+$/ || /^ *[0-9]+ +[0-9]+ files?$/) { next }
        # Busybox takes from names what leads out, tells of that once, and goes on.
        form != "names" && sub(/^(tar|unzip): removing leading ./, "") {
            sub(/. from member names$/, "")
            lead = $0
            next
        }
        form != "names" && /^(tar|unzip): / { next }
        {
            name = $0
            if (form != "names") read_row()
            if (form == "names" || form == "zip") kind = name ~ /\/$/ ? "d" : "?"
            name = lead name
            if (leads_out(name) || lead != "") refuse("leads out of its folder; a name is relative and without `..`")
            if (kind !~ /[-dlh?]/) refuse("is a device, a pipe or a socket; there are files, folders and links")
            if ((letters += length(name)) > 67108864) refuse("is one name too many: they take more than 64 MiB")
            plain = name
            gsub(/\/+(\.?\/+)*/, "/", plain)
            sub(/^(\.\/)+/, "", plain)
            sub(/\/\.?$/, "", plain)
            if (plain in kinds && (kinds[plain] != kind || kind !~ /[-d]/)) refuse("is there twice")
            kinds[plain] = kind
            if (size > most) { name = ""; refuse("unpacks to more than " int(most / 1048576) " MiB") }
        }
        END {
            if (refused) exit
            for (plain in kinds) {
                name = above = plain
                while (sub(/\/[^\/]*$/, "", above))
                    if (above in kinds && kinds[above] != "d") {
                        refuse("leads through \"" above "\", which is no folder")
                    }
            }
            printf "size %.0f\n", size
        }'
}

# whole_fits FOLDER URL: what no list tells for sure. Rights of its owner are nobody else's.
whole_fits() {
    _odd=$(find "$1" \( ! -type f ! -type d ! -type l -o -name "*$NL*" \) | head -n 1)
    if [ -n "$_odd" ]; then
        refused_archive "$2" "\"${_odd#"$1/"}\" in it is no file, folder or link, or has a line break in its name"
        return
    fi
    _odd=$(find "$1" -type f -links +1 -exec stat -c '%i %h %n' {} + | awk '
        { have[$1]++; links[$1] = $2; sub(/^[0-9]+ [0-9]+ /, ""); name[$0] = 1; of[$0] = last = $1 }
        END { for (one in name) if (have[of[one]] < links[of[one]]) { print one; exit } }')
    if [ -n "$_odd" ]; then
        refused_archive "$2" "\"${_odd#"$1/"}\" in it is a hard link to a file outside of it"
        return
    fi
    try find "$1" ! -type l \( -perm -4000 -o -perm -2000 \) -exec chmod ug-s {} +
}

# links_fit TREE URL: where symbolic links lead to, from the places that they come to, one after the other.
links_fit() {
    _odd=$(find "$1" -type l | while IFS= read -r _link; do
        _to=$(readlink "$_link")
        case $_to in *"$NL"*) _to=/ ;; esac
        printf '%s\n' "${_link#"$1/"}" "$_to"
    done | awk '
        NR % 2 { links[++count] = $0; next }
        { to[links[count]] = $0 }
        function stays(rest, at, word, next_one, hops) {
            while (rest != "") {
                word = rest
                sub(/\/.*/, "", word)
                rest = substr(rest, length(word) + 2)
                if (word == "" || word == ".") continue
                if (word == "..") {
                    if (at == "") return 0
                    if (!sub(/\/[^\/]*$/, "", at)) at = ""
                    continue
                }
                next_one = at == "" ? word : at "/" word
                if (!(next_one in to)) { at = next_one; continue }
                # Nobody follows more.
                if (++hops > 40) return 1
                if (to[next_one] ~ /^\//) return 0
                rest = to[next_one] "/" rest
            }
            return 1
        }
        END {
            for (i = 1; i <= count; i++)
                if (!stays(links[i])) { print "\"" links[i] "\" in it is a link to \"" to[links[i]] "\""; exit }
        }')
    [ -z "$_odd" ] || refused_archive "$2" "$_odd, outside of what is unpacked"
}
