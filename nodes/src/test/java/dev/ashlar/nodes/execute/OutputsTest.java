package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.secret.Redaction;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.work.Report;
import dev.ashlar.nodes.channel.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is told of outputs that cannot be read: never a part of a secret.
class OutputsTest {
    private static final Type SECRET = new Type.Secret(Type.Scalar.TEXT);

    private static SequencedMap<String, Type> declared(Type type) {
        SequencedMap<String, Type> declared = new LinkedHashMap<>();
        declared.put("key", type);
        declared.put("port", Type.Scalar.INT);
        return declared;
    }

    private static Report.NotDone report(Type type, Redaction redaction, String written) {
        Answer answer =
                new Answer(
                        List.of(
                                field("exit", "0"),
                                field("log", "it says " + written.replace("\n", "; ")),
                                field("outputs", written)));
        Report report =
                ScriptReports.of(
                        new StepSpec.Script("make.sh", "true"),
                        declared(type),
                        answer,
                        Duration.ofMinutes(1),
                        redaction);
        assertThat(report).isInstanceOf(Report.NotDone.class);
        return (Report.NotDone) report;
    }

    private static Answer.Field field(String name, String text) {
        return new Answer.Field(name, text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "port=1\nkey=-----BEGIN\nhunter2hunter2\n",
                "hunter2hunter2\n",
                "port=1\nhunter2hunter2==\n",
                "port=1\nkey=a\nhunter2hunter2=1\nkey=b\n",
                "port=1\nkey=a\nkey=hunter2hunter2\n",
                "port=1\nhunter2hunter2",
                "=hunter2hunter2"
            })
    void nothingOfASecretIsToldWhereItCannotBeRead(String written) {
        Report.NotDone report = report(SECRET, Redaction.NONE, written);
        assertThat(report.failure().kind()).startsWith("output-");
        assertThat(report.failure().toString()).doesNotContain("hunter");
        assertThat(report.log()).doesNotContain("hunter");
    }

    @Test
    void aSecretThatIsOfAnotherTypeIsNotTold() {
        Report.NotDone report =
                report(new Type.Secret(Type.Scalar.INT), Redaction.NONE, "port=1\nkey=47x1");
        assertThat(report.failure().message()).isEqualTo("the output key is no secret(int)");
        assertThat(report.failure().toString()).doesNotContain("47x1");
    }

    /// Four digits may stand anywhere by chance, so they are no reason to fail, and are not told.
    @Test
    void whatItWasGivenIsNotToldEither() {
        Redaction pin = Redaction.of(List.of("4711"));
        assertThat(report(Type.Scalar.TEXT, pin, "the pin is 4711").failure().message())
                .isEqualTo("wrote a line that is not name=value: the pin is ****");
        assertThat(report(Type.Scalar.TEXT, pin, "key=a\nport=x4711").failure().message())
                .isEqualTo("the output port is no int: x****");
        assertThat(report(Type.Scalar.TEXT, pin, "4711=a").failure().message())
                .isEqualTo("wrote an output that is not declared: ****");
    }

    @Test
    void whatIsNoSecretIsTold() {
        assertThat(report(Type.Scalar.TEXT, Redaction.NONE, "key=a\nport=b").failure().message())
                .isEqualTo("the output port is no int: b");
        assertThat(report(Type.Scalar.TEXT, Redaction.NONE, "key=a\nb=1").failure().message())
                .isEqualTo("wrote an output that is not declared: b");
    }
}
