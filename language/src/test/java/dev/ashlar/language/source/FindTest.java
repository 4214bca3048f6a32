package dev.ashlar.language.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What a load has looked at is so still until something there is another.
class FindTest {
    @TempDir private Path folder = Path.of("");

    private Path file() {
        return folder.resolve("file");
    }

    /// Looks at the folder and the file in it in one way.
    private Find looked(Find.Kind kind) {
        Sources sources = new Sources();
        switch (kind) {
            case BYTES -> sources.read(file(), "file", Limit.TEXT);
            case FILE -> sources.isFile(file());
            case NAMES -> sources.names(folder);
            case REAL -> sources.isInside(folder, file());
        }
        return sources.finds().getFirst();
    }

    @ParameterizedTest
    @EnumSource
    void whatComesOrGoesIsNoted(Find.Kind kind) throws IOException {
        Find without = looked(kind);
        assertThat(without.isStillSo()).isTrue();

        Files.writeString(file(), "text");
        assertThat(without.isStillSo()).isFalse();
        Find with = looked(kind);
        assertThat(with.isStillSo()).isTrue();
        assertThat(with.path()).isAbsolute();

        Files.delete(file());
        assertThat(with.isStillSo()).isFalse();
        assertThat(without.isStillSo()).isTrue();
    }

    @Test
    void bytesOfTheSameLengthAndTimeAreOthers() throws IOException {
        Files.writeString(file(), "text");
        Find found = looked(Find.Kind.BYTES);
        var time = Files.getLastModifiedTime(file());
        Files.writeString(file(), "test");
        Files.setLastModifiedTime(file(), time);
        assertThat(found.isStillSo()).isFalse();
    }

    @Test
    void aLinkThatLeadsElsewhereIsAnother() throws IOException {
        for (String target : List.of("one", "two")) {
            Files.writeString(folder.resolve(target), "the same");
        }
        Files.createSymbolicLink(file(), Path.of("one"));
        Find real = looked(Find.Kind.REAL);
        Find bytes = looked(Find.Kind.BYTES);
        Files.delete(file());
        Files.createSymbolicLink(file(), Path.of("two"));
        assertThat(real.isStillSo()).isFalse();
        assertThat(bytes.isStillSo()).isTrue();
    }

    static Stream<Find.Kind> ofFiles() {
        return Stream.of(Find.Kind.BYTES, Find.Kind.FILE);
    }

    @ParameterizedTest
    @MethodSource("ofFiles")
    void aFolderIsNoFile(Find.Kind kind) throws IOException {
        Find without = looked(kind);
        Files.createDirectory(file());
        assertThat(without.isStillSo()).isTrue();
    }

    @Test
    void eachThingIsNotedOnce() throws IOException {
        Files.writeString(file(), "text");
        Sources sources = new Sources();
        for (int i = 0; i < 2; i++) {
            assertThat(sources.read(file(), "file", Limit.TEXT)).isPresent();
            assertThat(sources.isInside(folder, file())).isTrue();
            assertThat(sources.names(folder)).containsExactly("file");
        }
        assertThat(sources.finds())
                .extracting(Find::kind)
                .containsExactly(Find.Kind.BYTES, Find.Kind.REAL, Find.Kind.REAL, Find.Kind.NAMES);
    }

    @Test
    void whatLeadsOutIsNotInside() throws IOException {
        Path outside = Files.createTempFile("outside", "");
        try {
            Files.createSymbolicLink(file(), outside);
            assertThat(new Sources().isInside(folder, file())).isFalse();
            Files.delete(file());
            Files.createSymbolicLink(file(), file());
            assertThat(new Sources().isInside(folder, file())).as("leads to nothing").isTrue();
        } finally {
            Files.delete(outside);
        }
    }
}
