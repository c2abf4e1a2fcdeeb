package dev.accepted.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import dev.accepted.testkit.RecordingJob;
import dev.accepted.testkit.WorkerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.Test;

/** The application as Quarkus builds it: its configuration, its class loaders, its one handler. */
@QuarkusTest
@QuarkusTestResource(GreenMailResource.class)
@QuarkusTestResource(WorkerStack.class)
class WorkerTest {

    private final CampaignHandler handler;

    @SuppressWarnings("NullAway.Init") // The test resource sets it.
    private GreenMail server;

    @Inject
    WorkerTest(CampaignHandler handler) {
        this.handler = handler;
    }

    @Test
    void theApplicationSendsACampaign() throws Exception {
        RecordingJob job = Campaigns.job(Campaigns.people(3));
        CampaignReport report = handler.run(Campaigns.HELLO, job);
        assertEquals(3, report.sentCount());
        MimeMessage[] mails = server.getReceivedMessages();
        assertEquals(3, mails.length);
        assertEquals("Accepted <campaigns@accepted.invalid>", mails[0].getHeader("From", null));
        assertTrue(mails[0].getMessageID().endsWith("@shop.example>"), mails[0].getMessageID());
    }
}
