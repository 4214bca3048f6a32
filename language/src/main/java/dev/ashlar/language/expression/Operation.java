package dev.ashlar.language.expression;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The strict functions, each under the name by which the checked tree calls it.
enum Operation {
    ADD("_+_"),
    SUBTRACT("_-_"),
    MULTIPLY("_*_"),
    DIVIDE("_/_"),
    REMAINDER("_%_"),
    NEGATE("-_"),
    NOT("!_"),
    EQUAL("_==_"),
    DIFFERENT("_!=_"),
    LESS("_<_"),
    LESS_OR_EQUAL("_<=_"),
    GREATER("_>_"),
    GREATER_OR_EQUAL("_>=_"),
    IN("@in"),
    INDEX("_[_]"),
    SIZE("size"),
    STRING("string"),
    INT("int"),
    DOUBLE("double"),
    BOOL("bool"),
    STARTS_WITH("startsWith"),
    ENDS_WITH("endsWith"),
    CONTAINS("contains"),
    MATCHES("matches"),
    SPLIT("split"),
    JOIN("join"),
    REPLACE("replace"),
    TRIM("trim"),
    LOWER("lowerAscii"),
    UPPER("upperAscii"),
    FIRST("first"),
    SORTED("sorted"),
    DISTINCT("distinct"),
    LEAST("math.least"),
    GREATEST("math.greatest");

    private static final Map<String, Operation> BY_NAME = new HashMap<>();

    static {
        for (Operation operation : values()) {
            BY_NAME.put(operation.function, operation);
        }
    }

    private final String function;

    Operation(String function) {
        this.function = function;
    }

    String function() {
        return function;
    }

    static Optional<Operation> of(String function) {
        return Optional.ofNullable(BY_NAME.get(function));
    }
}
