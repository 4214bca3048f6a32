package dev.ashlar.language.grammar;

import static dev.ashlar.language.grammar.Form.optional;
import static dev.ashlar.language.grammar.Form.required;
import static dev.ashlar.language.grammar.Form.reserved;

import dev.ashlar.language.grammar.Content.Named;
import dev.ashlar.language.grammar.Content.Names;
import dev.ashlar.language.grammar.Content.Nested;
import dev.ashlar.language.grammar.Content.Sequence;
import dev.ashlar.language.grammar.Content.ShortOr;
import dev.ashlar.language.grammar.Content.Span;
import dev.ashlar.language.grammar.Content.Text;
import dev.ashlar.language.grammar.Content.Truth;
import dev.ashlar.language.grammar.Content.Value;
import dev.ashlar.language.grammar.Content.Whole;
import dev.ashlar.language.grammar.Content.Word;
import dev.ashlar.language.name.NameKind;
import java.util.List;
import java.util.Map;

/// The forms of packs, components and clusters. Those of sites are in [SiteForms], those of steps
/// in [StepForms].
public final class Forms {
    private static final Content LABEL = new Named(NameKind.LABEL);
    private static final Content TYPES = new Names(NameKind.IDENTIFIER, new Text());

    /// What a value is chosen by.
    public static final String SELECT = "select";

    /// What is chosen from, of a value or of a step.
    public static final String CASES = "cases";

    private Forms() {}

    /// A value that is chosen by another.
    public static final Form SELECTION =
            new Form(
                    "selection",
                    "A value chosen by another that is one of a few.",
                    List.of(
                            required(SELECT, new Value(), "What it is chosen by"),
                            required(
                                    CASES,
                                    new Content.Cases(new Value()),
                                    "The value for each that this may be")));

    public static final Form USE =
            new Form(
                    "use",
                    "A component under a name of the cluster's own.",
                    List.of(
                            required("component", new Text(), "PACK/COMPONENT"),
                            optional(
                                    "with",
                                    new Names(NameKind.IDENTIFIER, new Value()),
                                    "Values for the component's inputs"),
                            optional(
                                    "requires",
                                    new Names(NameKind.IDENTIFIER, new Text()),
                                    "The uses, or what is external, that stand for the interfaces"
                                            + " the component requires, by its names for them")));

    public static final Form EXTERNAL =
            new Form(
                    "external",
                    "Something that stands for an interface and is there without the cluster.",
                    List.of(
                            required("interface", LABEL, "The interface it stands for"),
                            optional("doc", new Text(), "What it is"),
                            optional(
                                    "values",
                                    new Names(NameKind.IDENTIFIER, new Value()),
                                    "Its values for the interface"),
                            optional(
                                    "cluster",
                                    new Text(),
                                    "Instead of values: the folder of a cluster that has it,"
                                            + " relative to this file"),
                            optional(
                                    "use",
                                    LABEL,
                                    "The use of that cluster that stands for the interface")));

    /// Values for the inputs of components, wherever these are used.
    static final Content VALUES =
            new Names(NameKind.REFERENCE, new Names(NameKind.IDENTIFIER, new Value()));

    /// Whatever is external, by names that uses are bound to.
    static final Content EXTERNALS = new Names(NameKind.LABEL, new Nested(() -> Forms.EXTERNAL));

    public static final Form GROUP =
            new Form(
                    "group",
                    "Nodes that carry the same components.",
                    List.of(
                            required("count", new Whole(1, 100_000), "How many nodes"),
                            optional(
                                    "at",
                                    new Named(NameKind.PROVIDER),
                                    "What they come from: a provider of the cluster's site, or"
                                            + " SITE/PROVIDER; `default` if not said"),
                            required(
                                    "uses",
                                    new Names(
                                            NameKind.LABEL,
                                            new ShortOr(new Text(), new Nested(() -> Forms.USE))),
                                    "The components in use, by names of the cluster's own"),
                            optional(
                                    "packs",
                                    new Names(NameKind.LABEL, new Text()),
                                    "Versions of packs for these nodes' uses, by pack: what the"
                                            + " version must satisfy"),
                            optional(
                                    "nodes",
                                    new Names(
                                            NameKind.NODE,
                                            new Names(
                                                    NameKind.LABEL,
                                                    new Names(NameKind.IDENTIFIER, new Value()))),
                                    "Values for single nodes: node, use, input"),
                            reserved(SELECT, "Nodes picked by their labels")),
                    Map.of("provider", "at", "site", "at"));

    public static final Form PACK_PIN =
            new Form(
                    "pack",
                    "A pack with the versions of it that will do.",
                    List.of(
                            required("pack", LABEL, "The pack's name"),
                            optional(
                                    "version",
                                    new Text(),
                                    "What its version must satisfy, such as \">=1.2 <2\"")));

    public static final Form CLUSTER =
            new Form(
                    "cluster",
                    "The desired state of a cluster.",
                    List.of(
                            required("cluster", LABEL, "The cluster's name"),
                            optional("doc", new Text(), "What it is for"),
                            optional("site", LABEL, "Where it runs unless --site says otherwise"),
                            required(
                                    "packs",
                                    new Sequence(
                                            new ShortOr(LABEL, new Nested(() -> Forms.PACK_PIN))),
                                    "The packs its components come from"),
                            optional(
                                    "parameters",
                                    new Names(NameKind.IDENTIFIER, new Value()),
                                    "Values read as ${parameters.NAME}"),
                            optional(
                                    "secrets",
                                    new Names(
                                            NameKind.IDENTIFIER,
                                            new Nested(() -> SecretForms.SECRET)),
                                    "Secrets kept in the cluster's vault, read as"
                                            + " ${secrets.NAME}"),
                            optional(
                                    "values",
                                    VALUES,
                                    "Values for components' inputs wherever the cluster uses them"),
                            optional(
                                    "external",
                                    EXTERNALS,
                                    "What stands for interfaces and is there without the cluster"),
                            required(
                                    "groups",
                                    new Names(NameKind.LABEL, new Nested(() -> Forms.GROUP)),
                                    "Its nodes, in groups")));

    public static final Form PACK =
            new Form(
                    "pack",
                    "A versioned bundle of components, interfaces and templates.",
                    List.of(
                            required("pack", LABEL, "The pack's name; that of its folder"),
                            required("version", new Text(), "MAJOR.MINOR.PATCH"),
                            optional("doc", new Text(), "What it brings"),
                            optional(
                                    "interfaces",
                                    new Names(NameKind.LABEL, TYPES),
                                    "Signatures its components may implement: names with types"),
                            optional(
                                    "types",
                                    new Names(NameKind.TYPE, TYPES),
                                    "Structures that components of any pack may name")));

    public static final Form INPUT =
            new Form(
                    "input",
                    "A value the component takes.",
                    List.of(
                            optional("type", new Text(), "Its type; a fact has its own"),
                            optional("default", new Value(), "Its value if none is given"),
                            optional(
                                    "fact",
                                    new Text(),
                                    "A fact of its node, instead of a value: `ashlar explain facts` lists them"),
                            optional(
                                    SecretForms.GENERATE,
                                    SecretForms.HOW,
                                    "It is a secret: how it is made where nobody gives it"),
                            optional("doc", new Text(), "What it is for"),
                            optional("min", whole(), "Smallest number allowed"),
                            optional("max", whole(), "Largest number allowed"),
                            optional("pattern", new Text(), "Regular expression of the whole text"),
                            optional("one_of", new Sequence(new Value()), "The values allowed"),
                            optional("min_length", length(), "Fewest characters or elements"),
                            optional("max_length", length(), "Most characters or elements")));

    public static final Form OUTPUT =
            new Form(
                    "output",
                    "A value the component publishes for each node.",
                    List.of(
                            required("type", new Text(), "Its type"),
                            required("value", new Value(), "The value"),
                            optional(
                                    "early",
                                    new Truth(),
                                    "Holds as soon as its inputs are known, not only once the"
                                            + " component is healthy"),
                            optional("doc", new Text(), "What it is for")));

    public static final Form CLUSTER_OUTPUT =
            new Form(
                    "cluster output",
                    "A value published once for all members.",
                    List.of(
                            required("type", new Text(), "Its type"),
                            required("value", new Value(), "The value"),
                            optional(
                                    "holds",
                                    new Word(List.of("one", "majority", "all")),
                                    "How many members must be healthy before it may be used"),
                            optional(
                                    "of",
                                    new Word(List.of("planned")),
                                    "Whose values it takes: those of all planned members"),
                            optional("doc", new Text(), "What it is for")));

    public static final Form ROLLOUT =
            new Form(
                    "rollout",
                    "How a change passes over the members.",
                    List.of(
                            optional(
                                    "max_unavailable",
                                    new Whole(1, 100_000),
                                    "How many members may be in a turn at once"),
                            reserved("quorum", "What must stay healthy throughout")));

    public static final Form COMPONENT =
            new Form(
                    "component",
                    "A typed function over nodes.",
                    List.of(
                            required("component", LABEL, "Its name; that of its file"),
                            optional("doc", new Text(), "What it makes"),
                            optional(
                                    "implements",
                                    new Names(
                                            NameKind.LABEL,
                                            new Names(NameKind.IDENTIFIER, new Value())),
                                    "Interfaces it can stand for, with their values"),
                            optional(
                                    "requires",
                                    new Names(NameKind.IDENTIFIER, LABEL),
                                    "Interfaces it needs somebody for, by names of its own"),
                            optional("types", new Names(NameKind.TYPE, TYPES), "Named structures"),
                            optional(
                                    "inputs",
                                    new Names(
                                            NameKind.IDENTIFIER,
                                            new ShortOr(new Text(), new Nested(() -> Forms.INPUT))),
                                    "What it takes"),
                            optional(
                                    "outputs",
                                    new Names(NameKind.IDENTIFIER, new Nested(() -> Forms.OUTPUT)),
                                    "What it publishes for each node"),
                            optional(
                                    "cluster_outputs",
                                    new Names(
                                            NameKind.IDENTIFIER,
                                            new Nested(() -> Forms.CLUSTER_OUTPUT)),
                                    "What it publishes once"),
                            required(
                                    "steps",
                                    new Names(
                                            NameKind.IDENTIFIER, new Nested(() -> StepForms.STEP)),
                                    "What is done, in order"),
                            optional("rollout", new Nested(() -> Forms.ROLLOUT), "How it changes"),
                            optional("notes", new Text(), "What to tell a person at the end"),
                            optional(
                                    "membership",
                                    new Nested(() -> MembershipForms.MEMBERSHIP),
                                    "How members come and go")));

    /// All top-level forms by the file they describe.
    public static List<Form> files() {
        return List.of(CLUSTER, PACK, COMPONENT, SiteForms.SITE);
    }

    private static Content whole() {
        return new Whole(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static Content length() {
        return new Whole(0, Long.MAX_VALUE);
    }

    static Content span() {
        return new Span();
    }
}
