package dev.accepted.gateway.badinput;

import static dev.accepted.gateway.badinput.Refused.BLANK;
import static dev.accepted.gateway.badinput.Row.row;
import static dev.accepted.gateway.badinput.Row.shownBy;
import static dev.accepted.gateway.badinput.Sent.get;
import static dev.accepted.gateway.badinput.Sent.lines;
import static dev.accepted.gateway.badinput.Sent.post;
import static dev.accepted.gateway.badinput.Sent.request;

import dev.accepted.gateway.draining.DrainingTest;
import dev.accepted.gateway.http.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Section 6 of docs/http.md, in its order and its words. */
final class Table {

    private static final String REPORT = "{\"report_type\":\"MARKER\",\"year\":2023,\"format\":\"pdf\"}";
    private static final String GOOD = "{\"report_type\":\"a\",\"year\":2023,\"format\":\"pdf\"}";
    private static final String TIMED = "{\"type\":\"report.generate\",\"input\":" + REPORT + ",\"%s\":\"%s\"}";
    private static final String SCHEDULE =
            "{\"cron\":\"%s\",\"zone\":\"%s\",\"type\":\"report.generate\",\"input\":" + REPORT + "%s}";
    private static final String CAMPAIGN =
            "{\"campaign_name\":\"MARKER\",\"subject\":\"a\",\"content\":\"b\",\"recipient_list_id\":\"%s\"}";
    private static final String TIME = "\\d{4}-.*Z";
    private static final String CHALLENGE = "Bearer realm=\"jobs\"";

    private Table() {}

    private static Sent report(String body) {
        return post("/reports/generate", body);
    }

    private static Sent field(String what, String input) {
        return report(input).called(what);
    }

    private static Sent schedule(String cron, String zone, String more) {
        return request("PUT", "/schedules/a-name")
                .with("Content-Type: application/json")
                .carrying(SCHEDULE.formatted(cron, zone, more));
    }

    private static Sent gzipped(byte[] body) {
        return report("").with("Content-Encoding: gzip").carrying(body);
    }

    private static byte[] gzip(int size) {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(coded)) {
            out.write(" ".repeat(size).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return coded.toByteArray();
    }

    private static Sent bearer(String what, String token) {
        return report(REPORT).with("Authorization: " + token).called(what);
    }

    static List<Row> rows() {
        return List.of(
                row(
                        "unknown path / unknown, foreign or purged-past-tombstone job",
                        get("/nothing/MARKER").is(404, BLANK).header("cache-control", "no-store"),
                        get("/jobs/{unknown}").is(404, "job-not-found").header("cache-control", "no-store"),
                        get("/jobs/{foreign}").is(404, "job-not-found").header("cache-control", "no-store"),
                        get("/jobs/{foreign}/timeline").is(404, "job-not-found"),
                        get("/jobs/{foreign}/result").is(404, "job-not-found"),
                        request("DELETE", "/jobs/{foreign}").is(404, "job-not-found")),
                row(
                        "known path, wrong method",
                        request("DELETE", "/reports/generate").is(405, BLANK).header("allow", "OPTIONS, POST"),
                        post("/openapi", REPORT).is(405, BLANK).header("allow", "GET, HEAD, OPTIONS"),
                        request("BREW", "/jobs").is(405, BLANK).header("allow", ".*POST.*")),
                row(
                        "URI > 8 KiB / headers > 16 KiB",
                        get("/jobs/" + "x".repeat(8187)).is(414, BLANK),
                        get("/jobs/" + "x".repeat(80_000)).is(414, BLANK),
                        get("/jobs/x").with("X-Much: " + "x".repeat(16_384)).is(431, BLANK),
                        get("/jobs/x").with("X-Much: " + "x".repeat(160_000)).is(431, BLANK)),
                row(
                        "Accept excludes JSON (and problem+json is still sent)",
                        report(REPORT)
                                .with("Accept: text/html")
                                .is(406, "not-acceptable")
                                .member("/available/0", "application/json")),
                row(
                        "Expect other than 100-continue",
                        report(REPORT).with("Expect: a-miracle").is(417, BLANK)),
                row(
                        "no credentials on a protected route",
                        post("/email/campaigns", CAMPAIGN.formatted("a"))
                                .is(401, "authentication-required")
                                .header("www-authenticate", CHALLENGE),
                        get("/operations/audit")
                                .is(401, "authentication-required")
                                .header("www-authenticate", CHALLENGE)),
                row(
                        "bad signature / expired / wrong audience / revoked",
                        invalid(bearer(
                                "bad signature",
                                "Bearer "
                                        + Tokens.claims("acme", "jobs:write")
                                                .sign(Tokens.generate().getPrivate()))),
                        invalid(bearer(
                                "expired",
                                Tokens.bearer(
                                        Tokens.claims("acme", "jobs:write").expiresAt(1_000_000_000L)))),
                        invalid(bearer(
                                "wrong audience",
                                Tokens.bearer(
                                        Tokens.claims("acme", "jobs:write").audience("another")))),
                        invalid(bearer(
                                "revoked",
                                Tokens.bearer(
                                        Tokens.claims("acme", "jobs:write").claim("jti", "revoked-token")))),
                        invalid(bearer(
                                "its subject's tokens revoked",
                                Tokens.bearer(Tokens.claims("acme", "jobs:write")
                                        .subject("revoked-subject")
                                        .issuedAt(1_700_000_000L))))),
                row(
                        "token sent twice or malformed Authorization",
                        malformed(report(REPORT).with("Authorization: Bearer a").with("Authorization: Bearer b")),
                        malformed(bearer("no token", "Bearer")),
                        malformed(bearer("a list", "Bearer a, b"))),
                row(
                        "ticket of another job, used before, or too late",
                        get("/jobs/{running}/events?ticket=MARKER")
                                .is(401, "invalid-ticket")
                                .header("www-authenticate", CHALLENGE)),
                row(
                        "valid token, missing scope",
                        report(REPORT)
                                .as("acme", "jobs:read")
                                .is(403, "insufficient-scope")
                                .header(
                                        "www-authenticate",
                                        CHALLENGE + ", error=\"insufficient_scope\", scope=\"jobs:write\"")),
                row(
                        "tenant suspended",
                        report(REPORT).as("suspended", "jobs:write").is(403, "tenant-suspended"),
                        get("/jobs").as("suspended", "jobs:read").is(403, "tenant-suspended")),
                row(
                        "missing Content-Type or one the route does not take; charset not utf-8",
                        media("missing", request("POST", "/jobs").carrying(REPORT)),
                        media(
                                "text",
                                request("POST", "/jobs")
                                        .with("Content-Type: text/plain")
                                        .carrying(REPORT)),
                        media(
                                "another charset",
                                request("POST", "/jobs")
                                        .with("Content-Type: application/json; charset=iso-8859-1")
                                        .carrying(REPORT))),
                row(
                        "Content-Encoding other than identity/gzip; gzip bomb; broken gzip",
                        report(REPORT)
                                .with("Content-Encoding: br")
                                .is(415, "unsupported-content-coding")
                                .header("accept-encoding", "gzip"),
                        report(REPORT).with("Content-Encoding: gzip, gzip").is(415, "unsupported-content-coding"),
                        request("PUT", "/ledgers/2020")
                                .with("Content-Type: text/csv")
                                .with("Content-Encoding: deflate")
                                .carrying("MARKER")
                                .is(415, "unsupported-content-coding")
                                .header("accept-encoding", "gzip"),
                        request("POST", "/jobs/batch")
                                .with("Content-Type: application/x-ndjson")
                                .with("Content-Encoding: gzip")
                                .carrying("MARKER")
                                .is(415, "unsupported-content-coding")
                                .header("accept-encoding", "identity"),
                        gzipped(gzip(40 << 20))
                                .called("a bomb")
                                .is(413, "content-too-large")
                                .member("/max_bytes", "10485760"),
                        gzipped(REPORT.getBytes(StandardCharsets.US_ASCII))
                                .called("no gzip")
                                .is(400, "malformed-content-coding")),
                row(
                        "body over the route's limit (10 MiB; streamed NDJSON and CSV: 10 MiB a line, and their count)",
                        report("")
                                .with("Content-Length: 10485761")
                                .called("one byte too many")
                                .is(413, "content-too-large")
                                .member("/max_bytes", "10485760")),
                row(
                        "empty body on POST",
                        report("").is(400, "empty-body"),
                        post("/jobs", "").is(400, "empty-body")),
                row(
                        "both Content-Length and Transfer-Encoding, bad framing",
                        framing(
                                "POST /jobs HTTP/1.1",
                                "Host: a",
                                "Content-Length: 5",
                                "Transfer-Encoding: chunked",
                                "",
                                "0",
                                ""),
                        framing(
                                "POST /jobs HTTP/1.1",
                                "Host: a",
                                "Content-Length: 5",
                                "Content-Length: 6",
                                "",
                                "hello"),
                        framing("POST /jobs HTTP/1.1", "Host: a", "Transfer-Encoding: gzip", "", "hello"),
                        framing("GET /jobs HTTP/1.1", "", ""),
                        framing("MARKER", "", "")),
                row(
                        "head or body stalls",
                        lines("GET /jobs HTTP/1.1", "Host: a")
                                .called("its head")
                                .is(408, BLANK)
                                .header("connection", "close"),
                        report("{\"a\"")
                                .with("Content-Length: 50")
                                .called("its body")
                                .is(408, BLANK)
                                .header("connection", "close"),
                        request("POST", "/jobs/batch")
                                .with("Content-Type: application/x-ndjson")
                                .with("Content-Length: 50")
                                .carrying("{\"a\"")
                                .called("its lines")
                                .is(408, BLANK)
                                .header("connection", "close")),
                row(
                        "invalid JSON, comments, trailing data, bad UTF-8, NaN",
                        json("{\"a\":"),
                        json("MARKER"),
                        json("{\"a\":1 /* MARKER */}"),
                        json("{\"a\":1} MARKER"),
                        json("{\"a\":NaN}"),
                        report("")
                                .carrying("{\"a\":\"MARKER\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1))
                                .called("Latin-1")
                                .is(400, "malformed-json")
                                .member("/line", "1")
                                .member("/column", "\\d+")),
                row(
                        "duplicate member names; nesting > 64",
                        report("{\"MARKER\":1,\"MARKER\":2}").is(400, "json-limits"),
                        report("{\"MARKER\":" + "[".repeat(64) + "]".repeat(64) + "}")
                                .called("sixty-five deep")
                                .is(400, "json-limits")),
                row(
                        "JSON but not an object",
                        report("[\"MARKER\"]").is(422, "validation-error").member("/errors/0/pointer", ""),
                        post("/jobs", "\"MARKER\"").is(422, "validation-error").member("/errors/0/pointer", "")),
                row(
                        "missing/wrong-typed/out-of-range field, unknown enum, year 0, empty recipient_list_id, clusters<1",
                        wrong("/year", field("missing", "{\"report_type\":\"MARKER\",\"format\":\"pdf\"}")),
                        wrong("/year", field("wrong type", REPORT.replace("2023", "\"2023\""))),
                        wrong("/year", field("year 0", REPORT.replace("2023", "0"))),
                        wrong("/format", field("unknown enum", REPORT.replace("pdf", "gif"))),
                        wrong(
                                "/recipient_list_id",
                                post("/email/campaigns", CAMPAIGN.formatted("")).as("acme", "campaigns:write")),
                        wrong(
                                "/parameters/clusters",
                                post(
                                        "/data/process",
                                        "{\"dataset_name\":\"MARKER\",\"data\":[],\"parameters\":{\"clusters\":0}}"))),
                row(
                        "unknown job type on POST /jobs",
                        post("/jobs", "{\"type\":\"MARKER\",\"input\":{}}")
                                .is(422, "unknown-job-type")
                                .member("/known_types/0", ".+")),
                row(
                        "cron not of five fields or never due; zone not IANA's; tag `schedule` on a schedule",
                        wrong("/cron", schedule("* * * *", "Europe/Berlin", "")),
                        wrong("/cron", schedule("0 0 30 2 *", "Europe/Berlin", "")),
                        wrong("/zone", schedule("* * * * *", "Mars/Olympus", "")),
                        wrong("/tags/schedule", schedule("* * * * *", "UTC", ",\"tags\":{\"schedule\":\"MARKER\"}"))),
                row(
                        "schedule's name of another shape on PUT / unknown schedule / one above the 1,000",
                        request("PUT", "/schedules/no%20name")
                                .with("Content-Type: application/json")
                                .carrying(SCHEDULE.formatted("* * * * *", "UTC", ""))
                                .is(400, "invalid-parameter")
                                .member("/parameter", "name"),
                        get("/schedules/unknown").is(404, "schedule-not-found").header("cache-control", "no-store"),
                        schedule("* * * * *", "UTC", "")
                                .as("crammed", "jobs:write")
                                .is(422, "too-many-schedules")
                                .member("/max", "1000")),
                row(
                        "recipient_list_id not found in tenant",
                        post("/email/campaigns", CAMPAIGN.formatted("nobody"))
                                .as("acme", "campaigns:write")
                                .is(422, "unknown-reference")
                                .member("/pointer", "/recipient_list_id")),
                row(
                        "timestamp without offset / not RFC 3339",
                        wrong(
                                "/scheduled_time",
                                post("/jobs", TIMED.formatted("scheduled_time", "2030-01-01T00:00:00"))),
                        wrong("/deadline", post("/jobs", TIMED.formatted("deadline", "tomorrow")))),
                row(
                        "scheduled_time too far ahead / deadline before it or in the past",
                        post("/jobs", TIMED.formatted("scheduled_time", "2999-01-01T00:00:00Z"))
                                .is(422, "schedule-too-far")
                                .member("/now", TIME)
                                .member("/max", TIME),
                        post("/jobs", TIMED.formatted("deadline", "2001-01-01T00:00:00Z"))
                                .is(422, "deadline-unreachable")
                                .member("/now", TIME)),
                row(
                        "callback url not https, has userinfo, resolves to private/loopback/link-local or to nothing, port not allowed",
                        callback("ftp://hooks.example.com/MARKER"),
                        callback("https://somebody@hooks.example.com/MARKER"),
                        callback("https://10.1.2.3/MARKER"),
                        callback("https://169.254.169.254/MARKER"),
                        callback("https://[fd00::1]/MARKER"),
                        callback("https://192.0.32.7:22/MARKER")),
                shownBy("unknown delivery of a job / webhook secret where none are set up", "DeliveriesTest"),
                row(
                        "Prefer malformed, unknown, or wait huge",
                        report(GOOD).with("Prefer: ;;=,").is(202, ""),
                        report(GOOD).with("Prefer: a-cup-of-tea").is(202, "")),
                row(
                        "traceparent malformed",
                        report(GOOD).with("traceparent: 00-MARKER-01").is(202, "")),
                shownBy(
                        "Idempotency-Key required but missing / bad grammar, empty, > 255, repeated header",
                        "IdempotencyTest, RequiredKeyTest"),
                shownBy("same key, other payload or other operation in scope", "IdempotencyTest"),
                shownBy("same key, first request still committing", "IdempotencyTest"),
                row(
                        "batch empty / > 1000 / all items bad",
                        post("/jobs/batch", "{\"items\":[]}").is(422, "batch-empty"),
                        post("/jobs/batch", "{\"items\":[" + "{\"MARKER\":1},".repeat(1_000) + "{}]}")
                                .called("1,001 items")
                                .is(422, "batch-too-large")
                                .member("/max", "1000"),
                        post("/jobs/batch", "{\"items\":[{\"type\":\"MARKER\",\"input\":{}}]}")
                                .is(422, "batch-rejected")
                                .member("/items/0/problem/status", "422")),
                shownBy("unknown, foreign or misshapen batch / past the retention", "BatchStatusTest"),
                row(
                        "limit non-integer or < 1; bad sort, status, date; unknown query name",
                        parameter("limit", "zero"),
                        parameter("limit", "0"),
                        parameter("status", "MARKER"),
                        parameter("created_after", "yesterday"),
                        parameter("sort", "MARKER")),
                row(
                        "cursor tampered / expired / filters changed",
                        get("/jobs?cursor=MARKER").is(400, "invalid-cursor"),
                        get("/jobs?cursor={cursor}").as("acme", "jobs:read").is(400, "invalid-cursor"),
                        get("/jobs?status=failed&cursor={cursor}").is(400, "invalid-cursor")),
                row(
                        "job id of impossible shape",
                        get("/jobs/MARKER").is(404, "job-not-found"),
                        get("/campaigns/{succeeded}/status").is(404, "job-not-found"),
                        request("DELETE", "/jobs/MARKER").is(404, "job-not-found")),
                row(
                        "If-Match false / needed but absent",
                        request("PUT", "/ledgers/2190")
                                .with("Content-Type: text/csv")
                                .with("If-Match: \"77\"")
                                .carrying("{ledger}")
                                .is(412, "precondition-failed")
                                .header("etag", "\"1\""),
                        request("PATCH", "/jobs/{running}")
                                .with("Content-Type: application/json")
                                .carrying("{\"scheduled_time\":\"2030-01-01T00:00:00Z\"}")
                                .is(428, "precondition-required")),
                row(
                        "cancel or reschedule a finished job",
                        request("DELETE", "/jobs/{succeeded}")
                                .is(409, "job-already-finished")
                                .member("/job_status", "succeeded")),
                shownBy("reschedule a job that was sent to its workers", "MovingTest"),
                shownBy("job kind not cancellable", "NotCancellableTest"),
                row(
                        "result not ready / none / expired",
                        get("/jobs/{running}/result")
                                .is(404, "result-not-ready")
                                .header("retry-after", "\\d+"),
                        get("/jobs/{failed}/result").is(404, "no-result").member("/job_status", "failed"),
                        get("/jobs/{ancient}/result").is(410, "result-expired"),
                        get("/jobs/{ancient}").is(410, "job-gone")),
                row(
                        "Range unsatisfiable",
                        get("/results/{digest}")
                                .with("Range: bytes=1000-")
                                .is(416, "range-not-satisfiable")
                                .header("content-range", "bytes \\*/5")),
                shownBy("rate or concurrency quota", "QuotaTest"),
                shownBy("queue full for tenant", "QuotaTest"),
                shownBy("shedding load, broker/DB down, draining", DrainingTest.class),
                row(
                        "bug",
                        get("/faulty").is(500, "internal-error"),
                        get("/faulty/at-once").is(500, "internal-error")));
    }

    private static Refused callback(String url) {
        return post(
                        "/jobs",
                        "{\"type\":\"report.generate\",\"input\":" + REPORT + ",\"callback\":{\"url\":\"" + url
                                + "\"}}")
                .called(url)
                .is(422, "callback-not-allowed")
                .member("/pointer", "#/callback/url");
    }

    private static Refused invalid(Sent sent) {
        return sent.is(401, "invalid-token").header("www-authenticate", CHALLENGE + ", error=\"invalid_token\"");
    }

    private static Refused malformed(Sent sent) {
        return sent.is(400, "invalid-authorization")
                .header("www-authenticate", CHALLENGE + ", error=\"invalid_request\"");
    }

    private static Refused media(String what, Sent sent) {
        return sent.called(what).is(415, "unsupported-media-type").header("accept", "application/json");
    }

    private static Refused framing(String... lines) {
        return lines(lines).is(400, BLANK).header("connection", "close");
    }

    private static Refused json(String body) {
        return report(body)
                .called(body)
                .is(400, "malformed-json")
                .member("/line", "1")
                .member("/column", "\\d+");
    }

    private static Refused wrong(String pointer, Sent sent) {
        return sent.is(422, "validation-error")
                .member("/errors/0/pointer", pointer)
                .member("/errors/0/detail", ".+")
                .member("/errors/0/code", ".+");
    }

    private static Refused parameter(String name, String value) {
        return get("/jobs?" + name + "=" + value).is(400, "invalid-parameter").member("/parameter", name);
    }
}
