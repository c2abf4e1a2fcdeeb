package dev.accepted.gateway.connection;

import dev.accepted.gateway.problem.UnroutedAnswer;
import dev.accepted.gateway.system.GatewayConfig;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Guards the connections that follow where {@link GuardedConnections} was not found, which is so when Netty is loaded by
 * another class loader than the application, as in tests: each request knows the server's own channel, and with the first
 * one that channel is told to guard what it accepts.
 */
@ApplicationScoped
class LateGuard {

    private static final int AFTER_NAMING = 960;
    private static final AttributeKey<Boolean> GUARDED = AttributeKey.valueOf(LateGuard.class.getName());

    private final Duration patience;
    private final UnroutedAnswer answers;

    LateGuard(GatewayConfig config, RandomGenerator random) {
        patience = config.limits().stall();
        answers = new UnroutedAnswer(random);
    }

    void register(@Observes Filters filters) {
        filters.register(this::look, AFTER_NAMING);
    }

    private void look(RoutingContext context) {
        if (context.request().connection() instanceof ConnectionBase connection) {
            Channel channel = connection.channel();
            Channel server = channel.parent();
            if (server != null
                    && channel.pipeline().get(ConnectionGuard.class) == null
                    && server.attr(GUARDED).compareAndSet(null, true)) {
                server.pipeline().addFirst(new Accepting());
            }
        }
        context.next();
    }

    /** Stands in the server's own channel, where what comes in are connections. */
    private final class Accepting extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            if (accepted instanceof Channel connection) {
                connection.pipeline().addLast(new ConnectionGuard(patience, answers));
            }
            context.fireChannelRead(accepted);
        }
    }
}
