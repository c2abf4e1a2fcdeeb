package dev.accepted.contract.callback;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A range of addresses, as {@code 10.0.0.0/8} or {@code fc00::/7} write it. Nothing is resolved.
 *
 * @param base 4 or 16 bytes
 * @param bits how many of them count
 */
public record Network(byte[] base, int bits) {

    private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]{2,39}");
    private static final int GROUPS = 8;

    /**
     * Reads a range.
     *
     * @throws IllegalArgumentException if it does not read
     */
    public static Network parse(String text) {
        String[] parts = text.strip().split("/", -1);
        if (parts.length == 2 && parts[1].matches("\\d{1,3}")) {
            byte[] base = address(parts[0]);
            int bits = Integer.parseInt(parts[1]);
            if (bits <= base.length * Byte.SIZE) {
                return new Network(base, bits);
            }
        }
        throw new IllegalArgumentException("No range of addresses: " + text + "; write 10.0.0.0/8 or fc00::/7");
    }

    private static byte[] address(String text) {
        if (V4.matcher(text).matches()) {
            byte[] address = new byte[4];
            String[] numbers = text.split("\\.", -1);
            for (int i = 0; i < address.length; i++) {
                int number = Integer.parseInt(numbers[i]);
                if (number > 0xff) {
                    throw new IllegalArgumentException("No address: " + text);
                }
                address[i] = (byte) number;
            }
            return address;
        }
        if (!V6.matcher(text).matches()) {
            throw new IllegalArgumentException("No address: " + text);
        }
        return v6(text);
    }

    private static byte[] v6(String text) {
        int gap = text.indexOf("::");
        String[] head = groups(gap < 0 ? text : text.substring(0, gap));
        String[] tail = groups(gap < 0 ? "" : text.substring(gap + 2));
        int known = head.length + tail.length;
        if (gap < 0 ? known != GROUPS : known >= GROUPS) {
            throw new IllegalArgumentException("No address: " + text);
        }
        byte[] address = new byte[2 * GROUPS];
        fill(address, 0, head);
        fill(address, GROUPS - tail.length, tail);
        return address;
    }

    private static String[] groups(String text) {
        return text.isEmpty() ? new String[0] : text.split(":", -1);
    }

    private static void fill(byte[] address, int from, String[] groups) {
        for (int i = 0; i < groups.length; i++) {
            if (groups[i].isEmpty() || groups[i].length() > 4) {
                throw new IllegalArgumentException("No address: a group of it is " + groups[i]);
            }
            int group = Integer.parseInt(groups[i], 16);
            address[2 * (from + i)] = (byte) (group >>> Byte.SIZE);
            address[2 * (from + i) + 1] = (byte) group;
        }
    }

    /** Whether an address, of 4 or 16 bytes, lies in it; those of the other family do not. */
    public boolean contains(byte[] address) {
        if (address.length != base.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        int rest = bits % Byte.SIZE;
        int mask = 0xff << (Byte.SIZE - rest) & 0xff;
        return Arrays.equals(address, 0, whole, base, 0, whole)
                && (rest == 0 || ((address[whole] ^ base[whole]) & mask) == 0);
    }
}
