package dev.ashlar.bench;

import java.util.Locale;

/// One whole process, from its start to its end.
///
/// @param wallSeconds by the clock
/// @param cpuSeconds of the processor, its own and that of every child it waited for; what runs on
///   the machines is not in it
record Sample(double wallSeconds, double cpuSeconds) {

    String words() {
        return String.format(
                Locale.ROOT, "%.2f s, %.2f s of the processor", wallSeconds, cpuSeconds);
    }
}
