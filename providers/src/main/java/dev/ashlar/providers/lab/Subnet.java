package dev.ashlar.providers.lab;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One lab's network: 256 addresses out of 10.77.0.0/16; `.1` is the host. Pure.
///
/// @param number the third part of its addresses
record Subnet(int number) {
    static final int FIRST_MACHINE = 11;
    static final int LAST_MACHINE = 254;
    private static final int COUNT = 256;
    private static final Pattern OURS = Pattern.compile("10\\.77\\.(\\d{1,3})\\.\\d{1,3}");
    private static final Pattern NETWORK =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?:/(\\d{1,2}))?");

    /// The subnet that an address `10.77.N.x` is in.
    static Optional<Subnet> ofAddress(String address) {
        Matcher matcher = OURS.matcher(address);
        return matcher.matches()
                ? Optional.of(new Subnet(Integer.parseInt(matcher.group(1))))
                : Optional.empty();
    }

    /// The first subnet from `start` on that overlaps none of `taken` (`a.b.c.d[/n]`).
    static Optional<Subnet> firstFree(int start, Collection<String> taken) {
        for (int step = 0; step < COUNT; step++) {
            Subnet candidate = new Subnet(Math.floorMod(start + step, COUNT));
            if (taken.stream().noneMatch(candidate::overlaps)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /// The lowest machine number that is not in `taken`.
    static Optional<Integer> firstFreeMachine(Collection<Integer> taken) {
        for (int machine = FIRST_MACHINE; machine <= LAST_MACHINE; machine++) {
            if (!taken.contains(machine)) {
                return Optional.of(machine);
            }
        }
        return Optional.empty();
    }

    boolean overlaps(String network) {
        Matcher matcher = NETWORK.matcher(network);
        if (!matcher.matches()) {
            return false;
        }
        int length = matcher.group(5) == null ? 32 : Integer.parseInt(matcher.group(5));
        if (length == 0 || length > 32) {
            return false;
        }
        long theirs = 0;
        for (int part = 1; part <= 4; part++) {
            theirs = theirs << 8 | Long.parseLong(matcher.group(part));
        }
        int shared = 32 - Math.min(length, 24);
        long ours = (10L << 24) | (77L << 16) | ((long) number << 8);
        return theirs >> shared == ours >> shared;
    }

    String gateway() {
        return address(1);
    }

    String address(int machine) {
        return "10.77." + number + "." + machine;
    }

    String network() {
        return address(0) + "/24";
    }

    /// Follows from the address, so that a machine made anew under an old address is not looked for
    /// at the old one's hardware address.
    String hardwareAddress(int machine) {
        return "02:a5:0a:4d:%02x:%02x".formatted(number, machine);
    }
}
