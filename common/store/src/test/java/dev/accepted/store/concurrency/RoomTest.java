package dev.accepted.store.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.accepted.contract.callback.WebhookDelivery;
import dev.accepted.contract.job.Limit;
import dev.accepted.contract.job.Limit.Kind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How much room limits leave. */
class RoomTest {

    private static final Group ACME = new Group("acme", "probe", "probe.noop");
    private static final Group OTHER = new Group("other", "probe", "probe.noop");
    private static final Limit TENANT = new Limit(Kind.TENANT, "acme");
    private static final Limit EACH = new Limit(Kind.TENANT, Group.EACH);
    private static final Limit QUEUE = new Limit(Kind.QUEUE, "probe");
    private static final Limit TYPE = new Limit(Kind.TYPE, "probe.noop");

    private static ConcurrencyLimit at(Limit limit, int most) {
        return new ConcurrencyLimit(limit, most, null, Instant.EPOCH);
    }

    private static Room room(Map<Group, Long> running, ConcurrencyLimit... set) {
        return new Room(new Limits(Arrays.asList(set)), running);
    }

    @Test
    void withoutALimitThereIsRoomForAll() {
        Room room = room(Map.of(ACME, 1_000_000L));
        assertEquals(Integer.MAX_VALUE, room.of(ACME));
        assertEquals(Optional.empty(), room.closedBy(ACME));
    }

    @Test
    void whatRunsTakesRoomUnderEachOfItsLimits() {
        Room room = room(Map.of(ACME, 2L, OTHER, 3L), at(TENANT, 4), at(QUEUE, 6), at(TYPE, 100));
        assertEquals(1, room.of(ACME));
        assertEquals(1, room.of(OTHER));
        room.take(OTHER);
        assertEquals(Optional.of(QUEUE), room.closedBy(ACME));
        assertEquals(0, room.of(ACME));
    }

    @Test
    void aLimitThatWasLoweredLeavesNoRoomAndNotLess() {
        Room room = room(Map.of(ACME, 5L), at(TENANT, 2));
        assertEquals(0, room.of(ACME));
        assertEquals(Optional.of(TENANT), room.closedBy(ACME));
    }

    @Test
    void theLimitOfEachTenantIsEachTenantsOwn() {
        Room room = room(Map.of(ACME, 2L), at(EACH, 2));
        assertEquals(0, room.of(ACME));
        assertEquals(2, room.of(OTHER));
        assertEquals(Optional.of(TENANT), room.closedBy(ACME));
    }

    @Test
    void aTenantsOwnLimitStandsBeforeThatOfEach() {
        Room room = room(Map.of(), at(EACH, 2), at(TENANT, 7));
        assertEquals(7, room.of(ACME));
        assertEquals(2, room.of(OTHER));
    }

    @Test
    void theLimitOfEachTenantIsOneToLookAt() {
        Limits limits = new Limits(List.of(at(EACH, 2), at(TENANT, 7), at(TYPE, 9)));
        assertEquals(List.of(TENANT, TYPE), limits.set(ACME));
        assertEquals(List.of(EACH, TYPE), limits.set(OTHER));
    }

    @Test
    void theTightestLimitIsTheOneWithTheLeastRoom() {
        assertEquals(
                Optional.of(TYPE), room(Map.of(), at(TENANT, 4), at(TYPE, 3)).tightest(ACME));
    }

    @Test
    void whatATenantIsToldOfItsJobsIsUnderNoLimitOfTheTenant() {
        Group delivery = new Group("acme", WebhookDelivery.QUEUE, WebhookDelivery.TYPE);
        Limit queue = new Limit(Kind.QUEUE, WebhookDelivery.QUEUE);
        assertEquals(List.of(queue), new Limits(List.of(at(TENANT, 0), at(EACH, 0), at(queue, 3))).over(delivery));
        assertEquals(2, room(Map.of(delivery, 9L), at(TENANT, 2)).of(ACME));
    }
}
