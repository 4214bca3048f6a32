package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What nodes say goes into documents, and so to whoever prints them.
class FailuresTest {
    @Test
    void noControlCharacterOfAnyKindPasses() {
        assertThat(Failures.refused("a\u001b[8mb\u009b2J\u202ec\u2066\0\r\td").message())
                .isEqualTo("ab2Jc d");
        assertThat(Failures.lastLines("one\n\u0085\u001b[1m\ntwo\u202d\n"))
                .containsExactly("one", "two");
    }
}
