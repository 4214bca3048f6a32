package dev.ashlar.language.pack;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A pack's version: numbers between dots. The first that differs decides which is newer, and those
/// that are not said are 0, as is what is no number; so two texts may be equally new.
public record Version(String text) implements Comparable<Version> {

    @Override
    public int compareTo(Version other) {
        List<Integer> own = numbers();
        List<Integer> others = other.numbers();
        for (int i = 0; i < Math.max(own.size(), others.size()); i++) {
            int compared = Integer.compare(at(own, i), at(others, i));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    /// True for a version that begins with all parts of another: 3.3.1 is one of 3.3, and 3.30 is
    /// not.
    public boolean isOneOf(String shorter) {
        return (text + ".").startsWith(shorter + ".");
    }

    /// True where nothing shorter is said, or it is one of that.
    public boolean isOneOf(Optional<String> shorter) {
        return shorter.map(this::isOneOf).orElse(true);
    }

    private List<Integer> numbers() {
        return Arrays.stream(text.split("\\.", -1))
                .map(part -> part.matches("[0-9]{1,9}") ? Integer.parseInt(part) : 0)
                .toList();
    }

    private static int at(List<Integer> numbers, int index) {
        return index < numbers.size() ? numbers.get(index) : 0;
    }
}
