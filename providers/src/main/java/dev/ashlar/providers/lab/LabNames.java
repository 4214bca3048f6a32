package dev.ashlar.providers.lab;

import dev.ashlar.model.text.Sha256;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/// The names a lab gives to things of the kernel. All carry the lab's hash, so that labs do not
/// meet and what a lab left behind can be told from everything else. Pure.
///
/// @param lab as its owner calls it
/// @param hash six hexadecimal digits of the lab's name and its folder
record LabNames(String lab, String hash) {
    /// Every lab's bridge begins so.
    static final String BRIDGE_PREFIX = "alb";

    private static final int DIGITS = 6;
    private static final Pattern MACHINE = Pattern.compile("[a-z]([a-z0-9-]{0,48}[a-z0-9])?");

    static LabNames of(String lab, Path folder) {
        return new LabNames(lab, digest(folder.toAbsolutePath().normalize() + "\n" + lab));
    }

    /// True for a name that can be a machine's: a host name of at most 50 characters.
    static boolean isMachine(String name) {
        return MACHINE.matcher(name).matches();
    }

    /// The lab's own folder below the folder of all labs.
    String folder() {
        String readable = lab.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return readable.substring(0, Math.min(40, readable.length())) + "-" + hash;
    }

    String bridge() {
        return BRIDGE_PREFIX + hash;
    }

    /// All of this lab's host-side interfaces begin so.
    String interfacePrefix() {
        return "alv" + hash;
    }

    /// At most 15 characters, which is all that the kernel takes.
    String hostInterface(String machine) {
        return interfacePrefix() + digest(machine);
    }

    /// All of this lab's network namespaces begin so.
    String namespacePrefix() {
        return "al-" + hash + "-";
    }

    /// Of the network namespace, and of the container.
    String namespace(String machine) {
        return namespacePrefix() + machine;
    }

    String cgroup() {
        return "ashlar-lab-" + hash;
    }

    /// The comment on this lab's packet filter rules.
    String rule() {
        return "ashlar-lab-" + hash;
    }

    private static String digest(String text) {
        return Sha256.hex(text).substring(0, DIGITS);
    }
}
