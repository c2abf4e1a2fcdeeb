package dev.accepted.email.recipients;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.IDN;
import java.util.Locale;

/**
 * One plain address, {@code local@domain}, in ASCII: an international domain is encoded, a display name not taken.
 *
 * @param address its canonical text: the domain in lower case, the local part as it was, for only its server knows
 *     whether case matters there. Two mailboxes are the same if this is
 */
public record Mailbox(String address) {

    private static final int LONGEST = 254;
    private static final String UNSAFE = "\\<>()";

    /**
     * Reads an address; space around it is ignored.
     *
     * @throws BadAddress if it is none, or one that SMTP without SMTPUTF8 cannot carry
     */
    public static Mailbox of(String text) throws BadAddress {
        String plain = text.strip();
        requireHarmless(plain);
        int at = plain.lastIndexOf('@');
        if (at < 0) {
            throw new BadAddress("The address has no @");
        }
        String local = plain.substring(0, at);
        if (!local.chars().allMatch(c -> c < 0x80)) {
            throw new BadAddress("The part before the @ has characters outside ASCII, which are not supported");
        }
        return strict(local + "@" + ascii(plain.substring(at + 1)).toLowerCase(Locale.ROOT));
    }

    public InternetAddress toInternetAddress() {
        InternetAddress internet = new InternetAddress();
        internet.setAddress(address);
        return internet;
    }

    /** The mail library's parser tolerates folded lines, escapes and routes, and an SMTP command must have none. */
    private static void requireHarmless(String text) throws BadAddress {
        if (text.isEmpty()) {
            throw new BadAddress("The address is missing");
        }
        if (text.length() > LONGEST) {
            throw new BadAddress("The address is longer than " + LONGEST + " characters");
        }
        if (text.startsWith("@") || text.chars().anyMatch(c -> Character.isISOControl(c) || UNSAFE.indexOf(c) >= 0)) {
            throw new BadAddress("The address is not of the form local@domain");
        }
    }

    private static String ascii(String domain) throws BadAddress {
        if (domain.startsWith("[")) {
            return domain;
        }
        try {
            return IDN.toASCII(domain);
        } catch (IllegalArgumentException e) {
            throw new BadAddress("The domain cannot be encoded for DNS");
        }
    }

    private static Mailbox strict(String text) throws BadAddress {
        try {
            InternetAddress parsed = new InternetAddress(text, true);
            if (parsed.isGroup() || !text.equals(parsed.getAddress())) {
                throw new BadAddress("The address is not of the form local@domain");
            }
            return new Mailbox(text);
        } catch (AddressException e) {
            // Its reason alone: the message would repeat the address, and equal reasons are counted as one.
            throw new BadAddress(reason(e));
        }
    }

    private static String reason(AddressException e) {
        String message = e.getMessage();
        return message == null ? "The address is not of the form local@domain" : message;
    }
}
