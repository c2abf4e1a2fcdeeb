package dev.accepted.email;

import static dev.accepted.email.Campaigns.HELLO;
import static dev.accepted.email.Campaigns.address;
import static dev.accepted.email.Campaigns.job;
import static dev.accepted.email.Campaigns.people;
import static dev.accepted.email.Campaigns.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.email.smtp.MailServerUnavailable;
import dev.accepted.email.smtp.WaitingByHand;
import dev.accepted.engine.Attachment;
import dev.accepted.engine.InputRejected;
import dev.accepted.testkit.RecordingJob;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets a mail, and what the campaign then says of it. */
class CampaignTest {

    private static final Instant NOW = Instant.parse("2026-06-16T09:00:00Z");

    private final Inbox inbox = new Inbox();
    private final WaitingByHand waiting = new WaitingByHand();

    @AfterEach
    void stop() {
        inbox.close();
    }

    @Test
    void everyRecipientOfAThousandGetsOneMail() throws Exception {
        RecordingJob job = job(people(1000));
        CampaignReport report = handler().run(HELLO, job);

        Map<String, MimeMessage> mails = inbox.byRecipient();
        assertEquals(IntStream.range(0, 1000).mapToObj(Campaigns::address).collect(Collectors.toSet()), mails.keySet());
        Set<String> ids = mails.values().stream()
                .map(mail -> Inbox.header(mail, "Message-ID"))
                .collect(Collectors.toSet());
        assertEquals(1000, ids.size());
        MimeMessage mail = inbox.mailTo(address(700));
        assertEquals("Hello Person 700!", mail.getSubject());
        assertEquals(
                "Dear Person 700, everything is half price.",
                String.valueOf(mail.getContent()).strip());

        assertEquals(List.of(1000L, 1000L, 0L, 0L), figures(report));
        assertEquals(Map.of("sent_count", 1000L, "failed_count", 0L), job.counts());
        assertEquals(10, job.checkpoints().size());
        assertEquals(100.0, job.percents().get(job.percents().size() - 1));
    }

    @Test
    void anAddressThatStandsTwiceGetsOneMail() throws Exception {
        List<Map<String, String>> list = people(150);
        list.add(Map.of("email", "person3@EXAMPLE.com", "first_name", "Again"));
        list.add(Map.of("email", " person140@example.com ", "first_name", "Again"));
        CampaignReport report = handler().run(HELLO, job(list));
        assertEquals(150, inbox.count());
        assertEquals("Hello Person 3!", inbox.mailTo(address(3)).getSubject());
        assertEquals(List.of(152L, 150L, 0L, 2L), figures(report));
    }

    @Test
    void aPlaceholderThatNoColumnHasStopsTheCampaignBeforeTheFirstMail() {
        InputRejected content = assertThrows(
                InputRejected.class, () -> handler().run(text("Hi", "{{email}} {{nickname}}"), job(people(3))));
        assertEquals("/content", content.pointer());
        assertTrue(String.valueOf(content.getMessage()).contains("{{nickname}}"), content.getMessage());
        InputRejected subject =
                assertThrows(InputRejected.class, () -> handler().run(text("{{nickname}}", "Hi"), job(people(3))));
        assertEquals("/subject", subject.pointer());
        InputRejected open =
                assertThrows(InputRejected.class, () -> handler().run(text("Hi", "Hi {{email"), job(people(3))));
        assertEquals("/content", open.pointer());
        assertEquals(0, inbox.count());
    }

    @Test
    void aColumnThatOnlyALaterLineHasIsAColumn() throws Exception {
        List<Map<String, String>> list =
                List.of(Map.of("email", "a@example.com"), Map.of("email", "b@example.com", "first_name", "Bo"));
        handler().run(text("Hi {{first_name}}!", "x"), job(list));
        assertEquals("Hi !", inbox.mailTo("a@example.com").getSubject());
        assertEquals("Hi Bo!", inbox.mailTo("b@example.com").getSubject());
    }

    @Test
    void badAddressesFailAlone() throws Exception {
        List<Map<String, String>> list = people(5);
        list.add(2, Map.of("email", "no address", "first_name", "No"));
        list.add(Map.of("first_name", "Without"));
        CampaignReport report = handler().run(HELLO, job(list));
        assertEquals(5, inbox.byRecipient().size());
        assertEquals(List.of(7L, 5L, 2L, 0L), figures(report));
        assertEquals(
                List.of(
                        new CampaignReport.Failure("no address", "The address has no @"),
                        new CampaignReport.Failure("", "The address is missing")),
                report.failures());
        assertNull(report.failuresUrl());
    }

    @Test
    void moreThanAHundredFailuresAreInAFile() throws Exception {
        List<Map<String, String>> list = people(50);
        for (int bad = 0; bad < 150; bad++) {
            list.add(Map.of("email", "bad,\"" + bad + "\"\ud800", "first_name", "Bad"));
        }
        RecordingJob job = job(list);
        CampaignReport report = handler().run(HELLO, job);
        assertEquals(100, report.failures().size());
        assertEquals(List.of(200L, 50L, 150L, 0L), figures(report));
        List<String> lines = file(job, report.failuresUrl()).lines().toList();
        assertEquals(151, lines.size());
        assertEquals("email,reason", lines.get(0));
        assertEquals("\"bad,\"\"149\"\"\uFFFD\",\"The address has no @\"", lines.get(150));
    }

    @Test
    void anEmptyListIsDoneAtOnce() throws Exception {
        assertEquals(List.of(0L, 0L, 0L, 0L), figures(handler().run(HELLO, job(List.of()))));
    }

    @Test
    void theRateIsKept() throws Exception {
        RecordingJob job = job(people(41));
        handler(inbox.config().withRate(2).withConnections(1)).run(HELLO, job);
        assertEquals(41, inbox.count());
        assertEquals(Duration.ofSeconds(20), waiting.total());
        assertEquals(5, job.checkpoints().size());
    }

    @Test
    void aWrongPasswordIsTriedOnceOnly() throws Exception {
        inbox.server().setUser("shop@shop.example", "shop", "right");
        handler(inbox.config().withPassword("right")).run(HELLO, job(people(3)));
        assertEquals(3, inbox.byRecipient().size());
        CampaignHandler wrong = handler(inbox.config().withPassword("wrong").withConnections(1));
        assertThrows(MailServerUnavailable.class, () -> wrong.run(HELLO, job(people(3))));
        assertEquals(Duration.ZERO, waiting.total());
    }

    @Test
    void aConfiguredSenderThatIsNoneIsFoundAtTheStart() {
        assertThrows(
                IllegalArgumentException.class, () -> handler(inbox.config().withFrom("nobody")));
        assertThrows(
                IllegalArgumentException.class, () -> handler(inbox.config().withConnections(0)));
    }

    private CampaignHandler handler() {
        return handler(inbox.config());
    }

    private CampaignHandler handler(TestConfig config) {
        return new CampaignHandler(config, Clock.fixed(NOW, ZoneOffset.UTC), waiting);
    }

    private static String file(RecordingJob job, @Nullable String url) {
        String digest = String.valueOf(url).replace("/results/", "");
        return new String(job.content(new Attachment(digest, "", "", 0)), StandardCharsets.UTF_8);
    }

    private static List<Long> figures(CampaignReport report) {
        return List.of(report.recipientCount(), report.sentCount(), report.failedCount(), report.skippedCount());
    }
}
