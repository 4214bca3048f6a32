package dev.ashlar.language.grammar;

import static dev.ashlar.language.grammar.Form.optional;
import static dev.ashlar.language.grammar.Form.required;
import static dev.ashlar.language.grammar.Form.reserved;

import dev.ashlar.language.grammar.Content.Named;
import dev.ashlar.language.grammar.Content.Names;
import dev.ashlar.language.grammar.Content.Nested;
import dev.ashlar.language.grammar.Content.Sequence;
import dev.ashlar.language.grammar.Content.Text;
import dev.ashlar.language.grammar.Content.Truth;
import dev.ashlar.language.grammar.Content.Whole;
import dev.ashlar.language.grammar.Content.Word;
import dev.ashlar.language.name.NameKind;
import java.util.List;
import java.util.stream.Stream;

/// The forms of sites.
public final class SiteForms {
    private SiteForms() {}

    private static final String HOST_KEYS = "host_keys";

    private static final Content KEYS = new Sequence(new Text());

    private static final List<Form.Key> REACHED =
            List.of(
                    required("address", new Text(), "Name or number it is reached at"),
                    optional("port", new Whole(1, 65_535), "SSH port; 22 if not said"),
                    optional("user", new Text(), "Login name; `root` if not said"),
                    required(
                            "identity",
                            new Text(),
                            "Private key file, relative to the site's file"),
                    optional("sudo", new Truth(), "Commands run through `sudo -n`"),
                    optional(
                            "jump",
                            new Nested(() -> SiteForms.JUMP),
                            "The machine to pass through first"));

    public static final Form JUMP =
            new Form(
                    "jump host",
                    "A machine that others are reached through.",
                    Stream.concat(
                                    REACHED.stream(),
                                    Stream.of(
                                            required(
                                                    HOST_KEYS,
                                                    KEYS,
                                                    "Its public host keys, as in known_hosts: \"ssh-ed25519 AAAA...\"")))
                            .toList());

    public static final Form MACHINE =
            new Form(
                    "machine",
                    "A machine that exists.",
                    Stream.concat(
                                    REACHED.stream(),
                                    Stream.of(
                                            optional(
                                                    HOST_KEYS,
                                                    KEYS,
                                                    "Its public host keys, as in known_hosts: \"ssh-ed25519 AAAA...\"; a person approves one if not said"),
                                            optional(
                                                    "labels",
                                                    new Names(NameKind.LABEL, new Text()),
                                                    "Words to pick it by")))
                            .toList());

    public static final Form INVENTORY =
            new Form(
                    "inventory",
                    "Machines that exist.",
                    List.of(
                            required("kind", new Word(List.of("inventory")), "What it is"),
                            optional(
                                    "host_authorities",
                                    KEYS,
                                    "Public keys of authorities whose certificate of a machine's host key is taken: \"ssh-ed25519 AAAA...\""),
                            required(
                                    "machines",
                                    new Names(NameKind.NODE, new Nested(() -> SiteForms.MACHINE)),
                                    "The machines by name")));

    public static final Form LAB =
            new Form(
                    "lab",
                    "Machines made on this host.",
                    List.of(
                            required("kind", new Word(List.of("lab")), "What it is"),
                            optional("release", new Text(), "Debian release; `bookworm`"),
                            optional("mirror", new Text(), "Where Debian comes from"),
                            optional(
                                    "disk_megabytes",
                                    new Whole(16, 1_000_000),
                                    "Size of a machine's disk")));

    /// The forms of providers by `kind`.
    public static final List<Form> PROVIDERS = List.of(INVENTORY, LAB);

    public static final Form SITE =
            new Form(
                    "site",
                    "A place where clusters run.",
                    List.of(
                            required("site", new Named(NameKind.LABEL), "Its name; of its file"),
                            optional("doc", new Text(), "What it is for"),
                            optional(
                                    "approve",
                                    new Word(List.of("auto", "ask")),
                                    "Whether a person is asked first; `ask` if not said"),
                            required(
                                    "providers",
                                    new Names(NameKind.LABEL, new Content.Variants(PROVIDERS)),
                                    "Where its nodes come from"),
                            optional(
                                    "external",
                                    Forms.EXTERNALS,
                                    "What stands for interfaces and is there already"),
                            optional(
                                    "values",
                                    Forms.VALUES,
                                    "Values for components' inputs wherever clusters use them here"),
                            reserved("protected", "Asks for the cluster's name")));
}
