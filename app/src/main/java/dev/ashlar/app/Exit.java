package dev.ashlar.app;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Ends the process without the third of a second that the virtual machine waits, at its own exit,
/// for threads in native code: the poller of virtual threads always is in it once a connection was
/// open. Nothing is left to be done by then: what matters is durable when it is reported, and a
/// shutdown hook of this program is for an end by a signal alone.
final class Exit {
    private static final Optional<MethodHandle> AT_ONCE = atOnce();

    private Exit() {}

    @SuppressWarnings("restricted") // the launcher permits native access
    private static Optional<MethodHandle> atOnce() {
        // Where the database's library was unpacked for this process, it is removed at its exit.
        if (System.getProperty("org.sqlite.lib.path") == null) {
            return Optional.empty();
        }
        try {
            Linker linker = Linker.nativeLinker();
            return linker.defaultLookup()
                    .find("_exit")
                    .map(function ->
                            linker.downcallHandle(
                                    function, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)));
        } catch (UnsupportedOperationException | LinkageError | IllegalCallerException _) {
            return Optional.empty();
        }
    }

    /// Takes time the first time; harmless at any.
    static void preload() {
        // The handle is made when the class is.
    }

    static void with(int code) {
        System.out.flush();
        System.err.flush();
        AT_ONCE.ifPresent(handle -> {
            try {
                handle.invokeExact(code);
            } catch (Throwable e) {
                throw new IllegalStateException("a process cannot end", e);
            }
        });
        System.exit(code);
    }
}
