package dev.ashlar.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The events of a run, as `up -o ndjson` prints them.
record Events(List<Event> all) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FORMAT = "{\"format\":\"ashlar.event/";

    /// An instance of a step has come to a phase.
    record Event(Instant at, String step, String phase) {}

    Events {
        all = List.copyOf(all);
    }

    static Events of(String said) {
        return new Events(
                said.lines()
                        .filter(line -> line.startsWith(FORMAT))
                        .map(JSON::readTree)
                        .map(Events::event)
                        .toList());
    }

    private static Event event(JsonNode json) {
        return new Event(
                Instant.parse(json.path("at").asString()),
                json.path("step").asString(),
                json.path("phase").asString());
    }

    /// How long at least one instance of a step was being carried out.
    double secondsOf(String step) {
        Duration whole = Duration.ZERO;
        Instant began = Instant.MIN;
        int running = 0;
        for (Event event : all.stream().filter(event -> event.step().equals(step)).toList()) {
            if (event.phase().equals("running")) {
                began = running == 0 ? event.at() : began;
                running++;
            } else if (!event.phase().equals("ready")) {
                running--;
                whole = running == 0 ? whole.plus(Duration.between(began, event.at())) : whole;
            }
        }
        return whole.toMillis() / 1e3;
    }
}
