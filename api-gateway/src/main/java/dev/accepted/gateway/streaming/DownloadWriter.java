package dev.accepted.gateway.streaming;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Tells Quarkus REST how a {@link Download} is sent. */
@Provider
public class DownloadWriter implements ServerMessageBodyWriter<Download> {

    @Override
    public boolean isWriteable(Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return type == Download.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == Download.class;
    }

    @Override
    public void writeResponse(Download download, Type generic, ServerRequestContext context) {
        ResteasyReactiveRequestContext request = (ResteasyReactiveRequestContext) context;
        request.suspend();
        // Vert.x wants it before the first piece, which is earlier than the response's own headers are copied.
        request.serverResponse().setResponseHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(download.length()));
        new Pump(download, request, Infrastructure.getDefaultWorkerPool()).start();
    }

    @Override
    public void writeTo(
            Download download,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out) {
        throw new UnsupportedOperationException("A download is sent as it is: no interceptor may wrap its stream");
    }
}
