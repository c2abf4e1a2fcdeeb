package dev.accepted.contract.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.Wire;
import dev.accepted.contract.command.DataRef;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private static final Path FILE = Path.of("src/test/resources/golden/schedule.json");
    private static final Schedule NIGHTLY = new Schedule(
            "acme",
            "nightly",
            "30 2 * * 1-5",
            "Europe/Berlin",
            "report.generate",
            "{\"year\":2023, \"rate\":1.10}",
            null,
            "report-7",
            Map.of("team", "blue"));

    @Test
    void aScheduleReadsAndWritesAsItsFile() throws Exception {
        byte[] file = Files.readAllBytes(FILE);
        assertEquals(NIGHTLY, Schedule.read(NIGHTLY.key(), file));
        assertEquals(Wire.JSON.readTree(file), Wire.JSON.readTree(NIGHTLY.toJson()));
    }

    @Test
    void aLargeInputIsElsewhere() throws Exception {
        Schedule large = new Schedule(
                "acme",
                "big",
                "* * * * *",
                "UTC",
                "data.process",
                null,
                new DataRef("ab".repeat(32), 9),
                null,
                Map.of());
        assertEquals(large, Schedule.read(large.key(), large.toJson()));
    }

    @Test
    void aKeyIsTenantAndName() throws Exception {
        assertEquals("acme/nightly", NIGHTLY.key().text());
        assertEquals(new Schedule.Key("a/b", "c"), Schedule.Key.read("a/b/c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "acme", "/nightly", "acme/"})
    void whatIsNoKeyIsRefused(String key) {
        assertThrows(Undecodable.class, () -> Schedule.Key.read(key));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "{}",
                "{\"tenant\":\"acme\",\"name\":\"nightly\",\"cron\":\"* * * * *\",\"zone\":\"UTC\",\"type\":\"t\"}",
                "{\"tenant\":\"evil\",\"name\":\"nightly\",\"cron\":\"* * * * *\",\"zone\":\"UTC\",\"type\":\"t\","
                        + "\"input\":\"{}\"}"
            })
    void whatIsNoScheduleIsRefused(String value) {
        assertThrows(Undecodable.class, () -> Schedule.read(NIGHTLY.key(), value.getBytes(StandardCharsets.UTF_8)));
    }
}
