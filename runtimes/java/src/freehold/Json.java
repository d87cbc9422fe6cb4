package freehold;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON text to maps, lists, strings, numbers, booleans and null, and back. */
final class Json {
    private static final int DEPTH_MAX = 1000;

    private final String text;
    private int at;

    /** Text that is not JSON. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    private Json(String text) {
        this.text = text;
    }

    static Object parse(String text) {
        Json json = new Json(text);
        json.skip();
        Object value = json.value(0);
        json.skip();
        if (json.at != text.length()) {
            throw json.malformed("unexpected text after the value");
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        if (value instanceof Map) {
            return (Map<String, Object>) value;
        }
        throw new Malformed("an object was expected");
    }

    private Malformed malformed(String what) {
        return new Malformed(what + " at character " + at);
    }

    private void skip() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw malformed("unexpected end");
        }
        return text.charAt(at);
    }

    private void expect(String word) {
        if (!text.startsWith(word, at)) {
            throw malformed("unexpected character '" + peek() + "'");
        }
        at += word.length();
    }

    private Object value(int depth) {
        if (depth > DEPTH_MAX) {
            throw malformed("nested too deeply");
        }
        switch (peek()) {
            case '{':
                return objectValue(depth);
            case '[':
                return list(depth);
            case '"':
                return string();
            case 't':
                expect("true");
                return true;
            case 'f':
                expect("false");
                return false;
            case 'n':
                expect("null");
                return null;
            default:
                return number();
        }
    }

    private Map<String, Object> objectValue(int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        expect("{");
        skip();
        if (peek() == '}') {
            at++;
            return members;
        }
        while (true) {
            skip();
            String name = string();
            skip();
            expect(":");
            skip();
            members.put(name, value(depth + 1));
            skip();
            if (peek() == '}') {
                at++;
                return members;
            }
            expect(",");
        }
    }

    private List<Object> list(int depth) {
        List<Object> items = new ArrayList<>();
        expect("[");
        skip();
        if (peek() == ']') {
            at++;
            return items;
        }
        while (true) {
            skip();
            items.add(value(depth + 1));
            skip();
            if (peek() == ']') {
                at++;
                return items;
            }
            expect(",");
        }
    }

    private String string() {
        expect("\"");
        StringBuilder result = new StringBuilder();
        while (true) {
            char c = peek();
            at++;
            if (c == '"') {
                return result.toString();
            }
            if (c < ' ') {
                throw malformed("control character in a string");
            }
            result.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() {
        char c = peek();
        at++;
        switch (c) {
            case '"':
            case '\\':
            case '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                if (at + 4 > text.length()) {
                    throw malformed("unexpected end");
                }
                int code = 0;
                for (int end = at + 4; at < end; at++) {
                    int digit = Character.digit(text.charAt(at), 16);
                    if (digit < 0) {
                        throw malformed("bad escape");
                    }
                    code = code * 16 + digit;
                }
                return (char) code;
            default:
                throw malformed("bad escape");
        }
    }

    /** Integer, Long, BigInteger, or Double: what AWS's own client gives a handler that takes Object. */
    private Object number() {
        int start = at;
        boolean isInteger = true;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            isInteger &= ".eE".indexOf(text.charAt(at)) < 0;
            at++;
        }
        String literal = text.substring(start, at);
        if (!literal.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            at = start;
            throw malformed(at < text.length() ? "unexpected character '" + peek() + "'" : "unexpected end");
        }
        if (!isInteger) {
            return Double.valueOf(literal);
        }
        BigInteger integer = new BigInteger(literal);
        if (integer.bitLength() < 32) {
            return integer.intValue();
        }
        return integer.bitLength() < 64 ? (Object) integer.longValue() : integer;
    }

    static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(out, value, 0);
        return out.toString();
    }

    private static void write(StringBuilder out, Object value, int depth) {
        if (depth > DEPTH_MAX) {
            throw new IllegalArgumentException("Infinite recursion or nested too deeply");
        }
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            boolean isFinite = !Double.isNaN(number) && !Double.isInfinite(number);
            out.append(isFinite ? value.toString() : "\"" + value + "\"");
        } else if (value instanceof BigDecimal || value instanceof Number) {
            out.append(value);
        } else if (value instanceof Map) {
            String comma = "{";
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                out.append(comma);
                quote(out, String.valueOf(entry.getKey()));
                out.append(':');
                write(out, entry.getValue(), depth + 1);
                comma = ",";
            }
            out.append(comma.equals("{") ? "{}" : "}");
        } else if (value instanceof Collection) {
            String comma = "[";
            for (Object item : (Collection<?>) value) {
                out.append(comma);
                write(out, item, depth + 1);
                comma = ",";
            }
            out.append(comma.equals("[") ? "[]" : "]");
        } else if (value.getClass().isArray()) {
            String comma = "[";
            for (int i = 0; i < Array.getLength(value); i++) {
                out.append(comma);
                write(out, Array.get(value, i), depth + 1);
                comma = ",";
            }
            out.append(comma.equals("[") ? "[]" : "]");
        } else {
            quote(out, value.toString());
        }
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"':
                    out.append("\\\"");
                    break;
                case '\\':
                    out.append("\\\\");
                    break;
                case '\n':
                    out.append("\\n");
                    break;
                case '\r':
                    out.append("\\r");
                    break;
                case '\t':
                    out.append("\\t");
                    break;
                default:
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
            }
        }
        out.append('"');
    }
}
