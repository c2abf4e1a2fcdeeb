package dev.accepted.cli.stack;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.cli.CommandProcess;
import dev.accepted.cli.fake.FakeCheckout;
import dev.accepted.cli.process.RunDirectory;
import dev.accepted.cli.process.RunFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One stack, which the last of these tests stops. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunningStackCommandsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Path home;
    private final RunDirectory runs;
    private CommandProcess up;
    private String ready;

    RunningStackCommandsTest(@TempDir Path home) {
        this.home = home.resolve("a tree");
        this.runs = DataDirectory.of(this.home.resolve(".accepted")).runs();
    }

    @BeforeAll
    void start() throws Exception {
        FakeCheckout.create(home);
        Map<String, String> environment = Map.of(
                "FAKE_DIARY",
                home.resolve("diary").toString(),
                "FAKE_AUDIT",
                home.resolve("audit").toString(),
                "PASSED_THROUGH",
                "yes");
        up = CommandProcess.start(
                home, environment, "up", "--port", "0", "--workers", "probe=2,email=1", "--gateways", "2");
        ready = up.awaitReady();
    }

    @AfterAll
    void stop() throws Exception {
        up.close();
    }

    @Test
    @Order(1)
    void standardOutputHasTheReadyLineAndNothingElse() {
        assertTrue(up.out().matches("ready: http://127\\.0\\.0\\.1:\\d+\n"), up.out());
        assertEquals(ready, url("gateway-1"));
        assertEquals(
                URI.create(ready).getPort() + 1, URI.create(url("gateway-2")).getPort());
    }

    @Test
    @Order(1)
    void runFilesNameTheRealProcesses() throws Exception {
        for (String name : List.of("gateway-1", "gateway-2", "worker-probe-1", "worker-probe-2", "worker-email-1")) {
            assertEquals(file(name).identity().pid(), Told.pid(url(name)));
        }
    }

    @Test
    @Order(1)
    void applicationsAreToldWhereEverythingIs() throws Exception {
        Map<String, String> told = Told.by(url("worker-email-1"));
        assertEquals(url("kafka-1"), told.get("KAFKA_BOOTSTRAP_SERVERS"));
        assertEquals("smtp://127.0.0.1:" + told.get("ACCEPTED_EMAIL_SMTP_PORT"), url("mail"));
        assertEquals("email-1", told.get("ACCEPTED_WORKER_NAME"));
        assertEquals("local", told.get("ACCEPTED_MODE"));
        assertEquals("1", told.get("ACCEPTED_TOPICS_REPLICATION"));
        assertEquals("yes", told.get("PASSED_THROUGH"));
        assertTrue(Files.isDirectory(Path.of(told.get("ACCEPTED_OBJECTS_DIRECTORY"))));
        assertEquals(32, Base64.getDecoder().decode(told.get("ACCEPTED_ID_KEY")).length);
        assertTrue(Files.readString(Path.of(told.get("ACCEPTED_JWT_PUBLIC_KEY_LOCATION")))
                .contains("PUBLIC KEY"));

        Properties login = new Properties();
        login.setProperty("user", told.get("QUARKUS_DATASOURCE_USERNAME"));
        login.setProperty("password", told.get("QUARKUS_DATASOURCE_PASSWORD"));
        try (var connection = DriverManager.getConnection(told.get("QUARKUS_DATASOURCE_JDBC_URL"), login)) {
            assertEquals("accepted", connection.getCatalog());
        }
        assertEquals(
                "postgresql://accepted:" + login.getProperty("password") + "@"
                        + told.getOrDefault("QUARKUS_DATASOURCE_JDBC_URL", "").substring("jdbc:postgresql://".length()),
                url("postgres"));
    }

    @Test
    @Order(1)
    void aSecondStackOnTheSameDirectoryIsRefused() throws Exception {
        CommandProcess second = CommandProcess.run(home, "up", "--port", "0");
        assertEquals(1, second.exitStatus());
        assertTrue(second.err().contains("A stack runs on"), second.err());
        assertEquals(
                2,
                runs.running().stream()
                        .filter(f -> f.name().startsWith("gateway"))
                        .count());
    }

    @Test
    @Order(1)
    void aTokenStandsAloneOnStandardOutput() throws Exception {
        CommandProcess token = CommandProcess.run(home, "token", "--tenant", "acme");
        assertEquals(0, token.exitStatus(), token::err);
        assertTrue(token.out().matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\n"), token.out());
    }

    @Test
    @Order(1)
    void theConsolesAddressBringsItsTokenWhereNoServerSeesIt() throws Exception {
        CommandProcess console = CommandProcess.run(home, "console");
        assertEquals(0, console.exitStatus(), console::err);
        URI address = URI.create(console.out().strip());
        assertTrue(address.toString().startsWith(ready + "/console#"), console.out());
        assertTrue(address.getFragment().matches("token=[\\w-]+\\.[\\w-]+\\.[\\w-]+"), console.out());
    }

    @Test
    @Order(1)
    void anAuditEndsWithZeroIfAllIsWellAndWithOneIfNot() throws Exception {
        Files.writeString(home.resolve("audit"), """
                {"clean":true,"unfinished":{"total":3,"in_queue":1,"under_lease":1,"under_timer":1,"stranded":0},
                 "stranded":[],"dead":{"total":0,"last":[]}}""");
        CommandProcess clean = CommandProcess.run(home, "audit");
        assertEquals(0, clean.exitStatus(), clean::err);
        assertTrue(clean.out().contains("Unfinished jobs         3"), clean.out());
        assertTrue(clean.out().contains("Clean: "), clean.out());

        Files.writeString(home.resolve("audit"), """
                {"clean":false,"unfinished":{"total":1,"in_queue":0,"under_lease":0,"under_timer":0,"stranded":1},
                 "stranded":[{"job_id":"job-x","status":"queued","attempt":2,"type":"probe.noop"}],
                 "dead":{"total":1,"last":[{"time":"2026-11-24T00:00:00Z","from":"jobs.events/0/7","reason":"no id"}]}}""");
        CommandProcess stranded = CommandProcess.run(home, "audit");
        assertEquals(1, stranded.exitStatus(), stranded::err);
        assertTrue(stranded.out().contains("job-x queued attempt 2 of probe.noop"), stranded.out());
        assertTrue(stranded.out().contains("jobs.events/0/7: no id"), stranded.out());
        assertEquals(1, CommandProcess.run(home, "audit", "--json").exitStatus());
    }

    @Test
    @Order(2)
    void aWorkerThatDiesIsReportedAndAnotherCanTakeItsNumber() throws Exception {
        file("worker-probe-1").identity().running().orElseThrow().destroyForcibly();
        await().atMost(SOON).until(() -> up.err().contains("worker-probe-1 ended with status 137 (signal 9)"));

        try (CommandProcess worker = CommandProcess.start(home, Map.of(), "worker", "probe")) {
            String url = worker.awaitReady();
            assertEquals(url, url("worker-probe-1"));
            assertEquals("probe-1", Told.by(url).get("ACCEPTED_WORKER_NAME"));
            worker.terminate();
            assertEquals(143, worker.exitStatus());
        }
        assertTrue(runs.list().stream().noneMatch(file -> file.name().equals("worker-probe-1")));
    }

    @Test
    @Order(3)
    void whatDiedComesBackWhereItWas() throws Exception {
        List<String> names = List.of("postgres", "kafka-1", "gateway-2");
        List<String> urls = names.stream().map(this::url).toList();
        for (String name : names) {
            kill(name);
        }
        try (CommandProcess postgres = CommandProcess.start(home, Map.of(), "start", "postgres");
                CommandProcess kafka = CommandProcess.start(home, Map.of(), "start", "kafka-1");
                CommandProcess gateway = CommandProcess.start(home, Map.of(), "start", "gateway-2")) {
            String database = postgres.awaitReady();
            assertEquals(urls.subList(1, 3), List.of(kafka.awaitReady(), gateway.awaitReady()));
            assertEquals(urls, names.stream().map(this::url).toList());
            // Its password is in the file for whoever may read that, and not on the screen.
            assertEquals(urls.get(0).replaceFirst("//accepted:[0-9a-f]+@", "//"), database);
            assertNotEquals(urls.get(0), database);
            assertEquals(file("gateway-2").identity().pid(), Told.pid(gateway.awaitReady()));
            CommandProcess again = CommandProcess.run(home, "start", "gateway-2");
            assertEquals(1, again.exitStatus());
            assertTrue(again.err().contains("gateway-2 runs already"), again.err());
        }
    }

    @Test
    @Order(3)
    void whatHasNoPlaceInTheStackIsRefused() throws Exception {
        for (String name : List.of("kafka-2", "worker-nobody-1", "gateway")) {
            CommandProcess start = CommandProcess.run(home, "start", name);
            assertEquals(1, start.exitStatus());
            assertTrue(start.err().contains("no place for '" + name + "'"), start.err());
        }
    }

    @Test
    @Order(4)
    void everythingStopsInOrderAndWhoJoinedGoesToo() throws Exception {
        Files.deleteIfExists(home.resolve("diary"));
        CommandProcess postgres = CommandProcess.start(home, Map.of(), "start", "postgres");
        Map<String, String> environment =
                Map.of("FAKE_DIARY", home.resolve("diary").toString());
        CommandProcess gateway = CommandProcess.start(home, environment, "start", "gateway-2");
        postgres.awaitReady();
        gateway.awaitReady();
        List<ProcessHandle> processes = runs.running().stream()
                .map(file -> file.identity().running().orElseThrow())
                .toList();
        try (CommandProcess worker = CommandProcess.start(home, Map.of(), "worker", "email")) {
            worker.awaitReady();
            up.terminate();
            assertEquals(143, up.exitStatus());
            assertEquals(0, worker.exitStatus());
            assertTrue(worker.err().contains("is gone; worker-email-2 stops"), worker.err());
        }
        assertEquals(0, gateway.exitStatus());
        assertEquals(0, postgres.exitStatus());
        List<String> diary = Files.readAllLines(home.resolve("diary"));
        assertEquals(List.of("gateway", "gateway"), diary.subList(diary.size() - 2, diary.size()));
        assertNotEquals(-1, diary.indexOf("probe-2"));
        assertTrue(processes.stream().noneMatch(ProcessHandle::isAlive));
        assertEquals(List.of(), runs.list());
    }

    private void kill(String name) {
        ProcessHandle process = file(name).identity().running().orElseThrow();
        process.destroyForcibly();
        await().atMost(SOON)
                .until(() -> runs.list().stream().noneMatch(file -> file.name().equals(name)));
    }

    private String url(String name) {
        return file(name).url();
    }

    private RunFile file(String name) {
        return runs.running().stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
