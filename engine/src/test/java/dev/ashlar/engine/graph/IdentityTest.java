package dev.ashlar.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.identity.InstanceKey;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final int NODES = 1_000;
    private static final int ELEMENTS = 40;

    /// Numbered nodes and numbered elements, as large groups have them.
    @Test
    void hardlyAnyTwoInstancesOfALargeGroupHaveOneHash() {
        Set<Integer> hashes = new HashSet<>();
        for (int node = 1; node <= NODES; node++) {
            for (int element = 1; element <= ELEMENTS; element++) {
                hashes.add(key("%02d".formatted(element), "host-" + node).hashCode());
            }
        }
        assertThat(hashes.size()).isGreaterThan(NODES * ELEMENTS * 99 / 100);
    }

    private static InstanceKey key(String element, String node) {
        return InstanceKey.onNode("settings", "part", node).repeated(element);
    }

    @Test
    void equalIsWhatAllPartsAreEqualOf() {
        Set<String> texts =
                new TreeSet<>(
                        Set.of("a.s", "a.s@n", "a.t", "b.s", "a.s[k]", "a.s[k]@n", "a.s[l]@n"));
        for (String one : texts) {
            for (String other : texts) {
                InstanceKey first = InstanceKey.parse(one).orElseThrow();
                InstanceKey second = InstanceKey.parse(other).orElseThrow();
                assertThat(first.equals(second)).isEqualTo(one.equals(other));
                assertThat(first.toString()).isEqualTo(one);
            }
        }
        assertThat(InstanceKey.parse("a.s@n"))
                .hasValueSatisfying(key ->
                        assertThat(key).hasSameHashCodeAs(InstanceKey.onNode("a", "s", "n")));
    }
}
