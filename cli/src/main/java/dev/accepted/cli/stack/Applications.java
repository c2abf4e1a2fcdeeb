package dev.accepted.cli.stack;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.process.Awaited;
import dev.accepted.cli.process.Role;
import dev.accepted.cli.process.Supervised;
import dev.accepted.cli.process.Supervisor;
import dev.accepted.localstack.process.Command;
import dev.accepted.localstack.process.Ports;
import dev.accepted.localstack.process.StopSignal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Starts gateways and workers, tells them where everything is, and knows when they are ready.
 *
 * <p>For one thread: the one that starts them and waits.
 */
final class Applications {

    private static final int HIGHEST_PORT = 65_535;

    private final Checkout checkout;
    private final DataDirectory data;
    private final StackDescription stack;
    private final Supervisor supervisor;
    private final Ports ports;
    private final HealthProbe probe = new HealthProbe();
    private final Set<String> startingWorkers = new HashSet<>();
    private final Set<String> announcedTypes = new HashSet<>();

    Applications(Checkout checkout, DataDirectory data, StackDescription stack, Supervisor supervisor, Ports ports) {
        this.checkout = checkout;
        this.data = data;
        this.stack = stack;
        this.supervisor = supervisor;
        this.ports = ports;
    }

    /**
     * Ready when all workers are, and it is up and serves every type that they have announced. The first has the
     * stack's port, the others those that follow it, where they are free.
     */
    Awaited startGateway(int number) {
        int wished = stack.port() + number - 1;
        int port = number == 1 || (wished <= HIGHEST_PORT && Ports.isFree(wished)) ? wished : ports.any();
        Map<String, String> environment = environment(port);
        addWebhooks(environment);
        Supervised process = start(Role.GATEWAY, Program.GATEWAY, "gateway-" + number, environment, port);
        return new Awaited(
                process,
                () -> startingWorkers.isEmpty()
                        && probe.typesIfReady(port)
                                .filter(types -> types.containsAll(announcedTypes))
                                .isPresent());
    }

    /** Ready when it is up; what it then announces, gateways must serve. */
    Awaited startWorker(Program program, int number) {
        int port = ports.any();
        Map<String, String> environment = environment(port);
        environment.put("ACCEPTED_WORKER_NAME", program.label() + "-" + number);
        if (program == Program.EMAIL) {
            environment.put("ACCEPTED_EMAIL_SMTP_HOST", "127.0.0.1");
            environment.put("ACCEPTED_EMAIL_SMTP_PORT", Integer.toString(stack.smtpPort()));
        }
        if (program == Program.WEBHOOKS) {
            addWebhooks(environment);
        }
        String name = workerName(program, number);
        startingWorkers.add(name);
        return new Awaited(start(Role.WORKER, program, name, environment, port), () -> isReady(name, port));
    }

    private boolean isReady(String worker, int port) {
        Optional<Set<String>> types = probe.typesIfReady(port);
        types.ifPresent(announced -> {
            announcedTypes.addAll(announced);
            startingWorkers.remove(worker);
        });
        return types.isPresent();
    }

    /** What a worker's process is called. */
    static String workerName(Program program, int number) {
        return "worker-" + program.label() + "-" + number;
    }

    private Supervised start(Role role, Program program, String name, Map<String, String> environment, int port) {
        Command command =
                new Command(name, program.words(checkout), environment, data.root(), data.log(name), StopSignal.TERM);
        return supervisor.start(role, command, "http://127.0.0.1:" + port, null);
    }

    /** Whoever tries webhooks out has a receiver on this machine, and no certificate for it. */
    private void addWebhooks(Map<String, String> environment) {
        environment.put("ACCEPTED_WEBHOOKS_KEY", Secrets.of(data).webhooksKey());
        environment.put("ACCEPTED_WEBHOOKS_TRUSTED_NETWORKS", "127.0.0.0/8,::1/128");
    }

    private Map<String, String> environment(int port) {
        Secrets secrets = Secrets.of(data);
        boolean replicated = stack.brokers() > 1;
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", stack.kafka());
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", stack.jdbcUrl());
        environment.put("QUARKUS_DATASOURCE_USERNAME", stack.databaseUser());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", stack.databasePassword());
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("ACCEPTED_MODE", "local");
        environment.put("ACCEPTED_OBJECTS_DIRECTORY", data.objects().toString());
        environment.put("ACCEPTED_ID_KEY", secrets.idKey());
        environment.put(
                "ACCEPTED_JWT_PUBLIC_KEY_LOCATION", secrets.publicKeyFile().toString());
        environment.put("ACCEPTED_JWT_ISSUER", secrets.issuer());
        environment.put("ACCEPTED_JWT_AUDIENCE", Secrets.AUDIENCE);
        environment.put("ACCEPTED_TOPICS_REPLICATION", replicated ? "3" : "1");
        environment.put("ACCEPTED_TOPICS_MIN_ISR", replicated ? "2" : "1");
        // Nobody balances load here who would have to be told first, and the supervisor kills after six seconds.
        environment.put("ACCEPTED_DRAIN_NOTICE", "PT0S");
        environment.put("ACCEPTED_DRAIN_TIMEOUT", "PT4S");
        // glibc keeps a pool of memory for each thread of a JVM; two pools do.
        environment.putIfAbsent("MALLOC_ARENA_MAX", "2");
        return environment;
    }
}
