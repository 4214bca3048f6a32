package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.node.Claim;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import dev.ashlar.model.work.Report;
import dev.ashlar.nodes.transport.LocalTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

/// A node answers to one state of a cluster: who it answers to works there, and nobody else.
@ParameterizedClass
@FieldSource("dev.ashlar.nodes.execute.LocalNodes#SHELLS")
@Timeout(60)
class ClaimTest {
    private final String shell;
    private final Path folder;
    private final Path carried;
    private final Holder first;
    private final Holder second;

    /// Has a claim once it has begun, and minds every other's unless it was told not to.
    private final class Holder implements Mandate, AutoCloseable {
        private final String lineage = UUID.randomUUID().toString();
        private final LocalNodes nodes =
                new LocalNodes(new LocalTransport(shell, Map.of()), shell, folder, this);
        private Optional<Claim> claim = Optional.empty();
        private boolean minds = true;

        Claim begin(long number) {
            Claim begun = new Claim(lineage, number, "ab".repeat(32), 7, "it's \\me\\ $HOME:/a b");
            claim = Optional.of(begun);
            return begun;
        }

        @Override
        public String cluster() {
            return "shop";
        }

        @Override
        public String lineage() {
            return lineage;
        }

        @Override
        public Optional<Claim> claim() {
            return claim;
        }

        @Override
        public Optional<Failure> objection(String node, String text) {
            return minds && !text.isEmpty() && !text.contains(lineage)
                    ? Optional.of(Failure.lasting("claimed", Fault.STATE, node + ": " + text))
                    : Optional.empty();
        }

        Failure failure() {
            Report report = nodes.executor.execute(LocalNodes.script("exit 0"), false);
            if (report instanceof Report.NotDone(Failure failure, _, _)) {
                return failure;
            }
            throw new AssertionError(report.toString());
        }

        void works() {
            assertThat(nodes.executor.execute(LocalNodes.script("exit 0"), false))
                    .isInstanceOf(Report.Done.class);
        }

        Copies copies() {
            return nodes.executor.copies("here").orElseThrow();
        }

        @Override
        public void close() {
            nodes.executor.close();
        }
    }

    ClaimTest(String shell, @TempDir Path folder) {
        this.shell = shell;
        this.folder = folder;
        this.carried = folder.resolve("state/claims/shop");
        this.first = new Holder();
        this.second = new Holder();
    }

    @AfterEach
    void close() {
        second.close();
        first.nodes.close();
    }

    @Test
    void whoOnlyLooksLeavesNone() {
        first.works();
        assertThat(first.nodes.executor.carried("here")).isEqualTo(new Carried.Seen(""));
        assertThat(first.nodes.executor.claim("here")).isEmpty();
        assertThat(carried).doesNotExist();
    }

    @Test
    void theFirstWorkLeavesTheRunsClaimAsItIs() throws IOException {
        first.works();
        Claim claim = first.begin(12);
        first.works();
        assertThat(Files.readString(carried)).isEqualTo(claim.text() + "\n");
        assertThat(second.nodes.executor.carried("here")).isEqualTo(new Carried.Seen(claim.text()));
        assertThat(Claim.parse(claim.text())).contains(claim);
        // The next run of the same state takes its place.
        try (Holder next = new Holder()) {
            next.minds = false;
            Claim newer = next.begin(30);
            assertThat(next.nodes.executor.claim("here")).isEmpty();
            assertThat(Files.readString(carried)).isEqualTo(newer.text() + "\n");
        }
    }

    @Test
    void whoMindsItTouchesNothing() throws IOException {
        Claim claim = first.begin(12);
        first.works();
        second.begin(3);
        Path mark = folder.resolve("mark");
        Report refused = second.nodes.executor.execute(LocalNodes.script("touch " + mark), false);
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Report.NotDone.class,
                        failed -> {
                            assertThat(failed.failure().fault()).isEqualTo(Fault.STATE);
                            assertThat(failed.failure().message()).contains(claim.text());
                        });
        assertThat(second.nodes.executor.claim("here")).isPresent();
        assertThat(mark).doesNotExist();
        assertThat(Files.readString(carried)).isEqualTo(claim.text() + "\n");
    }

    /// The other may have been started long before, and be in the middle of its run.
    @Test
    void whoLosesANodeDoesNothingMoreThere() {
        first.begin(12);
        first.works();
        second.minds = false;
        Claim taken = second.begin(1);
        second.works();
        Failure lost = first.failure();
        assertThat(lost.fault()).isEqualTo(Fault.STATE);
        assertThat(lost.message()).contains(taken.text());
        assertThat(first.copies().change(new LinkedHashMap<>(Map.of("a", new byte[1])), List.of()))
                .hasValueSatisfying(f -> assertThat(f.fault()).isEqualTo(Fault.STATE));
        assertThat(first.nodes.executor.disclaim("here")).isPresent();
        assertThat(carried).exists();
        second.works();
    }

    /// Seen without a claim, and claimed by another before this one's first work.
    @Test
    void whoComesSecondLoses() {
        assertThat(first.nodes.executor.carried("here")).isEqualTo(new Carried.Seen(""));
        second.begin(1);
        second.works();
        first.begin(12);
        assertThat(first.failure().fault()).isEqualTo(Fault.STATE);
    }

    @Test
    void aNodeThatCannotKeepItIsNotWorkedOn() throws IOException {
        first.works();
        // What is in the way of the folder is no folder, for root too.
        Files.writeString(folder.resolve("state/claims"), "in the way");
        first.begin(12);
        Failure failure = first.failure();
        assertThat(failure.fault()).isEqualTo(Fault.NODE);
        assertThat(failure.message()).contains("cannot write", "claims");
    }

    @Test
    void whatIsGivenBackAnswersToNobody() {
        first.begin(12);
        first.works();
        keep("a.gz", "text\n");
        assertThat(first.nodes.executor.disclaim("here")).isEmpty();
        assertThat(folder.resolve("state/claims")).doesNotExist();
        assertThat(folder.resolve("state/copies")).doesNotExist();
        second.begin(1);
        second.works();
    }

    @Test
    void copiesComeBackAsTheyWere() {
        first.begin(12);
        byte[] large = new byte[600_000];
        new Random(1).nextBytes(large);
        SequencedMap<String, byte[]> files = new LinkedHashMap<>();
        files.put("b", large);
        files.put("a", "text\n".getBytes(StandardCharsets.UTF_8));
        files.put("empty", new byte[0]);
        assertThat(first.copies().change(files, List.of())).isEmpty();
        assertThat(names()).containsExactly("a", "b", "empty");
        files.forEach((name, bytes) ->
                assertThat(first.copies().read(name))
                        .hasValueSatisfying(got -> assertThat(got).isEqualTo(bytes)));

        assertThat(first.copies().change(new LinkedHashMap<>(), List.of("b", "gone"))).isEmpty();
        assertThat(names()).containsExactly("a", "empty");
    }

    private void keep(String name, String text) {
        assertThat(
                        first.copies()
                                .change(
                                        new LinkedHashMap<>(
                                                Map.of(
                                                        name,
                                                        text.getBytes(StandardCharsets.UTF_8))),
                                        List.of()))
                .isEmpty();
    }

    private List<String> names() {
        return first.copies().names().orElseThrow();
    }
}
