package dev.accepted.webhooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpHandler;
import dev.accepted.contract.callback.SigningKeys;
import dev.accepted.contract.callback.TargetRules;
import dev.accepted.contract.callback.WebhookDelivery;
import dev.accepted.engine.PermanentFailure;
import dev.accepted.engine.TryAgainLater;
import dev.accepted.testkit.RecordingJob;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deliveries to a real server, by names that only the test's resolver knows. */
class DeliverWebhookTest {

    private static final String HOST = "hooks.example";
    private static final String KEY = "YSBrZXkgZm9yIHRlc3RzIGFsb25l";
    private static final String PAYLOAD = "{\"type\":\"job.succeeded\",\"data\":{\"n\":1.10,\"s\":\"grün ✓\"}}";
    private static final List<String> LOOPBACK = List.of("127.0.0.0/8");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path directory;

    private static Vertx vertx;
    private static Certificate certificate;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final AtomicInteger lookups = new AtomicInteger();
    private Resolver resolver = host -> List.of(InetAddress.getAllByName("127.0.0.1"));

    @BeforeAll
    static void prepare() throws Exception {
        vertx = Vertx.vertx();
        certificate = Certificate.of(HOST, directory);
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private record Config(
            List<String> key,
            Optional<List<String>> trustedNetworks,
            List<String> ports,
            Duration timeout,
            Optional<String> authorities)
            implements WebhooksConfig {}

    private DeliverWebhook handler(List<String> trusted, @Nullable String authorities, Duration timeout) {
        Config config = new Config(
                List.of(KEY),
                Optional.of(trusted),
                List.of("443", "1024-65535"),
                timeout,
                Optional.ofNullable(authorities));
        Sender sender = new Sender(vertx, config);
        open.add(sender::stop);
        Resolver counting = host -> {
            lookups.incrementAndGet();
            return resolver.resolve(host);
        };
        return new DeliverWebhook(
                new TargetRules(trusted, config.ports()),
                new SigningKeys(config.key()),
                counting,
                sender,
                Clock.systemUTC());
    }

    private DeliverWebhook handler() {
        return handler(LOOPBACK, certificate.pem(), PATIENCE);
    }

    private Receiver tls(HttpHandler then) throws IOException {
        Receiver receiver = Receiver.tls(certificate, then);
        open.add(receiver);
        return receiver;
    }

    private Receiver plain(HttpHandler then) throws IOException {
        Receiver receiver = Receiver.plain(then);
        open.add(receiver);
        return receiver;
    }

    private static List<InetAddress> addresses(String... texts) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            addresses.addAll(List.of(InetAddress.getAllByName(text)));
        }
        return addresses;
    }

    private static RecordingJob job() {
        return RecordingJob.of(WebhookDelivery.TYPE);
    }

    private static WebhookDelivery to(String url) {
        return new WebhookDelivery("msg-1", url, PAYLOAD);
    }

    private static WebhookDelivery plainTo(Receiver receiver) {
        return to("http://" + HOST + ":" + receiver.port() + "/hook");
    }

    @Test
    void aMessageArrivesAsItWasWrittenAndSigned() throws Exception {
        Receiver receiver = tls(Receiver.answering(204));
        RecordingJob job = job();
        handler().run(to("https://" + HOST + ":" + receiver.port() + "/hook?token=a%20b"), job);
        assertEquals(1, receiver.received().size());
        Receiver.Received message = receiver.received().get(0);
        assertEquals("/hook?token=a%20b", message.path());
        assertEquals(PAYLOAD, message.body());
        assertEquals(List.of("application/json"), message.headers().get("content-type"));
        assertEquals(List.of(HOST + ":" + receiver.port()), message.headers().get("host"));
        assertEquals(List.of("msg-1"), message.headers().get("webhook-id"));
        String secret = new SigningKeys(List.of(KEY)).secrets(job.tenant()).get(0);
        Map<String, List<String>> headers = message.headers();
        new Webhook(secret)
                .verify(
                        message.body(),
                        Map.of(
                                "webhook-id", headers.getOrDefault("webhook-id", List.of()),
                                "webhook-timestamp", headers.getOrDefault("webhook-timestamp", List.of()),
                                "webhook-signature", headers.getOrDefault("webhook-signature", List.of())));
        assertEquals(204L, job.counts().get(WebhookDelivery.statusCodeOf(1)));
        assertTrue(job.counts().containsKey(WebhookDelivery.millisOf(1)));
    }

    @Test
    void theIdStaysOverAttemptsAndTheAttemptsAreTold() throws Exception {
        Receiver receiver = plain(Receiver.answering(500));
        RecordingJob first = job();
        assertThrows(TryAgainLater.class, () -> handler().run(plainTo(receiver), first));
        RecordingJob second = first.nextAttempt();
        assertThrows(TryAgainLater.class, () -> handler().run(plainTo(receiver), second));
        assertEquals(
                List.of(List.of("msg-1"), List.of("msg-1")),
                receiver.received().stream()
                        .map(message -> message.headers().get("webhook-id"))
                        .toList());
        assertEquals(500L, second.counts().get(WebhookDelivery.statusCodeOf(2)));
    }

    @Test
    void aCertificateMustBeOfTheHostThatIsCalled() throws Exception {
        Receiver receiver = tls(Receiver.answering(200));
        Exception refused = assertThrows(
                TryAgainLater.class, () -> handler().run(to("https://other.example:" + receiver.port() + "/"), job()));
        assertTrue(String.valueOf(refused.getMessage()).contains("certificate"), refused.getMessage());
        assertTrue(receiver.received().isEmpty());
    }

    @Test
    void aCertificateOfNoKnownAuthorityIsRefused() throws Exception {
        Receiver receiver = tls(Receiver.answering(200));
        DeliverWebhook strict = handler(LOOPBACK, null, PATIENCE);
        assertThrows(TryAgainLater.class, () -> strict.run(to("https://" + HOST + ":" + receiver.port() + "/"), job()));
        assertTrue(receiver.received().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void noRedirectIsFollowed(int status) throws Exception {
        Receiver other = plain(Receiver.answering(200));
        Receiver receiver =
                plain(Receiver.answering(status, "Location", "http://" + HOST + ":" + other.port() + "/elsewhere"));
        assertThrows(TryAgainLater.class, () -> handler().run(plainTo(receiver), job()));
        assertEquals(1, receiver.received().size());
        assertTrue(other.received().isEmpty());
    }

    @Test
    void whoeverAnswers410WantsNoFurtherMessage() throws Exception {
        Receiver receiver = plain(Receiver.answering(410));
        RecordingJob job = job();
        assertThrows(PermanentFailure.class, () -> handler().run(plainTo(receiver), job));
        assertEquals(410L, job.counts().get(WebhookDelivery.statusCodeOf(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 429, 500, 503})
    void anyOtherAnswerIsTriedAgain(int status) throws Exception {
        Receiver receiver = plain(Receiver.answering(status));
        TryAgainLater failed = assertThrows(TryAgainLater.class, () -> handler().run(plainTo(receiver), job()));
        assertEquals(Duration.ZERO, failed.delay());
    }

    @Test
    void retryAfterIsHeard() throws Exception {
        Receiver seconds = plain(Receiver.answering(503, "Retry-After", "77"));
        assertEquals(
                Duration.ofSeconds(77),
                assertThrows(TryAgainLater.class, () -> handler().run(plainTo(seconds), job()))
                        .delay());
        String later = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.ofInstant(Instant.now().plusSeconds(3_600), ZoneOffset.UTC));
        Receiver date = plain(Receiver.answering(503, "Retry-After", later));
        Duration delay = assertThrows(TryAgainLater.class, () -> handler().run(plainTo(date), job()))
                .delay();
        assertTrue(delay.compareTo(Duration.ofMinutes(58)) > 0, delay.toString());
        Receiver nonsense = plain(Receiver.answering(503, "Retry-After", "soon"));
        assertEquals(
                Duration.ZERO,
                assertThrows(TryAgainLater.class, () -> handler().run(plainTo(nonsense), job()))
                        .delay());
    }

    @Test
    void whoeverDoesNotAnswerInTimeIsTriedAgain() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Receiver receiver = plain(exchange -> {
            try {
                over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        DeliverWebhook impatient = handler(LOOPBACK, null, Duration.ofMillis(500));
        RecordingJob job = job();
        Exception late = assertThrows(TryAgainLater.class, () -> impatient.run(plainTo(receiver), job));
        over.countDown();
        assertTrue(String.valueOf(late.getMessage()).contains("in time"), late.getMessage());
        assertFalse(job.counts().containsKey(WebhookDelivery.statusCodeOf(1)));
    }

    @Test
    void anAnswerWithoutEndIsReadToABound() throws Exception {
        CountDownLatch cutOff = new CountDownLatch(1);
        Receiver receiver = plain(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] more = new byte[64 * 1024];
            try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                    body.write(more);
                }
            } catch (IOException e) {
                cutOff.countDown();
            }
        });
        handler().run(plainTo(receiver), job());
        assertTrue(cutOff.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), "the connection was closed");
    }

    @Test
    void aNameIsResolvedOnceAndThatAddressIsCalled() throws Exception {
        assertThrows(
                UnknownHostException.class, () -> InetAddress.getAllByName("never.invalid"), "the system knows it not");
        Receiver receiver = plain(Receiver.answering(200));
        handler().run(to("http://never.invalid:" + receiver.port() + "/"), job());
        assertEquals(1, receiver.received().size());
        assertEquals(1, lookups.get());
    }

    @Test
    void aNameThatNowLeadsInsideIsNotCalled() throws Exception {
        Receiver receiver = plain(Receiver.answering(200));
        // At the submission it led to a public address; since then its owner has changed it.
        DeliverWebhook strict = handler(List.of(), null, PATIENCE);
        assertThrows(
                PermanentFailure.class,
                () -> strict.run(to("https://rebound.example:" + receiver.port() + "/"), job()));
        assertTrue(receiver.received().isEmpty());
    }

    @Test
    void aNameThatLeadsInsideOnlyTheSecondTimeIsNotAskedASecondTime() throws Exception {
        Receiver receiver = plain(Receiver.answering(200));
        AtomicInteger asked = new AtomicInteger();
        // Public at first, so that the check lets it through; nobody listens there.
        resolver =
                host -> List.of(InetAddress.getAllByName(asked.getAndIncrement() == 0 ? "192.88.98.1" : "127.0.0.1"));
        DeliverWebhook strict = handler(List.of(), null, Duration.ofMillis(500));
        assertThrows(
                TryAgainLater.class, () -> strict.run(to("https://rebound.example:" + receiver.port() + "/"), job()));
        assertEquals(1, asked.get());
        assertTrue(receiver.received().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "169.254.169.254", "::1", "fd00:ec2::254", "0.0.0.0"})
    void oneAddressInsideIsOneTooMany(String inside) throws Exception {
        Receiver receiver = plain(Receiver.answering(200));
        resolver = host -> addresses("127.0.0.1", inside);
        assertThrows(PermanentFailure.class, () -> handler().run(plainTo(receiver), job()));
        assertTrue(receiver.received().isEmpty());
    }

    @Test
    void whereOneAddressTakesNoConnectionTheNextIsTried() throws Exception {
        Receiver receiver = plain(Receiver.answering(200));
        resolver = host -> addresses("127.0.0.2", "127.0.0.1");
        handler().run(plainTo(receiver), job());
        assertEquals(1, receiver.received().size());
    }

    @Test
    void whoeverIsAwayIsTriedAgain() throws Exception {
        Receiver receiver = plain(Receiver.answering(200));
        WebhookDelivery message = plainTo(receiver);
        receiver.close();
        Exception away = assertThrows(TryAgainLater.class, () -> handler().run(message, job()));
        assertFalse(
                String.valueOf(away.getMessage()).contains("127.0.0.1"), "addresses are not for the client to read");
        resolver = host -> {
            throw new UnknownHostException(host);
        };
        assertThrows(TryAgainLater.class, () -> handler().run(message, job()));
    }
}
