package dev.accepted.email;

import static dev.accepted.email.Campaigns.HELLO;
import static dev.accepted.email.Campaigns.address;
import static dev.accepted.email.Campaigns.job;
import static dev.accepted.email.Campaigns.people;
import static dev.accepted.email.ScriptedSmtpServer.OK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.email.ScriptedSmtpServer.Taken;
import dev.accepted.email.smtp.WaitingByHand;
import dev.accepted.testkit.RecordingJob;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the next attempt sends, and what it does not. */
class RestartTest {

    private ScriptedSmtpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedSmtpServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aWorkersDeathSendsNothingBeforeTheCheckpointAgainAndLeavesNobodyOut() throws Exception {
        RecordingJob first = job(people(450));
        Thread worker = Thread.currentThread();
        server.afterEach(count -> {
            if (count == 250) {
                worker.interrupt();
            }
        });
        assertThrows(InterruptedException.class, () -> handler().run(HELLO, first));
        assertEquals(
                200,
                first.checkpoints()
                        .get(first.checkpoints().size() - 1)
                        .get("next")
                        .asInt());

        server.afterEach(count -> {});
        CampaignReport report = handler().run(HELLO, first.nextAttempt());
        assertEquals(450, report.sentCount());
        Map<String, List<Taken>> mails = server.taken().stream().collect(Collectors.groupingBy(Taken::recipient));
        assertEquals(450, mails.size());
        Set<String> twice = mails.entrySet().stream()
                .filter(entry -> entry.getValue().size() == 2)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertTrue(twice.size() >= 50, twice.toString());
        Set<String> sinceTheCheckpoint = people(450).subList(200, 300).stream()
                .map(line -> line.get("email"))
                .collect(Collectors.toSet());
        assertTrue(sinceTheCheckpoint.containsAll(twice), twice.toString());
        assertEquals(450, new HashSet<>(server.taken()).size(), "a second mail has the first one's Message-ID");
    }

    @Test
    void aCancelledCampaignStopsAndCouldGoOnExactlyThere() throws Exception {
        RecordingJob first = job(people(450));
        server.afterEach(count -> {
            if (count == 130) {
                first.cancel();
            }
        });
        assertThrows(CancellationException.class, () -> handler().run(HELLO, first));
        assertTrue(server.taken().size() <= 131, "one mail a connection may be under way");
        assertEquals((long) server.taken().size(), first.counts().get("sent_count"));

        assertEquals(450, handler().run(HELLO, first.nextAttempt()).sentCount());
        assertEquals(450, server.recipients().size());
        assertEquals(450, Set.copyOf(server.recipients()).size());
    }

    @Test
    void figuresAndFailuresOfAllAttemptsAreInTheReport() throws Exception {
        List<Map<String, String>> list = new ArrayList<>(people(300));
        for (int line = 0; line < 150; line++) {
            list.add(2 * line, Map.of("email", "bad" + line, "first_name", "Bad"));
            list.add(Map.of("email", address(line), "first_name", "Again"));
        }
        server.onRecipient(address -> address.equals(address(1)) ? "550 No" : OK);
        RecordingJob job = job(list);
        for (int attempt = 1; attempt <= 4; attempt++) {
            RecordingJob current = job;
            int limit = 70 * attempt;
            server.afterEach(count -> {
                if (count == limit) {
                    current.cancel();
                }
            });
            assertThrows(CancellationException.class, () -> handler().run(HELLO, current));
            job = current.nextAttempt();
        }
        server.afterEach(count -> {});
        CampaignReport report = handler().run(HELLO, job);
        assertEquals(600, report.recipientCount());
        assertEquals(299, report.sentCount());
        assertEquals(151, report.failedCount());
        assertEquals(150, report.skippedCount());
        assertEquals(299, server.recipients().size());
        assertEquals("bad0", report.failures().get(0).email());
        assertEquals(Map.of("sent_count", 299L, "failed_count", 151L), job.counts());
        assertEquals(100.0, job.percents().get(job.percents().size() - 1));
    }

    private CampaignHandler handler() {
        return new CampaignHandler(TestConfig.of(server.port()), Clock.systemUTC(), new WaitingByHand());
    }
}
