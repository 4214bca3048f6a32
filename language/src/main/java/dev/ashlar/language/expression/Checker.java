package dev.ashlar.language.expression;

import dev.cel.checker.CelChecker;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.CelVarDecl;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.List;

/// CEL's parser and checker, set up for one environment.
final class Checker {
    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .enableOptionalSyntax(true)
                    .enableHiddenAccumulatorVar(true)
                    .maxParseRecursionDepth(ExpressionCompiler.DEPTH_MAX)
                    .build();
    private static final List<CelFunctionDecl> FUNCTIONS = Functions.declarations();
    private static final CelParser PARSER =
            CelParserFactory.standardCelParserBuilder()
                    .setStandardMacros(
                            CelStandardMacro.HAS,
                            CelStandardMacro.ALL,
                            CelStandardMacro.EXISTS,
                            CelStandardMacro.EXISTS_ONE,
                            CelStandardMacro.MAP,
                            CelStandardMacro.MAP_FILTER,
                            CelStandardMacro.FILTER)
                    .addMacros(Collecting.MACRO)
                    .setOptions(OPTIONS)
                    .build();

    private final Environment environment;
    private final TypeNames names;
    private final CelChecker checker;

    Checker(Environment environment) {
        this.environment = environment;
        this.names = new TypeNames(environment);
        var builder =
                CelCompilerFactory.standardCelCheckerBuilder()
                        .setStandardEnvironmentEnabled(false)
                        .setOptions(OPTIONS)
                        .setTypeProvider(names)
                        .addFunctionDeclarations(FUNCTIONS);
        environment
                .variables()
                .forEach((name, type) ->
                        builder.addVarDeclarations(
                                CelVarDecl.newVarDeclaration(name, names.celOfReadable(type))));
        this.checker = builder.build();
    }

    Environment environment() {
        return environment;
    }

    TypeNames names() {
        return names;
    }

    static CelValidationResult parse(String text) {
        return PARSER.parse(text);
    }

    CelValidationResult check(CelAbstractSyntaxTree parsed) {
        return checker.check(parsed);
    }

    /// The tree of a result that has no errors.
    static CelAbstractSyntaxTree tree(CelValidationResult result) {
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw new IllegalStateException("asked for the tree of a result with errors", e);
        }
    }
}
