package dev.ashlar.nodes.execute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.work.Report;
import dev.ashlar.nodes.channel.Answer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a node's words about its resources come to.
class ResourceReportsTest {
    private static final List<Resource> THREE =
            Stream.of("/etc/a", "/etc/b", "/etc/c")
                    .map(path -> LabNode.resource(ResourceKind.FILE, "path", path, "content", "x"))
                    .toList();

    private static String field(String name, String value) {
        return name + " " + value.length() + "\n" + value + "\n";
    }

    private static Report report(String records) {
        byte[] answer = (field("exit", "0") + field("records", records)).getBytes(UTF_8);
        return ResourceReports.of(THREE, Answer.parse(answer), Duration.ofMinutes(1));
    }

    /// Those after it were begun, and went no further because of it.
    @Test
    void theFirstThatFailedIsWhy() {
        String records =
                field("at", "0")
                        + field("status", "changed")
                        + field("at", "1")
                        + field("status", "failed")
                        + field("kind", "disk-full")
                        + field("message", "No space left on device")
                        + field("at", "2");
        assertThat(report(records))
                .isInstanceOfSatisfying(
                        Report.NotDone.class,
                        failed -> {
                            assertThat(failed.failure().kind()).isEqualTo("disk-full");
                            assertThat(failed.failure().message()).contains("/etc/b");
                            assertThat(failed.owned()).hasSize(3);
                        });
    }

    @Test
    void whatWasBegunAndSaysNoMoreWasCutShort() {
        String records = field("at", "0") + field("status", "ok") + field("at", "1");
        assertThat(report(records))
                .isInstanceOfSatisfying(
                        Report.NotDone.class,
                        failed -> assertThat(failed.failure().message()).contains("/etc/b"));
    }
}
