package dev.accepted.gateway.bulk;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.submission.BatchedJobs.Placed;
import dev.accepted.gateway.submission.BodyRoom;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A client sends no faster than the log takes. */
@GatewayTest
class LineStreamTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LINES = 60_000;
    private static final byte[] LINE = ("{\"padding\":\"" + "x".repeat(500) + "\"}\n").getBytes(StandardCharsets.UTF_8);

    @Inject
    Vertx vertx;

    @Inject
    BodyRoom room;

    private final AtomicLong taken = new AtomicLong();
    private final CompletableFuture<Void> log = new CompletableFuture<>();

    @Test
    void aBodyIsNotReadWhileTheLogIsBehind() throws Exception {
        Outcomes outcomes = new Outcomes("http://here");
        BatchRun run = new BatchRun("batch-x", this::append, outcomes);
        Router router = Router.router(vertx);
        router.route().handler(context -> {
            context.request().pause();
            var unused = LineStream.submit(context, room, new LineSplitter(1_000, 100_000), run)
                    .subscribe()
                    .with(
                            bytes -> context.response().end(String.valueOf(bytes)),
                            failure -> context.response().setStatusCode(500).end());
        });
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        try {
            CompletableFuture<HttpResponse<String>> answer = send(server.actualPort());
            await().atMost(PATIENCE).until(() -> taken.get() >= 1_000);
            // So long as nothing moves any more, whatever the client would like to send.
            await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> taken.get() < LINES / 10);
            log.complete(null);
            assertEquals(
                    Long.toString((long) LINES * LINE.length),
                    answer.get(60, TimeUnit.SECONDS).body());
            assertEquals(LINES, outcomes.accepted());
        } finally {
            server.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        assertTrue(room.take(1), "the room that the pieces took is given back");
        room.giveBack(1);
    }

    private Uni<Placed> append(byte[] item) {
        taken.incrementAndGet();
        return Uni.createFrom().completionStage(log).map(done -> new Placed("job-1", "/jobs/{id}", false));
    }

    private static CompletableFuture<HttpResponse<String>> send(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .POST(HttpRequest.BodyPublishers.ofInputStream(LineStreamTest::body))
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private static InputStream body() {
        return new Pieces(Collections.nCopies(LINES, LINE).iterator());
    }
}
