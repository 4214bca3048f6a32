package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.PkiRecord;
import dev.ashlar.app.document.PkiDocument;
import dev.ashlar.app.terminal.PkiView;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.language.expression.Spelling;
import dev.ashlar.services.pki.AuthorityFacts;
import dev.ashlar.services.pki.Intermediates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "The authorities of a cluster, and the certificates that they have issued.",
            "The keys of nodes are born there and never leave them; none is shown."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar pki list examples/etcd",
            "  ashlar pki show kv-peers examples/etcd",
            "  ashlar pki renew --due examples/etcd --yes"
        },
        subcommands = {
            PkiRenewCommand.class,
            PkiRotateCommand.class,
            PkiRequestCommand.class,
            PkiAcceptCommand.class
        })
final class PkiCommand extends CommandGroup {
    /// What the verbs that only read are given.
    static final class Reading {
        @Mixin private OutputOptions output = new OutputOptions();
        @Mixin private ClusterOptions options = new ClusterOptions();

        OutputOptions output() {
            return output;
        }

        Cluster cluster(Terminal terminal, Optional<Path> path) {
            return Loading.standing(options.request(path), output, terminal);
        }

        /// Stops with exit code 3 where no authority can be called so.
        Intermediates intermediates(Cluster cluster, Acting acting, String name) {
            if (!Intermediates.isName(name)) {
                throw new CommandStop(
                        ExitCode.INVALID,
                        "error: no authority can be called \"%s\" (a-z, 0-9, - and _, 60 at most)"
                                .formatted(name));
            }
            Workshops.requireAuthorities(acting);
            return new Intermediates(
                    acting.state().pki(),
                    cluster.composition().name(),
                    acting.past().authorities());
        }

        /// About one authority, which may be none yet.
        int told(Terminal terminal, Cluster cluster, String verb, String name) {
            Instant now = Instant.now();
            return told(terminal, cluster, verb, record(cluster, now).of(name), now);
        }

        private int told(
                Terminal terminal, Cluster cluster, String verb, PkiRecord pki, Instant now) {
            return output.document(
                    terminal,
                    ExitCode.DONE.code(),
                    () -> PkiDocument.of(cluster.composition().name(), verb, pki, now));
        }
    }

    /// Stops with exit code 4 where it cannot be read.
    static PkiRecord record(Cluster cluster, Instant now) {
        try {
            return PkiRecord.of(cluster, now);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    static CommandStop unusable(IOException e) {
        return new CommandStop(
                ExitCode.NODE_OR_SITE, "error: the authorities' files cannot be used: " + e);
    }

    /// Stops with exit code 3 where there is no such authority.
    static AuthorityFacts named(PkiRecord pki, String name) {
        return pki.authority(name)
                .orElseThrow(() -> {
                    List<String> known =
                            pki.authorities().stream().map(AuthorityFacts::name).toList();
                    return new CommandStop(
                            ExitCode.INVALID,
                            List.of(
                                    "error: there is no authority \"" + name + "\"",
                                    "  help: "
                                            + Spelling.hint(name, known)
                                                    .orElse(
                                                            known.isEmpty()
                                                                    ? "`ashlar up` makes those that steps ask for"
                                                                    : "there is "
                                                                            + String.join(
                                                                                    ", ", known))));
                });
    }

    @Command(
            name = "list",
            description = {
                "List the certificates in use and the authorities: names, serial, until when.",
                "One is due when a third of its life or less is left."
            })
    int list(
            @Mixin Reading of,
            @Parameters(arity = "0..1", paramLabel = "CLUSTER", description = "Folder or file.")
                    Optional<Path> path) {
        Terminal terminal = of.output.terminal();
        Cluster cluster = of.cluster(terminal, path);
        Instant now = Instant.now();
        PkiRecord pki = record(cluster, now);
        if (of.output.isHuman()) {
            new PkiView(now).list(pki).forEach(terminal::data);
        }
        return of.told(terminal, cluster, "list", pki, now);
    }

    @Command(
            name = "revoke",
            description = {
                "Put certificates on their authority's list of what is revoked, for good: on record",
                "at once, with everybody by the next `ashlar up`. Whose it was gets another, with",
                "another key, where --renew says so, or `ashlar pki renew` later; else none."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  ashlar pki revoke kv.certificate@store-2 examples/etcd --renew     a key has leaked",
                "  ashlar pki revoke @store-2 examples/etcd     a machine is in other hands"
            })
    int revoke(
            @Mixin Reading of,
            @Mixin ReasonOption reason,
            @Option(
                            names = "--renew",
                            description =
                                    "Order another in its place, with another key: what answers a leaked key.")
                    boolean renew,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes,
            @Parameters(
                            index = "0",
                            paramLabel = "SERIAL|STEP@NODE|@NODE",
                            description = "Which; @NODE are all that a node has or had.")
                    String which,
            @Parameters(
                            index = "1",
                            arity = "0..1",
                            paramLabel = "CLUSTER",
                            description = "Folder or file.")
                    Optional<Path> path) {
        Terminal terminal = of.output.terminal();
        Cluster cluster = of.cluster(terminal, path);
        try (Acting acting = Loading.act(cluster.folder())) {
            Cluster now = cluster.with(acting);
            List<PkiRecord.Certificate> chosen = chosen(record(now, Instant.now()), which);
            if (!yes) {
                Consent.ask(
                        terminal,
                        "Revoke %d of %s for good?".formatted(chosen.size(), which),
                        chosen.size() + " would be revoked for good");
            }
            new Revoking(terminal, now, reason.text(), renew).revoke(acting, chosen);
            PkiRecord then = record(cluster.with(acting), Instant.now());
            return of.told(terminal, now, "revoke", then, Instant.now());
        }
    }

    private static List<PkiRecord.Certificate> chosen(PkiRecord pki, String which) {
        List<PkiRecord.Certificate> chosen =
                which.startsWith("@")
                        ? pki.at(which.substring(1))
                        : pki.certificates().stream()
                                .filter(one ->
                                        one.entry().serial().equalsIgnoreCase(which)
                                                || (one.isInUse()
                                                        && PkiRenewCommand.isOf(which, one)))
                                .toList();
        if (chosen.isEmpty()) {
            throw PkiRenewCommand.unknown(pki, which);
        }
        return withSameKeys(pki, chosen);
    }

    /// Whoever has a key can show every certificate that it was ever certified with.
    private static List<PkiRecord.Certificate> withSameKeys(
            PkiRecord pki, List<PkiRecord.Certificate> chosen) {
        Set<String> keys =
                chosen.stream().map(one -> one.entry().keySha256()).collect(Collectors.toSet());
        return pki.certificates().stream()
                .filter(one -> keys.contains(one.entry().keySha256()))
                .toList();
    }

    @Command(
            name = "show",
            description = {
                "Show an authority: its certificate, its fingerprint, and all that it has issued",
                "and that somebody still could use, also where another has come in its place."
            })
    int show(
            @Mixin Reading of,
            @Parameters(index = "0", paramLabel = "NAME", description = "The authority's name.")
                    String name,
            @Parameters(
                            index = "1",
                            arity = "0..1",
                            paramLabel = "CLUSTER",
                            description = "Folder or file.")
                    Optional<Path> path) {
        Terminal terminal = of.output.terminal();
        Cluster cluster = of.cluster(terminal, path);
        Instant now = Instant.now();
        PkiRecord pki = record(cluster, now);
        AuthorityFacts authority = named(pki, name);
        PkiRecord own = pki.of(name);
        if (of.output.isHuman()) {
            new PkiView(now).show(authority, own).forEach(terminal::data);
        }
        return of.told(terminal, cluster, "show", own, now);
    }
}
