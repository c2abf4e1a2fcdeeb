package dev.accepted.cli.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StackPlanTest {

    @Test
    void workersAreCountedByName() {
        assertEquals(Map.of(Program.REPORTS, 2, Program.PROBE, 1), StackPlan.workers("reports=2, probe"));
        assertEquals(Map.of(), StackPlan.workers("none"));
        assertEquals(Map.of(Program.EMAIL, 0), StackPlan.workers("email=0"));
    }

    @Test
    void whatIsWrongIsQuoted() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> StackPlan.workers("gateway=1"))
                .toString()
                .contains("'gateway'"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> StackPlan.workers("email=-1"))
                .toString()
                .contains("'-1'"));
        assertThrows(IllegalArgumentException.class, () -> StackPlan.workers(""));
    }
}
