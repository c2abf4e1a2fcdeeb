package dev.accepted.cli.stack;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.process.Awaited;
import dev.accepted.cli.process.ProcessIdentity;
import dev.accepted.cli.process.Supervisor;
import dev.accepted.localstack.kafka.KafkaBroker;
import dev.accepted.localstack.kafka.KafkaCluster;
import dev.accepted.localstack.mail.MailNode;
import dev.accepted.localstack.postgres.PostgresNode;
import dev.accepted.localstack.process.Ports;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The way from nothing to ready, once. */
final class Boot {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Checkout checkout;
    private final DataDirectory data;
    private final StackPlan plan;
    private final Supervisor supervisor;
    private final Ports ports;
    private final PrintStream messages;
    private final long begun = System.nanoTime();

    Boot(
            Checkout checkout,
            DataDirectory data,
            StackPlan plan,
            Supervisor supervisor,
            Ports ports,
            PrintStream messages) {
        this.checkout = checkout;
        this.data = data;
        this.plan = plan;
        this.supervisor = supervisor;
        this.ports = ports;
        this.messages = messages;
    }

    StackDescription run() throws IOException, InterruptedException {
        Secrets.prepare(data);
        Files.createDirectories(data.objects());
        KafkaCluster kafka = KafkaCluster.prepare(data.kafka(), plan.brokers(), ports);
        Servers servers = new Servers(data, supervisor);
        List<Awaited> started = new ArrayList<>();
        for (KafkaBroker broker : kafka.brokers()) {
            started.add(servers.start(broker));
        }
        MailNode mail = MailNode.prepare(data.mail(), ports);
        started.add(servers.start(mail));
        // Initializing the database takes as long as a broker's start; both happen at once.
        PostgresNode postgres = PostgresNode.prepare(data.postgres(), ports);
        started.add(servers.start(postgres));
        Awaited.all(started, PATIENCE);
        say("Kafka, PostgreSQL and mail are up");

        StackDescription description = describe(kafka, postgres, mail);
        Awaited.all(startApplications(description), PATIENCE);
        say("everything is ready");
        return description;
    }

    private StackDescription describe(KafkaCluster kafka, PostgresNode postgres, MailNode mail) {
        int port = plan.port() == 0 ? ports.any() : plan.port();
        ProcessIdentity own = ProcessIdentity.own();
        return new StackDescription(
                own.pid(),
                own.startedAt(),
                port,
                kafka.bootstrapServers(),
                postgres.jdbcUrl(PostgresNode.USER),
                PostgresNode.USER,
                postgres.password(),
                mail.smtpPort(),
                mail.api(),
                plan.brokers());
    }

    private List<Awaited> startApplications(StackDescription description) {
        Applications applications = new Applications(checkout, data, description, supervisor, ports);
        List<Awaited> started = new ArrayList<>();
        // Workers first in this list: what they announce decides when the gateways are ready.
        plan.workers().forEach((worker, count) -> {
            for (int number = 1; number <= count; number++) {
                started.add(applications.startWorker(worker, number));
            }
        });
        for (int number = 1; number <= plan.gateways(); number++) {
            started.add(applications.startGateway(number));
        }
        return started;
    }

    private void say(String what) {
        messages.printf("%s after %.1f s%n", what, (System.nanoTime() - begun) / 1e9);
    }
}
