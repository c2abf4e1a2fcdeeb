package dev.accepted.gateway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.accepted.gateway.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobQueryTest {

    private static JobQuery read(String name, String... values) {
        return JobQuery.read(Map.of(name, List.of(values)));
    }

    @Test
    void withoutParametersItAsksForFifty() {
        JobQuery query = JobQuery.read(Map.of());

        assertEquals(50, query.limit());
        assertEquals(List.of(), query.statuses());
        assertEquals(Optional.empty(), query.cursor());
    }

    @ParameterizedTest
    @CsvSource({"1,1", "200,200", "201,200", "99999999999999999999,200", "007,7"})
    void theLimitIsCoerced(String text, int limit) {
        assertEquals(limit, read("limit", text).limit());
    }

    @ParameterizedTest
    @CsvSource({
        "limit,0", "limit,-1", "limit,1.5", "limit,ten", "status,done", "created_after,yesterday",
        "created_after,2026-11-23T20:00:00", "colour,red", "tag.,x", "sort,id", "type,''", "client_reference,''"
    })
    void whatDoesNotReadIsNamed(String name, String value) {
        Problem problem = assertThrows(Problem.class, () -> read(name, value));

        assertEquals(400, problem.status());
        assertEquals("invalid-parameter", problem.slug());
        assertEquals(name, problem.members().get("parameter"));
    }

    @Test
    void aParameterThatHasOneValueMustNotBeRepeated() {
        assertThrows(Problem.class, () -> read("limit", "1", "2"));
    }

    @Test
    void severalStatusesAndTypesMayBeRepeatedOrListed() {
        assertEquals(
                List.of("failed", "queued"),
                read("status", "queued,failed", "queued").statuses());
        assertEquals(List.of("a", "b"), read("type", "b", "a").types());
    }

    @Test
    void timesCarryTheirOffset() {
        assertEquals(
                Optional.of(Instant.parse("2026-11-23T18:00:00Z")),
                read("created_before", "2026-11-23T20:00:00+02:00").createdBefore());
    }

    @Test
    void theFiltersAreSpelledTheSameHoweverTheyWereGiven() {
        String filters = read("status", "queued", "failed").filters();

        assertEquals(filters, read("status", "failed,queued").filters());
        assertNotEquals(filters, read("status", "failed").filters());
        assertEquals(
                JobQuery.read(Map.of("limit", List.of("3"))).filters(),
                JobQuery.read(Map.of()).filters());
    }
}
