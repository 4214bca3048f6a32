package dev.ashlar.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.node.Provider.Ability;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.value.Value;
import dev.ashlar.providers.inventory.InventoryProvider;
import dev.ashlar.providers.lab.LabProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvidersTest {

    @Test
    void makesAnInventory() {
        assertThat(make("inventory", Map.of()))
                .isInstanceOfSatisfying(
                        Providers.Made.Usable.class,
                        made -> assertThat(made.provider()).isInstanceOf(InventoryProvider.class));
    }

    @Test
    void makesALabThatCanCreateAndWipe() {
        assertThat(
                        make(
                                "lab",
                                Map.of(
                                        "release",
                                        Value.text("trixie"),
                                        "disk_megabytes",
                                        Value.number(64),
                                        "mirror",
                                        Value.text("http://mirror.test/debian"))))
                .isInstanceOfSatisfying(
                        Providers.Made.Usable.class,
                        made -> {
                            assertThat(made.provider()).isInstanceOf(LabProvider.class);
                            assertThat(made.provider().abilities())
                                    .contains(Ability.CREATE, Ability.WIPE, Ability.POWER);
                        });
    }

    @Test
    void refusesAnUnknownKind() {
        assertThat(refusal("cloud", Map.of()))
                .isEqualTo(
                        "site.yaml:1:1: provider default has the unknown kind cloud; known are"
                                + " inventory, lab");
    }

    @Test
    void refusesAnUnknownSetting() {
        assertThat(refusal("lab", Map.of("relaese", Value.text("bookworm"))))
                .contains("no setting relaese", "release, mirror, disk_megabytes");
    }

    @Test
    void refusesSettingsOfTheWrongShape() {
        assertThat(refusal("lab", Map.of("release", Value.number(12)))).contains("code name");
        assertThat(refusal("lab", Map.of("release", Value.text("../x")))).contains("code name");
        assertThat(refusal("lab", Map.of("disk_megabytes", Value.number(1)))).contains("16");
        assertThat(refusal("lab", Map.of("mirror", Value.text("file:/x")))).contains("http");
    }

    private static String refusal(String kind, Map<String, Value> settings) {
        Providers.Made made = make(kind, settings);
        assertThat(made).isInstanceOf(Providers.Made.Refused.class);
        return ((Providers.Made.Refused) made).failure().message();
    }

    private static Providers.Made make(String kind, Map<String, Value> settings) {
        ProviderConfig config =
                new ProviderConfig(
                        "default",
                        kind,
                        new LinkedHashMap<>(settings),
                        List.of(),
                        Span.wholeFile("site.yaml"));
        return Providers.of(config, "test", Map.of());
    }
}
