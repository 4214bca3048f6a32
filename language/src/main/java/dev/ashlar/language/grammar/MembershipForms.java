package dev.ashlar.language.grammar;

import static dev.ashlar.language.grammar.Form.optional;
import static dev.ashlar.language.grammar.Form.required;

import dev.ashlar.language.grammar.Content.Named;
import dev.ashlar.language.grammar.Content.Names;
import dev.ashlar.language.grammar.Content.Nested;
import dev.ashlar.language.grammar.Content.Sequence;
import dev.ashlar.language.grammar.Content.ShortOr;
import dev.ashlar.language.grammar.Content.Span;
import dev.ashlar.language.grammar.Content.Text;
import dev.ashlar.language.grammar.Content.Value;
import dev.ashlar.language.grammar.Content.Whole;
import dev.ashlar.language.grammar.Content.Word;
import dev.ashlar.language.name.NameKind;
import java.util.ArrayList;
import java.util.List;

/// The forms of what is done when members come and go.
public final class MembershipForms {
    private MembershipForms() {}

    public static final Form JOIN =
            new Form(
                    "join",
                    "Announces a new member to the others; runs on one of them that is ready.",
                    script(
                            optional(
                                    "after",
                                    new Sequence(new Named(NameKind.IDENTIFIER)),
                                    "The new member's steps it comes after; all that do not need"
                                            + " it if not said"),
                            optional(
                                    "outputs",
                                    new Names(NameKind.IDENTIFIER, new Text()),
                                    "What the others answer: the new member's view of them")));

    public static final Form LEAVE =
            new Form(
                    "leave",
                    "Tells the others that a member goes; runs on one of them that is ready.",
                    script());

    public static final Form MEMBERSHIP =
            new Form(
                    "membership",
                    "How members come and go once the first of them have been founded.",
                    List.of(
                            required("join", new Nested(() -> JOIN), "When one comes"),
                            required("leave", new Nested(() -> LEAVE), "When one goes")));

    private static List<Form.Key> script(Form.Key... more) {
        List<Form.Key> keys = new ArrayList<>();
        keys.add(optional("doc", new Text(), "What it does"));
        keys.add(
                optional(
                        "inputs",
                        new Names(
                                NameKind.IDENTIFIER,
                                new ShortOr(new Value(), new Nested(() -> StepForms.STEP_INPUT))),
                        "What it takes beyond the component's inputs"));
        keys.add(optional("script", new Text(), "Script file it runs"));
        keys.add(optional("run", new Text(), "Shell text it runs"));
        keys.add(
                optional("probe", new Text(), "Script file that tells whether it is done already"));
        keys.addAll(List.of(more));
        keys.add(optional("timeout", new Span(), "After which it has failed"));
        keys.add(
                optional(
                        "retries",
                        new Whole(0, 1000),
                        "How often a passing failure is tried again"));
        keys.add(optional("backoff", new Span(), "Pause before the first retry"));
        keys.add(
                optional(
                        "on_disconnect",
                        new Word(List.of("kill", "finish")),
                        "What becomes of it when the line is lost"));
        return keys;
    }
}
