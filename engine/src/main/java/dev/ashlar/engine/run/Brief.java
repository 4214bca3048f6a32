package dev.ashlar.engine.run;

import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Secrecy;
import dev.ashlar.model.value.Value;
import java.util.Collection;

/// Whether something may be part of each member's record: known, no secret, and so short that
/// records do not grow with the group. Looking costs no more than what is short.
final class Brief {
    private static final int MOST = 16 * 1024;
    private static final int ONE = 8;

    private int left = MOST;

    private Brief() {}

    static boolean isBrief(String text, Collection<Value> values) {
        Brief brief = new Brief();
        return brief.takes(text.length()) && values.stream().allMatch(brief::takes);
    }

    private boolean takes(int size) {
        left -= size;
        return left > 0;
    }

    private boolean takes(Value value) {
        return value.label().secrecy() == Secrecy.PUBLIC
                && takes(ONE)
                && switch (value.data()) {
                    case Data.Text(String text) -> takes(text.length());
                    case Data.Blob(byte[] bytes) -> takes(bytes.length);
                    case Data.Listing(var elements) -> elements.stream().allMatch(this::takes);
                    case Data.Mapping(var entries) ->
                            entries.entrySet().stream()
                                    .allMatch(
                                            e -> takes(e.getKey().length()) && takes(e.getValue()));
                    case Data.Structure(_, var fields) ->
                            fields.names().stream().allMatch(name -> takes(fields.get(name)));
                    case Data.Int _, Data.Real _, Data.Bool _, Data.Nothing _ -> true;
                    case Data.Unknown _, Data.Invalid _ -> false;
                };
    }
}
