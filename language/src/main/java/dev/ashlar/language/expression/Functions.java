package dev.ashlar.language.expression;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DOUBLE;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.TypeParamType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the checker knows of functions: exactly what the evaluator can do. (CEL's own standard set
/// has more, and declaring less makes each check cheaper.)
final class Functions {
    private static final List<CelType> SCALARS = List.of(INT, DOUBLE, STRING, BOOL);
    private static final CelType ELEMENT = TypeParamType.create("A");
    private static final CelType LIST = ListType.create(ELEMENT);
    private static final CelType MAP = MapType.create(STRING, ELEMENT);
    private static final CelType OPTIONAL = OptionalType.create(ELEMENT);

    private final Map<String, List<CelOverloadDecl>> overloads = new LinkedHashMap<>();

    private Functions() {
        operators();
        conversions();
        texts();
        lists();
        optionals();
    }

    static List<CelFunctionDecl> declarations() {
        return new Functions()
                .overloads.entrySet().stream()
                        .map(entry ->
                                CelFunctionDecl.newFunctionDeclaration(
                                        entry.getKey(), entry.getValue()))
                        .toList();
    }

    /// The names that a person may write, for hints.
    static Collection<String> names() {
        return new Functions()
                .overloads.keySet().stream()
                        .filter(name -> Character.isLetter(name.charAt(0)))
                        .toList();
    }

    private void operators() {
        for (CelType number : List.of(INT, DOUBLE)) {
            for (String operator : List.of("_+_", "_-_", "_*_", "_/_")) {
                global(operator, number, number, number);
            }
            global("-_", number, number);
        }
        global("_+_", STRING, STRING, STRING);
        global("_+_", LIST, LIST, LIST);
        global("_%_", INT, INT, INT);
        for (String operator : List.of("_<_", "_<=_", "_>_", "_>=_")) {
            SCALARS.forEach(type -> global(operator, BOOL, type, type));
        }
        global("_==_", BOOL, ELEMENT, ELEMENT);
        global("_!=_", BOOL, ELEMENT, ELEMENT);
        global("_&&_", BOOL, BOOL, BOOL);
        global("_||_", BOOL, BOOL, BOOL);
        global("!_", BOOL, BOOL);
        global("@not_strictly_false", BOOL, BOOL);
        global("_?_:_", ELEMENT, BOOL, ELEMENT, ELEMENT);
        global("@in", BOOL, ELEMENT, LIST);
        global("@in", BOOL, STRING, MAP);
        global("_[_]", ELEMENT, LIST, INT);
        global("_[_]", ELEMENT, MAP, STRING);
    }

    private void conversions() {
        SCALARS.forEach(type -> global("string", STRING, type));
        for (CelType type : List.of(INT, DOUBLE, STRING)) {
            global("int", INT, type);
            global("double", DOUBLE, type);
        }
        global("bool", BOOL, STRING);
        global("bool", BOOL, BOOL);
    }

    private void texts() {
        for (String name : List.of("startsWith", "endsWith", "contains", "matches")) {
            method(name, BOOL, STRING, STRING);
        }
        method("split", ListType.create(STRING), STRING, STRING);
        method("join", STRING, ListType.create(STRING));
        method("join", STRING, ListType.create(STRING), STRING);
        method("replace", STRING, STRING, STRING, STRING);
        method("trim", STRING, STRING);
        method("lowerAscii", STRING, STRING);
        method("upperAscii", STRING, STRING);
    }

    private void lists() {
        for (CelType type : List.of(STRING, LIST, MAP)) {
            global("size", INT, type);
            method("size", INT, type);
        }
        method("first", ELEMENT, LIST);
        method("distinct", LIST, LIST);
        SCALARS.forEach(type -> method("sorted", ListType.create(type), ListType.create(type)));
        for (String name : List.of("math.least", "math.greatest")) {
            for (CelType number : List.of(INT, DOUBLE)) {
                global(name, number, number, number);
                global(name, number, number, number, number);
                global(name, number, ListType.create(number));
            }
        }
    }

    private void optionals() {
        method("orValue", ELEMENT, OPTIONAL, ELEMENT);
        method("hasValue", BOOL, OPTIONAL);
        global("_[?_]", OPTIONAL, MAP, STRING);
    }

    private void global(String name, CelType result, CelType... parameters) {
        List<CelOverloadDecl> known = known(name);
        known.add(CelOverloadDecl.newGlobalOverload(id(name, known), result, parameters));
    }

    private void method(String name, CelType result, CelType... parameters) {
        List<CelOverloadDecl> known = known(name);
        known.add(CelOverloadDecl.newMemberOverload(id(name, known), result, parameters));
    }

    private List<CelOverloadDecl> known(String name) {
        return overloads.computeIfAbsent(name, _ -> new ArrayList<>());
    }

    private static String id(String name, List<CelOverloadDecl> known) {
        return name + "#" + known.size();
    }
}
