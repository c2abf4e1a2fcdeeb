package dev.accepted.webhooks;

import dev.accepted.contract.callback.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Posts to addresses that others have judged: it never resolves a name. Certificates are checked against the name all
 * the same. Safe for use by many threads.
 */
@Singleton
class Sender {

    /** Of an answer's body so much is read, so that its connection can be used again; nobody looks at it. */
    private static final long MOST_READ = 64 * 1024;

    private static final int CONNECTIONS_TO_ONE = 128;
    private static final int IDLE_SECONDS = 30;

    private final Vertx vertx;
    private final HttpClient client;
    private final Duration timeout;

    Sender(Vertx vertx, WebhooksConfig config) {
        this.vertx = vertx;
        this.timeout = config.timeout();
        HttpClientOptions options = new HttpClientOptions()
                .setVerifyHost(true)
                .setConnectTimeout(Math.toIntExact(timeout.toMillis()))
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setMaxHeaderSize(16 * 1024)
                .setDecompressionSupported(false);
        config.authorities().ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file)));
        this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(CONNECTIONS_TO_ONE));
    }

    /**
     * Posts a body and gives the head of the answer. Blocks; an interrupt ends it.
     *
     * @param addresses what the target's host resolved to: tried in turn until one takes the connection
     * @throws ExecutionException what went wrong is its cause
     * @throws TimeoutException if there is no answer in time
     */
    Answer post(Target target, List<InetAddress> addresses, Map<String, String> headers, byte[] body)
            throws ExecutionException, TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        HttpClientRequest request = connect(target, addresses, deadline);
        headers.forEach(request::putHeader);
        boolean answered = false;
        try {
            Answer answer = await(request.send(Buffer.buffer(body)).map(response -> take(request, response)), deadline);
            answered = true;
            return answer;
        } finally {
            if (!answered) {
                request.reset();
            }
        }
    }

    private HttpClientRequest connect(Target target, List<InetAddress> addresses, long deadline)
            throws ExecutionException, TimeoutException, InterruptedException {
        Iterator<InetAddress> left = addresses.iterator();
        while (true) {
            Future<HttpClientRequest> connecting = client.request(options(target, left.next()));
            try {
                return await(connecting, deadline);
            } catch (ExecutionException e) {
                if (!left.hasNext()) {
                    throw e;
                }
            } catch (TimeoutException | InterruptedException e) {
                connecting.onSuccess(HttpClientRequest::reset);
                throw e;
            }
        }
    }

    private static RequestOptions options(Target target, InetAddress address) {
        boolean bare = target.host().indexOf(':') >= 0;
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, target.port())))
                .setHost(bare ? "[" + target.host() + "]" : target.host())
                .setPort(target.port())
                .setSsl(target.encrypted())
                .setURI(target.path())
                .setFollowRedirects(false);
    }

    /** Lets the rest of the answer pass, up to a bound in length and in time. */
    private Answer take(HttpClientRequest request, HttpClientResponse response) {
        AtomicLong read = new AtomicLong();
        long guard = vertx.setTimer(timeout.toMillis(), late -> request.reset());
        response.exceptionHandler(broken -> vertx.cancelTimer(guard));
        response.endHandler(end -> vertx.cancelTimer(guard));
        response.handler(chunk -> {
            if (read.addAndGet(chunk.length()) > MOST_READ) {
                request.reset();
            }
        });
        return new Answer(response.statusCode(), response.getHeader("Retry-After"));
    }

    private static <T> T await(Future<T> future, long deadline)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.toCompletionStage()
                .toCompletableFuture()
                .get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    @PreDestroy
    void stop() {
        var unused = client.close();
    }
}
