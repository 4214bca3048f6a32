import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Readies jars for a fast start, without a change to what their classes do: the virtual machine lays
/// out ready to use neither classes of an old form, which it verifies by inference at every start, nor
/// those of a signed jar, whose signature it checks at every start. Old classes get maps of their
/// stack; signatures are taken away, for Maven has compared the whole jar with its checksum. Run by
/// the launcher, from its source: `java Renew.java FOLDER-OF-JARS`.
final class Renew {
    /// The last form that has no maps of the stack.
    private static final int OLD = ClassFile.JAVA_5_VERSION;

    private static final Pattern SIGNATURE = Pattern.compile("/META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

    private Renew() {}

    public static void main(String[] arguments) throws IOException {
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(Path.of(arguments[0]), "*.jar")) {
            for (Path jar : jars) {
                try (FileSystem inside =
                        FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
                    renew(inside);
                }
            }
        }
    }

    private static void renew(FileSystem inside) throws IOException {
        ClassFile classes =
                ClassFile.of(
                        StackMapsOption.GENERATE_STACK_MAPS,
                        ClassHierarchyResolverOption.of(hierarchy(inside)));
        for (Path file : files(inside)) {
            if (SIGNATURE.matcher(file.toString()).matches()) {
                Files.delete(file);
            } else if (file.toString().endsWith(".class") && !file.startsWith("/META-INF")) {
                ClassModel old = classes.parse(Files.readAllBytes(file));
                if (old.majorVersion() <= OLD) {
                    Files.write(file, classes.transformClass(old, renewing()));
                }
            }
        }
    }

    private static ClassHierarchyResolver hierarchy(FileSystem inside) {
        return ClassHierarchyResolver.ofResourceParsing(type -> {
                    String name = type.descriptorString();
                    Path file = inside.getPath(name.substring(1, name.length() - 1) + ".class");
                    try {
                        return Files.exists(file) ? Files.newInputStream(file) : null;
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .orElse(ClassHierarchyResolver.defaultResolver());
    }

    private static List<Path> files(FileSystem inside) throws IOException {
        try (Stream<Path> all = Files.walk(inside.getPath("/"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /// Code is built anew, with maps of its stack.
    private static ClassTransform renewing() {
        MethodTransform anew = MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL);
        return (builder, element) -> {
            switch (element) {
                case ClassFileVersion _ -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
                case MethodModel method -> builder.transformMethod(method, anew);
                default -> builder.with(element);
            }
        };
    }
}
