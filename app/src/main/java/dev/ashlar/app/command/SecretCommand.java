package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.OpenVault;
import dev.ashlar.app.cluster.SecretRow;
import dev.ashlar.app.document.SecretDocument;
import dev.ashlar.app.execution.VaultKeeper;
import dev.ashlar.app.terminal.SecretView;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.model.secret.Recipe;
import dev.ashlar.model.secret.Secret;
import dev.ashlar.store.folder.PrivateFile;
import dev.ashlar.store.vault.Export;
import dev.ashlar.store.vault.Opened;
import dev.ashlar.store.vault.Recipient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "The secrets of a cluster: kept sealed in its vault, given to the nodes that need them.",
            "None is ever taken from an argument, or shown."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar secret set db_password examples/app          typed, unseen",
            "  ashlar secret set api_token --from token.txt",
            "  ashlar secret list",
            "  ashlar secret rotate --seen-by store-2              all that this node has seen",
            "  ashlar secret export --to age1... --out secrets.age"
        })
final class SecretCommand extends CommandGroup {
    /// What the verbs about a cluster's secrets are given.
    static final class Of {
        @Mixin private OutputOptions output = new OutputOptions();
        @Mixin private ClusterOptions options = new ClusterOptions();

        OneVault vault(Optional<Path> path) {
            Terminal terminal = output.terminal();
            return new OneVault(terminal, Loading.cluster(options.request(path), output, terminal));
        }

        int told(OneVault vault, String verb, List<SecretRow> rows) {
            return output.document(
                    vault.terminal(),
                    ExitCode.DONE.code(),
                    () -> SecretDocument.of(vault.cluster().composition().name(), verb, rows));
        }

        boolean isHuman() {
            return output.isHuman();
        }
    }

    @Command(
            name = "set",
            description = {
                "Give a secret its content: from standard input, a file, an editor, or typed twice.",
                "A line break behind a single line is no part of it."
            })
    int set(
            @Mixin Of of,
            @Option(
                            names = "--from",
                            paramLabel = "FILE",
                            description = "Take it from a file; - is standard input.")
                    Optional<Path> from,
            @Option(names = "--edit", description = "Write it with $VISUAL or $EDITOR.")
                    boolean edit,
            @Parameters(index = "0", paramLabel = "NAME", description = "The secret's name.")
                    String name,
            @Parameters(index = "1", arity = "0..1", paramLabel = "CLUSTER") Optional<Path> path) {
        OneVault vault = of.vault(path);
        var declared = vault.declared(name);
        List<SecretRow> rows =
                vault.set(declared, new SecretInput(vault.terminal(), from, edit).read());
        return changed(of, vault, "set", rows);
    }

    private static int changed(Of of, OneVault vault, String verb, List<SecretRow> rows) {
        for (SecretRow row : rows) {
            vault.terminal().say(row.name() + " has version " + row.version() + " now");
            if (!row.outdated().isEmpty()) {
                vault.terminal()
                        .say(
                                "  help: `ashlar up` gives it to "
                                        + String.join(", ", row.outdated())
                                        + ", in the place of an earlier one");
            }
        }
        return of.told(vault, verb, rows);
    }

    @Command(
            name = "generate",
            description = {
                "Make a secret that is not there yet, by the recipe in the files or a password.",
                "`ashlar up` makes all that have a recipe by itself."
            })
    int generate(
            @Mixin Of of,
            @Mixin RecipeOptions recipe,
            @Parameters(index = "0", paramLabel = "NAME", description = "The secret's name.")
                    String name,
            @Parameters(index = "1", arity = "0..1", paramLabel = "CLUSTER") Optional<Path> path) {
        OneVault vault = of.vault(path);
        SortedMap<String, Recipe> made = new TreeMap<>();
        made.put(name, recipe.of(vault.declared(name)));
        vault.found(name)
                .ifPresent(row -> {
                    throw new CommandStop(
                            ExitCode.INVALID,
                            List.of(
                                    "error: " + name + " is there, in version " + row.version(),
                                    "  help: `ashlar secret rotate " + name + "` makes another"));
                });
        return changed(of, vault, "generate", vault.generate(made));
    }

    @Command(name = "list", description = "List them: version, since when, by whom, who has it.")
    int list(
            @Mixin Of of, @Parameters(arity = "0..1", paramLabel = "CLUSTER") Optional<Path> path) {
        OneVault vault = of.vault(path);
        List<SecretRow> rows = vault.rows();
        if (of.isHuman()) {
            SecretView.table(rows).forEach(vault.terminal()::data);
        }
        return of.told(vault, "list", rows);
    }

    @Command(
            name = "rotate",
            description = {
                "Make another content for a secret, or for all that a node has seen.",
                "`ashlar up` then gives it to whoever has the one before."
            })
    int rotate(
            @Mixin Of of,
            @Mixin RecipeOptions recipe,
            @Option(
                            names = "--seen-by",
                            paramLabel = "NODE",
                            description = "All whose present content this node was given.")
                    Optional<String> seenBy,
            @Parameters(
                            arity = "0..2",
                            paramLabel = "[NAME] CLUSTER",
                            description = "The secret's name, unless --seen-by; folder or file.")
                    @Nullable List<String> given) {
        List<String> words = given == null ? List.of() : given;
        int named = seenBy.isPresent() ? 0 : 1;
        if (words.size() < named || words.size() > named + 1) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    "error: rotate wants NAME, or --seen-by NODE; then the cluster");
        }
        OneVault vault = of.vault(words.stream().skip(named).findFirst().map(Path::of));
        List<SecretRow> wanted =
                seenBy.map(node -> SecretRow.seenBy(node, vault.rows()))
                        .orElseGet(() -> List.of(vault.there(words.getFirst())));
        seenBy.ifPresent(node -> tellNone(vault, node, wanted));
        SortedMap<String, Recipe> made = new TreeMap<>();
        List<String> left = new ArrayList<>();
        for (SecretRow row : wanted) {
            if (row.isByStep()) {
                vault.terminal()
                        .warn(
                                "warning: %s is made by a step: take it back, or let it lapse"
                                        .formatted(row.name()));
                continue;
            }
            recipe.anew(row)
                    .ifPresentOrElse(how -> made.put(row.name(), how), () -> left.add(row.name()));
        }
        left.forEach(name ->
                vault.terminal()
                        .warn(
                                "warning: %s was given by a person: `ashlar secret set %s` gives another"
                                        .formatted(name, name)));
        List<SecretRow> rows = made.isEmpty() ? List.of() : vault.generate(made);
        changed(of, vault, "rotate", rows);
        return (left.isEmpty() ? ExitCode.DONE : ExitCode.WAITING).code();
    }

    /// A name that was mistyped must not read like good news.
    private static void tellNone(OneVault vault, String node, List<SecretRow> seen) {
        Set<String> nodes = Claims.nodes(vault.cluster()).keySet();
        boolean isKnown =
                nodes.contains(node)
                        || vault.rows().stream()
                                .flatMap(row -> row.receipts().stream())
                                .anyMatch(receipt -> receipt.node().equals(Optional.of(node)));
        if (!isKnown) {
            throw new CommandStop(ExitCode.INVALID, KnownNodes.unknown(node, nodes));
        }
        if (seen.isEmpty()) {
            vault.terminal().say(node + " has seen no secret in its present version");
        }
    }

    @Command(
            name = "delete",
            description = {
                "Take a secret out of the vault for good. What nodes have of it stays there.",
                "Its next content, if it gets one, has another version."
            })
    int delete(
            @Mixin Of of,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes,
            @Parameters(index = "0", paramLabel = "NAME", description = "The secret's name.")
                    String name,
            @Parameters(index = "1", arity = "0..1", paramLabel = "CLUSTER") Optional<Path> path) {
        OneVault vault = of.vault(path);
        vault.there(name);
        if (!yes) {
            Consent.ask(
                    vault.terminal(),
                    "Delete " + name + " for good?",
                    name + " would be deleted for good");
        }
        List<SecretRow> rows = vault.delete(name);
        vault.terminal().say(name + " is deleted");
        return of.told(vault, "delete", rows);
    }

    @Command(
            name = "export",
            description = {
                "Write secrets into a file that `age -d -i KEYFILE` opens, for the day when",
                "neither Ashlar nor its state is at hand. All of them, unless some are named."
            })
    int export(
            @Mixin Of of,
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "age1...",
                            description = "Who can open it; may be repeated.")
                    List<String> recipients,
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "FILE",
                            description = "Where it is written.")
                    Path out,
            @Option(
                            names = "--only",
                            paramLabel = "NAME",
                            description = "This secret; may be repeated.")
                    @Nullable List<String> only,
            @Parameters(arity = "0..1", paramLabel = "CLUSTER") Optional<Path> path) {
        List<Recipient> to = recipients.stream().map(Recipient::new).toList();
        OneVault vault = of.vault(path);
        if (only != null) {
            only.forEach(vault::there);
        }
        OpenVault open =
                Unlocking.open(
                        vault.cluster().folder(),
                        vault.cluster().state(),
                        vault.cluster().past(),
                        vault.terminal());
        if (open.opened().isEmpty()) {
            throw new CommandStop(ExitCode.INVALID, "error: the cluster has no vault yet");
        }
        if (Files.exists(out)) {
            throw new CommandStop(
                    ExitCode.INVALID, "error: " + out + " is there already, and was left as it is");
        }
        SortedMap<String, Secret> chosen = new TreeMap<>(open.vault().secrets());
        chosen.keySet().removeIf(name -> only != null && !only.contains(name));
        try {
            PrivateFile.write(out, Export.of(chosen, to));
        } catch (IOException e) {
            throw FileTarget.unwritable(
                    out.toString(), e, "--out wants a file in a folder that exists");
        }
        vault.terminal().say("Wrote " + out + ": " + chosen.size() + " secrets");
        return of.told(
                vault,
                "export",
                vault.rows().stream().filter(row -> chosen.containsKey(row.name())).toList());
    }

    @Command(
            name = "lock",
            description = {
                "Say what unlocks the vault from now on, in the place of all that does so now.",
                "Who could open it before knows what was in it: rotate what he must not know."
            })
    int lock(
            @Mixin Of of,
            @Option(
                            names = "--key-file",
                            paramLabel = "FILE",
                            description =
                                    "A key file, as age-keygen writes it; made where none is.")
                    @Nullable List<Path> keyFiles,
            @Option(
                            names = "--to",
                            paramLabel = "age1...",
                            description = "Who has the key of this recipient.")
                    @Nullable List<String> recipients,
            @Option(names = "--passphrase", description = "A passphrase, typed unseen.")
                    boolean passphrase,
            @Parameters(arity = "0..1", paramLabel = "CLUSTER") Optional<Path> path) {
        OneVault vault = of.vault(path);
        NewLocks wanted =
                new NewLocks(
                        keyFiles == null ? List.of() : keyFiles,
                        recipients == null ? List.of() : recipients,
                        passphrase);
        try (Acting acting = Loading.act(vault.cluster().folder())) {
            Opened open =
                    vault.open(acting)
                            .opened()
                            .orElseThrow(() ->
                                    new CommandStop(
                                            ExitCode.INVALID,
                                            "error: the cluster has no vault yet: `ashlar secret set` or `ashlar up` makes it"));
            VaultKeeper.lock(acting, open, wanted.read(vault.terminal()));
        }
        vault.terminal().say("The vault is locked anew");
        if (Unlocking.ifPossible(vault.cluster().asItIsNow(), vault.terminal()).vault().isEmpty()) {
            vault.terminal()
                    .warn(
                            "warning: nothing that is at hand here opens it now: $ASHLAR_KEY_FILE names a key file, or somebody types a passphrase");
        }
        return of.told(vault, "lock", List.of());
    }
}
