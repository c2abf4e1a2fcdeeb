package dev.accepted.gateway.submission;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Workers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@GatewayTest
class SubmissionTest {

    private static final String REPORT = """
            {"report_type":"annual_financial","year":2023,"departments":["sales","marketing","engineering"],\
            "include_charts":true,"format":"pdf"}""";

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    @Test
    void aReportIsAcceptedAtItsOwnPath() {
        String id = given().contentType("application/json")
                .body(REPORT)
                .post("/reports/generate")
                .then()
                .statusCode(202)
                .header("Location", startsWith("http://"))
                .header("Cache-Control", "no-store")
                .header("Vary", "Prefer, Authorization")
                .body("type", equalTo("report.generate"))
                .extract()
                .path("job_id");
        LogView.Entry command = LogView.commandOf(id).orElseThrow();
        assertEquals("jobs.commands.reports", command.topic());
        assertEquals(REPORT, new String(command.value(), StandardCharsets.UTF_8));
        assertEquals("1", command.headers().get("ce_attempt"));
        assertEquals("local", command.headers().get("ce_tenant"));
    }
}
