package dev.ashlar.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.diagnostic.Code;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is a secret comes to where secrets may be, and nowhere else. Each case is one line put into
/// the files of a [SecretPack]: where it is put, the line, and of what is refused the path by which
/// a secret would be seen.
class SecretFlowTest {
    private final SecretPack pack;

    SecretFlowTest(@TempDir Path folder) {
        this.pack = new SecretPack(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '^',
            textBlock =
                    """
                    outputs¦x: { type: string, value: "${inputs.password}" }¦inputs.password
                    outputs¦x: { type: string, value: "db:${inputs.password}@host" }¦inputs.password
                    outputs¦x: { type: string, value: "${'db:' + inputs.password}" }¦inputs.password
                    outputs¦x: { type: string, value: "${inputs.password.trim().upperAscii()}" }¦inputs.password
                    outputs¦x: { type: string, value: "${string(inputs.number)}" }¦inputs.number
                    outputs¦x: { type: int, value: "${int(inputs.password)}" }¦inputs.password
                    outputs¦x: { type: int, value: "${inputs.number % 10}" }¦inputs.number
                    outputs¦x: { type: int, value: "${-inputs.number}" }¦inputs.number
                    outputs¦x: { type: int, value: "${math.greatest(inputs.number, 1)}" }¦inputs.number
                    outputs¦x: { type: bool, value: "${inputs.number < 5000}" }¦inputs.number
                    outputs¦x: { type: int, value: "${inputs.password.size()}" }¦inputs.password
                    outputs¦x: { type: int, value: "${size(inputs.all)}" }¦inputs.all
                    outputs¦x: { type: int, value: "${size(inputs.index)}" }¦inputs.index
                    outputs¦x: { type: int, value: "${size(inputs.tokens.filter(t, t.startsWith('a')))}" }¦inputs.tokens[…]
                    outputs¦x: { type: int, value: "${size(inputs.tokens.distinct())}" }¦inputs.tokens
                    outputs¦x: { type: bool, value: "${inputs.password == 'a'}" }¦inputs.password
                    outputs¦x: { type: bool, value: "${[inputs.password] == ['a']}" }¦inputs.password
                    outputs¦x: { type: bool, value: "${inputs.pair == inputs.pair}" }¦inputs.pair
                    outputs¦x: { type: bool, value: "${inputs.password in inputs.words}" }¦inputs.password
                    outputs¦x: { type: bool, value: "${'a' in inputs.tokens}" }¦inputs.tokens
                    outputs¦x: { type: bool, value: "${'a' in inputs.index}" }¦inputs.index
                    outputs¦x: { type: bool, value: "${inputs.title == 'a' && inputs.flag}" }¦inputs.flag
                    outputs¦x: { type: bool, value: "${!inputs.flag}" }¦inputs.flag
                    outputs¦x: { type: bool, value: "${inputs.password.matches('^a')}" }¦inputs.password
                    outputs¦x: { type: bool, value: "${inputs.title.matches(inputs.password)}" }¦inputs.password
                    outputs¦x: { type: string, value: "${inputs.flag ? 'a' : 'b'}" }¦inputs.flag
                    outputs¦x: { type: string, value: "${inputs.title == 'a' ? inputs.title : inputs.password}" }¦inputs.password
                    outputs¦x: { type: list(string), value: "${inputs.tokens}" }¦inputs.tokens
                    outputs¦x: { type: list(string), value: "${inputs.tokens.map(t, t + 'x')}" }¦inputs.tokens[…]
                    outputs¦x: { type: list(string), value: "${inputs.words.filter(w, w == inputs.password)}" }¦inputs.password
                    outputs¦x: { type: list(string), value: "${inputs.words.map(w, inputs.flag, w)}" }¦inputs.flag
                    outputs¦x: { type: list(string), value: "${inputs.index.map(k, k)}" }¦inputs.index
                    outputs¦x: { type: list(string), value: "${inputs.words + [inputs.password]}" }¦inputs.password
                    outputs¦x: { type: list(string), value: "${inputs.tokens.sorted()}" }¦inputs.tokens
                    outputs¦x: { type: list(string), value: "${inputs.password.split(',')}" }¦inputs.password
                    outputs¦x: { type: list(secret(string)), value: "${inputs.all}" }¦inputs.all
                    outputs¦x: { type: list(string), value: ["${inputs.password}"] }¦inputs.password
                    outputs¦x: { type: map(string), value: "${{inputs.password: 'a'}}" }¦inputs.password
                    outputs¦x: { type: map(string), value: "${{'a': inputs.password}}" }¦inputs.password
                    outputs¦x: { type: bool, value: "${inputs.tokens.all(t, t != '')}" }¦inputs.tokens[…]
                    outputs¦x: { type: bool, value: "${inputs.words.exists(w, w == inputs.password)}" }¦inputs.password
                    outputs¦x: { type: bool, value: "${inputs.all.exists_one(t, true)}" }¦inputs.all
                    outputs¦x: { type: string, value: "${inputs.tokens.join(',')}" }¦inputs.tokens
                    outputs¦x: { type: string, value: "${inputs.words.join(inputs.password)}" }¦inputs.password
                    outputs¦x: { type: string, value: "${inputs.tokens[0]}" }¦inputs.tokens[…]
                    outputs¦x: { type: string, value: "${inputs.tokens.first()}" }¦inputs.tokens[…]
                    outputs¦x: { type: string, value: "${inputs.users.admin}" }¦inputs.users.admin
                    outputs¦x: { type: string, value: "${inputs.users['a-b']}" }¦inputs.users['a-b']
                    outputs¦x: { type: string, value: "${inputs.words[inputs.number]}" }¦inputs.number
                    outputs¦x: { type: string, value: "${{'a': 'b'}[inputs.password]}" }¦inputs.password
                    outputs¦x: { type: string, value: "${{'a': 'b'}[?inputs.password].orValue('c')}" }¦inputs.password
                    outputs¦x: { type: bool, value: "${has(inputs.hidden)}" }¦inputs.hidden
                    outputs¦x: { type: bool, value: "${inputs.?hidden.hasValue()}" }¦inputs.hidden
                    outputs¦x: { type: bool, value: "${has(inputs.index.a)}" }¦inputs.index
                    outputs¦x: { type: string, value: "${has(inputs.maybe) ? inputs.maybe : 'a'}" }¦inputs.maybe
                    outputs¦x: { type: string, value: "${inputs.?maybe.orValue('a')}" }¦inputs.maybe
                    outputs¦x: { type: string, value: "${inputs.?users.?admin.orValue('a')}" }¦inputs.users.admin
                    outputs¦x: { type: string, value: "${inputs.?box.?name.orValue('a')}" }¦inputs.box
                    outputs¦x: { type: string, value: "${has(inputs.box) ? inputs.box.name : 'a'}" }¦inputs.box
                    outputs¦x: { type: string, value: "${inputs.pair.private_key}" }¦inputs.pair.private_key
                    outputs¦x: { type: list(string), value: "${[inputs.pair].map(p, p.private_key)}" }¦inputs.pair
                    outputs¦x: { type: app.Page, value: "${app.Page{name: inputs.password}}" }¦inputs.password
                    outputs¦x: { type: app.Page, value: "${app.Page{name: 'a', note: 'b' + inputs.password}}" }¦inputs.password
                    outputs¦x: { type: app.Page, value: "${app.Page{name: 'a', ?note: inputs.?maybe}}" }¦inputs.maybe
                    outputs¦x: { type: app.Page, value: { name: "${inputs.password}" } }¦inputs.password
                    outputs¦x: { type: string, value: { select: "${inputs.size}", cases: { small: a, large: "${inputs.password}" } } }¦inputs.password
                    outputs¦x: { type: string, value: { select: "${inputs.flag}", cases: { true: a, false: b } } }¦inputs.flag
                    outputs¦x: { type: string, value: { select: "${inputs.password}", cases: { a: b } } }¦inputs.password
                    cluster_outputs¦x: { type: string, value: "${inputs.password}" }¦inputs.password
                    cluster_outputs¦x: { type: string, value: "${requires.store.password}" }¦requires.store.password
                    cluster_outputs¦x: { type: string, value: "${requires.store.login.password}" }¦requires.store.login.password
                    cluster_outputs¦x: { type: list(string), value: "${collect(app.Account).map(a, a.password)}" }¦collect(app.Account)[…].password
                    top¦notes: "The password is ${inputs.password}"¦inputs.password
                    """)
    void whatIsWorkedOutFromASecretIsOne(String slot, String line, String path) {
        refused(slot, line, path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '^',
            textBlock =
                    """
                    resource¦file: { path: "/${inputs.password}", content: a }¦inputs.password
                    resource¦file: { path: /w, content: a, owner: "${inputs.password}" }¦inputs.password
                    resource¦file: { path: /w, content: a, group: "${inputs.password}" }¦inputs.password
                    resource¦file: { path: /w, content: a, mode: "${inputs.password}" }¦inputs.password
                    resource¦file: { path: /w, content: a, data: "${inputs.flag}" }¦inputs.flag
                    resource¦directory: { path: "/${inputs.password}" }¦inputs.password
                    resource¦directory: { path: /w, mode: "${inputs.password}" }¦inputs.password
                    resource¦link: { path: /w, target: "/${inputs.password}" }¦inputs.password
                    resource¦package: { name: "${inputs.password}" }¦inputs.password
                    resource¦package: { name: w, version: "${inputs.password}" }¦inputs.password
                    resource¦package: { name: w, provides_users: "${inputs.tokens}" }¦inputs.tokens
                    resource¦package: { name: w, provides_paths: ["/${inputs.password}"] }¦inputs.password
                    resource¦repository: { name: w, uri: "https://u:${inputs.password}@host", suite: a, key: k }¦inputs.password
                    resource¦repository: { name: w, uri: "http://host", suite: "${inputs.password}", key: k }¦inputs.password
                    resource¦repository: { name: w, uri: "http://host", suite: a, key: "${inputs.password}" }¦inputs.password
                    resource¦service: { name: "${inputs.password}" }¦inputs.password
                    resource¦service: { name: w, enabled: "${inputs.flag}" }¦inputs.flag
                    resource¦service: { name: w, state: "${inputs.flag ? 'running' : 'stopped'}" }¦inputs.flag
                    resource¦user: { name: "${inputs.password}" }¦inputs.password
                    resource¦user: { name: w, home: "/${inputs.password}" }¦inputs.password
                    resource¦group: { name: "${inputs.password}" }¦inputs.password
                    resource¦sysctl: { key: kernel.hostname, value: "${inputs.password}" }¦inputs.password
                    resource¦line: { path: /w, line: "password=${inputs.password}" }¦inputs.password
                    resource¦line: { path: /w, line: a, match: "${inputs.password}" }¦inputs.password
                    resource¦block: { path: /w, name: "${inputs.password}", content: a }¦inputs.password
                    resource¦block: { path: /w, name: w, content: a, comment: "${inputs.password}" }¦inputs.password
                    resource¦reboot: { reason: "${inputs.password}", restart_on: [first] }¦inputs.password
                    resource¦archive: { path: /w, url: "https://u:${inputs.password}@host/a.tar", sha256: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }¦inputs.password
                    resource¦archive: { path: /w, url: "https://host/a.tar", sha256: "${inputs.password}" }¦inputs.password
                    resource¦archive: { path: /w, url: "https://host/a.tar", sha256: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", strip: "${inputs.number}" }¦inputs.number
                    resource¦command: { name: "${inputs.password}", run: a, check: b }¦inputs.password
                    resource¦file: { path: /w, content: a }, when: "${inputs.flag}"¦inputs.flag
                    resource¦file: { path: "/${each.value}", content: a }, each: "${inputs.tokens}"¦each.value
                    resource¦file: { path: "/${each.key}", content: a }, each: "${inputs.index}"¦inputs.index
                    resource¦file: { path: /w, content: a }, each: "${inputs.all}"¦inputs.all
                    steps¦x: { when: "${inputs.flag}", script: run.sh }¦inputs.flag
                    steps¦x: { when: "${inputs.password == 'a'}", script: run.sh }¦inputs.password
                    steps¦x: { each: "${inputs.all}", script: run.sh }¦inputs.all
                    steps¦x: { each: "${inputs.tokens}", script: run.sh }¦inputs.tokens
                    steps¦x: { each: "${inputs.index}", script: run.sh }¦inputs.index
                    steps¦x: { on: "${inputs.password}", script: run.sh }¦inputs.password
                    steps¦x: { switch: "${inputs.flag}", cases: { true: { script: run.sh }, false: { script: run.sh } } }¦inputs.flag
                    steps¦x: { switch: "${inputs.password}", cases: { a: { script: run.sh } } }¦inputs.password
                    steps¦x: { inputs: { it: { type: string, value: "${inputs.password}" } }, script: run.sh }¦inputs.password
                    steps¦x: { inputs: { it: { founding: "${inputs.password}" } }, script: run.sh }¦"it"
                    steps¦x: { inputs: { it: "${inputs.password}" }, script: run.sh, outputs: { y: string } }¦inputs.password
                    steps¦x: { inputs: { it: "${inputs.tokens}", other: a }, script: run.sh, outputs: { y: int, z: secret(string) } }¦inputs.tokens
                    steps¦x: { inputs: { it: "${inputs.pair}" }, script: run.sh, outputs: { y: { type: string, public: false } } }¦inputs.pair
                    steps¦x: { for: cluster, on: "${requires.store.password}", script: run.sh }¦requires.store.password
                    steps¦x: { inputs: { it: "${inputs.password}" }, resources: [ { line: { path: /w, line: "${inputs.it}" } } ] }¦inputs.it
                    steps¦x: { on: controller, uses: pki/certificate, with: { authority: a, names: ["${inputs.password}"] } }¦inputs.password
                    steps¦x: { on: controller, uses: pki/certificate, with: { authority: a, names: "${inputs.tokens}" } }¦inputs.tokens
                    steps¦x: { on: controller, uses: pki/certificate, with: { authority: "${inputs.password}", names: [a] } }¦inputs.password
                    steps¦x: { on: controller, uses: pki/certificate, with: { authority: a, names: [a], directory: "/${inputs.password}" } }¦inputs.password
                    steps¦x: { on: controller, uses: pki/certificate, with: { authority: a, names: [a], owner: "${inputs.password}" } }¦inputs.password
                    steps¦x: { on: controller, uses: pki/certificate, with: { authority: a, names: [a], common_name: "${inputs.password}" } }¦inputs.password
                    steps¦x: { on: controller, uses: pki/certificate, with: { authority: a, names: [a], days: "${inputs.number}" } }¦inputs.number
                    top¦membership: { join: { script: run.sh, inputs: { it: { type: string, value: "${inputs.password}" } } }, leave: { script: run.sh } }¦inputs.password
                    top¦membership: { join: { script: run.sh }, leave: { script: run.sh, inputs: { it: { type: list(string), value: "${inputs.tokens}" } } } }¦inputs.tokens
                    inputs¦shown: { type: string, default: "${inputs.password}" }¦inputs.password
                    with¦title: "${secrets.api}"¦secrets.api
                    with¦title: "${secrets.pair.private_key}"¦secrets.pair.private_key
                    with¦words: "${secrets.api.split('')}"¦secrets.api
                    with¦words: ["a", "${secrets.pin}"]¦secrets.pin
                    with¦title: "${groups.front.other.cluster_outputs.key}"¦groups.front.other.cluster_outputs.key
                    with¦title: "${groups.front.other.members[0].outputs.login.password}"¦groups.front.other.members[…].outputs.login.password
                    with¦title: "${collect(app.Account).first().password}"¦collect(app.Account)[…].password
                    values¦app/web: { title: "${secrets.api}" }¦secrets.api
                    nodes¦front-2: { other: { title: "${secrets.api}" } }¦secrets.api
                    external¦here: { interface: place, values: { address: "http://u:${secrets.api}@host" } }¦secrets.api
                    unit¦{{ inputs.password }}¦inputs.password
                    unit¦{% if inputs.flag %}a{% endif %}¦inputs.flag
                    unit¦{% if inputs.password == "a" %}a{% endif %}¦inputs.password
                    unit¦{% for t in inputs.tokens %}{{ t }}{% endfor %}¦inputs.tokens[…]
                    unit¦{% for u in inputs.users %}{{ u.value }}{% endfor %}¦inputs.users[…]
                    unit¦{% for t in inputs.all %}a{% endfor %}¦inputs.all
                    unit¦{{ inputs.tokens | join(",") }}¦inputs.tokens
                    unit¦{{ inputs.tokens | first }}¦inputs.tokens
                    unit¦{{ inputs.tokens[0] | upper }}¦inputs.tokens[…]
                    unit¦{{ inputs.all | length }}¦inputs.all
                    unit¦{{ inputs.password | length }}¦inputs.password
                    unit¦{{ inputs.password | sha256 }}¦inputs.password
                    unit¦{{ inputs.maybe | default("a") }}¦inputs.maybe
                    unit¦{% if inputs.hidden is null %}a{% endif %}¦inputs.hidden
                    unit¦{% set a = inputs.password %}{{ a }}¦inputs.password
                    unit¦{% set a = inputs.pair %}{{ a.private_key }}¦inputs.pair.private_key
                    unit¦{% filter upper %}{{ inputs.password }}{% endfilter %}¦inputs.password
                    unit¦{{ inputs.title | replace({"a": inputs.password}) }}¦inputs.password
                    unit¦{{ inputs.title == "a" ? inputs.title : inputs.password }}¦inputs.password
                    unit¦{{ "a" ~ inputs.password }}¦inputs.password
                    unit¦{{ inputs.words[inputs.number] }}¦inputs.number
                    unit¦{{ inputs.number + 1 }}¦inputs.number
                    unit¦{{ max(inputs.number, 1) }}¦inputs.number
                    unit¦{{ inputs.box.name }}¦inputs.box
                    unit¦{% for a in collect(app.Account) %}{{ a.password }}{% endfor %}¦collect(app.Account)[…].password
                    unit¦{% for a in collect(Account) %}{{ a.password }}{% endfor %}¦collect(app.Account)[…].password
                    unit¦{{ requires.store.login.password }}¦requires.store.login.password
                    unit¦{% for m in members %}{{ m.name }}{% endfor %}{{ inputs.users.admin }}¦inputs.users.admin
                    implements¦word: { word: "${inputs.password}" }¦inputs.password
                    implements¦word: { word: "${inputs.tokens.join(',')}" }¦inputs.tokens
                    block¦{{ inputs.password }}¦inputs.password
                    mode¦mode: "0644"¦inputs.password
                    mode¦mode: "0604"¦inputs.password
                    mode¦mode: "0601"¦inputs.password
                    mode¦mode: "0666"¦inputs.password
                    mode¦mode: "0755"¦inputs.password
                    mode¦mode: "4755"¦inputs.password
                    mode¦mode: "644"¦inputs.password
                    mode¦mode: "${'06' + '44'}"¦inputs.password
                    """)
    void whatWouldBeSeenIsRefused(String slot, String line, String path) {
        refused(slot, line, path);
    }

    private void refused(String slot, String line, String path) {
        int at = pack.write(slot, line);
        assertThat(pack.files().load(Map.of()).diagnostics())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message()).contains(path);
                    assertThat(problem.code()).isEqualTo(Code.ASH0208);
                    assertThat(problem.span().file()).isEqualTo(SecretPack.file(slot));
                    assertThat(problem.span().line()).isEqualTo(at);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '^',
            textBlock =
                    """
                    outputs¦x: { type: secret(string), value: "${inputs.password}" }
                    outputs¦x: { type: secret(string), value: "a${inputs.password}${inputs.title}" }
                    outputs¦x: { type: secret(string), value: "${inputs.title}" }
                    outputs¦x: { type: optional(secret(string)), value: "${inputs.maybe}" }
                    outputs¦x: { type: optional(secret(string)), value: "${inputs.password}" }
                    outputs¦x: { type: secret(optional(string)), value: "${inputs.maybe}" }
                    outputs¦x: { type: list(secret(string)), value: "${inputs.tokens + [inputs.password]}" }
                    outputs¦x: { type: list(secret(string)), value: ["${inputs.password}", "${inputs.title}"] }
                    outputs¦x: { type: list(secret(string)), value: "${inputs.tokens.map(t, t + 'a')}" }
                    outputs¦x: { type: list(secret(string)), value: "${inputs.words}" }
                    outputs¦x: { type: list(secret(string)), value: [] }
                    outputs¦x: { type: secret(list(string)), value: ["${inputs.password}"] }
                    outputs¦x: { type: secret(list(string)), value: "${[inputs.password, 'a']}" }
                    outputs¦x: { type: secret(list(string)), value: "${inputs.tokens}" }
                    outputs¦x: { type: secret(map(string)), value: "${{'a': inputs.password}}" }
                    outputs¦x: { type: map(secret(string)), value: "${{'a': inputs.password}}" }
                    outputs¦x: { type: map(secret(string)), value: { a: "${inputs.users.admin}" } }
                    outputs¦x: { type: secret(app.Page), value: { name: "${inputs.password}" } }
                    outputs¦x: { type: secret(app.Page), value: "${app.Page{name: 'a'}}" }
                    outputs¦x: { type: app.Account, value: { name: a, password: "${inputs.password}" } }
                    outputs¦x: { type: app.Account, value: "${requires.store.login}" }
                    steps¦x: { inputs: { it: "${collect(app.Account)}" }, script: run.sh }
                    outputs¦x: { type: list(string), value: "${collect(app.Account).map(a, a.name)}" }
                    outputs¦x: { type: KeyPair, value: "${inputs.pair}" }
                    outputs¦x: { type: string, value: "${inputs.pair.public_key}" }
                    outputs¦x: { type: int, value: "${size(inputs.tokens) + size(inputs.users)}" }
                    outputs¦x: { type: list(string), value: "${inputs.users.map(u, u)}" }
                    outputs¦x: { type: bool, value: "${'admin' in inputs.users && has(inputs.users.admin)}" }
                    outputs¦x: { type: bool, value: "${has(inputs.maybe) && has(inputs.box)}" }
                    outputs¦x: { type: bool, value: "${inputs.?maybe.hasValue()}" }
                    outputs¦x: { type: secret(int), value: "${int(inputs.password) + 1}" }
                    outputs¦x: { type: secret(bool), value: "${inputs.password == 'a' || inputs.flag}" }
                    outputs¦x: { type: secret(string), value: "${inputs.?maybe.orValue(inputs.password)}" }
                    outputs¦x: { type: optional(secret(string)), value: "${inputs.title == 'a' ? inputs.maybe : inputs.password}" }
                    outputs¦x: { type: secret(string), value: { select: "${inputs.size}", cases: { small: "${inputs.password}", large: "${inputs.title}" } } }
                    cluster_outputs¦x: { type: secret(string), value: "${requires.store.password}" }
                    implements¦vault: { login: "${requires.store.login}", words: ["${inputs.password}"], more: "${inputs.users}" }
                    implements¦vault: { login: { name: a, password: "${inputs.password}" }, words: "${inputs.tokens}", more: { a: "${inputs.title}" } }
                    inputs¦x: { type: secret(string), default: "${inputs.password}" }
                    inputs¦x: { type: secret(string), min_length: 12, pattern: "[a-z]+", default: "${inputs.password}" }
                    inputs¦x: { generate: password }
                    inputs¦x: { generate: token }
                    inputs¦x: { type: secret(string), generate: { password: { length: 40, alphabet: abc } } }
                    inputs¦x: { generate: { password: {} } }
                    inputs¦x: { generate: { token: { bytes: 16 } } }
                    inputs¦x: { type: KeyPair, generate: { key_pair: { algorithm: rsa } } }
                    file¦url=postgres://app:{{ inputs.password }}@{{ node.address }}/app
                    file¦{% for t in inputs.tokens %}{{ t }}{% endfor %}{{ inputs.tokens | join(",") }}{{ inputs.maybe | default("") }}
                    file¦{% if inputs.flag %}a{% endif %}{{ inputs.pair.private_key }}{{ inputs.number + 1 }}
                    unit¦{{ inputs.pair.public_key }}{{ inputs.tokens | length }}{% for t in inputs.tokens %}a{% endfor %}
                    unit¦{% for u in inputs.users %}{{ u.key }}{% endfor %}{% for a in collect(app.Account) %}{{ a.name }}{% endfor %}
                    mode¦mode: "0640", owner: root
                    mode¦mode: "0400"
                    mode¦mode: "${inputs.mode}"
                    mode¦mode: { select: "${inputs.size}", cases: { small: "0600", large: "0644" } }
                    resource¦file: { path: "/${each.key}", template: page.peb }, each: "${inputs.users}", when: "${has(inputs.maybe)}"
                    resource¦line: { path: /w, line: "${inputs.pair.public_key}" }
                    steps¦x: { inputs: { it: "${inputs.password}" }, script: run.sh }
                    steps¦x: { inputs: { it: "${inputs.password}" }, script: run.sh, outputs: { y: secret(string) } }
                    steps¦x: { inputs: { it: "${inputs.password}" }, script: run.sh, outputs: { y: { type: string, public: true } } }
                    steps¦x: { inputs: { it: "${inputs.password}" }, script: run.sh, outputs: { y: secret(string), z: { type: int, public: true } } }
                    steps¦x: { inputs: { it: "${inputs.title}" }, run: 'echo "y=$IT"', outputs: { y: string } }
                    steps¦x: { inputs: { it: "${inputs.tokens}" }, script: run.sh, health: { script: run.sh } }
                    steps¦x: { inputs: { it: "${inputs.pair}" }, script: run.sh, probe: run.sh, remove: run.sh }
                    steps¦x: { inputs: { it: { type: secret(string), value: "postgres://app:${inputs.password}@${node.address}" } }, script: run.sh }
                    steps¦x: { inputs: { it: "${inputs.password}" }, resources: [ { file: { path: /w, template: page.peb } } ], health: { script: run.sh } }
                    steps¦x: { each: "${inputs.users}", inputs: { it: "${each.value}" }, script: run.sh }
                    steps¦x: { for: cluster, on: "${members[0].name}", inputs: { it: "${inputs.password}" }, script: run.sh }
                    top¦membership: { join: { inputs: { it: "${inputs.password}" }, script: run.sh }, leave: { inputs: { it: "${inputs.password}" }, script: run.sh } }
                    secrets¦x: { doc: a, generate: { password: { length: 8, alphabet: "äöü" } } }
                    secrets¦x: { generate: token }
                    with¦maybe: "${groups.front.other.cluster_outputs.key}"
                    with¦pair: "${secrets.pair}"
                    with¦pair: { private_key: "${secrets.api}", public_key: a }
                    with¦maybe: "${'postgres://' + secrets.api + '@' + node.address}"
                    values¦app/web: { maybe: "${secrets.pin}" }
                    nodes¦front-2: { other: { key: "${secrets.pin}" } }
                    external¦here: { interface: store, values: { password: "${secrets.api}", login: { name: a, password: "${secrets.api}" } } }
                    """)
    void whatStaysASecretIsTaken(String slot, String line) throws InterruptedException {
        pack.write(slot, line);
        assertThat(pack.files().thoroughly().uses()).hasSize(2);
    }
}
