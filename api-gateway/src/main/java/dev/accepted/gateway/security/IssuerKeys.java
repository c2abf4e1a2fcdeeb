package dev.accepted.gateway.security;

import dev.accepted.gateway.system.GatewayConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EcKeyUtil;
import org.jose4j.keys.RsaKeyUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's public keys, in memory: requests never wait for them.
 *
 * <p>A file (PEM or JWKS) is read once at start. A JWKS address is read in the background: every five minutes, and soon
 * after a token named a key that is not known. Safe for use by many threads.
 */
@ApplicationScoped
class IssuerKeys {

    private static final Logger LOG = Logger.getLogger(IssuerKeys.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration REFRESH = Duration.ofMinutes(5);
    private static final long TICK_SECONDS = 5;

    private final Optional<URI> address;
    private final AtomicBoolean stale = new AtomicBoolean(true);
    private final ScheduledExecutorService reader;
    private volatile @Nullable List<JsonWebKey> keys;
    private long readAt;

    IssuerKeys(GatewayConfig config) {
        String location = config.jwt().publicKeyLocation().orElse("");
        boolean remote = location.startsWith("https://") || location.startsWith("http://");
        this.address = remote ? Optional.of(URI.create(location)) : Optional.empty();
        this.reader = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "issuer-keys");
            thread.setDaemon(true);
            return thread;
        });
        if (remote) {
            // A tick never throws, so nobody has to look at what this returns.
            var unused = reader.scheduleWithFixedDelay(this::tick, 0, TICK_SECONDS, TimeUnit.SECONDS);
        } else {
            this.keys = location.isEmpty() ? List.of() : read(location);
        }
    }

    /** The keys; null as long as the issuer has not been reached. */
    @Nullable
    List<JsonWebKey> all() {
        return keys;
    }

    /** Says that a token named a key that is not among them: they are read again with the next tick. */
    void missed() {
        stale.set(true);
    }

    private void tick() {
        if (stale.get() || System.nanoTime() - readAt > REFRESH.toNanos()) {
            refresh(address.orElseThrow());
        }
    }

    private void refresh(URI from) {
        try {
            keys = parse(fetch(from));
            readAt = System.nanoTime();
            stale.set(false);
        } catch (IOException | JoseException | RuntimeException e) {
            LOG.warnf("The issuer's keys at %s cannot be read (%s); asking again in %d s", from, e, TICK_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String fetch(URI address) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode());
        }
        return answer.body();
    }

    private static List<JsonWebKey> read(String location) {
        try {
            Path file = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
            return parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException | JoseException e) {
            throw new IllegalStateException(
                    "accepted.jwt.public-key-location names " + location + ", which cannot be read as PEM or JWKS", e);
        }
    }

    private static List<JsonWebKey> parse(String text) throws JoseException {
        if (text.stripLeading().startsWith("{")) {
            return List.copyOf(new JsonWebKeySet(text).getJsonWebKeys());
        }
        return List.of(pem(text));
    }

    private static JsonWebKey pem(String text) throws JoseException {
        try {
            return PublicJsonWebKey.Factory.newPublicJwk(new RsaKeyUtil().fromPemEncoded(text));
        } catch (JoseException | java.security.spec.InvalidKeySpecException notRsa) {
            try {
                return PublicJsonWebKey.Factory.newPublicJwk(new EcKeyUtil().fromPemEncoded(text));
            } catch (java.security.spec.InvalidKeySpecException neither) {
                throw new JoseException("neither an RSA nor an EC public key", neither);
            }
        }
    }

    @PreDestroy
    void stop() {
        reader.shutdownNow();
    }
}
