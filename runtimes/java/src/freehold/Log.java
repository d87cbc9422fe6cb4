package freehold;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** The function's log. A record of several lines is marked so that it stays one; see runtimes/PROTOCOL.md. */
final class Log implements LambdaLogger {
    private static final char RECORD_START = 0x1e;
    private static final char RECORD_LINE_FEED = 0x1f;

    private final boolean isJson;
    private final LogLevel least;
    volatile String requestId;
    volatile String tenantId;

    Log(boolean isJson, String level) {
        this.isJson = isJson;
        LogLevel least = LogLevel.UNDEFINED;
        if (isJson && level != null) {
            try {
                least = LogLevel.fromString(level);
            } catch (IllegalArgumentException unknown) {
                // Nothing is filtered then.
            }
        }
        this.least = least;
    }

    @Override
    public void log(String message) {
        log(message, LogLevel.UNDEFINED);
    }

    @Override
    public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
    }

    @Override
    public void log(byte[] message, LogLevel level) {
        log(new String(message, StandardCharsets.UTF_8), level);
    }

    @Override
    public void log(String message, LogLevel level) {
        if (level != LogLevel.UNDEFINED && level.ordinal() < least.ordinal()) {
            return;
        }
        record(isJson ? json(String.valueOf(message), level) : String.valueOf(message));
    }

    private String json(String message, LogLevel level) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        if (level != LogLevel.UNDEFINED) {
            line.put("level", level.name());
        }
        line.put("message", message);
        if (requestId != null) {
            line.put("AWSRequestId", requestId);
        }
        if (tenantId != null) {
            line.put("tenantId", tenantId);
        }
        return Json.write(line);
    }

    /** The record of an error that the function did not handle. */
    void failure(Throwable error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        String headline = (error.getMessage() == null ? "" : error.getMessage() + ": ") + error.getClass().getName();
        log(headline + "\n" + trace, isJson ? LogLevel.ERROR : LogLevel.UNDEFINED);
    }

    static void record(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        String whole = text.substring(0, end);
        if (whole.indexOf('\n') >= 0) {
            whole = RECORD_START + whole.replace('\n', RECORD_LINE_FEED);
        }
        byte[] bytes = (whole + "\n").getBytes(StandardCharsets.UTF_8);
        // In one piece, so that no other thread's line gets in between.
        synchronized (System.out) {
            System.out.write(bytes, 0, bytes.length);
            System.out.flush();
        }
    }
}
