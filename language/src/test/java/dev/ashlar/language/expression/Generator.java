package dev.ashlar.language.expression;

import java.util.List;
import java.util.Random;

/// Makes well-typed expressions over the variables of [ConformanceTest], the same for the same
/// seed.
final class Generator {
    private static final int DEPTH = 4;
    private final Random random;
    private int loops;

    Generator(long seed) {
        random = new Random(seed);
    }

    String expression() {
        loops = 0;
        return switch (random.nextInt(6)) {
            case 0 -> whole(DEPTH);
            case 1 -> text(DEPTH);
            case 2 -> real(DEPTH);
            case 3 -> wholes(DEPTH);
            case 4 -> texts(DEPTH);
            default -> truth(DEPTH);
        };
    }

    private String whole(int depth) {
        if (depth == 0) {
            return pick("i", "j", "0", "1", "42", "9223372036854775807");
        }
        int d = depth - 1;
        return switch (random.nextInt(11)) {
            case 0, 1 -> "(%s %s %s)".formatted(whole(d), pick("+", "-", "*", "/", "%"), whole(d));
            case 2 -> "(%s ? %s : %s)".formatted(truth(d), whole(d), whole(d));
            case 3 -> "size(%s)".formatted(pick(text(d), wholes(d), "m"));
            case 4 -> "%s[%s]".formatted(wholes(d), whole(d));
            case 5 -> "m[%s]".formatted(text(d));
            case 6 -> "int(%s)".formatted(pick("'12'", "'x1'", real(d)));
            case 7 -> "%s.size()".formatted(texts(d));
            case 8 -> "m.a";
            case 9 -> "-(%s)".formatted(whole(d));
            default -> whole(0);
        };
    }

    private String real(int depth) {
        if (depth == 0) {
            return pick("d", "0.0", "1.5", "-2.25");
        }
        int d = depth - 1;
        return switch (random.nextInt(5)) {
            case 0, 1 -> "(%s %s %s)".formatted(real(d), pick("+", "-", "*", "/"), real(d));
            case 2 -> "double(%s)".formatted(pick(whole(d), "'2.5'", "'zz'"));
            case 3 -> "(%s ? %s : %s)".formatted(truth(d), real(d), real(d));
            default -> real(0);
        };
    }

    private String text(int depth) {
        if (depth == 0) {
            return pick("s", "t", "''", "'a'", "\"store\"");
        }
        int d = depth - 1;
        return switch (random.nextInt(6)) {
            case 0, 1 -> "(%s + %s)".formatted(text(d), text(d));
            case 2 -> "string(%s)".formatted(pick(whole(d), truth(d), text(d)));
            case 3 -> "%s[%s]".formatted(texts(d), whole(d));
            case 4 -> "(%s ? %s : %s)".formatted(truth(d), text(d), text(d));
            default -> text(0);
        };
    }

    private String truth(int depth) {
        if (depth == 0) {
            return pick("b", "true", "false");
        }
        int d = depth - 1;
        String order = pick("<", "<=", ">", ">=", "==", "!=");
        return switch (random.nextInt(13)) {
            case 0 -> "(%s && %s)".formatted(truth(d), truth(d));
            case 1 -> "(%s || %s)".formatted(truth(d), truth(d));
            case 2 -> "!(%s)".formatted(truth(d));
            case 3 -> "(%s %s %s)".formatted(whole(d), order, whole(d));
            case 4 -> "(%s %s %s)".formatted(text(d), order, text(d));
            case 5 -> "(%s %s %s)".formatted(real(d), order, real(d));
            case 6 -> "(%s %s %s)".formatted(wholes(d), pick("==", "!="), wholes(d));
            case 7 -> "(%s in %s)".formatted(whole(d), wholes(d));
            case 8 -> "(%s in %s)".formatted(text(d), pick(texts(d), "m"));
            case 9 ->
                    "%s.%s(%s)"
                            .formatted(
                                    text(d), pick("startsWith", "endsWith", "contains"), text(d));
            case 10 -> quantified(d);
            case 11 ->
                    pick("has(m.a)", "has(m.zz)", "s.matches('^st.*[0-9]$')", "t.matches('[' + s)");
            default -> truth(0);
        };
    }

    private String quantified(int depth) {
        String name = "x" + loops++;
        String test =
                pick(
                        "%s > %s".formatted(name, whole(0)),
                        "%s == %s".formatted(name, whole(depth)),
                        "10 / %s > 2".formatted(name),
                        truth(depth));
        return "%s.%s(%s, %s)"
                .formatted(wholes(depth), pick("all", "exists", "exists_one"), name, test);
    }

    private String wholes(int depth) {
        if (depth == 0) {
            return pick("li", "[1, 7]", "[i]");
        }
        int d = depth - 1;
        String name = "x" + loops++;
        return switch (random.nextInt(7)) {
            case 0 -> "[%s, %s]".formatted(whole(d), whole(d));
            case 1 -> "(%s + %s)".formatted(wholes(d), wholes(d));
            case 2 -> "%s.map(%s, %s)".formatted(wholes(d), name, pick(name + " + i", whole(d)));
            case 3 -> "%s.filter(%s, %s)".formatted(wholes(d), name, pick(name + " > 1", truth(d)));
            case 4 -> "%s.map(%s, %s > 0, 12 / %s)".formatted(wholes(d), name, name, name);
            case 5 -> "(%s ? %s : %s)".formatted(truth(d), wholes(d), wholes(d));
            default -> wholes(0);
        };
    }

    private String texts(int depth) {
        if (depth == 0) {
            return pick("ls", "['a', 'b']", "[s]");
        }
        int d = depth - 1;
        String name = "x" + loops++;
        return switch (random.nextInt(5)) {
            case 0 -> "[%s, %s]".formatted(text(d), text(d));
            case 1 -> "%s.map(%s, string(%s))".formatted(wholes(d), name, name);
            case 2 -> "%s.filter(%s, %s != '')".formatted(texts(d), name, name);
            case 3 -> "(%s + %s)".formatted(texts(d), texts(d));
            default -> texts(0);
        };
    }

    private String pick(String... choices) {
        return List.of(choices).get(random.nextInt(choices.length));
    }
}
