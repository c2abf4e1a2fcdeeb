package dev.accepted.gateway.sse;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.random.RandomGenerator;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Tells Quarkus REST that a {@link Stream} writes itself. */
@Provider
public class StreamWriter implements ServerMessageBodyWriter<Stream> {

    /** Those whose streams break together shall not come back together. */
    private static final int SHORTEST_RETRY_MILLIS = 1_000;

    private static final int LONGEST_RETRY_MILLIS = 5_000;

    private final RandomGenerator random;

    StreamWriter(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return type == Stream.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == Stream.class;
    }

    @Override
    public void writeResponse(Stream stream, Type generic, ServerRequestContext context) {
        int retry = random.nextInt(SHORTEST_RETRY_MILLIS, LONGEST_RETRY_MILLIS);
        stream.open((ResteasyReactiveRequestContext) context, retry);
    }

    @Override
    public void writeTo(
            Stream stream,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out) {
        throw new UnsupportedOperationException("A stream is sent as it is: no interceptor may wrap it");
    }
}
