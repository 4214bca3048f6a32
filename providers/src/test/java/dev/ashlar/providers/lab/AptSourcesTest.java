package dev.ashlar.providers.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.providers.lab.AptSources.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class AptSourcesTest {
    private static final String PARAGRAPHS =
            """
            Types: deb
            # where the snapshot came from
            URIs: http://mirror.test/debian
            Suites: bookworm bookworm-updates
            Components: main contrib
            Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

            Types: deb
            URIs: http://mirror.test/debian-security
            Suites: bookworm-security
            Components:
             main
             contrib

            Types: deb
            Enabled: no
            URIs: http://mirror.test/debian
            Suites: bookworm-backports
            Components: main

            Types: deb-src
            URIs: http://mirror.test/debian
            Suites: bookworm
            Components: main
            """;

    @Test
    void readsParagraphsAndLeavesOutDisabledAndSourcePackages() {
        assertThat(AptSources.parseParagraphs(PARAGRAPHS))
                .containsExactly(
                        new Source(
                                "http://mirror.test/debian",
                                List.of("bookworm", "bookworm-updates"),
                                List.of("main", "contrib")),
                        new Source(
                                "http://mirror.test/debian-security",
                                List.of("bookworm-security"),
                                List.of("main", "contrib")));
    }

    @Test
    void readsLinesWithOptions() {
        assertThat(
                        AptSources.parseLines(
                                """
                                # comment
                                deb [arch=amd64 signed-by=/k.gpg] http://mirror.test/debian bullseye main contrib # why
                                deb-src http://mirror.test/debian bullseye main
                                deb http://mirror.test/flat ./
                                """))
                .containsExactly(
                        new Source(
                                "http://mirror.test/debian",
                                List.of("bullseye"),
                                List.of("main", "contrib")));
    }

    @Test
    void saysTheHostsSourcesForAnotherRelease() {
        List<Source> sources =
                AptSources.forRelease(AptSources.parseParagraphs(PARAGRAPHS), "bookworm", "trixie");

        assertThat(sources)
                .containsExactly(
                        new Source(
                                "http://mirror.test/debian",
                                List.of("trixie", "trixie-updates"),
                                List.of("main")),
                        new Source(
                                "http://mirror.test/debian-security",
                                List.of("trixie-security"),
                                List.of("main")));
        assertThat(AptSources.mirror(sources, "trixie")).contains("http://mirror.test/debian");
    }

    @Test
    void leavesOutArchivesOfOthers() {
        Source other = new Source("http://other.test/apt", List.of("stable"), List.of("main"));
        Source alike = new Source("http://x.test/apt", List.of("bookworm-pgdg"), List.of("main"));

        assertThat(AptSources.forRelease(List.of(other, alike), "bookworm", "bookworm")).isEmpty();
    }

    @Test
    void rendersWhatItReads() {
        List<Source> sources =
                List.of(new Source("http://mirror.test/debian", List.of("sid"), List.of("main")));

        assertThat(AptSources.parseParagraphs(AptSources.render(sources))).isEqualTo(sources);
    }

    @Test
    void keepsProxyAndClockOptionsOnly() {
        String dump =
                """
                APT::Architecture "amd64";
                Acquire "";
                Acquire::http::Proxy "http://proxy.test:3142";
                Acquire::Check-Valid-Until "false";
                Acquire::Languages "";
                Acquire::Languages:: "none";
                Acquire::CompressionTypes::xz "xz";
                """;

        assertThat(AptSources.fetchOptions(dump).lines())
                .containsExactly(
                        "Acquire::http::Proxy \"http://proxy.test:3142\";",
                        "Acquire::Check-Valid-Until \"false\";",
                        "Acquire::Languages:: \"none\";");
    }
}
