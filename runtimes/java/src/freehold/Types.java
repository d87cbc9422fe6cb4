package freehold;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.Map;

/** Finds out what generic types stand for. */
final class Types {
    private Types() {}

    /** The arguments that `from` gives to the interface or superclass `target`, with variables replaced; or null. */
    static Type[] argumentsOf(Type from, Class<?> target) {
        return search(from, target, new HashMap<>());
    }

    private static Type[] search(Type from, Class<?> target, Map<TypeVariable<?>, Type> known) {
        Class<?> raw = raw(from);
        Map<TypeVariable<?>, Type> here = new HashMap<>(known);
        if (from instanceof ParameterizedType) {
            Type[] arguments = ((ParameterizedType) from).getActualTypeArguments();
            TypeVariable<?>[] variables = raw.getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                here.put(variables[i], resolve(arguments[i], known));
            }
        }
        if (raw == target) {
            TypeVariable<?>[] variables = raw.getTypeParameters();
            Type[] found = new Type[variables.length];
            for (int i = 0; i < variables.length; i++) {
                found[i] = resolve(variables[i], here);
            }
            return found;
        }
        for (Type parent : raw.getGenericInterfaces()) {
            Type[] found = search(parent, target, here);
            if (found != null) {
                return found;
            }
        }
        Type parent = raw.getGenericSuperclass();
        return parent == null ? null : search(parent, target, here);
    }

    private static Type resolve(Type type, Map<TypeVariable<?>, Type> known) {
        Type found = type instanceof TypeVariable ? known.get(type) : type;
        return found == null ? Object.class : found;
    }

    static Class<?> raw(Type type) {
        if (type instanceof Class) {
            return (Class<?>) type;
        }
        if (type instanceof ParameterizedType) {
            return (Class<?>) ((ParameterizedType) type).getRawType();
        }
        if (type instanceof GenericArrayType) {
            Class<?> item = raw(((GenericArrayType) type).getGenericComponentType());
            return java.lang.reflect.Array.newInstance(item, 0).getClass();
        }
        if (type instanceof WildcardType) {
            return raw(((WildcardType) type).getUpperBounds()[0]);
        }
        return Object.class;
    }

    /** The n-th argument of a type, Object when it has none. */
    static Type argument(Type type, int index) {
        if (type instanceof ParameterizedType) {
            return ((ParameterizedType) type).getActualTypeArguments()[index];
        }
        return Object.class;
    }
}
