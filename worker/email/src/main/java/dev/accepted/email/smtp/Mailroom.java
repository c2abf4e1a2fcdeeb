package dev.accepted.email.smtp;

import dev.accepted.contract.catalog.RetryPolicy;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.stream.Stream;

/** Opens lanes to one server; the pace is shared by all of them. */
public final class Mailroom {

    /** Within one attempt: 21 seconds in all, enough for a restart of the server but not for an outage. */
    private static final RetryPolicy PATIENCE = new RetryPolicy(5, Duration.ofMillis(250), 4, Duration.ofSeconds(16));

    private final SmtpServer server;
    private final Session session;
    private final int connections;
    private final Pace pace;
    private final Waiting waiting;

    /** @param connections how many each campaign keeps open */
    public Mailroom(SmtpServer server, int connections, Pace pace, Waiting waiting) {
        if (connections < 1) {
            throw new IllegalArgumentException("A campaign needs at least 1 connection, not " + connections);
        }
        this.server = server;
        this.session = server.session();
        this.connections = connections;
        this.pace = pace;
        this.waiting = waiting;
    }

    /** Connects on the first mail only; the name is for the threads. */
    public Lanes open(String name) {
        return new Lanes(name, Stream.generate(this::lane).limit(connections).toList());
    }

    private Lane lane() {
        return new Lane(server, new SmtpConnection(server, session), pace, PATIENCE, waiting);
    }
}
