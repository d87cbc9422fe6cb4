package com.amazonaws.services.lambda.runtime.logging;

/** What a record looks like. */
public enum LogFormat {
    JSON,
    TEXT;

    public static LogFormat fromString(String text) {
        for (LogFormat format : values()) {
            if (format.name().equalsIgnoreCase(text)) {
                return format;
            }
        }
        throw new IllegalArgumentException("Invalid log format: '" + text + "' expected one of [JSON, TEXT]");
    }
}
