package dev.ashlar.nodes.resource;

import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.text.Sha256;
import dev.ashlar.model.work.Owned;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the record of a success says of a resource, so that undo works from it alone.
public final class Possession {
    private Possession() {}

    /// @param said what the node said: `made`, `kept`
    public static Owned of(Resource resource, Map<String, String> said) {
        Map<String, String> details = new LinkedHashMap<>(said);
        details.putIfAbsent("made", "false");
        details.put(Owned.KEY, resource.key());
        switch (resource.kind()) {
            case FILE -> {
                // A digest of a secret would tell it to whoever tries all that it may be.
                if (!resource.isSecret("content")) {
                    details.put("sha256", Sha256.hex(resource.bytes("content")));
                }
                rights(resource, details);
            }
            case DIRECTORY -> rights(resource, details);
            case LINE -> details.put("line", resource.text("line"));
            case BLOCK -> {
                details.put("name", resource.text("name"));
                details.put("comment", resource.text("comment"));
            }
            case COMMAND -> details.put("remove", resource.text("remove"));
            case ARCHIVE -> details.put("sha256", resource.text("sha256"));
            case LINK, PACKAGE, REPOSITORY, SERVICE, USER, GROUP, SYSCTL, REBOOT -> {}
        }
        boolean data = resource.kind().parameter("data").isPresent() && resource.flag("data");
        return Owned.of(resource.kind().word(), resource.identity(), data, details);
    }

    private static void rights(Resource resource, Map<String, String> details) {
        for (String name : List.of("mode", "owner", "group")) {
            if (!resource.text(name).isEmpty()) {
                details.put(name, resource.text(name));
            }
        }
    }
}
