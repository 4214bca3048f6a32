package dev.ashlar.model.fact;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.type.Type.Scalar;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a component may ask of its node: the table that the language, the program that gathers
/// them, `explain facts` and the reference follow. A constant's place in it has no meaning.
public enum Fact {
    OS_FAMILY(
            "os.family",
            Scalar.TEXT,
            Stability.FIXED,
            "debian, redhat, suse, alpine, arch, or other"),
    OS_ID("os.id", Scalar.TEXT, Stability.FIXED, "As the system calls itself: debian, ubuntu …"),
    OS_VERSION(
            "os.version",
            Scalar.TEXT,
            Stability.FIXED,
            "Its version (12, 24.04 …); empty where it has none"),
    OS_CODENAME(
            "os.codename",
            Scalar.TEXT,
            Stability.FIXED,
            "Its release's name (bookworm …); empty where it has none"),
    OS_KERNEL("os.kernel", Scalar.TEXT, Stability.BOOT, "The kernel's release, as `uname -r`"),
    CPU_ARCHITECTURE(
            "cpu.architecture",
            Scalar.TEXT,
            Stability.FIXED,
            "amd64, arm64, 386, armv7 …; what has no such name as `uname -m` says"),
    CPU_COUNT("cpu.count", Scalar.INT, Stability.BOOT, "How many processors are in use"),
    MEMORY_MEGABYTES(
            "memory.megabytes", Scalar.INT, Stability.BOOT, "All memory, in units of 1024² bytes"),
    HOST_NAME("host.name", Scalar.TEXT, Stability.BOOT, "What the machine calls itself"),
    DISK_ROOT_FREE_MEGABYTES(
            "disk.root_free_megabytes",
            Scalar.INT,
            Stability.VOLATILE,
            "What is free on the file system of /, in units of 1024² bytes"),
    MEMORY_FREE_MEGABYTES(
            "memory.free_megabytes",
            Scalar.INT,
            Stability.VOLATILE,
            "Memory that can be had without swapping, in units of 1024² bytes");

    /// How long a fact stays as it is.
    public enum Stability {
        /// As long as the machine is the same.
        FIXED,
        /// Until the machine is started again.
        BOOT,
        /// It changes at any time.
        VOLATILE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Under this name expressions find them at their `node`; no person can.
    public static final String VARIABLE = "facts()";

    private static final Duration FRESH = Duration.ofMinutes(1);

    private final String word;
    private final Type type;
    private final Stability stability;
    private final String doc;

    Fact(String word, Type type, Stability stability, String doc) {
        this.word = word;
        this.type = type;
        this.stability = stability;
        this.doc = doc;
    }

    /// As files name it; also what it is called among the outputs of what gathers it.
    public String word() {
        return word;
    }

    public Type type() {
        return type;
    }

    public Stability stability() {
        return stability;
    }

    /// What it is, in one line.
    public String doc() {
        return doc;
    }

    public boolean isVolatile() {
        return stability == Stability.VOLATILE;
    }

    /// How long a value of it is good for, where that is less than for ever.
    public Optional<Duration> validFor() {
        return isVolatile() ? Optional.of(FRESH) : Optional.empty();
    }

    /// As expressions read it.
    public List<String> path() {
        return List.of("node", VARIABLE, word);
    }

    /// The vertex that gathers it on a node.
    public InstanceKey gatheredBy(String node) {
        return isVolatile() ? InstanceKey.measures(node) : InstanceKey.facts(node);
    }

    /// The fact of that name.
    public static Optional<Fact> of(String word) {
        return Arrays.stream(values()).filter(fact -> fact.word.equals(word)).findFirst();
    }

    /// All that change at any time, or all others: they are gathered together.
    public static List<Fact> all(boolean isVolatile) {
        return Arrays.stream(values()).filter(fact -> fact.isVolatile() == isVolatile).toList();
    }
}
