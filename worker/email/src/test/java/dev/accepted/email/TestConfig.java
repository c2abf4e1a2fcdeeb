package dev.accepted.email;

import dev.accepted.email.smtp.Encryption;
import java.time.Duration;
import java.util.Optional;

/** A configuration made by hand; everything but the port has a value already. */
record TestConfig(
        int port,
        String from,
        int connections,
        double ratePerSecond,
        Optional<String> listUnsubscribe,
        Optional<String> password)
        implements EmailConfig {

    static TestConfig of(int port) {
        return new TestConfig(port, "Grüße <sale@shop.example>", 2, 0, Optional.empty(), Optional.empty());
    }

    TestConfig withConnections(int count) {
        return new TestConfig(port, from, count, ratePerSecond, listUnsubscribe, password);
    }

    TestConfig withRate(double perSecond) {
        return new TestConfig(port, from, connections, perSecond, listUnsubscribe, password);
    }

    TestConfig withFrom(String sender) {
        return new TestConfig(port, sender, connections, ratePerSecond, listUnsubscribe, password);
    }

    TestConfig withListUnsubscribe(String value) {
        return new TestConfig(port, from, connections, ratePerSecond, Optional.of(value), password);
    }

    /** Authenticates as {@code shop}. */
    TestConfig withPassword(String secret) {
        return new TestConfig(port, from, connections, ratePerSecond, listUnsubscribe, Optional.of(secret));
    }

    @Override
    public String messageIdDomain() {
        return "shop.example";
    }

    @Override
    public Smtp smtp() {
        return new Smtp() {
            @Override
            public String host() {
                return "127.0.0.1";
            }

            @Override
            public int port() {
                return port;
            }

            @Override
            public Optional<String> username() {
                return password.map(given -> "shop");
            }

            @Override
            public Optional<String> password() {
                return password;
            }

            @Override
            public Encryption encryption() {
                return Encryption.OPPORTUNISTIC;
            }

            @Override
            public Duration timeout() {
                return Duration.ofSeconds(20);
            }
        };
    }
}
