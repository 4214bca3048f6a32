package dev.ashlar.app.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.Verdict;
import dev.ashlar.store.codec.RecordCodec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What looks for a secret finds it in the forms in which this program writes.
class NeedleTest {
    private static final String SECRET = "first/canary+of 3 \"ones\" é";

    private final Needle needle = new Needle(SECRET);

    @Test
    void itIsFoundInARecord() {
        String record =
                RecordCodec.encode(new Judged("n-1", Verdict.REVOKED, List.of(), SECRET, "ann", 5));
        assertThat(record).doesNotContain(SECRET);
        assertThat(needle.in(record)).isNotEmpty();
    }

    @Test
    void itIsFoundInADocument() {
        String document = JsonMapper.shared().writeValueAsString(List.of("it is " + SECRET));
        assertThat(document).doesNotContain(SECRET);
        assertThat(needle.in(document)).isNotEmpty();
    }

    @Test
    void itIsFoundInAnAddressAndBetweenOtherBytes() throws Exception {
        String address = new URI("http", "h", "/p", "q=" + SECRET, null).toASCIIString();
        assertThat(address).doesNotContain(SECRET);
        assertThat(needle.in(address.toLowerCase(java.util.Locale.ROOT) + address)).isEmpty();
        for (String before : List.of("", "a", "ab")) {
            byte[] moved = (before + SECRET + "behind").getBytes(StandardCharsets.UTF_8);
            assertThat(needle.in(Base64.getEncoder().encodeToString(moved))).isNotEmpty();
            assertThat(needle.in(Base64.getUrlEncoder().encodeToString(moved))).isNotEmpty();
        }
        assertThat(needle.in(SECRET.getBytes(StandardCharsets.UTF_16LE))).isNotEmpty();
    }

    @Test
    void itIsNotFoundWhereItIsNot() {
        assertThat(needle.in("first/canary+of 3 ones")).isEmpty();
    }
}
