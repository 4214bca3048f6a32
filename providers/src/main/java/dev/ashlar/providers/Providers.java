package dev.ashlar.providers;

import dev.ashlar.model.node.Provider;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.providers.inventory.InventoryProvider;
import dev.ashlar.providers.lab.Lab;
import dev.ashlar.providers.lab.LabProvider;
import dev.ashlar.providers.lab.LabSettings;
import java.util.List;
import java.util.Map;

/// Makes providers out of what a site declares.
public final class Providers {
    /// The kinds that there are.
    public static final List<String> KINDS = List.of("inventory", "lab");

    private Providers() {}

    /// What came of [#of].
    public sealed interface Made {
        record Usable(Provider provider) implements Made {}

        record Refused(Failure failure) implements Made {}
    }

    /// Contacts nothing and creates nothing.
    ///
    /// @param labName which set of machines a lab provider makes and finds again: the cluster's
    ///   name
    /// @param environment of the process: a lab's folders may be named there
    public static Made of(ProviderConfig config, String labName, Map<String, String> environment) {
        return switch (config.kind()) {
            case "inventory" -> new Made.Usable(new InventoryProvider(config));
            case "lab" -> lab(config, labName, environment);
            default ->
                    refused(
                            config,
                            "has the unknown kind "
                                    + config.kind()
                                    + "; known are "
                                    + String.join(", ", KINDS));
        };
    }

    private static Made lab(
            ProviderConfig config, String labName, Map<String, String> environment) {
        LabSettings settings = LabSettings.standard(environment);
        for (Map.Entry<String, Value> setting : config.settings().entrySet()) {
            Data data = setting.getValue().data();
            switch (setting.getKey()) {
                case "release" -> {
                    if (!(data instanceof Data.Text(String release))
                            || !release.matches("[a-z]+")) {
                        return refused(config, "release must be Debian's code name");
                    }
                    settings = settings.withRelease(release);
                }
                case "mirror" -> {
                    if (!(data instanceof Data.Text(String uri)) || !uri.matches("https?://\\S+")) {
                        return refused(config, "mirror must be an http or https address");
                    }
                    settings = settings.withMirror(uri);
                }
                case "disk_megabytes" -> {
                    if (!(data instanceof Data.Int(long size)) || size < 16 || size > 1_000_000) {
                        return refused(config, "disk_megabytes must be from 16 to 1000000");
                    }
                    settings = settings.withDiskMegabytes((int) size);
                }
                default -> {
                    return refused(
                            config,
                            "has no setting "
                                    + setting.getKey()
                                    + "; a lab has release, mirror, disk_megabytes");
                }
            }
        }
        return new Made.Usable(new LabProvider(new Lab(labName, settings)));
    }

    private static Made refused(ProviderConfig config, String what) {
        return new Made.Refused(
                Failure.lasting(
                        "provider",
                        Failure.Fault.USER,
                        config.span().location() + ": provider " + config.name() + " " + what));
    }
}
