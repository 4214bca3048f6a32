package dev.ashlar.language;

import java.nio.file.Path;
import java.util.Map;

/// A cluster with a secret of each kind, into which tests put lines of their own.
final class SecretPack {
    /// Where a line may be put: the file, and the line that it replaces.
    private static final Map<String, String> FILES =
            Map.of(
                    "with", "cluster.yaml",
                    "values", "cluster.yaml",
                    "nodes", "cluster.yaml",
                    "external", "cluster.yaml",
                    "secrets", "cluster.yaml",
                    "parameters", "cluster.yaml",
                    "site", "sites/lab.yaml");

    private static final String COMPONENT = "packs/app/web.yaml";

    /// What takes the template that a line is put into.
    private static final Map<String, String> TEMPLATED =
            Map.of(
                    "unit", "service: { name: web, template: page.peb }",
                    "block", "block: { path: /w, name: w, template: page.peb }",
                    "file", "file: { path: /w, template: page.peb }");

    private static final String CLUSTER =
            """
            cluster: demo
            site: lab
            packs: [app]
            parameters:
              domain: example.org
              #parameters
            secrets:
              api: { doc: For all }
              pin: {}
              pair: { generate: key_pair }
              #secrets
            values:
              app/other: { key: "${secrets.api}" }
              #values
            external:
              there: { interface: place, values: { address: a } }
              #external
            groups:
              front:
                count: 2
                uses:
                  other: app/other
                  web:
                    component: app/web
                    requires: { store: other }
                    with:
                      password: "${secrets.api}"
                      tokens: ["${secrets.api}", "${secrets.pin}"]
                      users: { admin: "${secrets.api}" }
                      all: "${secrets.api.split(',')}"
                      index: { a: "${secrets.api}" }
                      number: "${int(secrets.pin)}"
                      flag: "${secrets.pin == 'on'}"
                      hidden: "${secrets.pin}"
                      #with
                nodes:
                  front-1: { other: { title: first } }
                  #nodes
            """;

    private static final String PACK =
            """
            pack: app
            version: 1.0.0
            interfaces:
              store: { password: secret(string), login: Account }
              place: { address: string }
              word: { word: string }
              vault: { login: Account, words: secret(list(string)), more: map(secret(string)) }
            types:
              Account: { name: string, password: secret(string) }
              Page: { name: string, note: optional(string) }
            """;

    private static final String OTHER =
            """
            component: other
            implements:
              store: { password: "${cluster_outputs.key}", login: "${members[0].outputs.login}" }
            inputs:
              key: secret(string)
              title: { type: string, default: none }
            outputs:
              login: { type: app.Account, value: "${Account{name: inputs.title, password: inputs.key}}" }
              name: { type: string, value: "${inputs.title}" }
              key: { type: secret(string), value: "${inputs.key}" }
            cluster_outputs:
              key: { type: secret(string), value: "${members[0].outputs.key}" }
            steps:
              first: { resources: [ { directory: { path: /opt } } ] }
            """;

    private static final String WEB =
            """
            component: web
            requires: { store: store }
            types:
              Box: { name: string, count: int }
            implements:
              place: { address: a }
              #implements
            inputs:
              title: { type: string, default: web }
              words: { type: list(string), default: [a, b] }
              mode: { type: string, default: "0600" }
              size: { type: string, default: small, one_of: [small, large] }
              password: secret(string)
              maybe: optional(secret(string))
              hidden: secret(optional(string))
              tokens: list(secret(string))
              users: map(secret(string))
              all: secret(list(string))
              index: secret(map(string))
              number: secret(int)
              flag: secret(bool)
              box: optional(secret(Box))
              pair: { generate: key_pair }
              #inputs
            outputs:
              plain: { type: string, value: a }
              #outputs
            cluster_outputs:
              plain: { type: string, value: a }
              #cluster_outputs
            steps:
              first: { resources: [ { directory: { path: /srv } } ] }
              #steps
              run: { inputs: { it: "${inputs.password}" }, script: run.sh, health: { script: run.sh } }
            #top
            """;

    private static final String SITE =
            """
            site: lab
            providers:
              default: { kind: lab }
            #site
            """;

    private static final Map<String, String> TEXTS =
            Map.of("cluster.yaml", CLUSTER, COMPONENT, WEB, "sites/lab.yaml", SITE);

    private final WrittenFiles files;

    SecretPack(Path folder) {
        this.files = new WrittenFiles(folder);
    }

    /// Where a line that is put there is to be found.
    static String file(String slot) {
        return FILES.getOrDefault(slot, COMPONENT);
    }

    /// Writes the files with that line.
    ///
    /// @return its number, or that of the line which names the template that it is in
    int write(String slot, String line) {
        files.write("packs/app/pack.yaml", PACK);
        files.write("packs/app/other.yaml", OTHER);
        files.write("packs/app/run.sh", "cat \"$IT_FILE\"\n");
        files.write("packs/app/show.sh", "echo \"$IT\"\n");
        String template = TEMPLATED.containsKey(slot) ? line : "{{ inputs.password }}";
        files.write("packs/app/page.peb", template + "\n");
        return switch (slot) {
            case "mode" -> resource("file: { path: /w, template: page.peb, %s }".formatted(line));
            case "resource" -> resource(line);
            case "unit", "block", "file" -> resource(TEMPLATED.getOrDefault(slot, ""));
            default -> put(slot, line);
        };
    }

    /// In a step of its own.
    private int resource(String line) {
        return put("steps", "page: { resources: [ { %s } ] }".formatted(line));
    }

    private int put(String slot, String line) {
        int found = 0;
        for (Map.Entry<String, String> file : TEXTS.entrySet()) {
            String text = file.getValue();
            int at = text.indexOf("#" + slot + "\n");
            if (at >= 0) {
                found = (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
            }
            files.write(file.getKey(), text.replace("#" + slot + "\n", line + "\n"));
        }
        return found;
    }

    WrittenFiles files() {
        return files;
    }
}
