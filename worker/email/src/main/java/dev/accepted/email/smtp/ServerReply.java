package dev.accepted.email.smtp;

import jakarta.mail.MessagingException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** What a failed send means. Decided here and nowhere else. */
final class ServerReply {

    /** Refusals of the connection's state (not implemented, bad sequence, authentication), not of the mail. */
    private static final Set<Integer> ABOUT_THE_CONNECTION = Set.of(502, 503, 530, 535, 538);

    private ServerReply() {}

    /**
     * Tells a refusal of this mail from trouble.
     *
     * @throws SenderRefused if every mail would be refused, for its sender
     * @throws MessagingException the failure itself, if another try may end otherwise
     */
    static Outcome.Refused judge(MessagingException failure, Mail mail) throws MessagingException, SenderRefused {
        if (failure instanceof SMTPSendFailedException refused && isFinal(refused.getReturnCode())) {
            if (refused.getCommand().toUpperCase(Locale.ROOT).startsWith("MAIL ")) {
                throw new SenderRefused(reason(refused, mail.from().getAddress()));
            }
            return new Outcome.Refused(reason(refused, mail.to().address()));
        }
        if (failure.getNextException() instanceof SMTPAddressFailedException refused
                && isFinal(refused.getReturnCode())) {
            return new Outcome.Refused(reason(refused, mail.to().address()));
        }
        throw failure;
    }

    /** What went wrong, for people and for logs: the server's words if it said any, without the address. */
    static String words(MessagingException failure, Mail mail) {
        Exception cause = failure.getNextException();
        if (cause instanceof SMTPAddressFailedException refused) {
            return reason(refused, mail.to().address());
        }
        String words = reason(failure, mail.to().address());
        return cause == null ? words : words + ": " + OneLine.of(cause.getMessage());
    }

    private static boolean isFinal(int code) {
        return code >= 500 && code <= 599 && !ABOUT_THE_CONNECTION.contains(code);
    }

    /** Without the address, so that the same refusal of many recipients is one reason. */
    private static String reason(MessagingException refused, String address) {
        String words = String.valueOf(refused.getMessage());
        Pattern itself = Pattern.compile("<?" + Pattern.quote(address) + ">?:?", Pattern.CASE_INSENSITIVE);
        return OneLine.of(itself.matcher(words).replaceAll(" "));
    }
}
