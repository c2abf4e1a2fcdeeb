package dev.accepted.email;

import static dev.accepted.email.Campaigns.address;
import static dev.accepted.email.Campaigns.html;
import static dev.accepted.email.Campaigns.job;
import static dev.accepted.email.Campaigns.people;
import static dev.accepted.email.Campaigns.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.email.smtp.WaitingByHand;
import dev.accepted.engine.InputRejected;
import jakarta.mail.Address;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a mail looks like that has arrived. */
class MailContentTest {

    private static final Instant NOW = Instant.parse("2026-06-16T09:00:00Z");

    private final Inbox inbox = new Inbox();
    private final WaitingByHand waiting = new WaitingByHand();

    @AfterEach
    void stop() {
        inbox.close();
    }

    @Test
    void headersSayWhoWhatAndWhen() throws Exception {
        handler(inbox.config().withListUnsubscribe("<mailto:leave@shop.example>"))
                .run(text("Größe 50 %", "Jetzt für alle"), job(people(1)));
        MimeMessage mail = inbox.mailTo(address(0));
        InternetAddress from = (InternetAddress) mail.getFrom()[0];
        assertEquals("sale@shop.example", from.getAddress());
        assertEquals("Grüße", from.getPersonal());
        assertTrue(Inbox.header(mail, "From").matches("\\p{ASCII}+"), Inbox.header(mail, "From"));
        assertEquals("Größe 50 %", mail.getSubject());
        assertTrue(Inbox.header(mail, "Subject").matches("\\p{ASCII}+"), Inbox.header(mail, "Subject"));
        assertEquals(Date.from(NOW), mail.getSentDate());
        assertTrue(
                Inbox.header(mail, "Message-ID").matches("<[0-9a-f]{32}@shop\\.example>"),
                Inbox.header(mail, "Message-ID"));
        assertEquals("<mailto:leave@shop.example>", Inbox.header(mail, "List-Unsubscribe"));
        assertEquals("text/plain; charset=UTF-8", mail.getContentType());
        assertEquals("Jetzt für alle", String.valueOf(mail.getContent()).strip());
    }

    @Test
    void aCampaignMayNameItsSender() throws Exception {
        handler().run(Campaigns.helloFrom("eve@shop.example"), job(people(1)));
        assertArrayEquals(
                new Address[] {new InternetAddress("eve@shop.example")},
                inbox.mailTo(address(0)).getFrom());
    }

    @Test
    void aSenderThatIsNoAddressIsRejected() {
        InputRejected rejected = assertThrows(
                InputRejected.class, () -> handler().run(Campaigns.helloFrom("x\r\nBcc: y@z.example"), job(people(1))));
        assertEquals("/from", rejected.pointer());
        assertEquals(0, inbox.count());
    }

    @Test
    void valuesStayValuesInHtmlAndInHeaders() throws Exception {
        Map<String, String> evil =
                Map.of("email", "a@example.com", "first_name", "<b>\r\nBcc: eve@example.com\r\n\r\nX</b>");
        handler().run(html("Hi {{first_name}}", "<p>{{first_name}}</p>"), job(List.of(evil)));
        Map<String, MimeMessage> mails = inbox.byRecipient();
        assertEquals(Set.of("a@example.com"), mails.keySet());
        MimeMessage mail = inbox.mailTo("a@example.com");
        assertNull(mail.getHeader("Bcc"));
        assertEquals("Hi <b>  Bcc: eve@example.com    X</b>", mail.getSubject());
        assertEquals("text/html; charset=UTF-8", mail.getContentType());
        assertEquals(
                "<p>&lt;b&gt;\r\nBcc: eve@example.com\r\n\r\nX&lt;/b&gt;</p>",
                String.valueOf(mail.getContent()).strip());
    }

    @Test
    void anyTextArrivesAsItWasWritten() throws Exception {
        String umlauts = "Größe\nÄpfel = 50 %\n\n.\n" + "lang und länger ".repeat(100);
        String kanji = "半額セール\n".repeat(50);
        String longLine = "x".repeat(5_000);
        for (String text : List.of(umlauts, kanji, longLine, "trailing space \n\ttab\t\n", "bell \u0007")) {
            inbox.empty();
            handler().run(text("Text", text), job(people(1)));
            MimeMessage mail = inbox.mailTo(address(0));
            String received = String.valueOf(mail.getContent()).replace("\r\n", "\n");
            assertEquals(text.stripTrailing(), received.stripTrailing(), mail.getEncoding());
        }
    }

    @Test
    void aLineThatIsADotDoesNotEndTheMail() throws Exception {
        handler().run(text("Dots", "one\n.\n..\nend"), job(people(2)));
        assertEquals(
                "one\r\n.\r\n..\r\nend",
                String.valueOf(inbox.mailTo(address(1)).getContent()).strip());
    }

    private CampaignHandler handler() {
        return handler(inbox.config());
    }

    private CampaignHandler handler(TestConfig config) {
        return new CampaignHandler(config, Clock.fixed(NOW, ZoneOffset.UTC), waiting);
    }
}
