package dev.ashlar.language.expression;

import dev.ashlar.language.expression.Term.Site;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Functions of lists, linear in the number of elements (sorting apart). What depends on every
/// element carries the labels of all.
final class Lists {
    private Lists() {}

    static Value join(List<Value> arguments, Site site) {
        List<Value> elements = Operations.elements(arguments.getFirst().data());
        String separator = arguments.size() > 1 ? Conversions.text(arguments.get(1).data()) : "";
        Data data =
                Failures.hindrance(elements, site.type(), site.span())
                        .orElseGet(() -> joined(elements, separator, site));
        return new Value(data, labels(elements));
    }

    private static Data joined(List<Value> elements, String separator, Site site) {
        List<String> texts = elements.stream().map(e -> Conversions.text(e.data())).toList();
        long length = (long) separator.length() * texts.size();
        for (String text : texts) {
            length += text.length();
        }
        return Texts.bounded(length, () -> String.join(separator, texts), site.span());
    }

    static Value first(Data list, Site site) {
        List<Value> elements = Operations.elements(list);
        return elements.isEmpty()
                ? Failures.invalid("first() of an empty list", site.span(), Label.NONE)
                : elements.getFirst();
    }

    static Value sorted(Data list, Site site) {
        List<Value> elements = Operations.elements(list);
        Label label = labels(elements);
        Optional<Data> hindrance = Failures.hindrance(elements, site.type(), site.span());
        if (hindrance.isPresent()) {
            return new Value(hindrance.get(), label);
        }
        List<Value> sorted = new ArrayList<>(elements);
        sorted.sort((a, b) -> Ordering.compare(a.data(), b.data()));
        return new Value(new Data.Listing(sorted), label);
    }

    static Value distinct(Data list, Site site) {
        List<Value> elements = Operations.elements(list);
        Gathering labels = new Gathering();
        Map<Object, Value> seen = new LinkedHashMap<>();
        boolean known = true;
        for (Value element : elements) {
            labels.add(element.deepLabel());
            known &= element.isKnown();
            if (known) {
                seen.putIfAbsent(key(element.data()), element);
            }
        }
        Data data =
                known
                        ? new Data.Listing(List.copyOf(seen.values()))
                        : Failures.hindrance(elements, site.type(), site.span())
                                .orElseGet(() -> new Data.Unknown(site.type()));
        return new Value(data, labels.label());
    }

    static Value extreme(Operation operation, List<Value> arguments, Site site) {
        List<Value> candidates =
                arguments.getFirst().data() instanceof Data.Listing(var elements)
                        ? elements
                        : arguments;
        Label label = labels(candidates);
        Optional<Data> hindrance = Failures.hindrance(candidates, site.type(), site.span());
        if (hindrance.isPresent()) {
            return new Value(hindrance.get(), label);
        }
        if (candidates.isEmpty()) {
            String message = operation.function() + " of an empty list";
            return Failures.invalid(message, site.span(), label);
        }
        Data best = candidates.getFirst().data();
        for (Value candidate : candidates) {
            int order = Ordering.compare(candidate.data(), best);
            if (operation == Operation.LEAST ? order < 0 : order > 0) {
                best = candidate.data();
            }
        }
        return new Value(best, label);
    }

    /// Equal for equal data. Structures hash by their names alone, which would make a list of
    /// structures quadratic.
    private static Object key(Data data) {
        return switch (data) {
            case Data.Listing(List<Value> elements) ->
                    elements.stream().map(e -> key(e.data())).toList();
            case Data.Mapping(var entries) ->
                    entries.entrySet().stream()
                            .map(e -> List.of(e.getKey(), key(e.getValue().data())))
                            .toList();
            case Data.Structure(_, Fields fields) ->
                    fields.names().stream().map(name -> key(fields.get(name).data())).toList();
            case Data.Real(double number) -> number == 0 ? new Data.Real(0) : data;
            default -> data;
        };
    }

    private static Label labels(List<Value> elements) {
        Gathering labels = new Gathering();
        elements.forEach(element -> labels.add(element.label()));
        return labels.label();
    }
}
