package dev.accepted.webhooks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Resolves a name. Blocks. */
@FunctionalInterface
interface Resolver {

    /** All its addresses, in the order in which they are to be tried. */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
