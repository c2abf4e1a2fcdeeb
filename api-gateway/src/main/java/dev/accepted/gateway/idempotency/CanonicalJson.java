package dev.accepted.gateway.idempotency;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to write what a JSON text says: without white space, members by name (in the order of UTF-16), strings with
 * the fewest escapes, and a number as its digits without zeros at either end and its power of ten: {@code 120},
 * {@code 1.2E2} and {@code 120.0} are all {@code 12e1}. Numbers are compared by their exact value, however large or fine,
 * and never rounded: what a double cannot tell apart is told apart here, and {@code -0} is {@code 0}.
 *
 * <p>Needs no tree: a body may be long. The buffer that it writes is about as long as the body.
 */
final class CanonicalJson {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String HEX = "0123456789abcdef";

    private final Bytes out;

    private CanonicalJson(int length) {
        out = new Bytes(length);
    }

    /** A member of an object, and where it stands in what was written. */
    private record Member(String name, int from, int to) {}

    /** The canonical form, in UTF-8, of a text that is known to be JSON. */
    static byte[] of(byte[] json) {
        CanonicalJson canonical = new CanonicalJson(json.length);
        try (JsonParser tokens = FACTORY.createParser(json)) {
            canonical.value(tokens, tokens.nextToken());
        } catch (IOException e) {
            throw new IllegalArgumentException("It was read as JSON before", e);
        }
        return canonical.out.all();
    }

    private void value(JsonParser tokens, @Nullable JsonToken token) throws IOException {
        if (token == null) {
            throw new IOException("The JSON ends too early");
        }
        switch (token) {
            case START_OBJECT -> object(tokens);
            case START_ARRAY -> array(tokens);
            case VALUE_STRING -> string(tokens.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.ascii(number(tokens.getText()));
            default -> out.ascii(token.asString());
        }
    }

    private void array(JsonParser tokens) throws IOException {
        out.one('[');
        boolean first = true;
        for (JsonToken token = tokens.nextToken(); token != JsonToken.END_ARRAY; token = tokens.nextToken()) {
            if (!first) {
                out.one(',');
            }
            first = false;
            value(tokens, token);
        }
        out.one(']');
    }

    private void object(JsonParser tokens) throws IOException {
        out.one('{');
        int start = out.length();
        List<Member> members = new ArrayList<>();
        for (String name = tokens.nextFieldName(); name != null; name = tokens.nextFieldName()) {
            int from = out.length();
            string(name);
            out.one(':');
            value(tokens, tokens.nextToken());
            // Each with a comma behind it, so that they can change places.
            out.one(',');
            members.add(new Member(name, from, out.length()));
        }
        List<Member> sorted =
                members.stream().sorted(Comparator.comparing(Member::name)).toList();
        if (!sorted.equals(members)) {
            out.reorder(start, sorted);
        }
        if (!members.isEmpty()) {
            out.dropLast();
        }
        out.one('}');
    }

    private void string(String text) {
        out.one('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.one('\\');
                out.one(c);
            } else if (c < ' ') {
                escaped(c);
            } else if (c < 0x80) {
                out.one(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.utf8(Character.toCodePoint(c, text.charAt(++i)));
            } else if (Character.isSurrogate(c)) {
                // Half a character, which JSON allows as an escape and UTF-8 has no bytes for.
                escaped(c);
            } else {
                out.utf8(c);
            }
        }
        out.one('"');
    }

    private void escaped(char c) {
        out.ascii("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.one(HEX.charAt(c >> shift & 0xf));
        }
    }

    private static String number(String text) {
        boolean negative = text.charAt(0) == '-';
        String plain = negative ? text.substring(1) : text;
        int exponentAt = Math.max(plain.indexOf('e'), plain.indexOf('E'));
        String mantissa = exponentAt < 0 ? plain : plain.substring(0, exponentAt);
        int point = mantissa.indexOf('.');
        int fraction = point < 0 ? 0 : mantissa.length() - point - 1;
        String all = mantissa.replace(".", "");
        int from = 0;
        while (from < all.length() && all.charAt(from) == '0') {
            from++;
        }
        int to = all.length();
        while (to > from && all.charAt(to - 1) == '0') {
            to--;
        }
        if (from == to) {
            return "0";
        }
        // An exponent may have more digits than any number type of the machine.
        BigInteger exponent = (exponentAt < 0 ? BigInteger.ZERO : new BigInteger(plain.substring(exponentAt + 1)))
                .add(BigInteger.valueOf(all.length() - to - fraction));
        return (negative ? "-" : "") + all.substring(from, to) + (exponent.signum() == 0 ? "" : "e" + exponent);
    }

    /** Bytes that grow, and can be put into another order. */
    private static final class Bytes {

        private byte[] bytes;
        private int length;

        Bytes(int expected) {
            bytes = new byte[Math.max(16, expected)];
        }

        int length() {
            return length;
        }

        void one(int asciiOrPart) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, bytes.length + bytes.length / 2);
            }
            bytes[length++] = (byte) asciiOrPart;
        }

        void ascii(String text) {
            for (int i = 0; i < text.length(); i++) {
                one(text.charAt(i));
            }
        }

        void utf8(int codePoint) {
            if (codePoint < 0x800) {
                one(0xc0 | codePoint >> 6);
            } else {
                if (codePoint < 0x10000) {
                    one(0xe0 | codePoint >> 12);
                } else {
                    one(0xf0 | codePoint >> 18);
                    one(0x80 | codePoint >> 12 & 0x3f);
                }
                one(0x80 | codePoint >> 6 & 0x3f);
            }
            one(0x80 | codePoint & 0x3f);
        }

        void reorder(int start, List<Member> members) {
            byte[] before = Arrays.copyOfRange(bytes, start, length);
            int at = start;
            for (Member member : members) {
                System.arraycopy(before, member.from() - start, bytes, at, member.to() - member.from());
                at += member.to() - member.from();
            }
        }

        void dropLast() {
            length--;
        }

        byte[] all() {
            return Arrays.copyOf(bytes, length);
        }
    }
}
