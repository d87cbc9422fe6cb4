package freehold;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/**
 * Before a function is known: an init and some invocations of a function of our own, through the code that will serve
 * the real one, so that its classes are loaded and linked by then. Afterwards everything is as before.
 */
final class Rehearsal {
    /** As often as it takes until the interpreter has resolved what it will need. */
    private static final int INVOCATIONS = 20;

    private Rehearsal() {}

    /** What runs: the usual kind of handler, with the usual kinds of values. */
    public static final class Sample implements RequestHandler<Map<String, Object>, Object> {
        @Override
        public Object handleRequest(Map<String, Object> event, Context context) {
            context.getLogger().log("rehearsal " + context.getAwsRequestId());
            System.out.println(context.getRemainingTimeInMillis());
            if (event.containsKey("fail")) {
                throw new IllegalArgumentException("rehearsal");
            }
            event.put("memory", List.of(1, 2.5, "text"));
            return event;
        }
    }

    /** The same with a plain method and a class of its own. */
    public static final class Bean {
        private String name;
        private int count;

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }

        public Bean handle(Bean event) {
            return event;
        }

        public Map<String, List<Object>> generic(Map<String, List<Object>> event) {
            return event;
        }
    }

    static void run(Environ environ) throws Exception {
        environ.rehearse();
        LambdaLogger logger = LambdaRuntime.getLogger();
        PrintStream out = System.out;
        PrintStream err = System.err;
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        System.setOut(nowhere);
        System.setErr(nowhere);
        try {
            play(Sample.class.getName(), "{\"text\": \"\u00fc\", \"list\": [1, 2.5, null, true], \"map\": {\"key\": \"value\"}}");
            play(Bean.class.getName() + "::handle", "{\"name\": \"x\", \"count\": 1}");
            play(Bean.class.getName() + "::generic", "{\"list\": [1]}");
            read();
        } finally {
            System.setOut(out);
            System.setErr(err);
            thread.setContextClassLoader(loader);
            System.clearProperty(Worker.TRACE_PROPERTY);
            LambdaRuntime.setLogger(logger);
        }
        // What is left over must not count as the function's.
        System.gc();
    }

    /** Reads from a directory as a loader of classes does. */
    private static void read() throws Exception {
        File jar = new File(System.getProperty("java.class.path"));
        URL directory = jar.getParentFile().toURI().toURL();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {directory}, null);
                InputStream found = loader.getResourceAsStream(jar.getName())) {
            if (found == null) {
                throw new IllegalStateException("the rehearsal finds nothing in " + directory);
            }
        }
        directory.openConnection().getPermission();
    }

    /** What functions use and a worker must not before it has its function: for the archive of classes only. */
    static void afterwards() throws Exception {
        System.getenv("PATH");
        TimeZone.getDefault();
        Locale.getDefault();
        new ProcessBuilder("true").start().waitFor();
    }

    private static void play(String handler, String event) throws Exception {
        ByteArrayOutputStream script = new ByteArrayOutputStream();
        Channel feed = new Channel(new ByteArrayInputStream(new byte[0]), script);
        Map<String, Object> init = new LinkedHashMap<>();
        init.put("handler", handler);
        init.put("taskRoot", "/var/task");
        init.put("logFormat", "Text");
        init.put("logLevel", null);
        feed.send(Channel.INIT, init, new byte[0]);
        byte[] failing = "{\"fail\": true}".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < INVOCATIONS; i++) {
            Map<String, Object> invoke = new LinkedHashMap<>();
            invoke.put("requestId", "00000000-0000-0000-0000-000000000000");
            invoke.put("deadlineMs", 0);
            invoke.put("invokedFunctionArn", "arn");
            invoke.put("traceId", "Root=1-0-0");
            feed.send(Channel.INVOKE, invoke, i == 0 ? failing : event.getBytes(StandardCharsets.UTF_8));
        }
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        boolean isServed = Worker.work(new Channel(new ByteArrayInputStream(script.toByteArray()), answers), null);
        List<Integer> kinds = new ArrayList<>();
        Channel answered = new Channel(new ByteArrayInputStream(answers.toByteArray()), OutputStream.nullOutputStream());
        for (Channel.Frame frame = answered.receive(); frame != null; frame = answered.receive()) {
            kinds.add(frame.kind);
        }
        if (!isServed || kinds.size() != INVOCATIONS + 1 || kinds.get(INVOCATIONS) != Channel.RESPONSE) {
            throw new IllegalStateException("the rehearsal went wrong: " + kinds);
        }
    }
}
