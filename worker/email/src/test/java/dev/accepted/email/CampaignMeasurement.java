package dev.accepted.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.accepted.email.smtp.Waiting;
import dev.accepted.testkit.RecordingJob;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Measures one campaign against a mail server in a JVM of its own. Arguments: recipients, connections, and the server:
 * {@code greenmail} keeps each mail, {@code null} forgets it and so shows what the worker itself can do.
 *
 * <pre>
 * mvn -ntp test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath -pl worker/email -am
 * cd worker/email
 * java -Xmx192m -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
 *     -cp target/test-classes:target/classes:$(cat target/classpath) \
 *     dev.accepted.email.CampaignMeasurement 25000 2 greenmail
 * </pre>
 */
final class CampaignMeasurement {

    private static final String SERVE = "serve";

    private CampaignMeasurement() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals(SERVE)) {
            serve(arguments[1]);
            return;
        }
        Logger.getLogger("").setLevel(Level.INFO);
        Process server = startServer(arguments[2]);
        try (BufferedReader out = server.inputReader(UTF_8)) {
            measure(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), port(out));
        } finally {
            server.destroy();
        }
    }

    private static void measure(int recipients, int connections, int port) throws Exception {
        TestConfig config = TestConfig.of(port).withConnections(connections);
        CampaignHandler handler = new CampaignHandler(config, Clock.systemUTC(), Waiting.really());
        RecordingJob job = Campaigns.job(Campaigns.people(recipients));
        CampaignReport report = handler.run(Campaigns.HELLO, job);
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.printf(
                "%,d sent, %,d failed over %d connections in %.1f s: %.0f/s; heap at most %d MiB of %d MiB%n",
                report.sentCount(),
                report.failedCount(),
                connections,
                report.durationSeconds(),
                report.ratePerSecond(),
                peak >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    private static Process startServer(String kind) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CampaignMeasurement.class.getName(),
                        SERVE,
                        kind)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static int port(BufferedReader out) throws IOException {
        @Nullable String line = out.readLine();
        if (line == null) {
            throw new IOException("The mail server did not start");
        }
        return Integer.parseInt(line);
    }

    /** Says its port and serves until it is killed. */
    private static void serve(String kind) throws Exception {
        Logger.getLogger("com.icegreen").setLevel(Level.WARNING);
        if (kind.equals("greenmail")) {
            GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
            server.start();
            System.out.println(server.getSmtp().getPort());
        } else {
            System.out.println(new ScriptedSmtpServer().port());
        }
        Thread.currentThread().join();
    }
}
