package dev.accepted.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a person does with {@code ./accepted} and a script with its exit codes, against a whole system. */
@ExtendWith(SharedSystem.class)
class CommandLineIT {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path directory;

    private static LocalSystem system;

    @BeforeAll
    static void use(LocalSystem shared) {
        system = shared;
    }

    /** A command that has ended. */
    private record Said(int status, String out, String err) {
        JsonNode json() throws IOException {
            return JSON.readTree(out);
        }
    }

    private static Said accepted(String... words) throws Exception {
        return accepted(Map.of("ACCEPTED_DATA", system.data().toString()), words);
    }

    private static Said accepted(Map<String, String> environment, String... words) throws Exception {
        Path errors = Files.createTempFile(directory, "said", ".log");
        Process process = LocalSystem.launch(environment, errors, List.of(words));
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), out, Files.readString(errors));
    }

    private static String submitted(String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("submit"));
        all.addAll(List.of(words));
        Said receipt = accepted(all.toArray(String[]::new));
        assertEquals(0, receipt.status(), receipt.err());
        List<String> lines = receipt.out().lines().toList();
        assertEquals(system.url() + "/jobs/" + lines.get(0), lines.get(1));
        return lines.get(0);
    }

    @Test
    void aJobIsHandedInFollowedToItsEndListedAndItsResultFetched() throws Exception {
        Path input = LocalSystem.checkout().resolve("examples/requests/data.json");
        String id = submitted("data.process", "--file", input.toString(), "--tag", "order=7");
        Said watched = accepted("watch", id);
        assertEquals(0, watched.status(), watched.err());
        assertTrue(watched.out().endsWith("`accepted result " + id + "` fetches its result\n"), watched.out());
        Said table = accepted("jobs", "--tag", "order=7", "--status", "succeeded", "--since", "1h");
        assertEquals(2, table.out().lines().count(), table.out() + table.err());
        assertTrue(table.out().contains(id), table.out());
        Path file = directory.resolve("result.json");
        Said saved = accepted("result", id, "-o", file.toString());
        assertEquals(0, saved.status(), saved.err());
        assertEquals(
                5, JSON.readTree(Files.readAllBytes(file)).path("centroids").size());
    }

    @Test
    void theExitCodeTellsHowAJobEndedAndThatOneWasRefused() throws Exception {
        Said failed = accepted("submit", "probe.fail", "permanent:=true", "--wait=60", "--json");
        assertEquals(1, failed.status(), failed.err());
        assertEquals("failed", failed.json().path("status").asText());
        assertEquals(3, accepted("submit", "no.such.type").status());
    }

    @Test
    void aJobThatWaitsIsCancelledAndItsTimelineSaysWhy() throws Exception {
        String id = submitted("probe.noop", "--at", "2h");
        Said cancelled = accepted("cancel", id, "--reason", "a mistake");
        assertEquals(0, cancelled.status(), cancelled.err());
        assertEquals(id + " cancelled\n", cancelled.out());
        assertTrue(accepted("job", id, "--timeline").out().contains("a mistake"));
    }

    @Test
    void aScheduleIsMadeAndEndedByUrlAndTokenAndIsItsTenantsAlone() throws Exception {
        Map<String, String> acme =
                Map.of("ACCEPTED_URL", system.url(), "ACCEPTED_TOKEN", system.token("--tenant", "acme"));
        Said made = accepted(
                acme,
                "schedules",
                "put",
                "nightly",
                "--cron",
                "30 2 * * *",
                "--zone",
                "Europe/Berlin",
                "probe.sleep",
                "millis:=1",
                "--json");
        assertEquals(0, made.status(), made.err());
        assertTrue(made.json().has("next_fire_at"), made.out());
        assertEquals("", accepted("schedules").out(), "another tenant has none");
        Said ended = accepted(acme, "schedules", "delete", "nightly");
        assertEquals(0, ended.status(), ended.err());
    }

    @Test
    void anAuditOfASystemThatIsWellIsClean() throws Exception {
        Said audit = accepted("audit");
        assertEquals(0, audit.status(), audit.err());
        assertTrue(audit.out().contains("Clean: "), audit.out());
    }
}
