package dev.accepted.gateway.streaming;

import dev.accepted.gateway.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Takes a request's body to a file, no faster than the file takes it. */
public final class Upload {

    private final HttpServerRequest request;
    private final FileSystem files;
    private final Path path;
    private final AsyncFile file;
    private final long maxBytes;
    private final UniEmitter<? super Path> answer;
    private long received;
    private boolean over;
    private @Nullable StallWatch stall;

    private Upload(RoutingContext context, Path path, AsyncFile file, long maxBytes, UniEmitter<? super Path> answer) {
        this.request = context.request();
        this.files = context.vertx().fileSystem();
        this.path = path;
        this.file = file;
        this.maxBytes = maxBytes;
        this.answer = answer;
    }

    /**
     * Receives the whole body. Call it on the request's own thread; what it returns comes there too, and fails with a
     * {@link dev.accepted.gateway.problem.Problem} 413 as soon as one byte too many came.
     *
     * @param maxBytes inclusive
     * @return the file, which is the caller's to delete; after a failure there is none
     */
    public static Uni<Path> toFile(RoutingContext context, long maxBytes) {
        FileSystem files = context.vertx().fileSystem();
        return Uni.createFrom().emitter(answer -> {
            context.request().pause();
            var unused = files.createTempFile("upload-", ".part")
                    .compose(name -> files.open(name, new OpenOptions().setRead(false))
                            .onSuccess(
                                    file -> new Upload(context, Path.of(name), file, maxBytes, answer).begin(context)))
                    .onFailure(answer::fail);
        });
    }

    private void begin(RoutingContext context) {
        if (request.isEnded()) {
            finish();
            return;
        }
        request.handler(this::take);
        request.endHandler(end -> finish());
        request.exceptionHandler(broken -> fail(StallWatch.meaningOf(broken)));
        stall = StallWatch.begin(context, this::fail);
        if (request.getHeader("Expect") != null) {
            context.response().writeContinue();
        }
        request.resume();
    }

    private void take(Buffer piece) {
        if (over) {
            return;
        }
        moved();
        received += piece.length();
        if (received > maxBytes) {
            fail(Problems.contentTooLarge(maxBytes));
            return;
        }
        var unused = file.write(piece).onFailure(this::fail);
        if (file.writeQueueFull()) {
            request.pause();
            file.drainHandler(drained -> {
                moved();
                request.resume();
            });
        }
    }

    private void moved() {
        if (stall != null) {
            stall.moved();
        }
    }

    private void end() {
        over = true;
        if (stall != null) {
            stall.end();
        }
    }

    private void finish() {
        if (!over) {
            end();
            var unused = file.close().onSuccess(closed -> answer.complete(path)).onFailure(answer::fail);
        }
    }

    private void fail(Throwable reason) {
        if (!over) {
            end();
            var unused = file.close()
                    .eventually(() -> files.delete(path.toString()))
                    .onComplete(gone -> answer.fail(reason));
        }
    }
}
