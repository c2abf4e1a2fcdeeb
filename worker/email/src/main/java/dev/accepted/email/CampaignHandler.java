package dev.accepted.email;

import dev.accepted.email.smtp.Mailroom;
import dev.accepted.email.smtp.Pace;
import dev.accepted.email.smtp.SenderRefused;
import dev.accepted.email.smtp.SmtpServer;
import dev.accepted.email.smtp.Waiting;
import dev.accepted.engine.InputRejected;
import dev.accepted.engine.JobContext;
import dev.accepted.engine.JobHandler;
import dev.accepted.engine.JobType;
import dev.accepted.engine.JobType.References;
import dev.accepted.engine.Reference;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/**
 * Sends a campaign to each address of its list.
 *
 * <p>Made at the start of the process, so that a wrong configuration is found then. Its patience over attempts is that
 * of somebody who waits for a mail server to come back: some 50 minutes, where other types give up after seconds.
 */
@Startup
@ApplicationScoped
@JobType(
        value = "email.campaign",
        title = "Send an e-mail campaign to a recipient list",
        queue = "email",
        path = "/email/campaigns",
        idPrefix = "camp",
        idMember = "campaign_id",
        statusPath = "/campaigns/{id}/status",
        scope = "campaigns:write",
        anonymous = false,
        scheduledTimeMember = "scheduled_time",
        counters = {"sent_count", "failed_count"},
        references =
                @References(
                        member = "recipient_list_id",
                        collection = "recipient-lists",
                        required = true,
                        countMember = "recipient_count"),
        receipt = "estimated_start_time",
        typicalDuration = "PT30S",
        timeout = "PT6H",
        maxAttempts = 12,
        initialDelay = "PT5S")
class CampaignHandler implements JobHandler<Campaign, CampaignReport> {

    private static final String LIST = "recipient_list_id";

    private final Sender sender;
    private final Mailroom mailroom;
    private final Stretch stretch;
    private final Clock clock;

    @Inject
    CampaignHandler(EmailConfig config) {
        this(config, Clock.systemUTC(), Waiting.really());
    }

    CampaignHandler(EmailConfig config, Clock clock, Waiting waiting) {
        this.sender = Sender.configured(config);
        this.mailroom = new Mailroom(
                server(config.smtp()), config.connections(), new Pace(config.ratePerSecond(), waiting), waiting);
        this.stretch = Stretch.at(config.ratePerSecond());
        this.clock = clock;
    }

    @Override
    public CampaignReport run(Campaign campaign, JobContext job) throws Exception {
        Reference list = job.reference(LIST)
                .orElseThrow(() -> new InputRejected("/" + LIST, "There is no such recipient list. No mail was sent."));
        Letter letter = new Letter(campaign, sender.as(campaign.from()), job.effectKey(), clock);
        try {
            return new CampaignRun(campaign.campaignName(), letter, list, job, mailroom, stretch, clock).run();
        } catch (SenderRefused e) {
            throw campaign.from() == null
                    ? e
                    : new InputRejected("/from", "The mail server refuses it: " + e.getMessage());
        }
    }

    private static SmtpServer server(EmailConfig.Smtp smtp) {
        return new SmtpServer(
                smtp.host(),
                smtp.port(),
                smtp.username().orElse(null),
                smtp.password().orElse(null),
                smtp.encryption(),
                smtp.timeout());
    }
}
