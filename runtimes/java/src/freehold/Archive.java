package freehold;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the class-data archive of this Java and this client: what a start would otherwise read, verify and link again
 * each time. Runs as a function of the platform's own, in a sandbox; the answer is the archive.
 */
public final class Archive implements RequestStreamHandler {
    private static final Path CLASSES = Path.of("/tmp/classes");
    private static final Path ARCHIVE = Path.of("/tmp/archive.jsa");
    /** Of what a program has printed, the end says what went wrong. */
    private static final int PRINTED_MAX = 2000;

    /** Event: {@code arguments}, those of the virtual machine that the archive depends on. */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Map<String, Object> event = Json.object(Json.parse(new String(input.readAllBytes(), StandardCharsets.UTF_8)));
        List<String> arguments = new ArrayList<>();
        for (Object argument : (List<?>) event.get("arguments")) {
            arguments.add(argument.toString());
        }
        String jar = System.getProperty("java.class.path");
        run(arguments, "-Xshare:off", "-XX:DumpLoadedClassList=" + CLASSES, "-jar", jar, "--rehearse");
        Set<String> classes = new LinkedHashSet<>();
        // What the makers of this Java found worth archiving; some leave the list out.
        Path usual = Path.of(System.getProperty("java.home"), "lib", "classlist");
        if (Files.exists(usual)) {
            classes.addAll(Files.readAllLines(usual));
        }
        classes.addAll(Files.readAllLines(CLASSES));
        Files.write(CLASSES, classes);
        // Only this collector can store objects, which the others can load.
        run(arguments, "-Xshare:dump", "-XX:+UseG1GC", "-XX:SharedClassListFile=" + CLASSES,
                "-XX:SharedArchiveFile=" + ARCHIVE, "-cp", jar);
        Files.copy(ARCHIVE, output);
    }

    private static void run(List<String> arguments, String... more) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(arguments);
        command.addAll(List.of(more));
        File printed = new File("/tmp/printed");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed).start();
        int code;
        try {
            code = process.waitFor();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        if (code != 0) {
            String text = new String(Files.readAllBytes(printed.toPath()), StandardCharsets.UTF_8);
            throw new IOException("exit status " + code + " of " + command + ": " + text.substring(Math.max(0, text.length() - PRINTED_MAX)));
        }
    }
}
