package dev.ashlar.language.grammar;

import static dev.ashlar.language.grammar.Form.optional;
import static dev.ashlar.language.grammar.Form.required;

import dev.ashlar.language.grammar.Content.Named;
import dev.ashlar.language.grammar.Content.Names;
import dev.ashlar.language.grammar.Content.Nested;
import dev.ashlar.language.grammar.Content.Sequence;
import dev.ashlar.language.grammar.Content.Text;
import dev.ashlar.language.name.NameKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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

    /// What a step may say of a script, and `more` of what it comes after and returns.
    private static List<Form.Key> script(Form.Key... more) {
        List<Form.Key> keys = new ArrayList<>(ofSteps("doc", "inputs", "script", "run", "probe"));
        keys.addAll(List.of(more));
        keys.addAll(ofSteps("timeout", "retries", "backoff", "on_disconnect"));
        return keys;
    }

    private static List<Form.Key> ofSteps(String... names) {
        return Stream.of(names).map(name -> StepForms.STEP.key(name).orElseThrow()).toList();
    }
}
