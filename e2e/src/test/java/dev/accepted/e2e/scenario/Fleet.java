package dev.accepted.e2e.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.e2e.Client;
import dev.accepted.e2e.LocalSystem;
import dev.accepted.e2e.history.Audited;
import dev.accepted.e2e.history.History;
import dev.accepted.e2e.history.Hurt;
import dev.accepted.e2e.history.Hurt.How;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes of a running system, and what one can do to them; all of it is noted in the history.
 *
 * <p>For one thread that hurts; {@link #gateways()} and {@link #url} may be asked by many.
 */
public final class Fleet implements AutoCloseable {

    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final LocalSystem system;
    private final Map<String, String> environment;
    private final History history;
    private final Set<String> expected = new ConcurrentSkipListSet<>();
    private final Path logs;
    private final List<Process> launchers = new ArrayList<>();
    private final String brokers;
    private final String database;
    private int logsKept;

    /**
     * All processes that run now.
     *
     * @param environment what the system was started with, for those that join it later
     * @param logs takes the logs of all processes, for whoever has to find out why
     */
    public Fleet(LocalSystem system, Map<String, String> environment, History history, Path logs) {
        this.logs = logs;
        this.system = system;
        this.environment = environment;
        this.history = history;
        this.expected.addAll(running(""));
        this.brokers = running("kafka-").stream().map(this::url).collect(Collectors.joining(","));
        this.database = url("postgres");
    }

    public History history() {
        return history;
    }

    /** Bootstrap servers of all brokers. */
    public String brokers() {
        return brokers;
    }

    /** The database as libpq takes it, with user and password. */
    public String database() {
        return database;
    }

    public List<String> workers() {
        return running("worker-probe-");
    }

    public List<String> gateways() {
        return running("gateway-");
    }

    /** Names of the processes that run now, by name. */
    public List<String> running(String prefix) {
        try (Stream<Path> files = Files.list(system.data().resolve("run"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith(prefix) && file.endsWith(".json"))
                    .map(file -> file.substring(0, file.length() - ".json".length()))
                    .filter(this::runs)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is reached. */
    public String url(String name) {
        return system.url(name);
    }

    /** A token of the system's issuer, of the kind that the options ask for. */
    public String token(String... options) {
        try {
            return system.token(options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a token", e);
        }
    }

    /** One of them, by chance. */
    public static String any(List<String> names, RandomGenerator chance) {
        return names.get(chance.nextInt(names.size()));
    }

    /** Those that nobody took away and that are not there. */
    public Set<String> missing() {
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(running(""));
        return missing;
    }

    /** SIGKILL; returns when it and its children are gone. */
    public void kill(String name) throws IOException, InterruptedException {
        end(name, "KILL", How.KILLED);
    }

    /** Asks it to stop and returns when it has. */
    public void stop(String name) throws IOException, InterruptedException {
        end(name, name.equals("postgres") ? "INT" : "TERM", How.STOPPED);
    }

    private void end(String name, String signal, How how) throws IOException, InterruptedException {
        expected.remove(name);
        Instant from = Instant.now();
        List<ProcessHandle> family = family(name);
        system.signal(signal, name);
        await(() -> family.stream().noneMatch(ProcessHandle::isAlive), name + " does not end");
        keepLog(system.data().resolve("log").resolve(name + ".log"));
        history.saw(new Hurt(name, how, from, Instant.now()));
    }

    /** The next process of that name but one overwrites it. */
    private void keepLog(Path log) throws IOException {
        Files.createDirectories(logs);
        String numbered = "%03d-%s".formatted(++logsKept, log.getFileName());
        Files.copy(log, logs.resolve(numbered), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Stops all the given processes in their tracks for a while, at once. */
    public void freeze(List<String> names, Duration length) throws IOException, InterruptedException {
        Instant from = Instant.now();
        for (String name : names) {
            // First itself, so that it has no further children; then those that it has.
            system.signal("STOP", name);
            signal("STOP", family(name));
        }
        Client.pause(length);
        for (String name : names) {
            signal("CONT", family(name));
        }
        Instant until = Instant.now();
        names.forEach(name -> history.saw(new Hurt(name, How.FROZEN, from, until)));
    }

    /** Brings back one that is gone, and returns when it is ready. */
    public void start(String name) throws IOException {
        launch(name, List.of("start", name));
        expected.add(name);
    }

    /** Adds a worker under the next free name, and returns when it is ready. */
    public String addWorker() throws IOException {
        String url = launch("worker", List.of("worker", "probe"));
        String name = workers().stream()
                .filter(worker -> url(worker).equals(url))
                .findFirst()
                .orElseThrow(() -> new IOException("No run file of the worker at " + url));
        expected.add(name);
        return name;
    }

    /** Asks the system itself where every unfinished job is. */
    public void audit() throws IOException, InterruptedException {
        Process audit = LocalSystem.launch(
                environment,
                system.data().resolve("audit.log"),
                List.of("audit", "--data", system.data().toString()));
        String told = new String(audit.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        history.saw(new Audited(audit.waitFor(), told));
    }

    private String launch(String what, List<String> command) throws IOException {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("--data", system.data().toString()));
        Path errors = system.data().resolve("joined-" + launchers.size() + "-" + what + ".log");
        Process launcher = LocalSystem.launch(environment, errors, words);
        launchers.add(launcher);
        return LocalSystem.awaitReady(launcher, errors);
    }

    private boolean runs(String name) {
        try {
            JsonNode file = system.runFile(name);
            return ProcessHandle.of(file.path("pid").asLong())
                    .map(ProcessHandle::isAlive)
                    .orElse(false);
        } catch (UncheckedIOException goneMeanwhile) {
            return false;
        }
    }

    private List<ProcessHandle> family(String name) {
        long pid = system.runFile(name).path("pid").asLong();
        return ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .toList();
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("kill", "-" + signal));
        processes.forEach(process -> words.add(Long.toString(process.pid())));
        // One that ends meanwhile makes kill complain, and is no matter.
        new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static void await(BooleanSupplier wanted, String otherwise) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!wanted.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(otherwise + " within " + PATIENCE);
            }
            Client.pause(GLANCE);
        }
    }

    /** Stops the whole system, those that joined it included. */
    @Override
    public void close() throws IOException {
        system.close();
        try (Stream<Path> files = Files.list(system.data().resolve("log"))) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                keepLog(log);
            }
            for (Process launcher : launchers) {
                if (!launcher.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    launcher.destroyForcibly();
                    throw new AssertionError("Who joined the system did not end with it");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
