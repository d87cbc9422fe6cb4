package freehold;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A function's handler, whatever its form: bytes in, bytes out. */
interface Handler {
    byte[] handle(byte[] event, Context context) throws Throwable;

    /** A handler that cannot be used; `kind` is what the error document says. */
    final class Unusable extends Exception {
        private static final long serialVersionUID = 1;
        final String kind;

        Unusable(String kind, String message, Throwable cause) {
            super(message, cause);
            this.kind = kind;
        }
    }

    /** `package.Class` or `package.Class::method`. */
    static Handler load(String name, ClassLoader loader) throws Throwable {
        String[] parts = name.split("::", -1);
        if (parts.length > 2 || parts[0].isEmpty()) {
            throw new Unusable("java.lang.IllegalArgumentException", name + " is not a valid handler name", null);
        }
        Class<?> type;
        try {
            type = Class.forName(parts[0], true, loader);
        } catch (ClassNotFoundException e) {
            throw new Unusable("java.lang.ClassNotFoundException", "Class not found: " + parts[0], e);
        } catch (ExceptionInInitializerError e) {
            throw e.getCause() == null ? e : e.getCause();
        }
        String method = parts.length == 2 ? parts[1] : "handleRequest";
        boolean isInterface = method.equals("handleRequest");
        if (isInterface && RequestStreamHandler.class.isAssignableFrom(type)) {
            RequestStreamHandler handler = (RequestStreamHandler) instance(type);
            return (event, context) -> {
                ByteArrayOutputStream answer = new ByteArrayOutputStream();
                handler.handleRequest(new ByteArrayInputStream(event), answer, context);
                return answer.toByteArray();
            };
        }
        if (isInterface && RequestHandler.class.isAssignableFrom(type)) {
            Type input = Types.argumentsOf(type, RequestHandler.class)[0];
            @SuppressWarnings("unchecked")
            RequestHandler<Object, Object> handler = (RequestHandler<Object, Object>) instance(type);
            return (event, context) -> bytes(handler.handleRequest(object(event, input), context));
        }
        if (parts.length == 1) {
            String message = "Class " + parts[0] + " does not implement an appropriate handler interface";
            throw new Unusable("java.lang.ClassNotFoundException", message, null);
        }
        return of(type, method);
    }

    private static Handler of(Class<?> type, String name) throws Throwable {
        // With most parameters first, as documented; bridges repeat a method with less precise types.
        Method best = Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name) && !method.isBridge() && isHandler(method))
                .max((a, b) -> Integer.compare(a.getParameterCount(), b.getParameterCount()))
                .orElseThrow(() -> new Unusable("java.lang.NoSuchMethodException",
                        "No public method named " + name + " with appropriate method signature found on class " + type.getName(), null));
        best.setAccessible(true);
        Object target = Modifier.isStatic(best.getModifiers()) ? null : instance(type);
        Class<?>[] types = best.getParameterTypes();
        Type[] generic = best.getGenericParameterTypes();
        boolean isStream = types.length >= 2 && types[0] == InputStream.class && types[1] == OutputStream.class;
        return (event, context) -> {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            Object[] arguments = new Object[types.length];
            for (int i = 0; i < types.length; i++) {
                if (types[i] == Context.class) {
                    arguments[i] = context;
                } else if (types[i] == InputStream.class) {
                    arguments[i] = new ByteArrayInputStream(event);
                } else if (types[i] == OutputStream.class) {
                    arguments[i] = answer;
                } else {
                    arguments[i] = object(event, generic[i]);
                }
            }
            try {
                Object result = best.invoke(target, arguments);
                return isStream ? answer.toByteArray() : best.getReturnType() == void.class ? "null".getBytes(StandardCharsets.UTF_8) : bytes(result);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
    }

    /** (), (Context), (T), (T, Context), (InputStream, OutputStream), (InputStream, OutputStream, Context). */
    private static boolean isHandler(Method method) {
        Class<?>[] types = method.getParameterTypes();
        boolean hasContext = types.length > 0 && types[types.length - 1] == Context.class;
        int others = hasContext ? types.length - 1 : types.length;
        return others < 2 || others == 2 && types[0] == InputStream.class && types[1] == OutputStream.class;
    }

    private static Object instance(Class<?> type) throws Throwable {
        try {
            return type.getConstructor().newInstance();
        } catch (NoSuchMethodException e) {
            String message = "Class " + type.getName() + " must have a public zero-argument constructor";
            throw new Unusable("java.lang.NoSuchMethodException", message, e);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object object(byte[] event, Type type) {
        String text = new String(event, StandardCharsets.UTF_8);
        try {
            return Beans.read(Json.parse(text), type);
        } catch (Json.Malformed | Beans.Mismatch e) {
            throw new RuntimeException("An error occurred during JSON parsing", e);
        }
    }

    private static byte[] bytes(Object result) {
        try {
            return Json.write(Beans.plain(result)).getBytes(StandardCharsets.UTF_8);
        } catch (Beans.Mismatch | IllegalArgumentException e) {
            throw new RuntimeException("An error occurred during JSON serialization of response", e);
        }
    }
}
