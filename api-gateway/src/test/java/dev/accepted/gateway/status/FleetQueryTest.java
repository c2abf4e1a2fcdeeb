package dev.accepted.gateway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.accepted.gateway.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetQueryTest {

    private static FleetQuery read(String name, String... values) {
        return FleetQuery.read(Map.of(name, List.of(values)));
    }

    @Test
    void whatAClientMayAskAnOperatorMayAskToo() {
        FleetQuery query = FleetQuery.read(Map.of(
                "tenant", List.of("acme,other"),
                "queue", List.of("email"),
                "error", List.of("Disk, full"),
                "status", List.of("failed"),
                "tag.team", List.of("blue")));
        assertEquals(List.of("acme", "other"), query.tenants());
        assertEquals(List.of("email"), query.queues());
        assertEquals(Optional.of("Disk, full"), query.error());
        assertEquals(List.of("failed"), query.jobs().statuses());
        assertEquals(Map.of("team", "blue"), query.jobs().tags());
    }

    @ParameterizedTest
    @CsvSource({"tenant,''", "queue,''", "error,''", "colour,red", "status,done", "limit,0"})
    void whatDoesNotReadIsNamed(String name, String value) {
        Problem problem = assertThrows(Problem.class, () -> read(name, value));
        assertEquals(400, problem.status());
        assertEquals(name, problem.members().get("parameter"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant", "queue", "error", "type", "client_reference", "tag.team"})
    void noTextHasANul(String name) {
        assertEquals(
                name,
                assertThrows(Problem.class, () -> read(name, "a\0b")).members().get("parameter"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant", "queue", "error"})
    void aClientDoesNotAskThat(String name) {
        assertThrows(Problem.class, () -> JobQuery.read(Map.of(name, List.of("a"))));
    }

    @Test
    void otherFiltersAreSpeltOtherwise() {
        assertNotEquals(read("tenant", "a").filters(), read("queue", "a").filters());
        assertNotEquals(read("error", "a").filters(), read("error", "b").filters());
        assertEquals(read("tenant", "a", "b").filters(), read("tenant", "b,a").filters());
    }
}
