package dev.accepted.gateway.references;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.objects.ObjectStore;
import dev.accepted.store.reference.ReferenceTable;
import dev.accepted.store.reference.ReferenceTable.Current;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@GatewayTest
class ReferencesResourceTest {

    private static final String HEADER = "department,month,revenue,expense\n";

    @Inject
    DataSource database;

    @Inject
    ObjectStore objects;

    private final String list = "/recipient-lists/list-" + UUID.randomUUID();
    private final String tenant = "t-" + UUID.randomUUID();

    /** REST Assured would add a charset of its own choice, and encode by it. */
    private static RequestSpecification asGiven() {
        return given().config(RestAssured.config()
                .encoderConfig(EncoderConfig.encoderConfig()
                        .defaultContentCharset(StandardCharsets.UTF_8)
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)));
    }

    private ValidatableResponse put(String path, String type, Object body) {
        return asGiven()
                .header("Authorization", Tokens.bearer(tenant, "campaigns:write jobs:write"))
                .header("Content-Type", type)
                .body(body)
                .put(path)
                .then();
    }

    private ValidatableResponse get(String path, String accept) {
        return given().header("Authorization", Tokens.bearer(tenant, "campaigns:write jobs:write"))
                .accept(accept)
                .get(path)
                .then();
    }

    private String canonical(String collection, String name) throws Exception {
        try (Connection connection = database.getConnection()) {
            Current current =
                    ReferenceTable.find(connection, tenant, collection, name).orElseThrow();
            try (InputStream content = objects.open(tenant, current.digest())) {
                return new String(content.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    private String canonicalList() throws Exception {
        return canonical("recipient-lists", list.substring("/recipient-lists/".length()));
    }

    @Test
    void aListOfCsvIsKeptAsOneObjectALine() throws Exception {
        put(list, "text/csv", "first_name,email\r\nÅsa,\"a@example.com\"\r\n\r\n\"Bo, Jr.\",b@example.com\r\n")
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", endsWith(list))
                .body("recipient_list_id", is(list.substring("/recipient-lists/".length())))
                .body("version", is(1))
                .body("recipient_count", is(2))
                .body("columns", contains("email", "first_name"));

        assertEquals("""
                {"email":"a@example.com","first_name":"Åsa"}
                {"email":"b@example.com","first_name":"Bo, Jr."}
                """, canonicalList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"recipients\":[{\"email\":\"a@example.com\",\"age\":7,\"vip\":true,\"city\":null}]}",
                "[{\"age\":\"7\",\"email\":\" a@example.com \",\"vip\":\"true\"}]"
            })
    void aListOfJsonIsKeptTheSameWay(String body) throws Exception {
        put(list, "application/json", body).statusCode(201).body("recipient_count", is(1));

        assertEquals("{\"email\":\"a@example.com\",\"age\":\"7\",\"vip\":\"true\"}\n", canonicalList());
    }

    @Test
    void aListIsShownAsItWasGiven() {
        String csv = "email,first_name\na@example.com,Åsa\nb@example.com,\"Bo, Jr.\"\n";
        put(list, "text/csv; charset=UTF-8", "\uFEFF" + csv).statusCode(201);

        get(list, "text/csv")
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .body(is(csv));
        get(list, "*/*")
                .statusCode(200)
                .contentType("application/json")
                .header("ETag", "\"1\"")
                .body("recipient_count", is(2))
                .body("recipients[1].first_name", is("Bo, Jr."));
        get(list, "image/png").statusCode(406);
    }

    @Test
    void whatIsShownMayBeStoredAgain() {
        put(list, "application/json", "[{\"email\":\"a@example.com\"}]").statusCode(201);
        String shown = get(list, "application/json").extract().asString();

        put(list, "application/json", shown).statusCode(200).header("ETag", "\"1\"");
    }

    @Test
    void newContentIsANewVersionAndEqualContentIsNot() {
        String csv = "email\na@example.com\n";
        put(list, "text/csv", csv).statusCode(201).header("ETag", "\"1\"");
        put(list, "text/csv", csv).statusCode(200).header("ETag", "\"1\"");
        put(list, "text/csv", csv + "b@example.com\n").statusCode(200).header("ETag", "\"2\"");

        given().header("Authorization", Tokens.bearer(tenant, "campaigns:write"))
                .header("If-None-Match", "\"2\"")
                .get(list)
                .then()
                .statusCode(304)
                .header("ETag", "\"2\"");
        given().header("Authorization", Tokens.bearer(tenant, "campaigns:write"))
                .head(list)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");
    }

    @Test
    void ofTwoWhoChangeTheSameVersionOneIsTold() {
        put(list, "text/csv", "email\na@example.com\n").statusCode(201);

        long passed = Stream.of("b@example.com", "c@example.com", "d@example.com")
                .map(email -> CompletableFuture.supplyAsync(() -> asGiven()
                        .header("Authorization", Tokens.bearer(tenant, "campaigns:write"))
                        .header("Content-Type", "text/csv")
                        .header("If-Match", "\"1\"")
                        .body("email\n" + email + "\n")
                        .put(list)
                        .statusCode()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .filter(status -> status == 200)
                .count();

        assertEquals(1, passed);
    }

    @Test
    void aPreconditionOnNothingFails() {
        asGiven()
                .header("Authorization", Tokens.bearer(tenant, "campaigns:write"))
                .header("Content-Type", "text/csv")
                .header("If-Match", "*")
                .body("email\na@example.com\n")
                .put(list)
                .then()
                .statusCode(412)
                .body("type", containsString("/problems/precondition-failed"));
        get(list, "*/*").statusCode(404).body("type", containsString("/problems/reference-not-found"));
    }

    @Test
    void badRowsAreNamedByTheirLinesAndNothingIsStored() {
        put(list, "text/csv", "email,name\na@example.com,A\nnobody,B\n,C\nd@example.com\n")
                .statusCode(422)
                .body("type", containsString("/problems/validation-error"))
                .body("errors.pointer", contains("/line/3/email", "/line/4/email", "/line/5"))
                .body("errors.code", contains("format", "required", "ragged"));

        get(list, "*/*").statusCode(404);
    }

    @Test
    void badMembersAreNamedByTheirPlace() {
        put(
                        list,
                        "application/json",
                        "{\"recipients\":[{\"email\":\"a@example.com\"},7,{\"a/b\":[1],\"email\":\"x\"}]}")
                .statusCode(422)
                .body("errors.pointer", contains("/recipients/1", "/recipients/2/a~1b", "/recipients/2/email"));
    }

    @Test
    void atMostAHundredErrorsAreTold() {
        put(list, "text/csv", "email\n" + "x\n".repeat(1_000)).statusCode(422).body("errors", hasSize(100));
    }

    @Test
    void aHundredThousandRecipientsAreTakenAndNotOneMore() {
        StringBuilder csv = new StringBuilder("email,name\n");
        for (int i = 0; i < 100_000; i++) {
            csv.append("person")
                    .append(i)
                    .append("@example.com,Person ")
                    .append(i)
                    .append('\n');
        }
        put(list, "text/csv", csv.toString()).statusCode(201).body("recipient_count", is(100_000));
        put(list, "text/csv", csv.append("one@example.com,More\n").toString())
                .statusCode(422)
                .body("errors.code", hasItem("maxItems"));
        String shown = get(list, "text/csv").extract().asString();
        assertEquals(100_001, shown.lines().count());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|{\"recipients\":[}|400|malformed-json",
                "application/json|[{\"email\":\"a@b\",\"email\":\"c@d\"}]|400|malformed-json",
                "application/json|[] x|400|malformed-json",
                "application/json|[] []|400|malformed-json",
                "application/json|7|422|validation-error",
                "application/json|{\"people\":[]}|422|validation-error",
                "text/csv|name|422|validation-error",
                "text/csv|email,email|422|validation-error",
                "text/csv|email,|422|validation-error",
                "text/plain|email|415|unsupported-media-type",
                "text/csv; charset=latin1|email|415|unsupported-media-type"
            })
    void whatDoesNotReadIsRefused(String type, String body, int status, String slug) {
        put(list, type, body).statusCode(status).body("type", containsString("/problems/" + slug));
    }

    @Test
    void aQuoteThatNeverEndsAndBytesThatAreNoTextAreRefused() {
        put(list, "text/csv", "email\n\"a@example.com\n").statusCode(422).body("errors.code", contains("malformed"));
        asGiven()
                .config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs("text/csv", ContentType.BINARY)))
                .header("Authorization", Tokens.bearer(tenant, "campaigns:write"))
                .header("Content-Type", "text/csv")
                .body(new byte[] {'e', 'm', 'a', 'i', 'l', '\n', (byte) 0xE5, 'a', '@', 'b', '\n'})
                .put(list)
                .then()
                .statusCode(422)
                .body("errors.code", contains("malformed"));
    }

    @Test
    void anEmptyBodyAndACodedOneAreRefused() {
        put(list, "text/csv", "").statusCode(400).body("type", containsString("/problems/empty-body"));
        asGiven()
                .header("Authorization", Tokens.bearer(tenant, "campaigns:write"))
                .header("Content-Type", "text/csv")
                .header("Content-Encoding", "br")
                .body("email\n")
                .put(list)
                .then()
                .statusCode(415)
                .body("type", containsString("/problems/unsupported-content-coding"));
    }

    @Test
    void anEndlessLineIsRefused() {
        put(list, "text/csv", "email,note\na@example.com," + "x".repeat(11 << 20))
                .statusCode(413)
                .body("max_bytes", is(10 << 20));
    }

    @Test
    void aLedgerIsKeptInOneForm() throws Exception {
        put("/ledgers/2023", "text/csv", "month,department,expense,revenue,note\r\n2023-01, sales ,-5,10.25,x\r\n")
                .statusCode(201)
                .body("year", is(2023))
                .body("row_count", is(1))
                .body("departments", contains("sales"));

        assertEquals(HEADER + "sales,2023-01,10.25,-5\n", canonical("ledgers", "2023"));
        get("/ledgers/2023", "text/csv").body(is(HEADER + "sales,2023-01,10.25,-5\n"));
        get("/ledgers/2023", "application/json").body("rows[0].expense", is("-5"));
    }

    @Test
    void aLedgerHasMonthsOfItsYearAndPlainAmounts() {
        String rows = """
                sales,2022-12,1,1
                sales,2023-13,1,1
                sales,2023-02,1e9,1
                sales,2023-03,+1,
                ,2023-04,1,1
                """;
        put("/ledgers/2023", "text/csv", HEADER + rows)
                .statusCode(422)
                .body(
                        "errors.pointer",
                        contains(
                                "/line/2/month",
                                "/line/3/month",
                                "/line/4/revenue",
                                "/line/5/revenue",
                                "/line/5/expense",
                                "/line/6/department"));
        put("/ledgers/2023", "text/csv", HEADER).statusCode(422);
        put("/ledgers/2023", "text/csv", "department,month\n").statusCode(422);
        put("/ledgers/2023", "application/json", "[]").statusCode(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ledgers/1899", "/ledgers/2201", "/ledgers/x", "/recipient-lists/a%20b"})
    void namesThatCanNotBeAreNotThere(String path) {
        put(path, "text/csv", HEADER).statusCode(404).body("type", containsString("/problems/reference-not-found"));
    }

    @Test
    void listsNeedTheirScopeAndLedgersAreForAnonymousClientsToo() {
        asGiven().contentType("text/csv").body("email\n").put(list).then().statusCode(401);
        asGiven()
                .header("Authorization", Tokens.bearer(tenant, "jobs:write"))
                .contentType("text/csv")
                .body("email\n")
                .put(list)
                .then()
                .statusCode(403)
                .body("scope", is("campaigns:write"));
        asGiven()
                .header("Content-Type", "text/csv")
                .body(HEADER + "sales,2031-01,1,1\n")
                .put("/ledgers/2031")
                .then()
                .statusCode(201);
        get("/ledgers/2031", "*/*").statusCode(404);
    }
}
