package dev.ashlar.language.expression;

import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Secrecy;
import java.util.LinkedHashSet;
import java.util.Set;

/// Joins many labels in time linear to their size, where joining them one by one would copy the
/// sets again and again. Confined to one evaluation. Public for the template room only.
public final class Gathering {
    private Secrecy secrecy = Secrecy.PUBLIC;
    private final Set<Origin> origins = new LinkedHashSet<>();
    private final Set<Await> awaits = new LinkedHashSet<>();

    public Gathering add(Label label) {
        if (label.secrecy() == Secrecy.SECRET) {
            secrecy = Secrecy.SECRET;
        }
        origins.addAll(label.origins());
        awaits.addAll(label.awaits());
        return this;
    }

    /// The join of all that was added.
    public Label label() {
        if (secrecy == Secrecy.PUBLIC && origins.isEmpty() && awaits.isEmpty()) {
            return Label.NONE;
        }
        return new Label(secrecy, origins, awaits);
    }
}
