package dev.accepted.email;

import dev.accepted.email.recipients.Mailbox;
import dev.accepted.email.recipients.Recipient;
import dev.accepted.email.recipients.RecipientReader;
import dev.accepted.email.rendering.Escaping;
import dev.accepted.email.rendering.Template;
import dev.accepted.email.rendering.TemplateFlaw;
import dev.accepted.email.smtp.Mail;
import dev.accepted.engine.InputRejected;
import dev.accepted.engine.Reference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/** A campaign's text, parsed once, from which each recipient's mail is made. Immutable. */
final class Letter {

    /** In characters; a mail server's own limit is usually 10 to 50 MB. */
    private static final int LONGEST_BODY = 4 * 1024 * 1024;

    private static final int LONGEST_SUBJECT = 2_000;
    private static final int ID_BYTES = 16;
    private static final int SHOWN_COLUMNS = 20;

    private final Sender sender;
    private final String effectKey;
    private final Clock clock;
    private final Template subject;
    private final Template content;
    private final boolean html;

    /**
     * Parses the campaign.
     *
     * @throws InputRejected if a placeholder is broken
     */
    Letter(Campaign campaign, Sender sender, String effectKey, Clock clock) {
        this.sender = sender;
        this.effectKey = effectKey;
        this.clock = clock;
        this.html = campaign.isHtml();
        this.subject = parse("/subject", campaign.subject(), Escaping.HEADER);
        this.content = parse("/content", campaign.content(), html ? Escaping.HTML : Escaping.NONE);
    }

    /**
     * Makes sure that every placeholder names a column that some line of the list has. Usually the first line has them
     * all, and no other is read.
     *
     * @throws InputRejected if not
     */
    void requireColumnsOf(Reference list) throws IOException {
        Set<String> subjectMisses = subject.columns();
        Set<String> contentMisses = content.columns();
        Set<String> seen = new LinkedHashSet<>();
        try (RecipientReader reader = RecipientReader.of(list)) {
            while (reader.hasNext() && !(subjectMisses.isEmpty() && contentMisses.isEmpty())) {
                Set<String> columns = reader.next().columns().keySet();
                subjectMisses.removeAll(columns);
                contentMisses.removeAll(columns);
                columns.stream().limit(SHOWN_COLUMNS - (long) seen.size()).forEach(seen::add);
            }
        }
        if (!seen.isEmpty()) {
            rejectMisses("/subject", subjectMisses, seen);
            rejectMisses("/content", contentMisses, seen);
        }
    }

    /**
     * Writes one recipient's mail.
     *
     * @throws TemplateFlaw if the recipient's columns make it too long
     */
    Mail to(Recipient.Reachable recipient) throws TemplateFlaw {
        Mailbox mailbox = recipient.mailbox();
        return new Mail(
                messageId(mailbox),
                sender.from(),
                mailbox,
                clock.instant(),
                subject.render(recipient.columns(), LONGEST_SUBJECT),
                html ? "html" : "plain",
                content.render(recipient.columns(), LONGEST_BODY),
                sender.listUnsubscribe());
    }

    private String messageId(Mailbox mailbox) {
        byte[] hash = sha256().digest((effectKey + '\n' + mailbox.address()).getBytes(StandardCharsets.UTF_8));
        return "<" + HexFormat.of().formatHex(Arrays.copyOf(hash, ID_BYTES)) + "@" + sender.messageIdDomain() + ">";
    }

    private static Template parse(String pointer, String text, Escaping escaping) {
        try {
            return Template.parse(text, escaping);
        } catch (TemplateFlaw e) {
            throw new InputRejected(pointer, e.reason() + " No mail was sent.");
        }
    }

    private static void rejectMisses(String pointer, Set<String> misses, Set<String> seen) {
        if (!misses.isEmpty()) {
            throw new InputRejected(
                    pointer,
                    "The list has no column for {{" + String.join("}}, {{", misses) + "}}; it has "
                            + String.join(", ", seen) + ". No mail was sent.");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
