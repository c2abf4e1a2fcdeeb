package dev.accepted.e2e.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.log.Topics;
import dev.accepted.e2e.LocalSystem;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A click path through every view of the console, in Chromium, against a whole system. */
class ConsoleIT {

    @TempDir
    static Path directory;

    private static Stage stage;

    @BeforeAll
    static void raise() throws Exception {
        stage = new Stage(directory);
        for (int n = 0; n < 5; n++) {
            stage.submitted("probe.noop", "{}", "");
        }
        stage.submitted("probe.sleep", "{\"millis\":60000}", "");
    }

    @AfterAll
    static void fall() throws Exception {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void whoHasNoTokenIsAskedForOneAndHearsWhyItIsRefused() throws Exception {
        try (Tab tab = stage.atTheDoor()) {
            tab.awaitText("Bearer token");
            Stage.review(tab, "signin");
            tab.type("Bearer token", "nonsense");
            tab.click("button", "Sign in");
            tab.await("document.querySelector('.problem')", "the server's words");
            tab.awaitText("(401)");
            tab.type("Bearer token", stage.system().token("--scope", "jobs:read"));
            tab.click("button", "Sign in");
            tab.awaitText("(403)");
            tab.awaitText("operations");
            Stage.review(tab, "signin-refused");
            tab.type("Bearer token", stage.token());
            tab.click("button", "Sign in");
            tab.awaitText("By queue");
            tab.click("button", "Sign out");
            tab.awaitText("Bearer token");
            assertTrue(tab.evaluate("sessionStorage.length === 0").asBoolean());
        }
    }

    @Test
    void theAddressOfTheCommandLineSignsInAndForgetsItsToken() throws Exception {
        Path errors = directory.resolve("console.log");
        Process command = LocalSystem.launch(
                Map.of("ACCEPTED_DATA", stage.system().data().toString()), errors, List.of("console"));
        String address = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, command.waitFor());
        try (Tab tab = stage.atTheDoor()) {
            tab.awaitText("Bearer token");
            // The page is there already, so nothing is loaded anew: only the fragment changes.
            tab.go(address);
            tab.awaitText("By queue");
            assertEquals(stage.system().url() + "/console#/overview", tab.address());
            assertFalse(tab.evaluate("JSON.stringify(performance.getEntriesByType('resource').map(e => e.name))")
                    .asText()
                    .contains("token"));
            tab.click("a", "Queues");
            tab.evaluate("history.back()");
            tab.awaitText("By queue");
            assertFalse(tab.address().contains("token"));
        }
    }

    @Test
    void theOverviewMovesByItself() throws Exception {
        try (Tab tab = stage.at("overview")) {
            tab.awaitText("By queue");
            String before = tab.evaluate("document.querySelectorAll('.line.first')[2].getAttribute('d')")
                    .asText();
            tab.await(
                    "document.querySelectorAll('.line.first')[2].getAttribute('d').split('L').length >= "
                            + (before.split("L", -1).length + 3),
                    "a line that grows");
            for (int n = 0; n < 30; n++) {
                stage.submitted("probe.noop", "{}", "");
            }
            tab.await(
                    "[...document.querySelectorAll('.figure')].some(f => f.innerText.startsWith('Out')"
                            + " && parseFloat(f.innerText.split('\\n')[1]) > 0)",
                    "a rate");
            Stage.review(tab, "overview");
        }
    }

    @Test
    void aQueueIsPausedWithAReasonAndGoesOn() throws Exception {
        try (Tab tab = stage.at("queues")) {
            tab.click("button", "Pause analytics");
            tab.awaitText("Pause the queue analytics?");
            // Without a reason nothing is sent.
            tab.click("dialog button", "Pause");
            assertTrue(tab.evaluate("document.querySelector('dialog').open").asBoolean());
            tab.press("Escape");
            tab.awaitNoText("Pause the queue analytics?");
            tab.enter("button", "Pause analytics");
            tab.type("Reason", "the disk " + Stage.HOSTILE);
            Stage.review(tab, "queues-dialog");
            tab.click("dialog button", "Pause");
            tab.awaitText("The queue analytics is paused.");
            tab.awaitText("the disk " + Stage.HOSTILE);
            assertTrue(queue("analytics").path("paused").asBoolean());
            assertEquals("accepted-cli", queue("analytics").path("paused_by").asText());
            Stage.review(tab, "queues");
            tab.click("button", "Go on analytics");
            tab.click("dialog button", "Go on");
            tab.awaitText("The queue analytics goes on.");
            assertFalse(queue("analytics").path("paused").asBoolean());
        }
    }

    @Test
    void aLimitIsSetChangedAndTakenAway() throws Exception {
        try (Tab tab = stage.at("queues")) {
            tab.click("button", "New limit");
            tab.type("Name", "analytics");
            tab.type("At once, at most", "3");
            tab.type("Reason", "a small database");
            tab.click("dialog button", "Set the limit");
            tab.awaitText("Of the queue analytics at most 3 run at once.");
            tab.awaitText("a small database");
            Stage.review(tab, "queues-limits");
            tab.click("button", "Change the limit of analytics");
            tab.type("At once, at most", "-1");
            tab.type("Reason", "smaller");
            tab.click("dialog button", "Set the limit");
            // The browser itself does not let that through.
            tab.type("At once, at most", "2");
            tab.click("dialog button", "Set the limit");
            tab.awaitText("at most 2 run at once.");
            tab.click("button", "Take away the limit of analytics");
            tab.click("dialog button", "Take it away");
            tab.awaitText("None: whatever a worker has a slot for runs.");
        }
    }

    private static JsonNode queue(String name) {
        for (JsonNode queue : stage.operator()
                .json(stage.operator().get("/operations/queues"))
                .path("items")) {
            if (queue.path("queue").asText().equals(name)) {
                return queue;
            }
        }
        throw new AssertionError("no queue " + name);
    }

    @Test
    void aDeadRecordIsLookedAtSentAgainAndDropped() throws Exception {
        stage.append(
                Topics.EVENTS,
                Stage.HOSTILE,
                Map.of("ce_note", Stage.HOSTILE),
                ("no JSON " + Stage.HOSTILE).getBytes(StandardCharsets.UTF_8));
        try (Tab tab = stage.at("dead")) {
            tab.await("document.querySelector('tbody a')", "a dead record");
            Stage.review(tab, "dead");
            String offset =
                    tab.evaluate("document.querySelector('tbody a').innerText").asText();
            tab.click("tbody a", offset);
            tab.awaitText("no JSON " + Stage.HOSTILE);
            tab.awaitText("ce_note");
            Stage.review(tab, "dead-record");
            tab.act("Send again", "the fold was mended", "Send again");
            tab.awaitText("Record " + offset + " was sent to jobs.events");
            tab.awaitText("the fold was mended");
            tab.click("a", "All dead records");
            // It could be read no better, so it lies there once more.
            tab.await(
                    "document.querySelector('tbody a') && document.querySelector('tbody a').innerText !== '" + offset
                            + "'",
                    "another dead record");
            tab.click("label", "Settled ones too");
            tab.awaitText("sent by accepted-cli");
            tab.click("tbody a", "");
            tab.act("Drop", "nobody needs it", "Drop");
            tab.awaitText("is off the list.");
        }
    }

    @Test
    void aScheduleIsMadeLookedAtAndEnded() throws Exception {
        try (Tab tab = stage.at("schedules")) {
            tab.click("button", "New");
            tab.type("Name", "nightly");
            tab.type("Cron", "61 * * * *");
            tab.type("Zone", "UTC");
            tab.type("Type", "probe.sleep");
            tab.type("Input", "{\"millis\": 1}");
            tab.click("dialog button", "Write it");
            tab.awaitText("(422)");
            Stage.review(tab, "schedules-refused");
            tab.type("Cron", "30 2 * * *");
            tab.click("dialog button", "Write it");
            tab.awaitText("The schedule nightly fires next at");
            tab.awaitText("\"millis\": 1");
            Stage.review(tab, "schedule");
            tab.click("button", "Change");
            tab.type("Input", "{\"millis\": 2}");
            tab.click("dialog button", "Write it");
            tab.awaitText("\"millis\": 2");
            tab.click("a", "All schedules");
            tab.awaitText("30 2 * * *");
            Stage.review(tab, "schedules");
            tab.click("tbody a", "nightly");
            tab.click("button", "End");
            tab.click("dialog button", "End it");
            tab.awaitText("The schedule nightly has ended.");
            HttpResponse<byte[]> gone = stage.operator().get("/schedules/nightly");
            assertEquals(404, gone.statusCode());
        }
    }

    @Test
    void everythingIsReachedByTheKeyboard() throws Exception {
        try (Tab tab = stage.at("queues")) {
            tab.await("document.querySelector('td button')", "a button in the table");
            // As whoever has just opened the page: nothing has the focus.
            tab.evaluate("document.querySelector('td button').dataset.old = 'yes'");
            tab.reload();
            tab.await("document.querySelector('td button:not([data-old])')", "the page again");
            tab.press("Tab");
            assertEquals("To the content", focused(tab));
            tab.press("Enter");
            assertEquals("main", tab.evaluate("document.activeElement.id").asText());
            for (int n = 0; n < 20 && !focused(tab).startsWith("Pause"); n++) {
                tab.press("Tab");
            }
            assertTrue(focused(tab).startsWith("Pause analytics"), focused(tab));
            tab.press("Enter");
            tab.awaitText("Leave it");
            assertEquals("reason", tab.evaluate("document.activeElement.id").asText());
            tab.press("Escape");
            tab.awaitNoText("Leave it");
            assertTrue(focused(tab).startsWith("Pause analytics"), focused(tab));
        }
    }

    private static String focused(Tab tab) throws Exception {
        return tab.evaluate("document.activeElement.textContent").asText();
    }

    @Test
    void whatThisGatewayDoesNotServeIsSaid() throws Exception {
        try (Tab tab = stage.at("nothing")) {
            tab.awaitText("No such view");
            for (String view : List.of("jobs", "workers", "replays")) {
                tab.evaluate("location.hash = '#/" + view + "'");
                if (stage.operator().get("/operations/" + view).statusCode() == 404) {
                    tab.awaitText("This gateway does not serve /operations/" + view);
                    Stage.review(tab, view + "-unserved");
                }
            }
        }
    }
}
