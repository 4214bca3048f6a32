package dev.ashlar.app.command;

import dev.ashlar.app.cluster.SecretRow;
import dev.ashlar.model.journal.JournalRecord.Change;
import dev.ashlar.model.secret.Recipe;
import dev.ashlar.model.secret.Recipe.Password;
import dev.ashlar.model.secret.SecretSpec;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How a secret is made, where the files do not say or a person wants another.
final class RecipeOptions {
    @Option(names = "--length", paramLabel = "N", description = "A password of so many characters.")
    private Optional<Integer> length = Optional.empty();

    @Option(
            names = "--alphabet",
            paramLabel = "CHARACTERS",
            description = "What a password is picked from; letters and digits if not said.")
    private Optional<String> alphabet = Optional.empty();

    /// The one asked for, or that of the files, or a password.
    Recipe of(SecretSpec spec) {
        refuseForPair(Optional.of(spec));
        return wanted().or(spec::recipe).orElse(Password.USUAL);
    }

    /// How another content is made; empty for one that a person gave, unless asked for.
    Optional<Recipe> anew(SecretRow row) {
        refuseForPair(row.spec());
        boolean isGiven = row.last().filter(last -> last.change() == Change.SET).isPresent();
        return isGiven
                ? wanted()
                : wanted().or(() -> row.spec().flatMap(SecretSpec::recipe))
                        .or(() -> Optional.of(Password.USUAL));
    }

    private void refuseForPair(Optional<SecretSpec> spec) {
        spec.filter(one -> one.isPair() && wanted().isPresent())
                .ifPresent(pair -> {
                    throw new CommandStop(
                            ExitCode.INVALID,
                            "error: "
                                    + pair.name()
                                    + " is a key pair, which has no --length and no --alphabet");
                });
    }

    private Optional<Recipe> wanted() {
        if (length.isEmpty() && alphabet.isEmpty()) {
            return Optional.empty();
        }
        int characters = length.orElse(Password.LENGTH);
        String from = alphabet.orElse(Password.ALPHABET);
        if (characters < 1 || characters > Recipe.LONGEST) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    "error: --length is from 1 to " + Recipe.LONGEST + ", not " + characters);
        }
        if (!Password.isAlphabet(from)) {
            throw new CommandStop(
                    ExitCode.INVALID, "error: --alphabet has at least two characters, each once");
        }
        return Optional.of(new Password(characters, from));
    }
}
