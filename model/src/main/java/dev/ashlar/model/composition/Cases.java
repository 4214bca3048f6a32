package dev.ashlar.model.composition;

import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import java.util.Optional;

/// How an enumerated value, its *selector*, chooses among cases that go by its values.
public final class Cases {
    private Cases() {}

    /// The case that a selector chooses: the one called as it reads. Empty while it is not known.
    public static Optional<String> chosen(Value selector) {
        return switch (selector.data()) {
            case Data.Text(String text) -> Optional.of(text);
            case Data.Bool(boolean truth) -> Optional.of(Boolean.toString(truth));
            default -> Optional.empty();
        };
    }
}
