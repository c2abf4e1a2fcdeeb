package dev.accepted.contract.callback;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where callbacks may go, row by row. */
class TargetRulesTest {

    private static final List<String> PORTS = List.of("443", "1024-65535");

    private final TargetRules rules = new TargetRules(List.of(), PORTS);

    private static byte[] bytes(String address) throws UnknownHostException {
        if (address.startsWith("::ffff:")) {
            // Java makes an address of IPv4 of it; others may not.
            byte[] mapped = new byte[16];
            mapped[10] = mapped[11] = (byte) 0xff;
            System.arraycopy(bytes(address.substring(7)), 0, mapped, 12, 4);
            return mapped;
        }
        return InetAddress.getByName(address).getAddress();
    }

    private static void check(TargetRules rules, String url, String... addresses) throws Exception {
        Target target = Target.parse(url);
        rules.check(target);
        rules.check(target, Stream.of(addresses).map(TargetRulesTest::unchecked).toList());
    }

    private static byte[] unchecked(String address) {
        try {
            return bytes(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "unspecified, 0.0.0.0",
        "this network, 0.255.255.255",
        "private 10, 10.0.0.1",
        "private 10 end, 10.255.255.255",
        "shared by providers, 100.64.0.1",
        "shared by providers end, 100.127.255.255",
        "loopback, 127.0.0.1",
        "loopback elsewhere, 127.255.0.1",
        "link-local, 169.254.1.1",
        "metadata of clouds, 169.254.169.254",
        "private 172, 172.16.0.1",
        "private 172 end, 172.31.255.255",
        "protocols, 192.0.0.8",
        "documentation 1, 192.0.2.1",
        "relays of 6to4, 192.88.99.1",
        "private 192, 192.168.1.1",
        "measurements, 198.19.255.255",
        "documentation 2, 198.51.100.1",
        "documentation 3, 203.0.113.1",
        "multicast, 224.0.0.1",
        "multicast end, 239.255.255.255",
        "reserved, 240.0.0.1",
        "broadcast, 255.255.255.255",
        "unspecified v6, ::",
        "loopback v6, ::1",
        "v4-mapped loopback, ::ffff:127.0.0.1",
        "v4-mapped private, ::ffff:10.1.2.3",
        "v4-mapped metadata, ::ffff:169.254.169.254",
        "v4-compatible, ::7f00:1",
        "translated loopback, 64:ff9b::7f00:1",
        "translated private, 64:ff9b::a01:203",
        "translated at home, 64:ff9b:1::1",
        "discard, 100::1",
        "Teredo, 2001:0:4136:e378::1",
        "protocols v6, 2001:1::1",
        "documentation v6, 2001:db8::1",
        "6to4 of loopback, 2002:7f00:1::1",
        "documentation v6 2, 3fff::1",
        "unique local, fc00::1",
        "unique local fd, fd12:3456::1",
        "metadata of clouds v6, fd00:ec2::254",
        "link-local v6, fe80::1",
        "site-local, fec0::1",
        "multicast v6, ff02::1",
        "reserved v6, 4000::1",
    })
    void whatIsNotOfThePublicInternetIsRefused(String what, String address) {
        assertThrows(NotAllowed.class, () -> check(rules, "https://example.com/", address), what);
        assertThrows(
                NotAllowed.class,
                () -> check(rules, "https://example.com/", "93.184.216.34", address),
                "one bad address of several is one too many: " + what);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "223.255.255.255",
                "::ffff:93.184.216.34",
                "64:ff9b::5db8:d822",
                "2606:2800:220:1:248:1893:25c8:1946",
                "2a00:1450:4001:81b::200e"
            })
    void whatIsOfThePublicInternetIsAllowed(String address) {
        assertDoesNotThrow(() -> check(rules, "https://example.com/", address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "//example.com/",
                "ftp://example.com/",
                "file:///etc/passwd",
                "gopher://example.com/",
                "https:/example.com",
                "https://",
                "https:///path",
                "https://user@example.com/",
                "https://user:secret@example.com/",
                "https://@example.com/",
                "https://example.com@127.0.0.1/",
                "https://127.0.0.1#@example.com/",
                "https://example.com/#fragment",
                "https://example.com\\@127.0.0.1/",
                "https://example.com:/",
                "https://example.com:0/",
                "https://example.com:65536/",
                "https://example.com:99999/",
                "https://example.com:443:443/",
                "https://exa mple.com/",
                "https://example.com/a b",
                "https://example.com/\r\nX: y",
                "https://exämple.com/",
                "https://[::1/",
                "https://::1/",
                "https://[fe80::1%25eth0]/",
                "https://-example.com/",
                " https://example.com/"
            })
    void whatDoesNotReadAsAnAddressIsRefused(String url) {
        assertThrows(NotAllowed.class, () -> Target.parse(url));
    }

    @Test
    void anAddressHasItsLength() {
        String longest = "https://example.com/" + "a".repeat(Target.LONGEST - 20);
        assertDoesNotThrow(() -> Target.parse(longest));
        assertThrows(NotAllowed.class, () -> Target.parse(longest + "a"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com, true, example.com, 443, /",
        "HTTPS://Example.com:8443/a/b?c=d&e=%20, true, Example.com, 8443, /a/b?c=d&e=%20",
        "https://example.com?x=1, true, example.com, 443, /?x=1",
        "http://127.0.0.1:8080/hook, false, 127.0.0.1, 8080, /hook",
        "https://[2001:db8::1]:444/x, true, 2001:db8::1, 444, /x",
        "http://localhost/~me, false, localhost, 80, /~me",
    })
    void anAddressIsTakenApart(String url, boolean encrypted, String host, int port, String path) throws Exception {
        assertEquals(new Target(encrypted, host, port, path), Target.parse(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "https://example.com:80/",
                "https://example.com:25/",
                "https://example.com:1023/"
            })
    void withoutTlsOrOnOtherPortsNobodyIsCalled(String url) {
        assertThrows(NotAllowed.class, () -> check(rules, url, "93.184.216.34"));
        assertThrows(NotAllowed.class, () -> rules.check(Target.parse(url)), "before anything is resolved");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/",
                "https://example.com:443/",
                "https://example.com:1024/",
                "https://example.com:65535/"
            })
    void theUsualPortsAreAllowed(String url) {
        assertDoesNotThrow(() -> check(rules, url, "93.184.216.34"));
    }

    @Test
    void aHostWithoutAnyAddressIsRefused() {
        assertThrows(NotAllowed.class, () -> check(rules, "https://example.com/"));
    }

    @Test
    void aTrustedNetworkIsCalledByAnyWay() throws Exception {
        TargetRules local = new TargetRules(List.of("127.0.0.0/8", "::1/128", "fd12::/16"), PORTS);
        check(local, "http://localhost:80/", "127.0.0.1", "::1");
        check(local, "https://inside.example:25/", "fd12:1::9");
        assertThrows(NotAllowed.class, () -> check(local, "http://example.com/", "93.184.216.34"));
        assertThrows(NotAllowed.class, () -> check(local, "http://both.example/", "127.0.0.1", "93.184.216.34"));
        assertThrows(NotAllowed.class, () -> check(local, "https://inside.example/", "10.0.0.1"));
        assertThrows(NotAllowed.class, () -> check(local, "https://inside.example/", "fd13::1"));
        check(local, "https://example.com/", "93.184.216.34");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0",
                "10.0.0.0/33",
                "10.0.0/8",
                "256.0.0.0/8",
                "::/129",
                "1:2:3/8",
                "::1::/8",
                "12345::/8",
                "x/8",
                "10.0.0.0/-1"
            })
    void aSettingThatDoesNotReadIsRefused(String network) {
        assertThrows(IllegalArgumentException.class, () -> Network.parse(network));
        assertThrows(IllegalArgumentException.class, () -> new TargetRules(List.of(), List.of("44x")));
    }
}
