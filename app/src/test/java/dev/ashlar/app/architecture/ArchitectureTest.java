package dev.ashlar.app.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.SiteSpec;
import dev.ashlar.model.node.ProviderConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Holds the code against [Rooms].
class ArchitectureTest {
    /// Fewer would mean that the class path is not what this test thinks it is.
    private static final int LEAST_CLASSES = 300;

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.ashlar");

    /// Calls by which the core would learn what differs between two runs, or act on the world.
    private static final Map<String, Set<String>> IMPURE =
            Map.of(
                    "java.lang.System",
                            Set.of(
                                    "currentTimeMillis",
                                    "nanoTime",
                                    "getenv",
                                    "getProperty",
                                    "exit"),
                    "java.lang.Math", Set.of("random"),
                    "java.lang.Thread", Set.of("sleep", "start", "ofVirtual", "startVirtualThread"),
                    "java.time.Instant", Set.of("now"),
                    "java.time.LocalDate", Set.of("now"),
                    "java.time.LocalDateTime", Set.of("now"),
                    "java.time.ZonedDateTime", Set.of("now"),
                    "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system"),
                    "java.util.UUID", Set.of("randomUUID"));

    /// What hands things out in an order that differs from one process to the next: by the hashes
    /// of objects, or by the salt of the collections that do not change.
    private static final Map<String, Set<String>> UNORDERED =
            Map.of(
                    "java.util.HashMap", Set.of("<init>"),
                    "java.util.HashSet", Set.of("<init>"),
                    "java.util.Set", Set.of("copyOf"),
                    "java.util.Map", Set.of("copyOf"),
                    "java.util.stream.Collectors",
                            Set.of("toSet", "toUnmodifiableSet", "toUnmodifiableMap"));

    private static final List<String> IMPURE_TYPES =
            List.of(
                    "java.util.Random",
                    "java.util.concurrent.ThreadLocalRandom",
                    "java.security.SecureRandom",
                    "java.util.concurrent.Executor",
                    "java.util.concurrent.locks.",
                    "java.io.File",
                    "java.io.InputStream",
                    "java.io.OutputStream",
                    "java.nio.file.Files",
                    "java.nio.channels.",
                    "java.net.",
                    "java.lang.Process");

    @Test
    void thereAreClassesToJudgeInEveryModule() {
        assertThat(CLASSES).hasSizeGreaterThan(LEAST_CLASSES);
        System.out.println("architecture: " + CLASSES.size() + " classes");
        Set<String> modules = new TreeSet<>();
        CLASSES.forEach(c -> modules.add(Rooms.module(c.getPackageName())));
        assertThat(Rooms.MODULES.keySet()).containsAll(modules);
        assertThat(modules).contains("model", "language", "engine", "nodes", "store", "app");
    }

    @Test
    void modulesImportOnlyWhatTheTableAllows() {
        assertThat(
                        wrong(
                                _ -> true,
                                (from, to) ->
                                        to.startsWith("dev.ashlar.")
                                                && !Rooms.module(from).equals(Rooms.module(to))
                                                && !Rooms.MODULES
                                                        .getOrDefault(Rooms.module(from), Set.of())
                                                        .contains(Rooms.module(to))))
                .isEmpty();
    }

    @Test
    void librariesEnterOnlyTheirRooms() {
        assertThat(
                        wrong(
                                _ -> true,
                                (from, to) ->
                                        Rooms.LIBRARIES.entrySet().stream()
                                                .filter(library -> isOf(to, library.getKey()))
                                                .anyMatch(library ->
                                                        library.getValue().stream()
                                                                .noneMatch(room ->
                                                                        Rooms.isIn(from, room)))))
                .isEmpty();
    }

    @Test
    void noLibraryIsUsedThatTheTableDoesNotName() {
        assertThat(
                        wrong(
                                _ -> true,
                                (_, to) ->
                                        Rooms.EVERYWHERE.stream().noneMatch((to + ".")::startsWith)
                                                && Rooms.LIBRARIES.keySet().stream()
                                                        .noneMatch(library -> isOf(to, library))))
                .isEmpty();
    }

    @Test
    void noPackageImportsItselfInACircle() {
        slices().matching("dev.ashlar.(**)")
                .should()
                .beFreeOfCycles()
                // The one circle there is: a provider's failures are work's, work's scripts are the
                // composition's, and a site in the composition lists its providers.
                .ignoreDependency(SiteSpec.class, ProviderConfig.class)
                .ignoreDependency(Composition.class, ProviderConfig.class)
                .check(CLASSES);
    }

    @Test
    void theCoreDoesNotKnowItsShell() {
        assertThat(wrong(ArchitectureTest::isCore, (_, to) -> Rooms.isIn(to, "engine.shell")))
                .isEmpty();
    }

    @Test
    void theCoreHasNoClockNoChanceNoThreadsAndNoFiles() {
        assertThat(calls(ArchitectureTest::isCore, IMPURE)).isEmpty();
        List<String> types =
                dependencies(ArchitectureTest::isCore)
                        .filter(d ->
                                IMPURE_TYPES.stream()
                                        .anyMatch(d.getTargetClass().getName()::startsWith))
                        .map(Dependency::getDescription)
                        .toList();
        assertThat(types).isEmpty();
    }

    /// So that the same seed tells the same story in every process.
    @Test
    void whatIsSimulatedHasNoOrderOfChance() {
        assertThat(calls(ArchitectureTest::isSimulated, UNORDERED)).isEmpty();
    }

    @Test
    void onlyTheAppPrints() {
        List<String> prints =
                accesses(c -> !Rooms.isIn(c.getPackageName(), "app"))
                        .filter(a -> a.getTargetOwner().getName().equals("java.lang.System"))
                        .filter(a -> Set.of("out", "err").contains(a.getTarget().getName()))
                        .map(JavaAccess::getDescription)
                        .toList();
        assertThat(prints).isEmpty();
    }

    @Test
    void dataNeverNamesTheClassItBecomes() {
        List<String> unsafe =
                dependencies(_ -> true)
                        .filter(d -> {
                            String name = d.getTargetClass().getName();
                            return name.equals("java.io.ObjectInputStream")
                                    || name.contains(".jsontype.")
                                    || name.endsWith(".JsonTypeInfo");
                        })
                        .map(Dependency::getDescription)
                        .toList();
        assertThat(unsafe).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            JavaPackage room = type.getPackage();
            if (!room.isAnnotatedWith(NullMarked.class)) {
                unmarked.add(room.getName());
            }
        }
        assertThat(unmarked).isEmpty();
    }

    private static boolean isCore(JavaClass type) {
        return Rooms.CORE.stream().anyMatch(room -> Rooms.isIn(type.getPackageName(), room));
    }

    private static boolean isSimulated(JavaClass type) {
        return Stream.of("model", "engine", "simulation")
                        .anyMatch(room -> Rooms.isIn(type.getPackageName(), room))
                && !Rooms.isIn(type.getPackageName(), "engine.shell");
    }

    private static List<String> calls(
            Predicate<JavaClass> from, Map<String, Set<String>> forbidden) {
        return accesses(from)
                .filter(a ->
                        forbidden
                                .getOrDefault(a.getTargetOwner().getName(), Set.of())
                                .contains(a.getTarget().getName()))
                .map(JavaAccess::getDescription)
                .toList();
    }

    private static boolean isOf(String packageName, String library) {
        return packageName.equals(library) || packageName.startsWith(library + ".");
    }

    private interface Imports {
        boolean forbid(String fromPackage, String toPackage);
    }

    private static List<String> wrong(Predicate<JavaClass> origin, Imports rule) {
        return dependencies(origin)
                .filter(d -> !d.getTargetClass().getPackageName().isEmpty())
                .filter(d ->
                        rule.forbid(
                                d.getOriginClass().getPackageName(),
                                d.getTargetClass().getPackageName()))
                .map(Dependency::getDescription)
                .distinct()
                .limit(50)
                .toList();
    }

    private static Stream<Dependency> dependencies(Predicate<JavaClass> origin) {
        return CLASSES.stream()
                .filter(origin)
                .flatMap(c -> c.getDirectDependenciesFromSelf().stream());
    }

    private static Stream<JavaAccess<?>> accesses(Predicate<JavaClass> origin) {
        return CLASSES.stream().filter(origin).flatMap(c -> c.getAccessesFromSelf().stream());
    }
}
