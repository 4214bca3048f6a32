package dev.ashlar.engine.resolve;

import dev.ashlar.engine.past.Past;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Resolved;
import java.util.List;
import java.util.Optional;

/// What has been ordered of an authority, as it is remembered among the inputs of who has something
/// of it.
public final class Orders {
    /// With this before its name an authority is remembered.
    private static final String PREFIX = "authority ";

    private Orders() {}

    static String input(String authority) {
        return PREFIX + authority;
    }

    static Resolved resolved(String wanted) {
        return new Resolved(new Digests().text(wanted).hex(), wanted, List.of());
    }

    /// True of what is remembered that stands for what was ordered of an authority.
    public static boolean isOne(String input) {
        return input.startsWith(PREFIX);
    }

    /// True where an instance that has something of an authority has not brought about what was
    /// ordered of that last.
    public static boolean isOwed(Past past, String authority, InstanceKey instance) {
        Optional<String> had =
                past.success(instance)
                        .flatMap(success ->
                                Optional.ofNullable(success.inputs().get(input(authority))))
                        .map(Resolved::digest);
        return !had.equals(
                past.authorities()
                        .wantedOf(authority, instance)
                        .map(wanted -> resolved(wanted).digest()));
    }
}
