package dev.accepted.cli.gateway;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why no answer came, in words. */
final class Silence {

    private Silence() {}

    static String describe(IOException why) {
        if (isUnresolved(why)) {
            return "no host has that name";
        }
        if (why instanceof HttpTimeoutException) {
            return "it took too long";
        }
        if (why instanceof ConnectException) {
            return "the connection was refused";
        }
        return why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
    }

    /** Whether another attempt would find the same. */
    static boolean isForGood(IOException why) {
        return isUnresolved(why) || why instanceof SSLException;
    }

    private static boolean isUnresolved(IOException why) {
        for (@Nullable Throwable cause = why; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
