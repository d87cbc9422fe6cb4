package freehold;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Objects from and to what {@link Json} knows: beans by their getters, setters and public fields, and records. */
final class Beans {
    private static final int DEPTH_MAX = 500;

    private Beans() {}

    /** A value that does not fit its type. */
    static final class Mismatch extends RuntimeException {
        private static final long serialVersionUID = 1;

        Mismatch(String message, Throwable cause) {
            super(message, cause);
        }
    }

    // Reading

    static Object read(Object value, Type type) {
        Class<?> raw = Types.raw(type);
        if (value == null) {
            return raw.isPrimitive() ? zero(raw) : raw == Optional.class ? Optional.empty() : null;
        }
        if (raw == Object.class || raw == Void.class || raw == void.class) {
            return raw == Object.class ? value : null;
        }
        if (raw == Optional.class) {
            return Optional.of(read(value, Types.argument(type, 0)));
        }
        if (value instanceof Map) {
            return Map.class.isAssignableFrom(raw) ? map((Map<?, ?>) value, type, raw) : bean((Map<?, ?>) value, raw);
        }
        if (value instanceof List) {
            return items((List<?>) value, type, raw);
        }
        return scalar(value, raw);
    }

    private static Object zero(Class<?> raw) {
        return Array.get(Array.newInstance(raw, 1), 0);
    }

    private static Map<Object, Object> map(Map<?, ?> value, Type type, Class<?> raw) {
        Map<Object, Object> result = SortedMap.class.isAssignableFrom(raw) ? new TreeMap<>() : made(raw, new LinkedHashMap<>());
        Type keys = Types.argument(type, 0);
        Type values = type instanceof Class ? Object.class : Types.argument(type, 1);
        for (Map.Entry<?, ?> entry : value.entrySet()) {
            Object key = keys == Object.class ? entry.getKey() : scalar(entry.getKey(), Types.raw(keys));
            result.put(key, read(entry.getValue(), values));
        }
        return result;
    }

    private static Object items(List<?> value, Type type, Class<?> raw) {
        if (raw.isArray()) {
            Object array = Array.newInstance(raw.getComponentType(), value.size());
            for (int i = 0; i < value.size(); i++) {
                Array.set(array, i, read(value.get(i), raw.getComponentType()));
            }
            return array;
        }
        if (!Iterable.class.isAssignableFrom(raw)) {
            throw new Mismatch("Cannot deserialize value of type `" + raw.getName() + "` from Array value", null);
        }
        Collection<Object> result = SortedSet.class.isAssignableFrom(raw)
                ? new TreeSet<>()
                : Set.class.isAssignableFrom(raw) ? made(raw, new LinkedHashSet<>()) : made(raw, new ArrayList<>());
        Type item = Types.argument(type, 0);
        for (Object entry : value) {
            result.add(read(entry, item));
        }
        return result;
    }

    /** An instance of a concrete collection class, or the given one for interfaces. */
    @SuppressWarnings("unchecked")
    private static <T> T made(Class<?> raw, T usual) {
        if (raw.isInstance(usual)) {
            return usual;
        }
        try {
            return (T) raw.getConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new Mismatch("Cannot construct instance of `" + raw.getName() + "`", e);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object scalar(Object value, Class<?> raw) {
        String text = value.toString();
        try {
            if (raw == String.class || raw == CharSequence.class) {
                return text;
            }
            if (raw == int.class || raw == Integer.class) {
                return number(value).intValueExact();
            }
            if (raw == long.class || raw == Long.class) {
                return number(value).longValueExact();
            }
            if (raw == double.class || raw == Double.class) {
                return Double.valueOf(text);
            }
            if (raw == float.class || raw == Float.class) {
                return Float.valueOf(text);
            }
            if (raw == short.class || raw == Short.class) {
                return number(value).shortValueExact();
            }
            if (raw == byte.class || raw == Byte.class) {
                return number(value).byteValueExact();
            }
            if (raw == boolean.class || raw == Boolean.class) {
                if (value instanceof Boolean || text.equals("true") || text.equals("false")) {
                    return Boolean.valueOf(text);
                }
            } else if (raw == char.class || raw == Character.class) {
                if (text.length() == 1) {
                    return text.charAt(0);
                }
            } else if (raw == BigInteger.class) {
                return number(value);
            } else if (raw == BigDecimal.class || raw == Number.class) {
                return raw == Number.class && value instanceof Number ? value : new BigDecimal(text);
            } else if (raw == byte[].class) {
                return Base64.getDecoder().decode(text);
            } else if (raw == ByteBuffer.class) {
                return ByteBuffer.wrap(Base64.getDecoder().decode(text));
            } else if (raw == Date.class) {
                return value instanceof Number
                        ? new Date(((Number) value).longValue())
                        : Date.from(java.time.OffsetDateTime.parse(text).toInstant());
            } else if (raw == java.time.Instant.class) {
                return java.time.Instant.parse(text);
            } else if (raw == java.util.UUID.class) {
                return java.util.UUID.fromString(text);
            } else if (raw.isEnum()) {
                return Enum.valueOf((Class) raw, text);
            } else if (raw.isInstance(value)) {
                return value;
            }
        } catch (RuntimeException e) {
            throw new Mismatch("Cannot deserialize value of type `" + raw.getName() + "` from \"" + text + "\": " + e.getMessage(), e);
        }
        throw new Mismatch("Cannot deserialize value of type `" + raw.getName() + "` from \"" + text + "\"", null);
    }

    private static BigInteger number(Object value) {
        // As AWS's client does, a fraction is cut off.
        return value instanceof Number || value instanceof String ? new BigDecimal(value.toString()).toBigInteger() : new BigInteger("x");
    }

    private static Object bean(Map<?, ?> members, Class<?> raw) {
        try {
            if (isRecord(raw)) {
                return record(members, raw);
            }
            Constructor<?> constructor = raw.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object bean = constructor.newInstance();
            for (Map.Entry<?, ?> member : members.entrySet()) {
                set(bean, raw, String.valueOf(member.getKey()), member.getValue());
            }
            return bean;
        } catch (InvocationTargetException e) {
            throw new Mismatch("Problem deserializing `" + raw.getName() + "`: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new Mismatch("Cannot construct instance of `" + raw.getName() + "` (no Creators, like default constructor, exist)", e);
        }
    }

    /** Members that the class doesn't have are passed over. */
    private static void set(Object bean, Class<?> raw, String name, Object value) throws ReflectiveOperationException {
        for (Method method : raw.getMethods()) {
            boolean isSetter = method.getName().startsWith("set") && method.getParameterCount() == 1
                    && !Modifier.isStatic(method.getModifiers()) && !method.isBridge();
            if (isSetter && matches(property(method.getName().substring(3)), method.getName().substring(3), name)) {
                method.setAccessible(true);
                method.invoke(bean, read(value, method.getGenericParameterTypes()[0]));
                return;
            }
        }
        for (Field field : raw.getFields()) {
            int modifiers = field.getModifiers();
            if (field.getName().equals(name) && !Modifier.isStatic(modifiers) && !Modifier.isFinal(modifiers)) {
                field.set(bean, read(value, field.getGenericType()));
                return;
            }
        }
    }

    /** Event classes of AWS's libraries spell some members as the service does: `Records` for setRecords. */
    private static boolean matches(String property, String asWritten, String name) {
        return property.equals(name) || asWritten.equals(name) || property.equalsIgnoreCase(name.replace("_", "").replace("-", ""));
    }

    // Records exist since Java 16, this is compiled for 11.

    private static boolean isRecord(Class<?> raw) {
        Class<?> parent = raw.getSuperclass();
        return parent != null && parent.getName().equals("java.lang.Record");
    }

    private static Object[] components(Class<?> raw) throws ReflectiveOperationException {
        return (Object[]) Class.class.getMethod("getRecordComponents").invoke(raw);
    }

    private static Object record(Map<?, ?> members, Class<?> raw) throws ReflectiveOperationException {
        Object[] components = components(raw);
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Class<?> component = components[i].getClass();
            types[i] = (Class<?>) component.getMethod("getType").invoke(components[i]);
            Type generic = (Type) component.getMethod("getGenericType").invoke(components[i]);
            values[i] = read(members.get(component.getMethod("getName").invoke(components[i])), generic);
        }
        Constructor<?> constructor = raw.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    // Writing

    /** Into what {@link Json#write} knows. */
    static Object plain(Object value) {
        return plain(value, 0);
    }

    private static Object plain(Object value, int depth) {
        if (depth > DEPTH_MAX) {
            throw new Mismatch("Infinite recursion or nested too deeply", null);
        }
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value instanceof java.util.concurrent.atomic.AtomicBoolean ? value.toString() : value;
        }
        if (value instanceof CharSequence || value instanceof Character || value instanceof Enum || value instanceof java.util.UUID
                || value instanceof java.time.temporal.TemporalAccessor || value instanceof Class || value instanceof java.net.URI) {
            return value instanceof Enum ? ((Enum<?>) value).name() : value.toString();
        }
        if (value instanceof Date) {
            return ((Date) value).getTime();
        }
        if (value instanceof byte[]) {
            return Base64.getEncoder().encodeToString((byte[]) value);
        }
        if (value instanceof ByteBuffer) {
            byte[] bytes = new byte[((ByteBuffer) value).remaining()];
            ((ByteBuffer) value).duplicate().get(bytes);
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof Optional) {
            return plain(((Optional<?>) value).orElse(null), depth + 1);
        }
        if (value instanceof Map) {
            Map<String, Object> result = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                result.put(String.valueOf(entry.getKey()), plain(entry.getValue(), depth + 1));
            }
            return result;
        }
        if (value instanceof Iterable || value.getClass().isArray()) {
            List<Object> result = new ArrayList<>();
            if (value instanceof Iterable) {
                for (Object item : (Iterable<?>) value) {
                    result.add(plain(item, depth + 1));
                }
            } else {
                for (int i = 0; i < Array.getLength(value); i++) {
                    result.add(plain(Array.get(value, i), depth + 1));
                }
            }
            return result;
        }
        return members(value, depth);
    }

    private static Map<String, Object> members(Object bean, int depth) {
        Map<String, Object> result = new LinkedHashMap<>();
        Class<?> raw = bean.getClass();
        try {
            if (isRecord(raw)) {
                for (Object component : components(raw)) {
                    Method accessor = (Method) component.getClass().getMethod("getAccessor").invoke(component);
                    accessor.setAccessible(true);
                    result.put(accessor.getName(), plain(accessor.invoke(bean), depth + 1));
                }
                return result;
            }
            Set<String> seen = new HashSet<>();
            // In the order of the fields, as far as getters have one; reflection knows no other.
            for (Class<?> level = raw; level != null && level != Object.class; level = level.getSuperclass()) {
                for (Field field : level.getDeclaredFields()) {
                    Method getter = getter(raw, field.getName());
                    int modifiers = field.getModifiers();
                    boolean isPublic = Modifier.isPublic(modifiers) && !Modifier.isStatic(modifiers);
                    if (getter == null && !isPublic || !seen.add(field.getName())) {
                        continue;
                    }
                    result.put(field.getName(), plain(getter == null ? field.get(bean) : getter.invoke(bean), depth + 1));
                }
            }
            for (Method method : raw.getMethods()) {
                String name = isGetter(method) ? property(method.getName().substring(method.getName().startsWith("is") ? 2 : 3)) : null;
                if (name != null && seen.add(name)) {
                    method.setAccessible(true);
                    result.put(name, plain(method.invoke(bean), depth + 1));
                }
            }
            return result;
        } catch (InvocationTargetException e) {
            throw new Mismatch("A getter of " + raw.getName() + " failed: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw e instanceof Mismatch ? (Mismatch) e : new Mismatch(raw.getName() + " cannot be serialized: " + e, e);
        }
    }

    private static boolean isGetter(Method method) {
        String name = method.getName();
        boolean isNamed = name.startsWith("get") && name.length() > 3 && method.getReturnType() != void.class
                || name.startsWith("is") && name.length() > 2
                        && (method.getReturnType() == boolean.class || method.getReturnType() == Boolean.class);
        return isNamed && method.getParameterCount() == 0 && !Modifier.isStatic(method.getModifiers())
                && method.getDeclaringClass() != Object.class;
    }

    private static Method getter(Class<?> raw, String property) {
        for (Method method : raw.getMethods()) {
            if (isGetter(method) && property(method.getName().substring(method.getName().startsWith("is") ? 2 : 3)).equals(property)) {
                method.setAccessible(true);
                return method;
            }
        }
        return null;
    }

    /** `Foo` → `foo`, `URL` → `url`, `URLPath` → `urlpath`: the leading capitals become small. */
    private static String property(String name) {
        StringBuilder result = new StringBuilder(name);
        for (int i = 0; i < result.length() && Character.isUpperCase(result.charAt(i)); i++) {
            result.setCharAt(i, Character.toLowerCase(result.charAt(i)));
        }
        return result.toString();
    }
}
