package dev.ashlar.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.SiteSpec;
import dev.ashlar.model.composition.SiteSpec.Approval;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.work.Owned;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where machines came from, at one site or at several, is told from the record.
class RecordedSiteTest {
    private static final Span HERE = Span.wholeFile("cluster.yaml");

    private final Past past = new Past();

    @BeforeEach
    void aRunMadeMachinesAtTwoSites() {
        past.apply(
                new RunStarted(
                        1,
                        Purpose.UP,
                        "demo",
                        "here",
                        "",
                        "",
                        "",
                        "",
                        new LinkedHashMap<>(),
                        List.of(),
                        1));
        made("front-1", "metal", "inventory");
        made("back-1", "there/metal", "lab");
    }

    @Test
    void providersOfTwoSitesThatAreCalledAlikeAreTwo() {
        RecordedSite site = RecordedSite.of(past, Optional.empty());

        assertThat(site.nodes()).isEqualTo(Map.of("front-1", "metal", "back-1", "there/metal"));
        assertThat(site.providers().values())
                .extracting(ProviderConfig::name, ProviderConfig::kind)
                .containsExactly(tuple("metal", "inventory"), tuple("there/metal", "lab"));
        assertThat(site.nodesOf(Set.of("there/metal"))).containsExactly("back-1");
    }

    @Test
    void whoWasToMakeAMachineIsKnownWithoutTheFiles() {
        begin("back-2", "there/cloud");
        RecordedSite alone = RecordedSite.of(past, Optional.empty());
        RecordedSite withFiles =
                RecordedSite.of(past, Optional.of(files(site("there", Approval.AUTO, "cloud"))));

        assertThat(alone.nodes()).containsEntry("back-2", "there/cloud");
        assertThat(alone.providers()).doesNotContainKey("there/cloud");
        assertThat(withFiles.nodes()).containsEntry("back-2", "there/cloud");
        assertThat(withFiles.providers()).containsKey("there/cloud");
    }

    @Test
    void aSiteOfWhichTheFilesDoNotSpeakAsks() {
        RecordedSite site = RecordedSite.of(past, Optional.empty());

        assertThat(site.asking(Optional.empty())).containsExactly("here", "there");
        assertThat(site.asking(Optional.of(files()))).containsExactly("there");
        assertThat(site.asking(Optional.of(files(site("there", Approval.AUTO, "metal")))))
                .isEmpty();
        assertThat(
                        site.asking(
                                Optional.of(
                                        files(
                                                site("there", Approval.ASK, "metal"),
                                                site("third", Approval.ASK, "metal")))))
                .containsExactly("there", "third");
    }

    private void made(String node, String provider, String kind) {
        begin(node, provider);
        past.apply(
                new Succeeded(
                        1,
                        InstanceKey.acquire(node),
                        node,
                        Effect.DO,
                        "f",
                        List.of(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        List.of(
                                Owned.of(
                                        RecordedSite.MACHINE,
                                        node,
                                        false,
                                        Map.of(
                                                RecordedSite.PROVIDER,
                                                provider,
                                                RecordedSite.PROVIDER_KIND,
                                                kind))),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        new LinkedHashMap<>(),
                        3));
    }

    private void begin(String node, String provider) {
        past.apply(
                new Intended(
                        1,
                        InstanceKey.acquire(node),
                        node,
                        Effect.DO,
                        1,
                        "f",
                        provider,
                        Optional.empty(),
                        List.of(),
                        2));
    }

    private static SiteSpec site(String name, Approval approval, String provider) {
        LinkedHashMap<String, ProviderConfig> providers = new LinkedHashMap<>();
        providers.put(
                provider,
                new ProviderConfig(provider, "lab", new LinkedHashMap<>(), List.of(), HERE));
        return new SiteSpec(name, providers, approval, HERE);
    }

    private static Composition files(SiteSpec... beside) {
        return new Composition(
                "demo",
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                Optional.empty(),
                site("here", Approval.AUTO, "metal"),
                List.of(beside),
                "",
                HERE);
    }
}
