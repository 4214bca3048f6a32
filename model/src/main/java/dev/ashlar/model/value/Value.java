package dev.ashlar.model.value;

import dev.ashlar.model.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Data with its label. Two values are equal when their data are: a value does not change because
/// it is known from elsewhere.
///
/// An element of a list, map or structure carries its own label; the label of the whole says only
/// where the whole came from. [#deepLabel] joins them all.
public record Value(Data data, Label label) {

    public static Value text(String text) {
        return new Value(new Data.Text(text), Label.NONE);
    }

    public static Value number(long number) {
        return new Value(new Data.Int(number), Label.NONE);
    }

    public static Value truth(boolean truth) {
        return new Value(new Data.Bool(truth), Label.NONE);
    }

    public static Value list(List<Value> elements) {
        return new Value(new Data.Listing(elements), Label.NONE);
    }

    public static Value map(Map<String, Value> entries) {
        return new Value(Data.Mapping.of(entries), Label.NONE);
    }

    public static Value structure(String type, Fields fields) {
        return new Value(new Data.Structure(type, fields), Label.NONE);
    }

    public static Value structure(String type, Map<String, Value> fields) {
        return structure(type, Fields.of(fields));
    }

    public static Value nothing() {
        return new Value(Data.NOTHING, Label.NONE);
    }

    /// Not known before what is awaited has happened.
    public static Value unknown(Type type, Await await) {
        return new Value(new Data.Unknown(type), Label.awaiting(await));
    }

    /// The same data, labelled with all that this and the other label say.
    public Value joined(Label other) {
        return new Value(data, label.join(other));
    }

    public Value labelled(Label other) {
        return new Value(data, other);
    }

    /// The label of this value and of everything inside it. Forces lazy fields.
    public Label deepLabel() {
        List<Label> labels = new ArrayList<>();
        visit(value -> labels.add(value.label));
        return Label.joinAll(labels);
    }

    /// True when it is a secret itself, as a whole.
    public boolean isSecret() {
        return label.secrecy() == Secrecy.SECRET;
    }

    /// True when it or anything inside it is a secret. Forces lazy fields.
    public boolean hasSecret() {
        boolean[] found = {false};
        visit(value -> found[0] |= value.isSecret());
        return found[0];
    }

    /// True when nothing inside is unknown or invalid. Forces lazy fields.
    public boolean isKnown() {
        boolean[] known = {true};
        visit(value -> {
            if (value.data instanceof Data.Unknown || value.data instanceof Data.Invalid) {
                known[0] = false;
            }
        });
        return known[0];
    }

    /// Calls `visitor` for this value and, depth first, for everything inside it.
    public void visit(Consumer<Value> visitor) {
        visitor.accept(this);
        switch (data) {
            case Data.Listing(List<Value> elements) -> elements.forEach(e -> e.visit(visitor));
            case Data.Mapping(var entries) -> entries.values().forEach(e -> e.visit(visitor));
            case Data.Structure(_, Fields fields) ->
                    fields.names().forEach(name -> fields.get(name).visit(visitor));
            case Data.Text _,
                    Data.Int _,
                    Data.Real _,
                    Data.Bool _,
                    Data.Blob _,
                    Data.Nothing _,
                    Data.Unknown _,
                    Data.Invalid _ -> {}
        }
    }

    /// A secret is in no text of its own accord.
    @Override
    public String toString() {
        return isSecret() ? "Value[(secret)]" : "Value[" + data + "]";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Value value && data.equals(value.data);
    }

    @Override
    public int hashCode() {
        return data.hashCode();
    }
}
