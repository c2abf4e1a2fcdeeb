package dev.accepted.localstack.postgres;

import dev.accepted.localstack.process.Command;
import dev.accepted.localstack.process.Ports;
import dev.accepted.localstack.process.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server's directory made ready: initialized, its port chosen, the traces of a killed run removed. Nothing runs yet.
 *
 * <p>The superuser and the first database are both called {@code accepted}; the password was made up when the directory
 * was initialized.
 */
public final class PostgresNode {

    /** What the process is called. */
    public static final String NAME = "postgres";

    /** The superuser, and the database that is there from the beginning. */
    public static final String USER = "accepted";

    private final PostgresPrograms programs;
    private final Path data;
    private final int port;
    private final String password;

    private PostgresNode(PostgresPrograms programs, Path data, int port, String password) {
        this.programs = programs;
        this.data = data;
        this.port = port;
        this.password = password;
    }

    /**
     * Initializes {@code directory} unless that was done, and chooses the port (that of the last run, where still free).
     *
     * @throws IOException when PostgreSQL cannot be unpacked or initialized, or still runs on this directory
     */
    public static PostgresNode prepare(Path directory, Ports ports) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        PostgresPrograms programs = PostgresPrograms.find();
        Path data = directory.resolve("data").toAbsolutePath();
        Path passwordFile = directory.resolve("password").toAbsolutePath();
        if (!Files.isDirectory(data)) {
            Initialization.run(programs, data, passwordFile);
        }
        new PostmasterFile(data).clearIfStale();
        String password = Files.readString(passwordFile).strip();
        return new PostgresNode(programs, data, ports.kept(directory.resolve("port")), password);
    }

    /** The command that runs the server; {@link #isReady()} tells when it takes connections. */
    public Command command(Path log, StopSignal stop) {
        Map<String, String> settings = Map.of(
                "listen_addresses", "127.0.0.1",
                "port", Integer.toString(port),
                // A socket file's path may not be longer than some 100 characters; a data directory's may.
                "unix_socket_directories", "",
                "max_connections", "100",
                "shared_buffers", "64MB",
                "timezone", "UTC",
                "log_timezone", "UTC");
        List<String> arguments = new ArrayList<>(List.of("-D", data.toString()));
        settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        return new Command(NAME, programs.words("postgres", arguments), Map.of(), data, log, stop);
    }

    /** Whether the server that {@link #command} started takes connections. */
    public boolean isReady() {
        return new PostmasterFile(data).saysReady();
    }

    /** The port, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The superuser's password: hexadecimal digits. */
    public String password() {
        return password;
    }

    /** A URL as {@code psql} and libpq take it, password included. */
    public String url() {
        return "postgresql://" + USER + ":" + password + "@127.0.0.1:" + port + "/" + USER;
    }

    /** The JDBC URL of one of the server's databases, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }
}
