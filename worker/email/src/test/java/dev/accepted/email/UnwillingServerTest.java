package dev.accepted.email;

import static dev.accepted.email.Campaigns.HELLO;
import static dev.accepted.email.Campaigns.address;
import static dev.accepted.email.Campaigns.job;
import static dev.accepted.email.Campaigns.people;
import static dev.accepted.email.ScriptedSmtpServer.HANG_UP;
import static dev.accepted.email.ScriptedSmtpServer.OK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.email.CampaignReport.Failure;
import dev.accepted.email.smtp.MailServerUnavailable;
import dev.accepted.email.smtp.SenderRefused;
import dev.accepted.email.smtp.WaitingByHand;
import dev.accepted.engine.InputRejected;
import dev.accepted.testkit.RecordingJob;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a campaign when the mail server refuses, puts off, or goes away. */
class UnwillingServerTest {

    private static final Duration ALL_PATIENCE = Duration.ofMillis(250 + 1_000 + 4_000 + 16_000);

    private final WaitingByHand waiting = new WaitingByHand();
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
    void anAddressRefusedForGoodFailsAlone() throws Exception {
        server.onRecipient(address -> switch (address) {
            case "person3@example.com" -> "550 5.1.1 <person3@example.com>: Recipient address rejected: User unknown";
            case "person7@example.com" ->
                "550-5.1.1 PERSON7@example.com: Recipient address rejected:\r\n550 User unknown";
            case "person9@example.com" -> "552 5.2.2 Mailbox full";
            default -> OK;
        });
        server.onMail(address -> address.equals(address(5)) ? "554 5.7.1 Looks like spam" : OK);
        RecordingJob job = job(people(250));
        CampaignReport report = handlerWithOneConnection().run(HELLO, job);
        assertEquals(246, report.sentCount());
        assertEquals(4, job.counts().get("failed_count"));
        assertEquals(
                List.of(
                        new Failure(address(3), "550 5.1.1 Recipient address rejected: User unknown"),
                        new Failure(address(5), "554 5.7.1 Looks like spam"),
                        new Failure(address(7), "550-5.1.1 Recipient address rejected: 550 User unknown"),
                        new Failure(address(9), "552 5.2.2 Mailbox full")),
                report.failures());
        assertEquals(246, Set.copyOf(server.recipients()).size());
        assertEquals(246, server.recipients().size());
        assertEquals(1, server.connections());
        assertEquals(Duration.ZERO, waiting.total());
    }

    @Test
    void whatIsPutOffIsTriedAgainAndNoFailure() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        server.onRecipient(address ->
                address.equals(address(4)) && tries.incrementAndGet() <= 2 ? "450 4.2.0 Greylisted, come back" : OK);
        CampaignReport report = handler().run(HELLO, job(people(20)));
        assertEquals(20, report.sentCount());
        assertEquals(0, report.failedCount());
        assertEquals(20, server.recipients().size());
        assertEquals(Duration.ofMillis(250 + 1_000), waiting.total());
    }

    @Test
    void aLostConnectionIsOpenedAgain() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        server.onRecipient(address -> address.equals(address(4)) && tries.incrementAndGet() == 1 ? HANG_UP : OK);
        CampaignReport report = handlerWithOneConnection().run(HELLO, job(people(20)));
        assertEquals(20, report.sentCount());
        assertEquals(20, server.recipients().size());
        assertEquals(2, server.connections());
    }

    @Test
    void aMailWhoseAnswerWasLostIsSentAgainWithTheSameMessageId() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        server.onMail(address -> address.equals(address(4)) && tries.incrementAndGet() == 1 ? HANG_UP : OK);
        CampaignReport report = handler().run(HELLO, job(people(20)));
        assertEquals(20, report.sentCount());
        assertEquals(21, server.taken().size());
        assertEquals(20, new HashSet<>(server.taken()).size());
    }

    @Test
    void aRecipientPutOffForeverEndsTheAttemptButKeepsTheOthers() throws Exception {
        server.onRecipient(address -> address.equals(address(130)) ? "451 4.3.0 Try later" : OK);
        RecordingJob first = job(people(250));
        MailServerUnavailable unavailable =
                assertThrows(MailServerUnavailable.class, () -> handler().run(HELLO, first));
        assertTrue(String.valueOf(unavailable.getMessage()).contains("451 4.3.0 Try later"), unavailable.getMessage());
        assertEquals(ALL_PATIENCE, waiting.total());
        assertFalse(server.recipients().contains(address(130)));

        server.onRecipient(address -> OK);
        CampaignReport report = handler().run(HELLO, first.nextAttempt());
        assertEquals(250, report.sentCount());
        assertEquals(0, report.failedCount());
        assertEquals(250, server.recipients().size());
        assertEquals(250, Set.copyOf(server.recipients()).size());
    }

    @Test
    void aServerThatIsAwayFailsTheAttemptAndNobody() throws Exception {
        server.close();
        RecordingJob job = job(people(5));
        MailServerUnavailable unavailable =
                assertThrows(MailServerUnavailable.class, () -> handler().run(HELLO, job));
        assertTrue(String.valueOf(unavailable.getMessage()).contains("127.0.0.1:" + server.port()));
        assertEquals(0, job.counts().get("failed_count"));
        assertEquals(0, job.counts().get("sent_count"));
    }

    @Test
    void aRefusedSenderIsNoRecipientsFault() {
        server.onSender(sender -> "553 5.7.1 Sender address rejected: not owned by you");
        RecordingJob job = job(people(5));
        assertThrows(SenderRefused.class, () -> handler().run(HELLO, job));
        assertEquals(0, job.counts().get("failed_count"));
        InputRejected rejected = assertThrows(
                InputRejected.class, () -> handler().run(Campaigns.helloFrom("eve@shop.example"), job(people(5))));
        assertEquals("/from", rejected.pointer());
    }

    @Test
    void aRequestForAuthenticationIsNoRecipientsFault() {
        server.onRecipient(address -> "530 5.7.0 Authentication required");
        RecordingJob job = job(people(5));
        assertThrows(MailServerUnavailable.class, () -> handler().run(HELLO, job));
        assertEquals(0, job.counts().get("failed_count"));
    }

    private CampaignHandler handler() {
        return new CampaignHandler(TestConfig.of(server.port()), Clock.systemUTC(), waiting);
    }

    private CampaignHandler handlerWithOneConnection() {
        return new CampaignHandler(TestConfig.of(server.port()).withConnections(1), Clock.systemUTC(), waiting);
    }
}
