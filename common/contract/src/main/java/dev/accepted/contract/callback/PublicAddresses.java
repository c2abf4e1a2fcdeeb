package dev.accepted.contract.callback;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses belong to the public internet, by the registries of IANA for special addresses. Of IPv6 only what is
 * handed out counts; an address that stands for one of IPv4 counts as that one does.
 */
final class PublicAddresses {

    private static final List<Network> SPECIAL_V4 = networks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared by providers
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, and where clouds serve metadata
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocols
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // relays of 6to4
            "192.168.0.0/16", // private
            "198.18.0.0/15", // measurements
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, and broadcast

    private static final Network GLOBAL_V6 = Network.parse("2000::/3");

    private static final List<Network> SPECIAL_V6 = networks(
            "2001::/23", // protocols, among them Teredo
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4
            "3fff::/20"); // documentation

    /** Where networks without IPv4 reach it through a translator. */
    private static final Network TRANSLATED = Network.parse("64:ff9b::/96");

    private static final Network MAPPED = Network.parse("::ffff:0:0/96");
    private static final int V4_AT = 12;

    private PublicAddresses() {}

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::parse).toList();
    }

    /** Whether an address, of 4 or 16 bytes, is one that anybody may call. */
    static boolean contain(byte[] address) {
        if (address.length == 4) {
            return SPECIAL_V4.stream().noneMatch(special -> special.contains(address));
        }
        if (TRANSLATED.contains(address) || MAPPED.contains(address)) {
            return contain(Arrays.copyOfRange(address, V4_AT, address.length));
        }
        return GLOBAL_V6.contains(address) && SPECIAL_V6.stream().noneMatch(special -> special.contains(address));
    }
}
