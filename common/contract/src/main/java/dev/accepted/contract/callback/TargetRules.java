package dev.accepted.contract.callback;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where callbacks may go: over TLS, on certain ports, to public addresses; or to networks that the operators trust, by
 * any way. Immutable.
 */
public final class TargetRules {

    private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

    private final List<Network> trusted;
    private final List<Ports> ports;

    private record Ports(int first, int last) {
        static Ports parse(String text) {
            Matcher range = PORTS.matcher(text.strip());
            if (!range.matches()) {
                throw new IllegalArgumentException("No port and no range of ports: " + text);
            }
            int first = Integer.parseInt(range.group(1));
            return new Ports(first, range.group(2) == null ? first : Integer.parseInt(range.group(2)));
        }
    }

    /**
     * Rules as settings write them.
     *
     * @param trusted ranges of addresses, for example {@code 10.0.0.0/8}
     * @param ports ports and ranges of them, for example {@code 1024-65535}
     * @throws IllegalArgumentException if one does not read
     */
    public TargetRules(List<String> trusted, List<String> ports) {
        this.trusted = trusted.stream().map(Network::parse).toList();
        this.ports = ports.stream().map(Ports::parse).toList();
    }

    /**
     * Judges what can be told without resolving the host.
     *
     * @throws NotAllowed if nothing that the host resolves to could be called
     */
    public void check(Target target) throws NotAllowed {
        if (trusted.isEmpty()) {
            requireGuarded(target);
        }
    }

    /**
     * Judges a target by all that its host resolves to: one address that is not allowed is one too many.
     *
     * @param addresses of 4 or 16 bytes
     */
    public void check(Target target, List<byte[]> addresses) throws NotAllowed {
        if (addresses.isEmpty()) {
            throw new NotAllowed("Its host does not resolve to any address.");
        }
        for (byte[] address : addresses) {
            if (isTrusted(address)) {
                continue;
            }
            requireGuarded(target);
            if (!PublicAddresses.contain(address)) {
                throw new NotAllowed("Its host is, or resolves to, an address that is not of the public internet.");
            }
        }
    }

    private boolean isTrusted(byte[] address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }

    private void requireGuarded(Target target) throws NotAllowed {
        if (!target.encrypted()) {
            throw new NotAllowed("It must be an address of https.");
        }
        int port = target.port();
        if (ports.stream().noneMatch(range -> range.first <= port && port <= range.last)) {
            throw new NotAllowed("Port " + port + " is not one that callbacks may go to.");
        }
    }
}
