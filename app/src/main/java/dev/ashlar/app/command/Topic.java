package dev.ashlar.app.command;

import dev.ashlar.language.binding.Constants;
import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.InputSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.resource.ServiceFunction;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// Something that `explain` has words for.
sealed interface Topic {

    /// @param page its page in the catalogue
    record Problem(Code code, String page) implements Topic {}

    record Kind(ResourceKind kind) implements Topic {}

    record Function(ServiceFunction function) implements Topic {}

    /// @param defaults by input, as they are written; of what may be absent there need be none
    record Component(ComponentSpec spec, SequencedMap<String, String> defaults) implements Topic {
        public Component {
            defaults = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(defaults));
        }

        /// Of a use of it, whatever the cluster says there.
        static Component of(UseSpec use) {
            SequencedMap<String, String> defaults = new LinkedHashMap<>();
            use.inputs()
                    .forEach((name, binding) ->
                            binding.layers().stream()
                                    .filter(layer -> layer.from() == Binding.Speaker.DEFAULT)
                                    .map(Binding.Layer::value)
                                    .filter(value ->
                                            !Constants.value(value)
                                                    .map(Value::data)
                                                    .equals(Optional.of(Data.NOTHING)))
                                    .forEach(value -> defaults.put(name, PackPage.written(value))));
            return new Component(use.component(), defaults);
        }

        /// True of an input that somebody has to give.
        boolean isRequired(InputSpec input) {
            return input.fact().isEmpty()
                    && !defaults.containsKey(input.name())
                    && !(input.type() instanceof Type.OptionalOf);
        }
    }

    record Facts() implements Topic {}

    record ExitCodes() implements Topic {}
}
