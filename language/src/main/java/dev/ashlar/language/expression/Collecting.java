package dev.ashlar.language.expression;

import dev.ashlar.model.composition.Collected;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelMacro;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `collect(TYPE)` takes the name of a type, which is no value: the parser makes it a field of that
/// name, and what is wrong with that is said here in the words of who wrote it.
final class Collecting {
    static final CelMacro MACRO =
            CelMacro.newGlobalVarArgMacro(
                    "collect",
                    (exprs, _, arguments) ->
                            Optional.of(
                                    exprs.newSelect(
                                            exprs.newIdentifier(Collected.NAME),
                                            field(arguments),
                                            false)));

    /// The field that stands for what is no name of a type; there is none such.
    private static final String NO_NAME = "()";

    private static final Set<String> SCALARS = Set.of("string", "int", "double", "bool");

    private Collecting() {}

    private static String field(List<CelExpr> arguments) {
        String name = arguments.size() == 1 ? name(arguments.getFirst()) : "";
        return name.isEmpty() ? NO_NAME : name;
    }

    /// The name that an argument is; nothing for anything else.
    private static String name(CelExpr argument) {
        return switch (argument.getKind()) {
            case IDENT -> {
                String plain = argument.ident().name();
                yield plain.equals(Collected.NAME) ? "" : plain;
            }
            case SELECT -> {
                String outer = name(argument.select().operand());
                yield outer.isEmpty() || argument.select().testOnly()
                        ? ""
                        : outer + "." + argument.select().field();
            }
            default -> "";
        };
    }

    /// What is wrong with a field that the checker does not know.
    ///
    /// @param offset of the parenthesis
    static Diagnostic problem(String field, int offset, Source source, Environment environment) {
        return field.equals(NO_NAME)
                ? problem("", source.span(source.nameBefore(offset)), environment)
                : problem(
                        field,
                        source.span(source.nameFrom(offset).offset(), field.length()),
                        environment);
    }

    /// @param name as it was written; empty for what is none
    static Diagnostic problem(String name, Span at, Environment environment) {
        if (!environment.variables().containsKey(Collected.NAME)) {
            return Diagnostic.of(Code.ASH0206, at, "nothing can be collected here");
        }
        if (name.isEmpty()) {
            return Diagnostic.of(
                            Code.ASH0203,
                            at,
                            "collect() takes the name of one type that a pack declares")
                    .withHelp("write it like collect(lb.Member)");
        }
        Diagnostic problem = Diagnostic.of(Code.ASH0107, at, words(name, environment));
        return help(name, environment).map(problem::withHelp).orElse(problem);
    }

    private static String words(String name, Environment environment) {
        if (SCALARS.contains(name)) {
            return "\"" + name + "\" is no type that a pack declares";
        }
        return environment.types().containsKey(name)
                ? "type \"" + name + "\" is the component's own, which no other can publish"
                : "unknown type \"" + name + "\"";
    }

    private static Optional<String> help(String name, Environment environment) {
        if (SCALARS.contains(name) || environment.types().containsKey(name)) {
            return Optional.of("declare a structure for it under types: in pack.yaml");
        }
        return Spelling.typeHint(name, known(environment))
                .or(() -> Optional.of("a type that is collected is declared in a pack.yaml"));
    }

    /// Under their full names where they have two.
    private static Collection<String> known(Environment environment) {
        Set<String> known = new LinkedHashSet<>();
        if (environment.variables().get(Collected.NAME) instanceof Type.Struct all) {
            known.addAll(all.fields().keySet());
        }
        List<String> full = known.stream().filter(name -> name.contains(".")).toList();
        return full.isEmpty() ? known : full;
    }
}
