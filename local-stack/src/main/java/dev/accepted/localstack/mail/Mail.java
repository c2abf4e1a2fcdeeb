package dev.accepted.localstack.mail;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One mail as one recipient got it.
 *
 * @param number from 1, in the order of arrival
 * @param receivedAt when it was accepted
 * @param from the envelope's sender
 * @param to the envelope's recipient
 * @param subject decoded
 * @param headers by name; of a repeated one the last
 * @param text the plain text, or another text part where there is none
 */
record Mail(
        long number,
        @JsonProperty("received_at") Instant receivedAt,
        String from,
        String to,
        String subject,
        Map<String, String> headers,
        String text) {

    static Mail of(long number, Instant now, String from, String to, MimeMessage message) throws MessagingException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : Collections.list(message.getAllHeaders())) {
            headers.put(header.getName(), header.getValue());
        }
        String subject = message.getSubject();
        try {
            return new Mail(number, now, from, to, subject == null ? "" : subject, headers, text(message));
        } catch (IOException e) {
            throw new MessagingException("The body cannot be read", e);
        }
    }

    private static String text(Part part) throws MessagingException, IOException {
        Object content = part.getContent();
        if (content instanceof Multipart parts) {
            String found = "";
            for (int i = 0; i < parts.getCount(); i++) {
                String text = text(parts.getBodyPart(i));
                if (parts.getBodyPart(i).isMimeType("text/plain") || found.isEmpty()) {
                    found = text;
                }
            }
            return found;
        }
        return content instanceof String text ? text : "";
    }
}
