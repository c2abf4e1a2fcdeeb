package dev.accepted.e2e.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The click paths through jobs, workers and replays. */
class FleetConsoleIT {

    @TempDir
    static Path directory;

    private static Stage stage;

    @BeforeAll
    static void raise() throws Exception {
        stage = new Stage(directory);
    }

    @AfterAll
    static void fall() throws Exception {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void jobsAreFoundByWhatTheyAreAndShowThemselvesAsTheyChange() throws Exception {
        String broken = stage.failed("It broke: " + Stage.HOSTILE);
        try (Tab tab = stage.at("jobs")) {
            tab.awaitText("It broke: " + Stage.HOSTILE);
            // Nobody asks again for what comes now.
            String fresh = stage.submitted("probe.sleep", "{\"millis\":1500}", ",\"tags\":{\"made\":\"live\"}");
            tab.await(row(fresh, "processing"), "the new job");
            tab.await(row(fresh, "succeeded"), "its end");
            Stage.review(tab, "jobs");
            tab.choose("Status", "failed");
            tab.type("Error has", "it BROKE");
            tab.click("button", "Show");
            tab.await("!(" + row(fresh, "") + ") && " + row(broken, "failed"), "the broken one alone");
            tab.enter("tbody a", broken);
            tab.awaitText("Timeline");
            tab.awaitText("It broke: " + Stage.HOSTILE);
            Stage.review(tab, "job-failed");
            tab.click("a", "All jobs");
            tab.type("Job id", fresh);
            tab.press("Enter");
            tab.awaitText("made=live");
            tab.awaitText("\"millis\": 1500");
            Stage.review(tab, "job-succeeded");
        }
    }

    private static String row(String job, String status) {
        return "[...document.querySelectorAll('tbody tr')].some(row => row.textContent.includes('" + job
                + "') && row.innerText.includes('" + status + "'))";
    }

    @Test
    void aJobIsCancelledForAReason() throws Exception {
        String job = stage.submitted("probe.hold", "{}", "");
        stage.awaitStatus(job, "processing");
        try (Tab tab = stage.at("jobs/" + job)) {
            tab.awaitText("Timeline");
            Stage.review(tab, "job-running");
            tab.act("Cancel", "it holds a slot", "Cancel the job");
            // Which of both it is by then is the worker's and the fold's affair.
            tab.await("/The job is cancell(ing|ed)\\./.test(document.body.innerText)", "the answer");
            stage.awaitStatus(job, "cancelled");
            tab.await("document.querySelector('.facts').innerText.includes('cancelled')", "the end");
            tab.awaitText("it holds a slot");
        }
    }

    @Test
    void aResultIsShown() throws Exception {
        String job = stage.submitted(
                "data.process",
                "{\"dataset_name\":\"points\",\"analysis_type\":\"clustering\",\"data\":[[1,1],[1,2],[9,9],[9,8]],"
                        + "\"parameters\":{\"algorithm\":\"k-means\",\"clusters\":2}}",
                "");
        stage.awaitStatus(job, "succeeded");
        try (Tab tab = stage.at("jobs/" + job)) {
            tab.click("button", "Show");
            tab.awaitText("centroids");
            Stage.review(tab, "job-result");
        }
    }

    @Test
    void aWorkerIsDrainedAndTakesJobsAgain() throws Exception {
        try (Tab tab = stage.at("workers")) {
            tab.act("Drain probe-2", "a new kernel", "Drain");
            tab.awaitText("The worker probe-2 drains.");
            tab.awaitText("a new kernel");
            Stage.review(tab, "workers");
            tab.click("button", "Go on probe-2");
            tab.click("dialog button", "Take jobs again");
            tab.awaitNoText("a new kernel");
        }
    }

    @Test
    void failedJobsAreReplayedAfterADryRun() throws Exception {
        for (int n = 0; n < 3; n++) {
            stage.awaitStatus(
                    stage.submitted("probe.fail", "{\"permanent\":true}", ",\"tags\":{\"lot\":\"wizard\"}"), "failed");
        }
        try (Tab tab = stage.at("replays")) {
            tab.click("a", "New replay");
            tab.type("Tags", "lot=wizard");
            Stage.review(tab, "wizard-select");
            tab.click("form button", "Dry run");
            tab.awaitText("3 jobs are meant.");
            tab.awaitText("as its input asked");
            Stage.review(tab, "wizard-dry-run");
            tab.click("form button", "To the canary");
            tab.type("Canary", "1");
            tab.type("Stop when", "100");
            Stage.review(tab, "wizard-canary");
            tab.click("form button", "To the last look");
            tab.type("Reason", "the cause was mended");
            Stage.review(tab, "wizard-go");
            tab.click("form button", "Redrive");
            tab.awaitText("the cause was mended");
            tab.await("/succeeded|stopped/.test(document.querySelector('.facts .status').innerText)", "its end");
            Stage.review(tab, "replay");
            tab.click("a", "All replays");
            tab.awaitText("the cause was mended");
            Stage.review(tab, "replays");
        }
    }

    @Test
    void aReplayIsPausedGoesOnAndIsAborted() throws Exception {
        for (int n = 0; n < 5; n++) {
            stage.awaitStatus(stage.submitted("probe.noop", "{}", ",\"tags\":{\"lot\":\"slow\"}"), "succeeded");
        }
        try (Tab tab = stage.at("replays/new?tags=lot%3Dslow&status=succeeded")) {
            tab.click("form button", "Dry run");
            tab.click("form button", "To the canary");
            tab.type("Canary", "1");
            tab.type("At most a second", "0.1");
            tab.click("form button", "To the last look");
            tab.type("Reason", "slowly");
            tab.click("form button", "Run again");
            tab.act("Pause", "a look first", "Pause");
            tab.awaitText("The replay is paused.");
            Stage.review(tab, "replay-paused");
            tab.act("Go on", "looks well", "Go on");
            tab.awaitText("The replay goes on.");
            tab.act("Abort", "enough", "Abort");
            tab.awaitText("The replay is aborted.");
            tab.await("document.querySelector('.facts .status').innerText.includes('aborted')", "its end");
        }
    }

    @Test
    void aFailedJobIsRetriedAndAnEndedOneIsForced() throws Exception {
        String job = stage.submitted("probe.fail", "{\"permanent\":true}", "");
        stage.awaitStatus(job, "failed");
        try (Tab tab = stage.at("jobs/" + job)) {
            tab.act("Retry", "once more", "Retry");
            tab.awaitText("as a replay of one job");
            tab.awaitText("redriven");
            tab.act("Force", "as a new one", "Run it again");
            tab.awaitText("as a replay of one job");
            tab.click(".announcer a", "replay");
            tab.awaitText("as a new one");
        }
    }

    @Test
    void thePageSaysSinceWhenItIsNotLiveAndComesBack() throws Exception {
        try (Tab tab = stage.at("overview")) {
            tab.await("document.querySelector('.livemark').innerText.trim().endsWith('live')", "live");
            stage.system().signal("STOP", "gateway-1");
            try {
                tab.awaitText("not live since");
                assertEquals(
                        1,
                        tab.evaluate("document.querySelectorAll('.charts').length")
                                .asInt());
            } finally {
                stage.system().signal("CONT", "gateway-1");
            }
            tab.await("!document.querySelector('.livemark').innerText.includes('not live')", "live again");
        }
    }
}
