package dev.accepted.cli.stack;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.terminal.Refusal;
import dev.accepted.localstack.process.JavaProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What runs in a JVM of its own, and how much memory it gets: the one table of that.
 *
 * <p>All together, with one of each and idle, stay below 2 GiB; what a gateway may take is for inputs of 10 MiB.
 */
public enum Program {
    /** One broker, which is its own controller. */
    KAFKA("", 384),
    /** The mail server. */
    MAIL("", 160),
    /** The HTTP gateway: the tree of a legal input takes up to 272 MiB for the moment in which it is checked. */
    GATEWAY("api-gateway", 640),
    /** Worker: reports as PDF. */
    REPORTS("worker/reports", 192),
    /** Worker: e-mail campaigns. */
    EMAIL("worker/email", 160),
    /** Worker: data analyses. */
    ANALYTICS("worker/analytics", 224),
    /** Worker: jobs that do what tests want. */
    PROBE("worker/probe", 128),
    /** Worker: tells clients of their jobs. */
    WEBHOOKS("worker/webhooks", 128);

    /** One collector thread, small stacks: several JVMs share two cores. */
    private static final List<String> COMMON =
            List.of("-XX:+UseSerialGC", "-Xss512k", "-Xshare:auto", "-XX:+ExitOnOutOfMemoryError");

    private final String module;
    private final int heapMebibytes;

    Program(String module, int heapMebibytes) {
        this.module = module;
        this.heapMebibytes = heapMebibytes;
    }

    /** The worker of that name. */
    static Optional<Program> worker(String name) {
        return Arrays.stream(values())
                .filter(program -> program.isWorker() && program.label().equals(name))
                .findFirst();
    }

    /** The names of the workers, for people. */
    static List<String> workerNames() {
        return Arrays.stream(values())
                .filter(Program::isWorker)
                .map(Program::label)
                .toList();
    }

    /** As people write it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Flags of its JVM. */
    List<String> flags() {
        List<String> flags = new ArrayList<>(COMMON);
        flags.add("-Xmx" + heapMebibytes + "m");
        if (module.isEmpty()) {
            flags.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
            flags.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
            flags.add("-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        }
        return flags;
    }

    /** The command line of a Quarkus application of this checkout. */
    List<String> words(Checkout checkout) {
        List<String> words = new ArrayList<>(List.of(JavaProgram.java()));
        words.addAll(flags());
        words.addAll(List.of("-jar", application(checkout).toString()));
        return words;
    }

    /**
     * Sees to it that there is something to start.
     *
     * @throws Refusal when the application is not built
     */
    void requireBuilt(Checkout checkout) {
        if (!Files.isRegularFile(application(checkout))) {
            throw new Refusal(label() + " is not built: " + application(checkout)
                    + " is missing. Start by ./accepted, which builds it, or run mvn package.");
        }
    }

    private Path application(Checkout checkout) {
        return checkout.application(module);
    }

    private boolean isWorker() {
        return module.startsWith("worker/");
    }
}
