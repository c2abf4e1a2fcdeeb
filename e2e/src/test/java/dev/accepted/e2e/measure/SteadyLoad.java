package dev.accepted.e2e.measure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Asks a gateway at a steady rate, whatever the answers take, and tells how long they took. */
final class SteadyLoad {

    private static final String BODY = "{\"type\":\"probe.noop\",\"input\":{}}";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Supplier<HttpRequest> asking;
    private final int wanted;

    private SteadyLoad(Supplier<HttpRequest> asking, int wanted) {
        this.asking = asking;
        this.wanted = wanted;
    }

    /** Submits. */
    SteadyLoad(String gateway) {
        this(submission(gateway), 202);
    }

    private static Supplier<HttpRequest> submission(String gateway) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway + "/jobs"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofString(BODY))
                .build();
        return () -> request;
    }

    /** Reads what is there, one after the other. */
    static SteadyLoad reading(String gateway, List<String> paths, String token) {
        AtomicInteger next = new AtomicInteger();
        return new SteadyLoad(
                () -> HttpRequest.newBuilder(
                                URI.create(gateway + paths.get(Math.floorMod(next.getAndIncrement(), paths.size()))))
                        .header("Authorization", "Bearer " + token)
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                200);
    }

    /**
     * Times of all answers, the shortest first. Each counts from when its request was due, so that a client that is late
     * hides nothing.
     */
    List<Duration> run(int perSecond, Duration length) throws InterruptedException {
        ConcurrentLinkedQueue<Duration> times = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        long interval = Duration.ofSeconds(1).toNanos() / perSecond;
        long begun = System.nanoTime();
        long count = length.toNanos() / interval;
        for (long i = 0; i < count; i++) {
            long due = begun + i * interval;
            awaitTime(due);
            answers.add(client.sendAsync(asking.get(), BodyHandlers.discarding())
                    .thenAccept(answer -> {
                        if (answer.statusCode() != wanted) {
                            throw new IllegalStateException("Answered " + answer.statusCode());
                        }
                        times.add(Duration.ofNanos(System.nanoTime() - due));
                    }));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        List<Duration> sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        return sorted;
    }

    private static void awaitTime(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        if (left > 0) {
            var unused = new CountDownLatch(1).await(left, TimeUnit.NANOSECONDS);
        }
    }

    /** In milliseconds. */
    static double percentile(List<Duration> sorted, double percent) {
        int index = (int) Math.ceil(sorted.size() * percent / 100) - 1;
        return sorted.get(Math.max(0, index)).toNanos() / 1e6;
    }
}
