package dev.accepted.gateway.system;

import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.objects.FilesystemObjectStore;
import dev.accepted.objects.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Makes what the other packages are handed. */
@ApplicationScoped
class Platform {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    RandomGenerator random() {
        return new SecureRandom();
    }

    @Produces
    @Singleton
    UuidV7 uuids(Clock clock, RandomGenerator random) {
        return new UuidV7(clock, random);
    }

    @Produces
    @Singleton
    IdSeal seal(GatewayConfig config) {
        return new IdSeal(
                config.idKey().stream().map(Base64.getDecoder()::decode).toList());
    }

    @Produces
    @Singleton
    ObjectStore objects(GatewayConfig config) {
        return new FilesystemObjectStore(Path.of(config.objects().directory()));
    }
}
