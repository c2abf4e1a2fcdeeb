package dev.accepted.contract.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class JobIdTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER_KEY = "another key of enough bytes".getBytes(StandardCharsets.US_ASCII);
    private final IdSeal seal = new IdSeal(List.of(KEY));

    @Property
    void aSealedIdIsReadBackAndVerifies(@ForAll long high, @ForAll long low) {
        UUID uuid = new UUID(high, low);
        JobId made = seal.seal("job", uuid, "acme");
        JobId read = JobId.parse(made.text()).orElseThrow();
        assertEquals(made, read);
        assertEquals(uuid, read.uuid());
        assertTrue(seal.verifies(read, "acme"));
        assertFalse(seal.verifies(read, "acme2"));
    }

    @Property(tries = 300)
    void anIdWithOneOtherCharacterDoesNotVerify(
            @ForAll long high, @ForAll long low, @ForAll @IntRange(max = 33) int at) {
        String made = seal.seal("job", new UUID(high, low), "acme").text();
        int index = "job-".length() + at;
        char other = made.charAt(index) == '7' ? '5' : '7';
        String forged = made.substring(0, index) + other + made.substring(index + 1);
        assertFalse(JobId.parse(forged).filter(id -> seal.verifies(id, "acme")).isPresent(), forged);
    }

    @Test
    void thePrefixIsSealedToo() {
        String made = seal.seal("job", new UUID(1, 2), "acme").text();
        JobId renamed = JobId.parse(made.replace("job-", "camp-")).orElseThrow();
        assertFalse(seal.verifies(renamed, "acme"));
    }

    @Test
    void aRetiredKeyStillVerifiesAndTheFirstOneSeals() {
        JobId old = new IdSeal(List.of(OTHER_KEY)).seal("job", new UUID(1, 2), "acme");
        IdSeal rotated = new IdSeal(List.of(KEY, OTHER_KEY));
        assertTrue(rotated.verifies(old, "acme"));
        assertEquals(seal.seal("job", new UUID(1, 2), "acme"), rotated.seal("job", new UUID(1, 2), "acme"));
        assertFalse(seal.verifies(old, "acme"));
    }

    @Test
    void textsOfAnotherShapeAreNoIds() {
        String good = seal.seal("job", new UUID(1, 2), "acme").text();
        for (String text : List.of(
                "",
                "-",
                "job-",
                "job",
                good + "0",
                good.substring(1 + good.indexOf('-')),
                good.toUpperCase(java.util.Locale.ROOT),
                "j b" + good.substring(3),
                good.replace("job-0", "job-z"),
                "toolongaprefixforanid" + good.substring(3),
                good.substring(0, good.length() - 1) + "u")) {
            assertTrue(JobId.parse(text).isEmpty(), text);
        }
    }

    @Test
    void uuidsRiseAndCarryTheTime() {
        Instant now = Instant.parse("2026-11-23T20:00:00.123456Z");
        UuidV7 uuids = new UuidV7(Clock.fixed(now, ZoneOffset.UTC), new SplittableRandom(7));
        IdSeal sealer = seal;
        String before = "";
        for (int i = 0; i < 10_000; i++) {
            UUID uuid = uuids.next();
            assertEquals(7, uuid.version());
            assertEquals(2, uuid.variant());
            String text = sealer.seal("job", uuid, "acme").text();
            String sortable = text.substring(0, text.length() - JobId.MAC_CHARACTERS);
            assertTrue(sortable.compareTo(before) > 0, sortable);
            before = sortable;
        }
        Instant first = JobId.parse(sealer.seal(
                                "job",
                                new UuidV7(Clock.fixed(now, ZoneOffset.UTC), new SplittableRandom(1)).next(),
                                "a")
                        .text())
                .orElseThrow()
                .createdAt();
        assertEquals(Instant.parse("2026-11-23T20:00:00.123Z"), first);
    }
}
