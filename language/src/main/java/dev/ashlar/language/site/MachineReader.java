package dev.ashlar.language.site;

import dev.ashlar.language.grammar.Form;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.grammar.SiteForms;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.ProviderConfig.Machine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Reads how the machines of an inventory are reached.
final class MachineReader {
    private static final String HOST_KEYS = "host_keys";
    static final String AUTHORITIES = "host_authorities";
    private static final String FROM_MACHINE =
            "take it from the machine itself: /etc/ssh/ssh_host_ed25519_key.pub";
    private static final String FROM_AUTHORITY =
            "take it from the public half of the key that signs: `ssh-keygen -y -f KEY` prints it";

    private final Path folder;
    private final List<HostKey> authorities;
    private final Diagnostics diagnostics;

    private MachineReader(Path folder, List<HostKey> authorities, Diagnostics diagnostics) {
        this.folder = folder;
        this.authorities = authorities;
        this.diagnostics = diagnostics;
    }

    /// Of the machines of an inventory.
    static MachineReader of(Section inventory, Path folder, Diagnostics diagnostics) {
        List<HostKey> authorities =
                inventory.form().keys().stream().anyMatch(key -> key.name().equals(AUTHORITIES))
                        ? keys(inventory, AUTHORITIES, FROM_AUTHORITY, diagnostics)
                        : List.of();
        return new MachineReader(folder, authorities, diagnostics);
    }

    Optional<Machine> read(YamlNode.Entry entry) {
        if (!(entry.value() instanceof YamlNode.Mapping mapping)) {
            return Optional.empty();
        }
        Span span = entry.key().span();
        Section section = Section.read(SiteForms.MACHINE, mapping, span, diagnostics);
        SequencedMap<String, String> labels = new LinkedHashMap<>();
        for (YamlNode.Entry label : section.names("labels")) {
            if (label.value() instanceof YamlNode.Scalar scalar) {
                labels.put(label.name(), scalar.text());
            }
        }
        return access(entry.name(), section, true)
                .map(access -> new Machine(entry.name(), access, labels, span));
    }

    private Optional<NodeAccess> access(String name, Section section, boolean carriesWork) {
        String user = section.text("user", "root");
        boolean sudo = section.truth("sudo");
        if (!user.equals("root") && !sudo && carriesWork) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0504,
                                    section.at("user"),
                                    "user \"" + user + "\" is not root and has no sudo")
                            .withHelp("add sudo: true"));
        }
        List<HostKey> keys = keys(section, HOST_KEYS, FROM_MACHINE, diagnostics);
        Optional<NodeAccess> jump =
                section.value("jump").orElse(null) instanceof YamlNode.Mapping through
                        ? jump(name, section, through)
                        : Optional.empty();
        boolean isWithoutKeys = keys.isEmpty() && (section.has(HOST_KEYS) || !carriesWork);
        if (!section.has("address") || !section.has("identity") || isWithoutKeys) {
            return Optional.empty();
        }
        return Optional.of(
                new NodeAccess(
                        name,
                        section.text("address", ""),
                        Math.toIntExact(section.whole("port").orElse(22L)),
                        user,
                        folder.resolve(section.text("identity", "")).normalize(),
                        keys,
                        carriesWork ? authorities : List.of(),
                        sudo,
                        jump));
    }

    private Optional<NodeAccess> jump(String name, Section section, YamlNode.Mapping through) {
        Form form = SiteForms.JUMP;
        Section jump = Section.read(form, through, section.at("jump"), diagnostics);
        return access(name, jump, false);
    }

    private static List<HostKey> keys(
            Section section, String key, String help, Diagnostics diagnostics) {
        List<HostKey> keys = new ArrayList<>();
        for (YamlNode node : section.elements(key)) {
            if (node instanceof YamlNode.Scalar scalar) {
                HostKey.parse(scalar.text())
                        .ifPresentOrElse(
                                keys::add,
                                () ->
                                        diagnostics.add(
                                                Diagnostic.of(
                                                                Code.ASH0504,
                                                                scalar.span(),
                                                                "not a public host key")
                                                        .withHelp(help)));
            }
        }
        if (section.has(key) && section.elements(key).isEmpty()) {
            diagnostics.add(Diagnostic.of(Code.ASH0504, section.at(key), "no host key is listed"));
        }
        return keys;
    }
}
