package dev.accepted.email;

import dev.accepted.email.recipients.Recipient;
import dev.accepted.email.recipients.RecipientReader;
import dev.accepted.email.rendering.TemplateFlaw;
import dev.accepted.email.smtp.Lanes;
import dev.accepted.email.smtp.Mail;
import dev.accepted.email.smtp.Mailroom;
import dev.accepted.email.smtp.Outcome;
import dev.accepted.email.tally.Checkpoint;
import dev.accepted.email.tally.Tally;
import dev.accepted.engine.JobContext;
import dev.accepted.engine.Reference;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One attempt of one campaign, from where the last one ended to the end of the list. */
final class CampaignRun {

    private static final int SHOWN_EVERY = 10;

    private final String name;
    private final Letter letter;
    private final Reference list;
    private final JobContext job;
    private final Mailroom mailroom;
    private final Stretch stretch;
    private final Clock clock;
    private final Tally tally;
    private final Set<String> seen = new HashSet<>();

    CampaignRun(
            String name,
            Letter letter,
            Reference list,
            JobContext job,
            Mailroom mailroom,
            Stretch stretch,
            Clock clock) {
        this.name = name;
        this.letter = letter;
        this.list = list;
        this.job = job;
        this.mailroom = mailroom;
        this.stretch = stretch;
        this.clock = clock;
        this.tally = new Tally(job.lastCheckpoint(Checkpoint.class).orElseGet(() -> Checkpoint.start(clock.millis())));
    }

    CampaignReport run() throws Exception {
        if (tally.settled() == 0) {
            letter.requireColumnsOf(list);
        }
        try (RecipientReader reader = RecipientReader.of(list);
                Lanes lanes = mailroom.open("campaign-" + job.id())) {
            while (reader.hasNext()) {
                send(nextStretch(reader), lanes);
            }
        }
        return report();
    }

    private void send(List<Recipient.Reachable> recipients, Lanes lanes) throws Exception {
        try {
            lanes.settleAll(recipients, this::settle, job::cancelled);
        } catch (InterruptedException e) {
            throw e; // The attempt is over: nothing it still reports would count.
        } catch (Exception e) {
            keepWhatIsSettled(e);
            throw e;
        }
        keep();
    }

    /** What an attempt that ends in order has sent, the next one will not send again. */
    private void keepWhatIsSettled(Exception ending) {
        try {
            keep();
        } catch (RuntimeException e) {
            ending.addSuppressed(e);
        }
    }

    private void keep() {
        job.checkpoint(tally.checkpoint());
        job.count("sent_count", tally.sent());
        job.count("failed_count", tally.failed());
        showProgress();
    }

    /**
     * Lines that need no mail are settled on the way, and count for the stretch, which bounds the checkpoint. Lines of
     * earlier attempts are read for their addresses only.
     */
    private List<Recipient.Reachable> nextStretch(RecipientReader reader) throws IOException {
        List<Recipient.Reachable> recipients = new ArrayList<>(stretch.lines());
        for (int lines = 0; lines < stretch.lines() && reader.hasNext(); ) {
            Recipient recipient = reader.next();
            boolean repeated = !seen.add(recipient.key());
            if (tally.isSettled(recipient.line())) {
                continue;
            }
            lines++;
            if (repeated) {
                tally.skipped(recipient.line());
            } else if (recipient instanceof Recipient.Reachable reachable) {
                recipients.add(reachable);
            } else if (recipient instanceof Recipient.Unreachable unreachable) {
                tally.failed(unreachable.line(), unreachable.reason());
            }
        }
        return recipients;
    }

    private void settle(Recipient.Reachable recipient, Lanes.Sending sending) throws Exception {
        Mail mail;
        try {
            mail = letter.to(recipient);
        } catch (TemplateFlaw e) {
            tally.failed(recipient.line(), e.reason());
            return;
        }
        if (sending.send(mail) instanceof Outcome.Refused refused) {
            tally.failed(recipient.line(), refused.reason());
        } else {
            tally.sent(recipient.line());
        }
        if (tally.settled() % SHOWN_EVERY == 0) {
            showProgress();
        }
    }

    private void showProgress() {
        long count = Math.max(1, list.count());
        job.progress(
                Math.min(100, 100.0 * tally.settled() / count),
                String.format(Locale.ROOT, "%,d of %,d sent", tally.sent(), list.count()));
    }

    private CampaignReport report() throws IOException {
        FailureList failures = FailureList.of(tally, list, job);
        Instant finishedAt = clock.instant();
        double seconds = Duration.between(tally.startedAt(), finishedAt).toMillis() / 1000.0;
        return new CampaignReport(
                name,
                tally.settled(),
                tally.sent(),
                tally.failed(),
                tally.skipped(),
                tally.startedAt().toString(),
                finishedAt.toString(),
                seconds,
                seconds > 0 ? Math.round(10 * tally.sent() / seconds) / 10.0 : 0,
                failures.first(),
                failures.url());
    }
}
