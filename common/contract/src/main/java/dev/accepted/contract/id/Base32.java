package dev.accepted.contract.id;

import java.util.Arrays;

/** Crockford's base32 in lower case: sorts as its number does, and has no letter that looks like a digit. */
final class Base32 {

    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            VALUES[DIGITS[i]] = (byte) i;
        }
    }

    private Base32() {}

    /** Writes the low {@code 5 * characters} bits of a 128-bit number, high bits first. */
    static void write(StringBuilder to, long high, long low, int characters) {
        for (int i = characters - 1; i >= 0; i--) {
            int shift = i * 5;
            long bits;
            if (shift >= Long.SIZE) {
                bits = high >>> (shift - Long.SIZE);
            } else if (shift == 0) {
                bits = low;
            } else {
                bits = low >>> shift | high << (Long.SIZE - shift);
            }
            to.append(DIGITS[(int) (bits & 31)]);
        }
    }

    /** The digit's value, or -1 for a character that is none. */
    static int value(char digit) {
        return digit < VALUES.length ? VALUES[digit] : -1;
    }
}
