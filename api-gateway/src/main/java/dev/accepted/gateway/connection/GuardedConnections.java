package dev.accepted.gateway.connection;

import dev.accepted.gateway.problem.UnroutedAnswer;
import dev.accepted.gateway.system.GatewayConfig;
import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.smallrye.config.SmallRyeConfig;
import java.security.SecureRandom;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Puts a guard in front of every connection that the server accepts. Netty finds it by its service file once {@link
 * ServerLimits} has told it to look.
 */
public final class GuardedConnections extends ChannelInitializerExtension {

    private final Duration patience;
    private final UnroutedAnswer answers = new UnroutedAnswer(new SecureRandom());

    /** For the service loader, which knows no beans. */
    public GuardedConnections() {
        patience = ConfigProvider.getConfig()
                .unwrap(SmallRyeConfig.class)
                .getConfigMapping(GatewayConfig.class)
                .limits()
                .stall();
    }

    @Override
    public void postInitializeServerChildChannel(Channel accepted) {
        accepted.pipeline().addLast(new ConnectionGuard(patience, answers));
    }
}
