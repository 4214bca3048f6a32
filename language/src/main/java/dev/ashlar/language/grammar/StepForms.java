package dev.ashlar.language.grammar;

import static dev.ashlar.language.grammar.Form.optional;
import static dev.ashlar.language.grammar.Form.required;

import dev.ashlar.language.grammar.Content.Named;
import dev.ashlar.language.grammar.Content.Names;
import dev.ashlar.language.grammar.Content.Nested;
import dev.ashlar.language.grammar.Content.Resources;
import dev.ashlar.language.grammar.Content.Sequence;
import dev.ashlar.language.grammar.Content.ShortOr;
import dev.ashlar.language.grammar.Content.Span;
import dev.ashlar.language.grammar.Content.Text;
import dev.ashlar.language.grammar.Content.Truth;
import dev.ashlar.language.grammar.Content.Value;
import dev.ashlar.language.grammar.Content.Whole;
import dev.ashlar.language.grammar.Content.Word;
import dev.ashlar.language.grammar.Content.WordOrExpression;
import dev.ashlar.language.name.NameKind;
import java.util.List;

/// The forms of steps.
public final class StepForms {
    /// A condition, of a step or of a resource.
    public static final String WHEN = "when";

    /// A repetition, of a step or of a resource.
    public static final String EACH = "each";

    /// How long what a script produces is good for.
    public static final String VALID_FOR = "valid_for";

    /// That what a script produces tells nothing of what it was given.
    public static final String PUBLIC = "public";

    /// What a step's case is chosen by.
    public static final String SWITCH = "switch";

    private static final Form.Key RESOURCES =
            optional("resources", new Resources(), "What it brings about");
    private static final Form.Key SCRIPT = optional("script", new Text(), "Script file it runs");
    private static final Form.Key RUN = optional("run", new Text(), "Shell text it runs");
    private static final Form.Key USES =
            optional("uses", new Text(), "Function of a service it calls");
    private static final Form.Key WITH =
            optional("with", new Names(NameKind.IDENTIFIER, new Value()), "Arguments of `uses`");
    private static final Form.Key PROBE =
            optional("probe", new Text(), "Script file that tells whether it is done already");
    private static final Form.Key REMOVE =
            optional("remove", new Text(), "Script file that undoes it");

    private StepForms() {}

    /// One of the things that a step may do.
    public static final Form CASE =
            new Form(
                    "case",
                    "What a step does for one value of its `switch`.",
                    List.of(RESOURCES, SCRIPT, RUN, USES, WITH, PROBE, REMOVE));

    public static final Form HEALTH =
            new Form(
                    "health",
                    "A probe that must pass before the component counts as healthy on a node.",
                    List.of(
                            required("script", new Text(), "Script file; exit code 0 is healthy"),
                            optional("every", new Span(), "Pause between tries; 1s if not said"),
                            optional("within", new Span(), "How long it may take; 60s if not said"),
                            optional(
                                    "consecutive",
                                    new Whole(1, 1000),
                                    "How many passes in a row; 1 if not said")));

    /// The long form of a step's input.
    public static final Form STEP_INPUT =
            new Form(
                    "step input",
                    "A value the step takes.",
                    List.of(
                            optional("type", new Text(), "Its type; that of the value if not said"),
                            optional("value", new Value(), "The value"),
                            optional(
                                    "founding",
                                    new Value(),
                                    "The value for members the group starts with; frozen once the"
                                            + " step has succeeded"),
                            optional(
                                    "joining",
                                    new Value(),
                                    "The value for later members, who have joined; frozen as well")));

    /// The long form of what a script produces.
    public static final Form STEP_OUTPUT =
            new Form(
                    "step output",
                    "What a script produces.",
                    List.of(
                            required("type", new Text(), "Its type"),
                            optional(
                                    VALID_FOR,
                                    new Span(),
                                    "How long it is good for; made again when it has lapsed and is"
                                            + " needed"),
                            optional(
                                    PUBLIC,
                                    new Truth(),
                                    "It tells nothing of the secrets that the step is given")));

    public static final Form STEP =
            new Form(
                    "step",
                    "The smallest function: resources, a script, or a call of a service.",
                    List.of(
                            optional("doc", new Text(), "What it does"),
                            optional(
                                    EACH,
                                    new Value(),
                                    "What it is repeated for: a list of texts or a map"),
                            optional(
                                    WHEN,
                                    new Value(),
                                    "The condition under which it is part of the cluster"),
                            optional(
                                    "for",
                                    new Word(List.of("node", "cluster")),
                                    "Whom an instance is about; `node` if not said"),
                            optional(
                                    "on",
                                    new WordOrExpression(
                                            new Word(List.of("subject", "controller"))),
                                    "Where it runs: on its subject if not said, or on the node"
                                            + " whose name an expression gives"),
                            optional(
                                    "after",
                                    new Sequence(new Named(NameKind.IDENTIFIER)),
                                    "The steps it comes after; the one written before if not said"),
                            optional(
                                    "inputs",
                                    new Names(
                                            NameKind.IDENTIFIER,
                                            new ShortOr(
                                                    new Value(),
                                                    new Nested(() -> StepForms.STEP_INPUT))),
                                    "What it takes beyond the component's inputs"),
                            RESOURCES,
                            SCRIPT,
                            RUN,
                            USES,
                            WITH,
                            PROBE,
                            REMOVE,
                            optional(SWITCH, new Value(), "What one of `cases` is done by"),
                            optional(
                                    Forms.CASES,
                                    new Content.Cases(new Nested(() -> StepForms.CASE)),
                                    "What is done for each that `switch` may be"),
                            optional(
                                    "outputs",
                                    new Names(
                                            NameKind.IDENTIFIER,
                                            new ShortOr(
                                                    new Text(),
                                                    new Nested(() -> StepForms.STEP_OUTPUT))),
                                    "What a script produces: names with types"),
                            optional("health", new Nested(() -> StepForms.HEALTH), "Its probe"),
                            optional("timeout", new Span(), "After which it has failed"),
                            optional(
                                    "retries",
                                    new Whole(0, 1000),
                                    "How often a passing failure is tried again"),
                            optional("backoff", new Span(), "Pause before the first retry"),
                            optional(
                                    "on_disconnect",
                                    new Word(List.of("kill", "finish")),
                                    "What becomes of it when the line is lost")));
}
