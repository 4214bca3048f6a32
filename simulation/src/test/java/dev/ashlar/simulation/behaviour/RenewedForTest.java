package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Clubs.LATER;
import static dev.ashlar.simulation.behaviour.Clubs.VALID;
import static dev.ashlar.simulation.behaviour.Clubs.changes;
import static dev.ashlar.simulation.behaviour.Clubs.done;
import static dev.ashlar.simulation.behaviour.Clubs.openClub;
import static dev.ashlar.simulation.behaviour.Clubs.plan;
import static dev.ashlar.simulation.behaviour.Clubs.stood;
import static dev.ashlar.simulation.behaviour.Clubs.token;
import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.Expressions.collected;
import static dev.ashlar.simulation.composition.Expressions.joined;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.ofGroup;
import static dev.ashlar.simulation.composition.Expressions.ofMembers;
import static dev.ashlar.simulation.composition.Expressions.published;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.Supply;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Await.Holds;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// For whom a value is made anew: whoever reads it by whatever path, and nobody else is disturbed.
class RenewedForTest {
    private static final String TYPE = "club.Offer";
    private static final Expression TOKEN = read("token", "token");

    @Test
    void thePlanTellsOfATokenThatIsReadThroughWhatIsRequired() {
        toldOf(required(1), required(2));
    }

    private static Graph required(int guests) {
        ComponentBuilder club =
                openClub().stands("entry", "token", read("cluster_outputs", "token"));
        ComponentBuilder guest =
                writer(read("requires", "club", "token"))
                        .requires("club", "entry", "token", Type.Scalar.TEXT);
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("own", 1)
                        .use("club", "own", club)
                        .group("others", guests)
                        .use("guest", "others", guest, Map.of("club", new Supply.OfUse("club")))
                        .build());
    }

    @Test
    void thePlanTellsOfATokenThatIsCollected() {
        toldOf(collecting(1), collecting(2));
    }

    private static Graph collecting(int guests) {
        ComponentBuilder club =
                ComponentBuilder.component("club")
                        .step(token())
                        .clusterOutput("offer", Holds.ALL, published(TYPE, TOKEN));
        return guests(guests, club, collected(TYPE));
    }

    @Test
    void thePlanTellsOfATokenThatIsReadOfTheMembersOfAnother() {
        toldOf(ofAll(1), ofAll(2));
    }

    private static Graph ofAll(int guests) {
        ComponentBuilder club =
                ComponentBuilder.component("club").step(token()).early("token", TOKEN);
        return guests(guests, club, ofGroup("own", "club", "token"));
    }

    private static Graph guests(int count, ComponentBuilder club, Expression read) {
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("own", 1)
                        .use("club", "own", club)
                        .group("others", count)
                        .use("guest", "others", writer(read))
                        .build());
    }

    /// Writes what it reads beside what is not known before its node is there.
    private static ComponentBuilder writer(Expression read) {
        return ComponentBuilder.component("guest")
                .step(step("enter").file("/entry", joined(read, read("node", "address"))));
    }

    private static void toldOf(Graph before, Graph after) {
        Simulation simulation = stood(before).later(LATER).goal(after);
        assertThat(changes(plan(simulation)))
                .containsExactly(
                        "+ node.acquire@others-2", "~ club.token", "+ guest.enter@others-2");
        assertThat(starts(done(simulation.up(QUIET))))
                .containsExactly(
                        "Acquire node.acquire@others-2",
                        "Run club.token",
                        "Apply guest.enter@others-2");
    }

    @Test
    void thePlanTellsOfTokensThatANewMemberReadsOfItsOwnGroup() {
        Simulation simulation = stood(fellows(2)).later(LATER).goal(fellows(3));
        assertThat(changes(plan(simulation)))
                .contains("~ kv.token@g-1", "~ kv.token@g-2", "+ kv.enter@g-3");
        done(simulation.up(QUIET));
    }

    private static Graph fellows(int members) {
        return Story.one(
                ComponentBuilder.component("club")
                        .step(step("token").output("token", VALID).script("token"))
                        .early("token", TOKEN)
                        .step(
                                step("enter")
                                        .file(
                                                "/entries",
                                                joined(
                                                        ofMembers("token"),
                                                        read("node", "address")))),
                members);
    }

    @Test
    void whoWaitsForAMemberThatCannotMakeItsTokenAnewAndDoesNotNeedThatGoesOn() {
        Simulation simulation = stood(served("1")).later(LATER).goal(served("2"));
        Timeline run = simulation.up(QUIET.withFaults(Faults.broken(key("club.token@own-1"))));
        lawful(run);
        assertThat(run.phases())
                .containsEntry(key("club.token@own-1"), Phase.FAILED)
                .containsEntry(key("guest.enter@others-1"), Phase.BLOCKED)
                .containsEntry(key("club.last@own-1"), Phase.SUCCEEDED)
                .containsEntry(key("reader.note@others-1"), Phase.SUCCEEDED)
                .containsEntry(key("reader.sum@others-1"), Phase.SUCCEEDED);
        done(simulation.up(QUIET));
        assertThat(plan(simulation.later(LATER)).isEmpty()).isTrue();
    }

    /// A member that is long in coming to its port, which others read once it serves.
    private static Graph served(String port) {
        ComponentBuilder club =
                ComponentBuilder.component("club")
                        .input("port", literal(port))
                        .step(step("token").output("token", VALID).script("token"))
                        .early("token", TOKEN)
                        .output("port", read("inputs", "port"))
                        .clusterOutput("ports", Holds.ALL, ofMembers("port"));
        for (String name : new String[] {"first", "second", "third", "fourth", "last"}) {
            club.step(step(name).file("/" + name, read("inputs", "port")));
        }
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("own", 1)
                        .use("club", "own", club)
                        .group("others", 1)
                        .use(
                                "guest",
                                "others",
                                ComponentBuilder.component("guest")
                                        .input("name", literal(port))
                                        .step(
                                                step("enter")
                                                        .input(
                                                                "tokens",
                                                                ofGroup("own", "club", "token"))
                                                        .input("name", read("inputs", "name"))
                                                        .script("enter")))
                        .use(
                                "reader",
                                "others",
                                ComponentBuilder.component("reader")
                                        .step(
                                                step("note")
                                                        .file(
                                                                "/note",
                                                                joined(
                                                                        ofGroup(
                                                                                "own", "club",
                                                                                "port"))))
                                        .step(
                                                step("sum")
                                                        .after()
                                                        .file(
                                                                "/sum",
                                                                joined(
                                                                        read(
                                                                                "groups",
                                                                                "own",
                                                                                "club",
                                                                                "cluster_outputs",
                                                                                "ports")))))
                        .build());
    }
}
