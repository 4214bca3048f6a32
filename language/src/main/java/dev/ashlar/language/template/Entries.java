package dev.ashlar.language.template;

import java.util.AbstractMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A map whose entries are of a public class: Pebble reads `entry.key` by reflection, which the
/// JDK's own maps refuse.
final class Entries extends AbstractMap<String, @Nullable Object> {
    private final Map<String, @Nullable Object> entries;

    Entries(Map<String, @Nullable Object> entries) {
        this.entries = entries;
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        Set<Map.Entry<String, @Nullable Object>> all = new LinkedHashSet<>();
        entries.forEach((key, value) -> all.add(new SimpleImmutableEntry<>(key, value)));
        return all;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return entries.get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return entries.containsKey(key);
    }
}
