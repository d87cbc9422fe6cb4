package example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Collectors;

/** Handlers of every form that is no interface, and misbehaviour. */
public class Methods {
    private static int calls;

    public String text(String name) {
        return "Hello, " + name;
    }

    public int add(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).sum();
    }

    public static Object anything(Object event) {
        return event;
    }

    public void nothing(Map<String, Object> event) {}

    public int count() {
        return ++calls;
    }

    public void stream(InputStream in, OutputStream out, Context context) throws IOException {
        out.write('"');
        out.write(Integer.toString(in.readAllBytes().length).getBytes());
        out.write('"');
    }

    public Map<String, Object> context(Map<String, Object> event, Context context) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("id", context.getAwsRequestId());
        seen.put("name", context.getFunctionName());
        seen.put("version", context.getFunctionVersion());
        seen.put("arn", context.getInvokedFunctionArn());
        seen.put("memory", context.getMemoryLimitInMB());
        seen.put("remaining", context.getRemainingTimeInMillis());
        seen.put("group", context.getLogGroupName());
        seen.put("stream", context.getLogStreamName());
        seen.put("custom", context.getClientContext() == null ? null : context.getClientContext().getCustom());
        seen.put("trace", System.getProperty("com.amazonaws.xray.traceHeader"));
        seen.put("task", System.getenv("LAMBDA_TASK_ROOT"));
        seen.put("mine", System.getenv("MINE"));
        seen.put("execution", System.getenv("AWS_EXECUTION_ENV"));
        seen.put("heap", Runtime.getRuntime().maxMemory() >> 20);
        seen.put("java", System.getProperty("java.specification.version"));
        return seen;
    }

    /** What this process and one that it starts see of their surroundings. */
    public Map<String, Object> surroundings(Map<String, Object> event) throws Exception {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("environment", System.getenv());
        Process child = new ProcessBuilder("/usr/bin/env").start();
        Map<String, String> theirs = new LinkedHashMap<>();
        for (String line : new String(child.getInputStream().readAllBytes(), "UTF-8").split("\n")) {
            theirs.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        seen.put("child", theirs);
        seen.put("zone", TimeZone.getDefault().getID());
        seen.put("charset", Charset.defaultCharset().name());
        seen.put("libraries", System.getProperty("java.library.path"));
        seen.put("heap", Runtime.getRuntime().maxMemory() >> 20);
        seen.put("mine", System.getProperty("mine"));
        seen.put("processors", Runtime.getRuntime().availableProcessors());
        // Whether it was started for this function alone shows by nothing but its command line.
        seen.put("waited", new String(Files.readAllBytes(Path.of("/proc/self/cmdline"))).contains("--generic"));
        return seen;
    }

    /** The class-data archives that this virtual machine has mapped. */
    public List<String> mappings() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.endsWith(".jsa"))
                .map(line -> line.substring(line.indexOf('/')))
                .distinct()
                .collect(Collectors.toList());
    }

    public String logs(Map<String, Object> event, Context context) throws Exception {
        LambdaLogger logger = context.getLogger();
        System.out.println("out one\nout two");
        System.err.println("err one");
        logger.log("record one\nsecond line of it");
        logger.log("quiet", LogLevel.DEBUG);
        logger.log("loud", LogLevel.ERROR);
        Thread other = new Thread(() -> System.out.println("from another thread"));
        other.start();
        other.join();
        return "ok";
    }

    public String fail(Map<String, Object> event) {
        try {
            throw new IllegalStateException("inside");
        } catch (IllegalStateException e) {
            throw new RuntimeException("outside", e);
        }
    }

    public String exit(Map<String, Object> event) {
        System.exit(3);
        return null;
    }

    public String hoard(Map<String, Object> event) {
        List<byte[]> kept = new ArrayList<>();
        while (true) {
            kept.add(new byte[1 << 20]);
        }
    }

    public static class Streams implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            in.transferTo(out);
        }
    }

    public static class Broken {
        static {
            if (true) {
                throw new IllegalArgumentException("broken on purpose");
            }
        }

        public String handle(String event) {
            return event;
        }
    }

    public static class NoConstructor {
        public NoConstructor(int needed) {}

        public String handle(String event) {
            return event;
        }
    }
}
