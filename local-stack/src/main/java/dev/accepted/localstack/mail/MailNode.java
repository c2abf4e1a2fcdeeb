package dev.accepted.localstack.mail;

import com.icegreen.greenmail.Managers;
import dev.accepted.localstack.process.Command;
import dev.accepted.localstack.process.JavaProgram;
import dev.accepted.localstack.process.Ports;
import dev.accepted.localstack.process.StopSignal;
import jakarta.mail.util.StreamProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.eclipse.angus.mail.util.MailStreamProvider;

/**
 * The mail server: its place, its command, and the main class that runs it. Mails live as long as the process.
 *
 * @param home its directory
 * @param smtpPort where mails are taken, without authentication and for any recipient
 * @param apiPort where they are read, over HTTP: {@code GET /messages/count}, {@code GET /messages?to=&limit=&after=}
 */
public record MailNode(Path home, int smtpPort, int apiPort) {

    /** What the process is called. */
    public static final String NAME = "mail";

    private static final long START_MILLIS = 20_000;

    /** Chooses the ports: those of the last run, where still free. */
    public static MailNode prepare(Path directory, Ports ports) throws IOException {
        Files.createDirectories(directory);
        return new MailNode(
                directory, ports.kept(directory.resolve("smtp-port")), ports.kept(directory.resolve("api-port")));
    }

    /** The command that runs it; {@link #isReady()} tells when it serves. */
    public Command command(String classPath, List<String> flags, Path log, StopSignal stop) throws IOException {
        Files.deleteIfExists(readyFile());
        JavaProgram program = new JavaProgram(classPath, flags, MailNode.class.getName());
        List<String> arguments = List.of(
                Integer.toString(smtpPort),
                Integer.toString(apiPort),
                readyFile().toString());
        return new Command(NAME, program.words(arguments), Map.of(), home, log, stop);
    }

    /** Whether the server that {@link #command} started takes mails. */
    public boolean isReady() {
        return Files.exists(readyFile());
    }

    /** Where to send: {@code smtp://127.0.0.1:port}. */
    public String url() {
        return "smtp://127.0.0.1:" + smtpPort;
    }

    /** Where to read: {@code http://127.0.0.1:port}. */
    public String api() {
        return "http://127.0.0.1:" + apiPort;
    }

    private Path readyFile() {
        return home.resolve("ready").toAbsolutePath();
    }

    /**
     * Serves until SIGTERM.
     *
     * @param arguments the two ports, and the file to make once both serve
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        // Named, it is found once; looked up, it is searched for on the whole class path at every mail.
        System.setProperty(StreamProvider.class.getName(), MailStreamProvider.class.getName());
        Managers managers = new Managers();
        Mailbox mailbox = new Mailbox(InstantSource.system(), managers.getImapHostManager());
        managers.getUserManager().setMessageDeliveryHandler(mailbox);
        PromptSmtpServer smtp = new PromptSmtpServer(Integer.parseInt(arguments[0]), managers);
        smtp.startService();
        if (!smtp.waitTillRunning(START_MILLIS)) {
            throw new IOException("No mails can be taken on port " + arguments[0]);
        }
        MailboxApi api = new MailboxApi(mailbox, Integer.parseInt(arguments[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(api::close, "stop-mailbox-api"));
        Files.writeString(Path.of(arguments[2]), ProcessHandle.current().pid() + "\n");
    }
}
