package dev.ashlar.language.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.ashlar.model.type.Type;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The types of an environment as CEL knows them, and back. A secret is its plain type to CEL, and
/// so is an optional variable or field: both are checked by [Translation].
// Filled in the constructor and only read afterwards, which the check cannot see.
@SuppressWarnings("Immutable")
final class TypeNames implements CelTypeProvider {

    /// The type of what is in an empty list or map: fits wherever it is put.
    static final Type ANY = Type.Struct.of("anything", Map.of());

    private final Map<String, Type.Struct> structs = new LinkedHashMap<>();
    private final Map<Type.Struct, String> names = new HashMap<>();
    private final Map<String, CelType> celTypes = new HashMap<>();
    private final Collection<String> creatable;

    TypeNames(Environment environment) {
        creatable = environment.types().keySet();
        environment.types().forEach((name, struct) -> enter(name, struct));
        environment.types().values().forEach(this::enterNested);
        environment.variables().values().forEach(this::enterNested);
        // Of those that have two names, the second.
        environment
                .types()
                .forEach((name, struct) -> celTypes.computeIfAbsent(name, _ -> celStruct(struct)));
    }

    /// The names under which an expression may create a structure.
    Collection<String> creatable() {
        return creatable;
    }

    Collection<Type.Struct> structs() {
        return structs.values();
    }

    Optional<Type.Struct> struct(String celName) {
        return Optional.ofNullable(structs.get(celName));
    }

    private void enterNested(Type type) {
        switch (type) {
            case Type.Scalar _ -> {}
            case Type.ListOf(Type element) -> enterNested(element);
            case Type.MapOf(Type value) -> enterNested(value);
            case Type.OptionalOf(Type value) -> enterNested(value);
            case Type.Secret(Type value) -> enterNested(value);
            case Type.Struct struct -> {
                if (!names.containsKey(struct)) {
                    String name = struct.name();
                    while (structs.containsKey(name)) {
                        name += "_";
                    }
                    enter(name, struct);
                }
                if (!celTypes.containsKey(name(struct))) {
                    celTypes.put(name(struct), celStruct(struct));
                    struct.fields().values().forEach(this::enterNested);
                }
            }
        }
    }

    private void enter(String name, Type.Struct struct) {
        structs.put(name, struct);
        names.putIfAbsent(struct, name);
    }

    private String name(Type.Struct struct) {
        return names.getOrDefault(struct, struct.name());
    }

    private CelType celStruct(Type.Struct struct) {
        return StructType.create(
                name(struct),
                ImmutableSet.copyOf(struct.fields().keySet()),
                field -> Optional.ofNullable(struct.fields().get(field)).map(this::celOfReadable));
    }

    /// A variable's or a field's type.
    CelType celOfReadable(Type type) {
        return switch (type) {
            case Type.OptionalOf(Type value) -> celOfReadable(value);
            case Type.Secret(Type value) -> celOfReadable(value);
            default -> cel(type);
        };
    }

    private CelType cel(Type type) {
        return switch (type) {
            case Type.Scalar scalar ->
                    switch (scalar) {
                        case TEXT -> SimpleType.STRING;
                        case INT -> SimpleType.INT;
                        case REAL -> SimpleType.DOUBLE;
                        case BOOL -> SimpleType.BOOL;
                    };
            case Type.ListOf(Type element) -> ListType.create(cel(element));
            case Type.MapOf(Type value) -> MapType.create(SimpleType.STRING, cel(value));
            case Type.OptionalOf(Type value) -> OptionalType.create(cel(value));
            case Type.Secret(Type value) -> cel(value);
            case Type.Struct struct -> StructTypeReference.create(name(struct));
        };
    }

    /// Our type for a type that the checker found; empty for one that the language does not have.
    Optional<Type> type(CelType type) {
        return switch (type.kind()) {
            case STRING -> Optional.of(Type.Scalar.TEXT);
            case INT -> Optional.of(Type.Scalar.INT);
            case DOUBLE -> Optional.of(Type.Scalar.REAL);
            case BOOL -> Optional.of(Type.Scalar.BOOL);
            case LIST -> type(((ListType) type).elemType()).map(Type::listOf);
            case MAP -> {
                MapType map = (MapType) type;
                boolean text = isAny(map.keyType()) || map.keyType().equals(SimpleType.STRING);
                yield text ? type(map.valueType()).map(Type::mapOf) : Optional.empty();
            }
            case STRUCT -> struct(type.name()).map(struct -> struct);
            case OPAQUE ->
                    type instanceof OptionalType optional
                            ? type(optional.parameters().getFirst()).map(Type::optionalOf)
                            : Optional.empty();
            default -> isAny(type) ? Optional.of(ANY) : Optional.empty();
        };
    }

    private static boolean isAny(CelType type) {
        return switch (type.kind()) {
            case DYN, TYPE_PARAM -> true;
            default -> false;
        };
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return ImmutableList.copyOf(celTypes.values());
    }

    @Override
    public Optional<CelType> findType(String name) {
        return Optional.ofNullable(celTypes.get(name));
    }
}
