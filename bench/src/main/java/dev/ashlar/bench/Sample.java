package dev.ashlar.bench;

import java.util.Locale;

/// One whole process, from its start to its end.
///
/// @param wallSeconds by the clock
/// @param cpuSeconds of the processor, its own and that of every child it waited for; what runs on
///   the machines is not in it
/// @param peakMib what it had in memory at most, without its children, as far as it was seen
record Sample(double wallSeconds, double cpuSeconds, long peakMib) {

    String words() {
        return String.format(
                Locale.ROOT, "%.2f s, %.2f s of the processor", wallSeconds, cpuSeconds);
    }
}
