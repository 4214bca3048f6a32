package dev.ashlar.providers.lab;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// What is remembered of a machine; everything else is asked of the kernel.
///
/// @param number the last part of its address
/// @param base the image that its disk lies over, for as long as it exists
record MachineRecord(int number, String base, Optional<Integer> diskMegabytes) {

    SequencedMap<String, String> entries() {
        SequencedMap<String, String> entries = new LinkedHashMap<>();
        entries.put("number", Integer.toString(number));
        entries.put("base", base);
        diskMegabytes.ifPresent(size -> entries.put("disk-megabytes", Integer.toString(size)));
        return entries;
    }

    /// Empty when the entries are not a whole record.
    static Optional<MachineRecord> of(SequencedMap<String, String> entries) {
        String number = entries.getOrDefault("number", "");
        String base = entries.getOrDefault("base", "");
        if (!number.matches("\\d{1,3}") || base.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new MachineRecord(
                        Integer.parseInt(number),
                        base,
                        Optional.ofNullable(entries.get("disk-megabytes")).map(Integer::valueOf)));
    }
}
