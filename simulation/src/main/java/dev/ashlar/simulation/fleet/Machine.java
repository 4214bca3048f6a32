package dev.ashlar.simulation.fleet;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is on one modelled machine: by step, what the step put there, by name.
final class Machine {
    private final SortedMap<String, SortedMap<String, String>> things = new TreeMap<>();
    private final SortedMap<String, String> triggers = new TreeMap<>();

    /// Puts a thing there; true when it was not so before.
    boolean put(String step, String name, String content) {
        String before = things.computeIfAbsent(step, _ -> new TreeMap<>()).put(name, content);
        return !content.equals(before);
    }

    Optional<String> get(String step, String name) {
        return Optional.ofNullable(things.getOrDefault(step, new TreeMap<>()).get(name));
    }

    /// Everything a step has put there, as one text.
    String of(String step) {
        return things.getOrDefault(step, new TreeMap<>()).toString();
    }

    boolean has(String step) {
        return things.containsKey(step);
    }

    boolean hasAnyOf(String use) {
        return things.keySet().stream().anyMatch(step -> step.startsWith(use + "."));
    }

    /// What a service was last restarted for.
    Optional<String> trigger(String service) {
        return Optional.ofNullable(triggers.get(service));
    }

    void trigger(String service, String trigger) {
        triggers.put(service, trigger);
    }

    void remove(String step, String name) {
        SortedMap<String, String> mine = things.get(step);
        if (mine != null) {
            mine.remove(name);
            if (mine.isEmpty()) {
                things.remove(step);
            }
        }
        triggers.remove(step + " " + name);
    }

    void wipe() {
        things.clear();
        triggers.clear();
    }

    boolean isEmpty() {
        return things.isEmpty();
    }

    /// Triggers are left out: they name intents, which differ from run to run.
    @Override
    public String toString() {
        return things.toString();
    }
}
