package dev.ashlar.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.diagnostic.Code;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How secrets are declared and made, and that none is written where people read it. Each case is
/// one line put into the files of a [SecretPack], and what is said of it.
class DeclaredSecretsTest {
    private final SecretPack pack;

    DeclaredSecretsTest(@TempDir Path folder) {
        this.pack = new SecretPack(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '^',
            textBlock =
                    """
                    ASH0213¦inputs¦x: { type: secret(string), default: hunter2 }¦a secret stands in no file
                    ASH0213¦inputs¦x: { type: optional(secret(string)), default: hunter2 }¦a secret stands in no file
                    ASH0213¦inputs¦x: { type: secret(int), default: 5 }¦a secret stands in no file
                    ASH0213¦inputs¦x: { type: secret(bool), default: true }¦a secret stands in no file
                    ASH0213¦inputs¦x: { type: list(secret(string)), default: [hunter2] }¦a secret stands in no file
                    ASH0213¦inputs¦x: { type: secret(list(string)), default: [hunter2] }¦a secret stands in no file
                    ASH0213¦inputs¦x: { type: map(secret(string)), default: { a: hunter2 } }¦a secret stands in no file
                    ASH0213¦inputs¦x: { type: secret(map(string)), default: { a: hunter2 } }¦a secret stands in no file
                    ASH0213¦inputs¦x: { type: secret(app.Page), default: { name: hunter2 } }¦a secret stands in no file
                    ASH0213¦inputs¦x: { type: optional(secret(app.Page)), default: { name: hunter2 } }¦a secret stands in no file
                    ASH0213¦inputs¦x: { type: KeyPair, default: { private_key: hunter2, public_key: a } }¦a secret stands in no file
                    ASH0213¦inputs¦x: { type: secret(string), default: "${'hunter2'}" }¦a secret stands in no file
                    ASH0213¦inputs¦x: { type: secret(string), default: "a${'hunter2'}" }¦a secret stands in no file
                    ASH0213¦inputs¦x: { type: list(secret(string)), default: "${['hunter2']}" }¦a secret stands in no file
                    ASH0213¦inputs¦x: { type: app.Account, default: "${app.Account{name: 'a', password: 'hunter2'}}" }¦a secret stands in no file
                    ASH0213¦inputs¦x: { type: secret(string), default: { select: "${inputs.size}", cases: { small: hunter2, large: "${inputs.password}" } } }¦a secret stands in no file
                    ASH0213¦outputs¦x: { type: secret(string), value: hunter2 }¦a secret stands in no file
                    ASH0213¦implements¦vault: { login: "${requires.store.login}", words: [hunter2], more: "${inputs.users}" }¦a secret stands in no file
                    ASH0213¦steps¦x: { inputs: { it: { type: secret(string), value: hunter2 } }, script: run.sh }¦a secret stands in no file
                    ASH0213¦with¦maybe: hunter2¦a secret stands in no file
                    ASH0213¦with¦maybe: "${'hunter2'}"¦a secret stands in no file
                    ASH0213¦with¦pair: { private_key: hunter2, public_key: a }¦a secret stands in no file
                    ASH0213¦values¦app/web: { maybe: hunter2 }¦a secret stands in no file
                    ASH0213¦nodes¦front-2: { other: { key: hunter2 } }¦a secret stands in no file
                    ASH0213¦site¦values: { app/web: { maybe: hunter2 } }¦a secret stands in no file
                    ASH0213¦external¦here: { interface: store, values: { password: "${secrets.api}", login: { name: a, password: hunter2 } } }¦a secret stands in no file
                    ASH0206¦parameters¦x: "${secrets.api}"¦unknown variable "secrets"
                    ASH0206¦site¦values: { app/web: { maybe: "${secrets.api}" } }¦unknown variable "secrets"
                    ASH0206¦outputs¦x: { type: secret(string), value: "${secrets.api}" }¦unknown variable "secrets"
                    ASH0206¦with¦maybe: "${secrets.ap}"¦unknown field "ap"
                    ASH0103¦inputs¦x: { type: secret(string), generate: password, default: "${inputs.password}" }¦"default" and "generate" exclude each other
                    ASH0201¦inputs¦x: { type: string, generate: password }¦what is made here is a secret(string), but the input is a string
                    ASH0201¦inputs¦x: { type: secret(string), generate: key_pair }¦what is made here is a KeyPair
                    ASH0201¦inputs¦x: { type: KeyPair, generate: token }¦what is made here is a secret(string)
                    ASH0201¦inputs¦x: { type: optional(secret(string)), generate: token }¦the input is a optional(secret(string))
                    ASH0205¦inputs¦x: { type: secret(string), generate: fancy }¦"generate"
                    ASH0102¦inputs¦x: { generate: {} }¦"generate" needs one of "password", "token", "key_pair"
                    ASH0102¦inputs¦x: { generate: { password: {}, token: {} } }¦"generate" needs one of
                    ASH0205¦inputs¦x: { generate: { password: { length: 0 } } }¦"length"
                    ASH0205¦inputs¦x: { generate: { password: { alphabet: a } } }¦an alphabet has at least two characters, each once
                    ASH0205¦inputs¦x: { generate: { password: { alphabet: aba } } }¦an alphabet has at least two characters, each once
                    ASH0205¦inputs¦x: { generate: { token: { bytes: 5000 } } }¦"bytes"
                    ASH0205¦inputs¦x: { generate: { key_pair: { algorithm: dsa } } }¦"algorithm"
                    ASH0103¦inputs¦x: { type: secret(string), generate: [password] }¦"generate"
                    ASH0103¦inputs¦x: { generate: { password: 5 } }¦"password"
                    ASH0205¦secrets¦x: { generate: fancy }¦"generate"
                    ASH0103¦secrets¦x: hunter2¦"x"
                    ASH0101¦secrets¦x: { value: hunter2 }¦unknown key "value"
                    ASH0110¦steps¦x: { inputs: { it: "${inputs.password}", it_file: a }, script: run.sh }¦a script finds the secret "it" by $IT_FILE
                    ASH0208¦steps¦x: { script: run.sh, outputs: { x: secret(string) }, on_disconnect: finish }¦would lie on the node's disk
                    ASH0112¦steps¦x: { script: run.sh, outputs: { x: KeyPair } }¦what a script makes and is secret is a secret(string)
                    ASH0112¦top¦membership: { join: { script: run.sh, outputs: { x: list(secret(string)) } }, leave: { script: run.sh } }¦what a script makes and is secret is a secret(string)
                    ASH0409¦steps¦x: { inputs: { it: "${inputs.password}" }, script: show.sh }¦does not use its input "it"
                    """)
    void whatIsNoWayToDeclareOneIsRefused(Code code, String slot, String line, String words) {
        int at = pack.write(slot, line);
        assertThat(pack.files().load(Map.of()).diagnostics())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message()).contains(words);
                    assertThat(problem.code()).isEqualTo(code);
                    assertThat(problem.span().line()).isEqualTo(at);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '^',
            textBlock =
                    """
                    groups.front.web.maybe¦hunter2
                    groups.front.web.number¦5
                    groups.front.web.flag¦true
                    groups.front.web.tokens¦[hunter2]
                    groups.front.web.all¦[hunter2]
                    groups.front.web.users¦{ admin: hunter2 }
                    groups.front.web.pair¦{ private_key: hunter2, public_key: a }
                    groups.front.other.key¦${'hunter2'}
                    """)
    void noneIsGivenAsAnArgument(String path, String value) {
        pack.write("secrets", "x: {}");
        assertThat(pack.files().load(Map.of(path, value)).diagnostics())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(Code.ASH0213);
                    assertThat(problem.span().file()).isEqualTo("--set");
                });
    }
}
