package dev.ashlar.language.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.type.Type;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnmarkedTest {
    private static final Environment ENVIRONMENT =
            Environment.of(
                    Map.of("node", Type.Struct.of("Node", Map.of("name", Type.Scalar.TEXT))));

    @Test
    void aTextThatLeadsToWhatCanBeReadIsAPath() {
        assertThat(Unmarked.path(" node.name ", ENVIRONMENT)).contains("node.name");
        assertThat(Unmarked.hint("node.name", ENVIRONMENT))
                .contains("an expression stands in ${…}: \"${node.name}\"");
    }

    @Test
    void aDottedTextOfAnyLengthIsATextAndCostsNoStack() {
        String dotted = "node" + ".a".repeat(100_000);

        assertThat(Unmarked.path(dotted, ENVIRONMENT)).isEmpty();
        assertThat(Unmarked.hint(dotted, ENVIRONMENT)).isEmpty();
    }
}
