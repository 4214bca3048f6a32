package dev.ashlar.store.vault;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Somebody who may read what everybody may: root itself is refused nothing.
final class Nobody {
    private static final int NOBODY = 65_534;

    private Nobody() {}

    /// Has the files that are opened in between seen by nobody instead of root. Of Linux only this
    /// thread is another: what a thread may read goes by its setfsuid(2). For any user but root
    /// that does nothing, and nothing is needed.
    static void sees(Runnable deed) throws Throwable {
        int before = (int) setfsuid().invokeExact(NOBODY);
        try {
            deed.run();
        } finally {
            int _ = (int) setfsuid().invokeExact(before);
        }
    }

    @SuppressWarnings("restricted") // The JVM of the tests is started with access to it.
    private static MethodHandle setfsuid() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setfsuid"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }
}
