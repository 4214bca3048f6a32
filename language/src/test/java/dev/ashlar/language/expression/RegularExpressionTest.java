package dev.ashlar.language.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ashlar.language.expression.RegularExpression.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegularExpressionTest {
    private static final String LONG = "a".repeat(100_000);

    @ParameterizedTest
    @CsvSource({
        "a+b,xaab,true,false",
        "^a$,a,true,true",
        "[a-z]+,ab1,true,false",
        "a|b,b,true,true"
    })
    void findsAPartOrTheWhole(String pattern, String text, boolean part, boolean whole) {
        assertThat(usable(pattern).isIn(text)).isEqualTo(part);
        assertThat(usable(pattern).isAllOf(text)).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(a|a)*$", "(a*)*b", "(.*a){12}$"})
    void takesTimeThatGrowsWithTheTextOnly(String pattern) {
        RegularExpression expression = usable(pattern);
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertThat(expression.isAllOf(LONG + "!")).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a-z]{1,63}(\\.[a-z]{1,63}){0,30}",
                "\\Q((a{1000}){1000}){1000}\\E",
                "[(]{9}[)]{9}[]{9][^]{9]",
                "\\({999}\\)",
                "x{a{b{1000",
                "([0-9]{1,3}\\.){3}[0-9]{1,3}"
            })
    void takesWhatPeopleWrite(String pattern) {
        assertThat(RegularExpression.of(pattern)).isInstanceOf(Outcome.Usable.class);
    }

    @Test
    void refusesWhatIsTooLargeBeforeItIsMade() {
        assertThat(
                        List.of(
                                "((a{100}){100}){100}",
                                "(((((((((a{9}){9}){9}){9}){9}){9}){9}){9}){9})",
                                "(?:(?:\\Q(\\E[)]{1000}){2,1000}){5}",
                                "(?:(?:a|b){1000}){3,}{1000}",
                                "((a{1000}){1000}",
                                "(a){1000}".repeat(100)))
                .allSatisfy(pattern -> assertThat(why(pattern)).contains("more than 5000 parts"));
        assertThat(List.of("(".repeat(10_000), "a".repeat(1001), "(a?)".repeat(3000)))
                .allSatisfy(
                        pattern -> assertThat(why(pattern)).contains("more than 1000 characters"));
        assertThat(why("(".repeat(999))).contains("missing closing )");
    }

    private static RegularExpression usable(String pattern) {
        return ((Outcome.Usable) RegularExpression.of(pattern)).expression();
    }

    private static String why(String pattern) {
        return ((Outcome.Refused) RegularExpression.of(pattern)).why();
    }
}
