package dev.accepted.localstack.mail;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.MessageDeliveryHandler;
import com.icegreen.greenmail.user.UserImpl;
import jakarta.mail.MessagingException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Every mail that was accepted, in memory. Safe for use by several threads. */
final class Mailbox implements MessageDeliveryHandler {

    private final InstantSource clock;
    private final GreenMailUser nobody;
    private final List<Mail> mails = new ArrayList<>();
    private long last;

    Mailbox(InstantSource clock, ImapHostManager folders) {
        this.clock = clock;
        this.nobody = new Nobody(folders);
    }

    /** Keeps the mail; called once for each recipient, before the sender is told that it is accepted. */
    @Override
    public synchronized GreenMailUser handle(MovingMessage message, MailAddress recipient) throws MessagingException {
        String from = message.getReturnPath().getEmail();
        mails.add(Mail.of(last + 1, clock.instant(), from, recipient.getEmail(), message.getMessage()));
        last++;
        return nobody;
    }

    /** How many of the mails kept are wanted. */
    synchronized long count(Predicate<Mail> wanted) {
        return mails.stream().filter(wanted).count();
    }

    /** The first mails wanted, oldest first. */
    synchronized List<Mail> list(Predicate<Mail> wanted, int limit) {
        return mails.stream().filter(wanted).limit(limit).toList();
    }

    /** Throws all mails away; their numbers are not used again. */
    synchronized void clear() {
        mails.clear();
    }

    /** GreenMail wants a user to deliver to, and would keep each mail a second time: this one takes nothing. */
    private static final class Nobody extends UserImpl {
        Nobody(ImapHostManager folders) {
            super("nobody@localhost", "nobody", "", folders);
        }

        @Override
        public void deliver(MovingMessage message) {
            // The mailbox has it already.
        }
    }
}
