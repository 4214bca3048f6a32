package dev.ashlar.app.document;

import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.plan.Explanation;
import dev.ashlar.engine.plan.Occasion;
import dev.ashlar.engine.resolve.Shown;
import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Await;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What `why` tells, for machines: an instance, what would become of it, and where what it reads
/// comes from.
public final class WhyDocument {
    private WhyDocument() {}

    /// @param occasion why it was done last, or what took it back
    public static String of(String cluster, Explanation explanation, Occasion occasion) {
        ObjectNode json = Documents.document("ashlar.why/1.0", cluster);
        Documents.identity(json, explanation.key());
        Documents.entry(json.putObject("now"), explanation.planned());
        explanation
                .last()
                .ifPresent(last -> {
                    ObjectNode one = json.putObject("last_success");
                    one.put("run", last.run());
                    one.put("at", Documents.time(last.atMs()));
                    one.put("intent", last.intent());
                    one.put("fingerprint", last.fingerprint());
                    Documents.strings(one.putArray("reasons"), occasion.reasons());
                });
        occasion.takenBack()
                .ifPresent(undone -> {
                    ObjectNode one = json.putObject("taken_back");
                    one.put("run", undone.run());
                    one.put("at", Documents.time(undone.atMs()));
                });
        explanation
                .failure()
                .ifPresent(failure -> Documents.failure(json.putObject("failure"), failure));
        explanation.maker().ifPresent(maker -> json.put("maker", maker));
        Documents.strings(json.putArray("does"), explanation.detail().does());
        ArrayNode inputs = json.putArray("inputs");
        explanation
                .detail()
                .inputs()
                .forEach((name, input) -> input(inputs.addObject().put("name", name), input));
        ArrayNode layered = json.putArray("layers");
        explanation.layers().forEach((name, layers) -> layers(layered.addObject(), name, layers));
        ArrayNode outputs = json.putArray("outputs");
        explanation
                .last()
                .map(Success::outputs)
                .ifPresent(made ->
                        made.forEach((name, value) -> {
                            ObjectNode one = outputs.addObject();
                            one.put("name", name).put("value", Shown.of(value));
                            Optional.ofNullable(explanation.lapsing().get(name))
                                    .ifPresent(lapsing ->
                                            one.put(
                                                    "valid_until",
                                                    Documents.time(lapsing.untilMs())));
                        }));
        Documents.strings(
                json.putArray("after"),
                explanation.after().stream().map(InstanceKey::toString).toList());
        ArrayNode waits = json.putArray("waits");
        for (Explanation.Wait wait : explanation.waits()) {
            ObjectNode one = waits.addObject();
            one.put("on", wait.on().toString());
            one.put("action", Documents.word(wait.action()));
            one.put("reason", wait.reason());
        }
        return Documents.text(json);
    }

    private static void layers(ObjectNode one, String input, List<Binding.Layer> layers) {
        one.put("input", input);
        ArrayNode all = one.putArray("said");
        for (Binding.Layer layer : layers) {
            ObjectNode said = all.addObject();
            said.put("by", layer.from().word());
            said.put("value", Shown.written(layer.value()));
            said.put("at", layer.value().span().location());
        }
    }

    private static void input(ObjectNode one, Explanation.Input input) {
        one.put("value", input.now().shown());
        input.now().digest().ifPresent(digest -> one.put("digest", digest));
        input.was().ifPresent(was -> one.put("was", was));
        Documents.strings(one.putArray("from"), input.now().origins());
        Documents.strings(
                one.putArray("known_after"),
                input.now().awaits().stream().map(Await::toString).toList());
    }
}
