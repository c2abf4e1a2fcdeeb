package dev.accepted.cli.stack;

import dev.accepted.cli.process.Awaited;
import dev.accepted.cli.process.Role;
import dev.accepted.cli.process.Supervised;
import dev.accepted.cli.process.Supervisor;
import dev.accepted.localstack.kafka.KafkaBroker;
import dev.accepted.localstack.mail.MailNode;
import dev.accepted.localstack.postgres.PostgresNode;
import dev.accepted.localstack.process.Command;
import dev.accepted.localstack.process.JavaProgram;
import dev.accepted.localstack.process.StopSignal;
import java.io.IOException;

/** Starts what gateways and workers stand on, out of directories that were made ready. */
final class Servers {

    private final DataDirectory data;
    private final Supervisor supervisor;

    Servers(DataDirectory data, Supervisor supervisor) {
        this.data = data;
        this.supervisor = supervisor;
    }

    Awaited start(KafkaBroker broker) throws IOException {
        Command command = broker.command(
                JavaProgram.ownClassPath(), Program.KAFKA.flags(), data.log(broker.name()), StopSignal.TERM);
        Supervised process = supervisor.start(Role.KAFKA, command, broker.address(), null);
        return new Awaited(process, broker::isReady);
    }

    Awaited start(PostgresNode postgres) {
        Command command = postgres.command(data.log(PostgresNode.NAME), StopSignal.INT);
        Supervised process = supervisor.start(Role.POSTGRES, command, postgres.url(), null);
        return new Awaited(process, postgres::isReady);
    }

    Awaited start(MailNode mail) throws IOException {
        Command command = mail.command(
                JavaProgram.ownClassPath(), Program.MAIL.flags(), data.log(MailNode.NAME), StopSignal.TERM);
        Supervised process = supervisor.start(Role.MAIL, command, mail.url(), mail.api());
        return new Awaited(process, mail::isReady);
    }
}
