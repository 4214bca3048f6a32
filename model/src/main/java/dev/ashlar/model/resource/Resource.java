package dev.ashlar.model.resource;

import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A resource with its parameters known: what is carried out on a node. Parameters that were not
/// given have their default.
///
/// @param trigger changes when something it must react to has changed (a restart, a reboot); empty
///   when it watches nothing
public record Resource(ResourceKind kind, SortedMap<String, Value> parameters, String trigger) {

    public Resource {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    public static Resource of(ResourceKind kind, Map<String, Value> parameters) {
        return new Resource(kind, new TreeMap<>(parameters), "");
    }

    /// `file /etc/motd`: how it is named to people.
    public String title() {
        return kind.word() + " " + identity();
    }

    /// The value of the identity parameter; two resources of one namespace with one identity are
    /// one thing.
    public String identity() {
        return text(kind.identity().name());
    }

    /// What tells it from everything else on its node.
    public String key() {
        return ThingKey.of(this);
    }

    /// A text parameter, or its default; a path with one spelling.
    public String text(String name) {
        Value value = parameters.get(name);
        if (value == null) {
            return kind.parameter(name).flatMap(ResourceKind.Parameter::fallback).orElse("");
        }
        return switch (value.data()) {
            case Data.Text(String text) -> name.equals("path") ? NodePath.plain(text) : text;
            case Data.Int(long number) -> Long.toString(number);
            case Data.Bool(boolean truth) -> Boolean.toString(truth);
            default ->
                    throw new IllegalArgumentException(name + " of " + kind.word() + " is no text");
        };
    }

    public boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }

    /// True when any part of a parameter is secret.
    public boolean isSecret(String parameter) {
        Value value = parameters.get(parameter);
        return value != null && value.hasSecret();
    }

    /// The bytes of a text or blob parameter.
    public byte[] bytes(String name) {
        Value value = parameters.get(name);
        return value != null && value.data() instanceof Data.Blob(byte[] bytes)
                ? bytes
                : text(name).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /// A list of texts, empty when not given.
    public List<String> texts(String name) {
        Value value = parameters.get(name);
        if (value == null || !(value.data() instanceof Data.Listing(List<Value> elements))) {
            return List.of();
        }
        return elements.stream()
                .map(e -> e.data() instanceof Data.Text(String text) ? text : "")
                .toList();
    }
}
