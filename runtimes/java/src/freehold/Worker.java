package freehold;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs inside the sandbox: loads a handler and serves invocations over descriptor 3. */
public final class Worker {
    /** Where AWS's X-Ray SDK looks for the trace of the invocation. */
    static final String TRACE_PROPERTY = "com.amazonaws.xray.traceHeader";
    private static final byte[] NOTHING = new byte[0];

    private Worker() {}

    /** Arguments: {@code --generic} for a worker that is started before its function is known; {@code --rehearse} to
     * end after the rehearsal, whose classes an archive is made of. */
    public static void main(String[] arguments) throws Exception {
        // Straight to the pipe: what is printed must not be lost in a buffer when the process dies.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        List<String> options = Arrays.asList(arguments);
        boolean isOnlyRehearsed = options.contains("--rehearse");
        boolean isGeneric = isOnlyRehearsed || options.contains("--generic");
        Environ environ;
        try {
            environ = new Environ();
        } catch (ReflectiveOperationException e) {
            if (isGeneric) {
                throw e;
            }
            // One that was started for its function has its environment.
            environ = null;
        }
        if (isGeneric) {
            Rehearsal.run(environ);
        }
        if (isOnlyRehearsed) {
            Rehearsal.afterwards();
            return;
        }
        Channel channel = Channel.inherited();
        channel.send(Channel.READY, null, NOTHING);
        System.exit(work(channel, environ) ? 0 : 1);
    }

    /** A worker's life after READY: one INIT, then one invocation after the other. False when init has failed. */
    static boolean work(Channel channel, Environ environ) throws Exception {
        Channel.Frame init = channel.receive();
        if (init == null || init.kind != Channel.INIT) {
            return true;
        }
        Object level = init.header.get("logLevel");
        Log log = new Log("JSON".equals(init.header.get("logFormat")), level == null ? null : level.toString());
        LambdaRuntime.setLogger(log);
        Handler handler;
        try {
            if (environ != null && !Boolean.TRUE.equals(init.header.get("keepEnvironment"))) {
                environ.replace(Json.object(init.header.get("environment")));
            }
            ClassLoader loader = classes(init.header.get("taskRoot").toString());
            Thread.currentThread().setContextClassLoader(loader);
            handler = Handler.load(init.header.get("handler").toString(), loader);
        } catch (Throwable error) {
            log.failure(error);
            flush();
            channel.send(Channel.INIT_ERROR, null, json(document(error)));
            return false;
        }
        channel.send(Channel.INIT_OK, null, NOTHING);
        serve(channel, handler, log);
        return true;
    }

    private static void serve(Channel channel, Handler handler, Log log) throws Exception {
        while (true) {
            Channel.Frame frame = channel.receive();
            if (frame == null || frame.kind != Channel.INVOKE) {
                return;
            }
            Map<String, Object> header = new LinkedHashMap<>();
            header.put("requestId", frame.header.get("requestId"));
            header.put("contentType", "application/json");
            try {
                log.requestId = String.valueOf(frame.header.get("requestId"));
                Object tenant = frame.header.get("tenantId");
                log.tenantId = tenant == null ? null : tenant.toString();
                Object trace = frame.header.get("traceId");
                if (trace != null) {
                    System.setProperty(TRACE_PROPERTY, trace.toString());
                }
                byte[] answer = handler.handle(frame.payload, new Request(frame.header, log));
                flush();
                channel.send(Channel.RESPONSE, header, answer);
            } catch (Throwable error) {
                log.failure(error);
                flush();
                channel.send(Channel.ERROR, header, json(document(error)));
                if (error instanceof VirtualMachineError) {
                    // Out of memory or worse: nothing in here can be relied on any more.
                    Runtime.getRuntime().halt(1);
                }
            }
        }
    }

    private static void flush() {
        System.out.flush();
        System.err.flush();
    }

    /** The function's classes, then its libraries, then those of its layers; this client's own interfaces before all. */
    private static ClassLoader classes(String root) throws Exception {
        List<URL> urls = new ArrayList<>();
        urls.add(new File(root).toURI().toURL());
        for (String directory : List.of(root + "/lib", "/opt/java/lib")) {
            File[] jars = new File(directory).listFiles((where, name) -> name.endsWith(".jar"));
            if (jars != null) {
                Arrays.sort(jars);
                for (File jar : jars) {
                    urls.add(jar.toURI().toURL());
                }
            }
        }
        return new URLClassLoader(urls.toArray(new URL[0]), Worker.class.getClassLoader());
    }

    private static byte[] json(Map<String, Object> document) {
        return Json.write(document).getBytes(StandardCharsets.UTF_8);
    }

    static Map<String, Object> document(Throwable error) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("errorMessage", error.getMessage());
        document.put("errorType", error instanceof Handler.Unusable ? ((Handler.Unusable) error).kind : error.getClass().getName());
        List<String> trace = new ArrayList<>();
        for (StackTraceElement element : error.getStackTrace()) {
            // The worker's own frames say nothing about the function.
            if (!element.getClassName().startsWith("freehold.") && !element.getClassName().startsWith("jdk.internal.reflect.")) {
                trace.add(element.toString().replaceFirst("^app/+", ""));
            }
        }
        document.put("stackTrace", trace);
        if (error.getCause() != null && error.getCause() != error && !(error instanceof Handler.Unusable)) {
            document.put("cause", document(error.getCause()));
        }
        return document;
    }
}
