package dev.accepted.gateway.callbacks;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.accepted.contract.callback.Callback;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.gateway.catalog.Catalog;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.webhooks.Delivering;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** By names that only the test's resolver knows. */
class CallbackCheckTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static Callback to(String url) {
        return new Callback(url, Set.of());
    }

    private static CallbackCheck check(
            Optional<List<String>> key, Names.Lookup lookup, Duration patience, @Nullable JobTypeDescriptor... types) {
        CallbackConfig config = new CallbackConfig() {
            @Override
            public Optional<List<String>> key() {
                return key;
            }

            @Override
            public Optional<List<String>> trustedNetworks() {
                return Optional.empty();
            }

            @Override
            public List<String> ports() {
                return List.of("443");
            }
        };
        Catalog catalog = new Catalog() {
            @Override
            public Optional<JobTypeDescriptor> byType(String type) {
                return all().stream().filter(known -> known.type().equals(type)).findFirst();
            }

            @Override
            public List<JobTypeDescriptor> all() {
                return List.of(types);
            }
        };
        return new CallbackCheck(config, catalog, new Names(lookup, patience));
    }

    private static CallbackCheck check(Names.Lookup lookup) {
        return check(Optional.of(List.of("key")), lookup, PATIENCE, Delivering.TYPE);
    }

    private static InetAddress[] addresses(String... texts) throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[texts.length];
        for (int i = 0; i < texts.length; i++) {
            addresses[i] = InetAddress.getByName(texts[i]);
        }
        return addresses;
    }

    @Test
    void allThatANameResolvesToIsJudged() {
        assertDoesNotThrow(() -> check(host -> addresses("93.184.216.34")).require(to("https://a.example/"), null));
        Problem refused = assertThrows(
                Problem.class,
                () -> check(host -> addresses("93.184.216.34", "10.0.0.1")).require(to("https://a.example/"), null));
        assertEquals("callback-not-allowed", refused.slug());
        assertEquals("#/callback/url", refused.members().get("pointer"));
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        CallbackCheck check = check(host -> {
            throw new UnknownHostException(host);
        });
        assertThrows(Problem.class, () -> check.require(to("https://a.example/"), null));
    }

    @Test
    void aNameWhoseServersDoNotAnswerIsLeftToTheDelivery() {
        CountDownLatch over = new CountDownLatch(1);
        CallbackCheck check = check(
                Optional.of(List.of("key")),
                host -> {
                    try {
                        over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return addresses("10.0.0.1");
                },
                Duration.ofMillis(100),
                Delivering.TYPE);
        assertDoesNotThrow(() -> check.require(to("https://a.example/"), null));
        assertThrows(Problem.class, () -> check.require(to("http://a.example/"), null), "what needs no name is judged");
        over.countDown();
    }

    @Test
    void whereNobodySignsOrDeliversNoCallbackIsTaken() {
        Names.Lookup fine = host -> addresses("93.184.216.34");
        CallbackCheck unsigned = check(Optional.empty(), fine, PATIENCE, Delivering.TYPE);
        assertThrows(Problem.class, () -> unsigned.require(to("https://a.example/"), null));
        CallbackCheck undelivered = check(Optional.of(List.of("key")), fine, PATIENCE);
        assertThrows(Problem.class, () -> undelivered.require(to("https://a.example/"), null));
    }

    @Test
    void whatCameInAHeaderIsToldByItsName() {
        Problem refused = assertThrows(
                Problem.class,
                () -> check(host -> addresses("10.0.0.1")).require(to("https://a.example/"), "Callback-Url"));
        assertEquals("Callback-Url", refused.members().get("header"));
    }
}
