package dev.ashlar.app.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodePatternTest {
    private static final SequencedMap<String, List<String>> GROUPS = groups();

    private static SequencedMap<String, List<String>> groups() {
        SequencedMap<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("store", List.of("store-1", "store-2", "store-3"));
        groups.put("web", List.of("web-1", "web-2", "odd"));
        return groups;
    }

    /// What Ansible's documentation says that each means.
    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            quoteCharacter = '"',
            textBlock =
                    """
                    all                     = store-1 store-2 store-3 web-1 web-2 odd
                    *                       = store-1 store-2 store-3 web-1 web-2 odd
                    store-2                 = store-2
                    store                   = store-1 store-2 store-3
                    odd,store-1             = store-1 odd
                    web:store-3             = store-3 web-1 web-2 odd
                    *-1                     = store-1 web-1
                    st?re-2                 = store-2
                    web-[12]                = web-1 web-2
                    web-[!1]                = web-2
                    store:!store-2          = store-1 store-3
                    !store                  = web-1 web-2 odd
                    all:&web:!odd           = web-1 web-2
                    !odd:all:&web           = web-1 web-2
                    store[0]                = store-1
                    store[-1]               = store-3
                    store[0:1]              = store-1 store-2
                    store[1:]               = store-2 store-3
                    store[:1]               = store-1 store-2
                    ~(store|web)-[12]       = store-1 store-2 web-1 web-2
                    "odd , store-1"         = store-1 odd
                    """)
    void meansWhatAnsibleMeans(String pattern, String nodes) {
        List<String> unknown = new ArrayList<>();
        assertThat(NodePattern.of(pattern).among(GROUPS, unknown))
                .containsExactly(nodes.split(" "));
        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stroe", "x*", "stroe[0]", "~(", "store-9", "Store-1", "[", "~store("})
    void whatNamesNothingIsTold(String pattern) {
        List<String> unknown = new ArrayList<>();
        assertThat(NodePattern.of("web-1," + pattern).among(GROUPS, unknown))
                .containsExactly("web-1");
        assertThat(unknown).containsExactly(pattern);
    }

    @Test
    void aNumberBeyondTheLastMeansNobody() {
        List<String> unknown = new ArrayList<>();
        for (String pattern :
                List.of("store[7]", "store[99999999999]", "store[2:1]", "store:!all")) {
            assertThat(NodePattern.of(pattern).among(GROUPS, unknown)).as(pattern).isEmpty();
        }
        assertThat(unknown).isEmpty();
    }
}
