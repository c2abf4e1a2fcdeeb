package dev.accepted.engine.process;

import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.engine.types.HandlerRegistry;
import dev.accepted.objects.FilesystemObjectStore;
import dev.accepted.objects.ObjectStore;
import dev.accepted.store.lease.LeaseTable.Holder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.UUID;
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
    UuidV7 uuids(Clock clock, RandomGenerator chance) {
        return new UuidV7(clock, chance);
    }

    @Produces
    @Singleton
    ObjectStore objects(EngineConfig config) {
        return new FilesystemObjectStore(Path.of(config.objects().directory()));
    }

    @Produces
    @Singleton
    RandomGenerator chance() {
        return new SecureRandom();
    }

    @Produces
    @Singleton
    IdSeal seal(EngineConfig config) {
        return new IdSeal(
                config.idKey().stream().map(Base64.getDecoder()::decode).toList());
    }

    /** This process as a holder of leases: under a UUID that no other process ever has. */
    @Produces
    @Singleton
    Holder holder(EngineConfig config, HandlerRegistry handlers) {
        return new Holder(
                UUID.randomUUID(),
                config.worker().name(),
                handlers.queue(),
                config.worker().slots());
    }
}
