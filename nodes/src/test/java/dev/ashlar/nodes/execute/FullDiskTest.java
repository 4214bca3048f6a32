package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure.Fault;
import dev.ashlar.model.work.Report;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
@Timeout(120)
class FullDiskTest {
    @SuppressWarnings("NullAway.Init") // JUnit sets it up before every test.
    private static LabNode node;

    @BeforeAll
    static void up(@TempDir Path folder) {
        node = new LabNode(folder, settings -> settings.withDiskMegabytes(32));
    }

    @AfterAll
    static void down() {
        node.close();
    }

    private static void fillsTheDisk(Report report) {
        assertThat(report).isInstanceOf(Report.NotDone.class);
        assertThat(((Report.NotDone) report).failure().kind())
                .as(report.toString())
                .isEqualTo("disk-full");
        assertThat(((Report.NotDone) report).failure().fault()).isEqualTo(Fault.NODE);
    }

    @Test
    void everyWayToFillTheDiskIsCalledSo() {
        byte[] large = new byte[64 << 20];
        new Random(1).nextBytes(large);
        Resource file =
                Resource.of(
                        ResourceKind.FILE,
                        Map.of(
                                "path",
                                Value.text("/srv/large"),
                                "content",
                                new Value(new Data.Blob(large), Label.NONE)));
        fillsTheDisk(node.execute(LocalNodes.apply(file)));
        node.says(
                "dd if=/dev/zero of=/srv/fill bs=64k 2>/dev/null; dd if=/dev/zero of=/srv/fill2 bs=512 2>/dev/null; true");
        Resource small =
                LabNode.resource(
                        ResourceKind.FILE, "path", "/srv/small", "content", "x".repeat(20_000));
        fillsTheDisk(node.execute(LocalNodes.apply(small)));
        fillsTheDisk(node.execute(LocalNodes.finishing("true")));
        assertThat(node.says("echo works")).isEqualTo("works");
        node.says("rm /srv/fill /srv/fill2");
        assertThat(node.execute(LocalNodes.apply(small))).isInstanceOf(Report.Done.class);
    }
}
