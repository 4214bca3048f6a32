package dev.ashlar.language.grammar;

import dev.ashlar.model.resource.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the language adds to the table of resource kinds: texts that may come from a file, texts
/// that are never scanned for expressions, and what a resource watches.
public final class ResourceForms {
    /// The steps whose change restarts a service or triggers a reboot.
    public static final String RESTART_ON = "restart_on";

    /// What may stand beside a resource's kind.
    public static final List<String> BESIDE = List.of(StepForms.WHEN, StepForms.EACH);

    /// The parameter that a file of the pack can stand for.
    private static final Map<ResourceKind, String> FILLED =
            Map.of(
                    ResourceKind.FILE, "content",
                    ResourceKind.BLOCK, "content",
                    ResourceKind.SERVICE, "unit",
                    ResourceKind.REPOSITORY, "key");

    /// Shell has `${...}` of its own, and so may have any file.
    private static final Map<ResourceKind, List<String>> VERBATIM =
            Map.of(
                    ResourceKind.FILE, List.of("content"),
                    ResourceKind.BLOCK, List.of("content"),
                    ResourceKind.SERVICE, List.of("unit"),
                    ResourceKind.COMMAND, List.of("run", "check", "remove"));

    private ResourceForms() {}

    /// The keys that name a file of the pack: `template`, `source`.
    public static List<String> fileKeys(ResourceKind kind) {
        return switch (kind) {
            case FILE -> List.of("template", "source");
            case BLOCK, SERVICE -> List.of("template");
            case REPOSITORY -> List.of("source");
            default -> List.of();
        };
    }

    /// The parameter such a file becomes.
    public static String fileTarget(ResourceKind kind) {
        return FILLED.getOrDefault(kind, "");
    }

    /// The keys of which one may be given: the parameter itself or the name of a file.
    public static List<String> waysToContent(ResourceKind kind) {
        List<String> ways = new ArrayList<>();
        if (!fileKeys(kind).isEmpty()) {
            ways.add(fileTarget(kind));
            ways.addAll(fileKeys(kind));
        }
        return ways;
    }

    /// True for a text that is taken as it is.
    public static boolean isVerbatim(ResourceKind kind, String parameter) {
        return VERBATIM.getOrDefault(kind, List.of()).contains(parameter);
    }

    /// True for a kind that reacts to a change of other steps.
    public static boolean watches(ResourceKind kind) {
        return kind == ResourceKind.SERVICE || kind == ResourceKind.REBOOT;
    }

    /// Every key of a kind.
    public static List<String> keys(ResourceKind kind) {
        List<String> keys = new ArrayList<>();
        kind.parameters().forEach(parameter -> keys.add(parameter.name()));
        keys.addAll(fileKeys(kind));
        if (watches(kind)) {
            keys.add(RESTART_ON);
        }
        return keys;
    }
}
