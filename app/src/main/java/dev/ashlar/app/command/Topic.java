package dev.ashlar.app.command;

import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.resource.ServiceFunction;

/// Something that `explain` has words for.
sealed interface Topic {

    /// @param page its page in the catalogue
    record Problem(Code code, String page) implements Topic {}

    record Kind(ResourceKind kind) implements Topic {}

    record Function(ServiceFunction function) implements Topic {}

    record Component(ComponentSpec spec) implements Topic {}

    record Facts() implements Topic {}

    record ExitCodes() implements Topic {}
}
