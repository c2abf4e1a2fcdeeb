package dev.accepted.cli.gateway;

import dev.accepted.cli.terminal.ExitCode;
import dev.accepted.cli.terminal.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A gateway, asked by one caller. Redirects are not followed: the token is not for where they lead. Thread-safe. */
public final class Gateway {

    private static final Duration CONNECTING = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECTING)
            .build();
    private final URI base;
    private final Optional<String> token;
    private final Duration patience;
    private final Consumer<String> notices;

    /**
     * @param base without a slash at the end
     * @param token empty: an anonymous caller
     * @param patience how long a request is sent again that got no answer, or one that may pass
     * @param notices is told when that happens
     */
    public Gateway(URI base, Optional<String> token, Duration patience, Consumer<String> notices) {
        this.base = base;
        this.token = token;
        this.patience = patience;
        this.notices = notices;
    }

    /** What a reference in an answer points to. */
    public URI address(String reference) {
        return reference.matches("https?://.*") ? URI.create(reference) : URI.create(base + reference);
    }

    /**
     * Sends a request, again and again if need be, and gives what was done.
     *
     * @param call may be sent twice
     * @throws Refused when it was not done
     */
    public Answer ask(Call call) throws InterruptedException {
        Retries retries = new Retries(patience, notices);
        while (true) {
            try {
                Answer answer = once(call);
                if (!answer.isRefusal()) {
                    return answer;
                }
                Refused refused = Refused.by(answer);
                if (!refused.mayPass()) {
                    throw refused;
                }
                retries.waitAfter(refused, refused.retryAfter());
            } catch (IOException e) {
                Refusal silence = silence(call, e);
                if (Silence.isForGood(e)) {
                    throw silence;
                }
                retries.waitAfter(silence, Optional.empty());
            }
        }
    }

    /**
     * Sends a request once and gives its answer while it comes.
     *
     * @throws IOException when there is none
     */
    public HttpResponse<InputStream> open(Call call) throws IOException, InterruptedException {
        return client.send(request(call), BodyHandlers.ofInputStream());
    }

    /** As {@link #open}, with words for it that none comes. */
    public HttpResponse<InputStream> download(Call call) throws InterruptedException {
        try {
            HttpResponse<InputStream> response = open(call);
            if (response.statusCode() == 200) {
                return response;
            }
            try (InputStream body = response.body()) {
                throw Refused.by(answer(call, response, body.readAllBytes()));
            }
        } catch (IOException e) {
            throw silence(call, e);
        }
    }

    /** The failure that it is when no answer came, or not all of it. */
    public Refusal silence(Call call, IOException why) {
        return new Refusal(
                "No answer to " + call.method() + " " + address(call.reference()) + ": " + Silence.describe(why)
                        + ". Is a gateway there?",
                why,
                ExitCode.NO_ANSWER);
    }

    private Answer once(Call call) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request(call), BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> response = answer.get(call.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return answer(call, response, response.body());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("it took longer than " + call.timeout().toSeconds() + " s", e);
        }
    }

    private static Answer answer(Call call, HttpResponse<?> response, byte[] body) {
        return new Answer(call.method(), response.uri(), response.statusCode(), response.headers(), body);
    }

    private HttpRequest request(Call call) {
        URI address = address(call.reference());
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(call.timeout())
                .method(
                        call.method(),
                        call.body().length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach(request::header);
        if (isOurs(address)) {
            token.ifPresent(known -> request.header("Authorization", "Bearer " + known));
        }
        return request.build();
    }

    private boolean isOurs(URI address) {
        return base.getScheme().equalsIgnoreCase(address.getScheme())
                && base.getRawAuthority().equalsIgnoreCase(address.getRawAuthority());
    }
}
