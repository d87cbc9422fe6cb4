package freehold;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Gives this process another environment: a worker that was started ahead of demand learns its function's only with
 * INIT, others have been started with a variable more, and a virtual machine has no way to change its own.
 *
 * <p>The C library's variable {@code environ} is pointed at a new list, so that everything sees it that comes later:
 * {@link System#getenv}, which reads the variable when it is first used, native code, and the processes that the
 * function starts. Nothing here may ask for the environment before.
 */
final class Environ {
    private static final int POINTER_BYTES = 8;

    private final Object unsafe;
    private final Method allocate;
    private final Method copy;
    private final long arrayOffset;
    private final long variable;

    /** Finds everything that is needed. Fails where this Java has it elsewhere; workers are then not started early. */
    Environ() throws ReflectiveOperationException {
        Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
        unsafe = type.getMethod("getUnsafe").invoke(null);
        allocate = type.getMethod("allocateMemory", long.class);
        copy = type.getMethod("copyMemory", Object.class, long.class, Object.class, long.class, long.class);
        arrayOffset = ((Number) type.getMethod("arrayBaseOffset", Class.class).invoke(unsafe, byte[].class)).longValue();
        variable = symbol("environ");
        if (variable == 0) {
            throw new NoSuchFieldException("environ");
        }
    }

    /** The address of a symbol in the libraries of the virtual machine, or 0. */
    private static long symbol(String name) throws ReflectiveOperationException {
        if (Runtime.version().feature() < 15) {
            Method find = ClassLoader.class.getDeclaredMethod("findNative", ClassLoader.class, String.class);
            find.setAccessible(true);
            return (long) find.invoke(null, null, name);
        }
        Object libraries = Class.forName("jdk.internal.loader.BootLoader").getMethod("getNativeLibraries").invoke(null);
        return (long) Class.forName("jdk.internal.loader.NativeLibraries").getMethod("find", String.class).invoke(libraries, name);
    }

    /** Makes these the environment. The old list stays where it is: somebody may hold a pointer into it. */
    void replace(Map<String, Object> variables) throws ReflectiveOperationException {
        replace(variables, variable);
    }

    /** Does the same to a variable of its own. */
    void rehearse() throws ReflectiveOperationException {
        replace(Map.of("REHEARSAL", "value"), (long) allocate.invoke(unsafe, (long) POINTER_BYTES));
    }

    private void replace(Map<String, Object> variables, long pointer) throws ReflectiveOperationException {
        List<byte[]> entries = new ArrayList<>();
        int bytes = 0;
        for (Map.Entry<String, Object> entry : variables.entrySet()) {
            byte[] text = (entry.getKey() + "=" + entry.getValue() + "\0").getBytes(StandardCharsets.UTF_8);
            entries.add(text);
            bytes += text.length;
        }
        int table = (entries.size() + 1) * POINTER_BYTES;
        ByteBuffer block = ByteBuffer.allocate(table + bytes).order(ByteOrder.nativeOrder());
        long start = (long) allocate.invoke(unsafe, (long) block.capacity());
        long next = start + table;
        for (byte[] text : entries) {
            block.putLong(next);
            next += text.length;
        }
        block.putLong(0);
        for (byte[] text : entries) {
            block.put(text);
        }
        write(block.array(), start);
        write(ByteBuffer.allocate(POINTER_BYTES).order(ByteOrder.nativeOrder()).putLong(start).array(), pointer);
    }

    private void write(byte[] bytes, long address) throws ReflectiveOperationException {
        copy.invoke(unsafe, bytes, arrayOffset, null, address, (long) bytes.length);
    }
}
