package dev.accepted.gateway.fleet;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.DataRef;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.log.LogReader;
import dev.accepted.gateway.log.RecordHeaderText;
import dev.accepted.objects.ObjectStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads back what jobs were given, from the log or the object store. Blocking; safe for use by many threads. */
@Singleton
class Inputs {

    private static final Logger LOG = Logger.getLogger(Inputs.class);
    private static final Duration READ = Duration.ofSeconds(2);
    private static final int LARGEST_SHOWN = 256 * 1024;

    private final LogReader reader;
    private final ObjectStore objects;
    private final ReentrantLock reading = new ReentrantLock();

    Inputs(LogReader reader, ObjectStore objects) {
        this.reader = reader;
        this.objects = objects;
    }

    /**
     * What a job was given.
     *
     * @param json the bytes that its client sent; null where they are not to be shown
     * @param digest their SHA-256
     */
    record Input(byte @Nullable [] json, long sizeBytes, String digest) {}

    /**
     * The input of a command; empty if it cannot be read now, or is gone.
     *
     * @param secret whether no more of it is to be told than that it is there
     */
    Optional<Input> of(Position command, String tenant, boolean secret) {
        return read(command).flatMap(record -> input(record, tenant, secret));
    }

    private Optional<ConsumerRecord<String, byte[]>> read(Position command) {
        reading.lock();
        try {
            return Optional.ofNullable(
                    reader.read(List.of(command), READ).found().get(command));
        } finally {
            reading.unlock();
        }
    }

    private Optional<Input> input(ConsumerRecord<String, byte[]> record, String tenant, boolean secret) {
        try {
            DataRef elsewhere = CommandHeaders.read(RecordHeaderText.of(record)).dataRef();
            if (elsewhere == null) {
                byte[] json = record.value() == null ? new byte[0] : record.value();
                return Optional.of(new Input(isShown(json.length, secret) ? json : null, json.length, digest(json)));
            }
            byte[] json = isShown(elsewhere.sizeBytes(), secret) ? stored(tenant, elsewhere) : null;
            return Optional.of(new Input(json, elsewhere.sizeBytes(), elsewhere.digest()));
        } catch (Undecodable | IOException e) {
            LOG.warnf("The input of %s cannot be shown: %s", record.key(), e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean isShown(long bytes, boolean secret) {
        return !secret && bytes <= LARGEST_SHOWN;
    }

    private byte[] stored(String tenant, DataRef elsewhere) throws IOException {
        try (InputStream in = objects.open(tenant, elsewhere.digest())) {
            return in.readAllBytes();
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }
}
