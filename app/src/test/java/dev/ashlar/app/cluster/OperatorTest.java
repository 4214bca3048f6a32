package dev.ashlar.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorTest {
    @Test
    void whoeverBecameAnotherUserIsNamedToo() {
        assertThat(Operator.name("root", Map.of("SUDO_USER", "ann"))).isEqualTo("root (sudo: ann)");
        assertThat(Operator.name("root", Map.of("SUDO_USER", "root"))).isEqualTo("root");
        assertThat(Operator.name("ann", Map.of())).isEqualTo("ann");
    }

    @Test
    void aNameIsOneLine() {
        assertThat(Operator.name("root", Map.of("SUDO_USER", "a\nb\u001b[31m")))
                .doesNotContain("\n", "\u001b");
    }
}
