package dev.accepted.cli.stack;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.process.Awaited;
import dev.accepted.cli.process.RunFile;
import dev.accepted.cli.process.Supervisor;
import dev.accepted.cli.terminal.Refusal;
import dev.accepted.localstack.kafka.KafkaBroker;
import dev.accepted.localstack.kafka.KafkaCluster;
import dev.accepted.localstack.mail.MailNode;
import dev.accepted.localstack.postgres.PostgresNode;
import dev.accepted.localstack.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Starts one more process for a running stack: a worker or gateway that was not there, or any that has died.
 *
 * <p>A server comes back on the directory and the ports that it had, for everybody else was told them when the stack
 * was started.
 */
final class Joining {

    private static final Pattern GATEWAY = Pattern.compile("gateway-([1-9]\\d{0,2})");
    private static final Pattern WORKER = Pattern.compile("worker-([a-z]+)-([1-9]\\d{0,3})");
    private static final Pattern BROKER = Pattern.compile("kafka-([1-9])");

    private final Checkout checkout;
    private final RunningStack stack;
    private final Ports ports = new Ports(new SecureRandom());

    Joining(Checkout checkout, RunningStack stack) {
        this.checkout = checkout;
        this.stack = stack;
    }

    /** A worker under the next free number. */
    Awaited worker(Program program, Supervisor supervisor) {
        Set<String> taken =
                stack.data().runs().running().stream().map(RunFile::name).collect(Collectors.toSet());
        int number = 1;
        while (taken.contains(Applications.workerName(program, number))) {
            number++;
        }
        return applications(supervisor).startWorker(program, number);
    }

    /**
     * The process of that name.
     *
     * @throws Refusal when it runs, when there can be none of that name, or when its port is taken
     */
    Awaited named(String name, Supervisor supervisor) {
        requireGone(name);
        Matcher gateway = GATEWAY.matcher(name);
        Matcher worker = WORKER.matcher(name);
        Matcher broker = BROKER.matcher(name);
        try {
            if (gateway.matches()) {
                return gateway(Integer.parseInt(gateway.group(1)), supervisor);
            } else if (worker.matches()) {
                Program program = Program.worker(worker.group(1)).orElseThrow(() -> unknown(name));
                program.requireBuilt(checkout);
                return applications(supervisor).startWorker(program, Integer.parseInt(worker.group(2)));
            } else if (broker.matches()) {
                return broker(name, Integer.parseInt(broker.group(1)), supervisor);
            } else if (name.equals(PostgresNode.NAME)) {
                return postgres(supervisor);
            } else if (name.equals(MailNode.NAME)) {
                return mail(supervisor);
            }
        } catch (IOException e) {
            throw new Refusal(name + " cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(name + " was not started: interrupted", e);
        }
        throw unknown(name);
    }

    private Awaited gateway(int number, Supervisor supervisor) {
        Program.GATEWAY.requireBuilt(checkout);
        if (number == 1) {
            requireFree("gateway-1", stack.description().port());
        }
        return applications(supervisor).startGateway(number);
    }

    private Awaited broker(String name, int id, Supervisor supervisor) throws IOException {
        if (id > stack.description().brokers()) {
            throw unknown(name);
        }
        KafkaBroker broker = KafkaCluster.prepared(stack.data().kafka(), id);
        requireFree(name, broker.port());
        return servers(supervisor).start(broker);
    }

    private Awaited postgres(Supervisor supervisor) throws IOException, InterruptedException {
        requireFree(
                PostgresNode.NAME,
                URI.create(stack.description().jdbcUrl().substring("jdbc:".length()))
                        .getPort());
        return servers(supervisor).start(PostgresNode.prepare(stack.data().postgres(), ports));
    }

    private Awaited mail(Supervisor supervisor) throws IOException {
        requireFree(MailNode.NAME, stack.description().smtpPort());
        requireFree(MailNode.NAME, stack.mailApi().getPort());
        return servers(supervisor).start(MailNode.prepare(stack.data().mail(), ports));
    }

    private Applications applications(Supervisor supervisor) {
        return new Applications(checkout, stack.data(), stack.description(), supervisor, ports);
    }

    private Servers servers(Supervisor supervisor) {
        return new Servers(stack.data(), supervisor);
    }

    private void requireGone(String name) {
        stack.data().runs().running().stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .ifPresent(file -> {
                    throw new Refusal(name + " runs already (process "
                            + file.identity().pid() + "). Stop it first, or start another.");
                });
    }

    private static void requireFree(String name, int port) {
        if (!Ports.isFree(port)) {
            throw new Refusal("Port " + port + ", where everybody looks for " + name
                    + ", is taken. Free it, or stop the stack and start it anew.");
        }
    }

    private Refusal unknown(String name) {
        return new Refusal("This stack has no place for '" + name + "'. There are gateway-N, worker-NAME-N with "
                + String.join(", ", Program.workerNames()) + ", kafka-1 to kafka-"
                + stack.description().brokers() + ", postgres, mail.");
    }
}
