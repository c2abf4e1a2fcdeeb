package dev.accepted.contract.callback;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a callback goes to: its address, taken apart. What reads otherwise here than elsewhere is no address.
 *
 * @param host a name, or an address without its brackets
 * @param path with the query, as it was sent
 */
public record Target(boolean encrypted, String host, int port, String path) {

    /** How long an address may be. */
    public static final int LONGEST = 2_048;

    private static final Pattern URL = Pattern.compile("(?i:(https?))://"
            + "(?:\\[([0-9a-fA-F:.]{2,45})]|([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\\.?))"
            + "(?::([0-9]{1,5}))?"
            + "((?:/[!$-;=?-Z_a-z~%]*)?(?:\\?[!$-;=?-Z_a-z~%]*)?)");

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int HIGHEST_PORT = 65_535;

    /**
     * Reads an address.
     *
     * @throws NotAllowed if it does not read as one of http or https, without user information and fragment
     */
    public static Target parse(String url) throws NotAllowed {
        if (url.length() > LONGEST) {
            throw new NotAllowed("The address has more than " + LONGEST + " characters.");
        }
        Matcher read = URL.matcher(url);
        if (!read.matches()) {
            throw new NotAllowed(
                    "It is no address that can be called: https, a host, perhaps a port, a path and a query,"
                            + " all of them ASCII; no user information and no fragment.");
        }
        boolean encrypted = read.group(1).toLowerCase(Locale.ROOT).equals("https");
        int port = port(read.group(4), encrypted);
        String rest = read.group(5);
        String path = rest.startsWith("/") ? rest : "/" + rest;
        return new Target(encrypted, read.group(2) != null ? read.group(2) : read.group(3), port, path);
    }

    private static int port(@Nullable String text, boolean encrypted) throws NotAllowed {
        if (text == null) {
            return encrypted ? HTTPS : HTTP;
        }
        int port = Integer.parseInt(text);
        if (port < 1 || port > HIGHEST_PORT) {
            throw new NotAllowed("There is no port " + port + ".");
        }
        return port;
    }
}
