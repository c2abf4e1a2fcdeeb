package dev.accepted.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.cli.CommandProcess;
import dev.accepted.cli.fake.FakeCheckout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

    @TempDir
    Path home;

    @BeforeEach
    void checkOut() throws Exception {
        FakeCheckout.create(home);
    }

    @Test
    void theExamplesRunToTheirResults() throws Exception {
        try (CommandProcess demo = CommandProcess.start(home, Map.of(), "demo")) {
            assertEquals(0, demo.exitStatus(), demo::err);
            String out = demo.out();
            assertTrue(out.contains("HTTP/1.1 202 Accepted"), out);
            assertTrue(out.contains("Location: http://127.0.0.1:"), out);
            assertTrue(out.contains("\"campaign_id\" : \"camp-c\""), out);
            assertTrue(out.contains("0 mails are in the mailbox."), out);
        }
        Path results = home.resolve("demo-results");
        assertEquals("%PDF-1.7", Files.readString(results.resolve("annual-financial-2023.pdf")));
        assertEquals("{\"sent\":25000}", Files.readString(results.resolve("campaign-report.json")));
        assertEquals("{\"clusters\":[]}", Files.readString(results.resolve("clusters.json")));
    }

    @Test
    void aJobThatFailsFailsTheDemo() throws Exception {
        try (CommandProcess demo = CommandProcess.start(home, Map.of("FAKE_FAILS", "job-d"), "demo")) {
            assertEquals(1, demo.exitStatus());
            assertTrue(demo.err().contains("analysis did not succeed"), demo.err());
        }
        assertFalse(Files.exists(home.resolve("demo-results/clusters.json")));
        assertTrue(Files.exists(home.resolve("demo-results/annual-financial-2023.pdf")));
    }
}
