package dev.accepted.gateway.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.accepted.gateway.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Items are found in a document byte for byte. */
class JsonItemsTest {

    private static List<String> items(String body) {
        return JsonItems.of(body.getBytes(StandardCharsets.UTF_8), 4).stream()
                .map(item -> item.index() + ":" + new String(item.bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void eachItemIsWhatStoodThere() {
        assertEquals(
                List.of("0:{ \"a\" : [1, {\"ä\":\"ö\"}] }", "1:{}", "2:\"text \\\" here\"", "3:-1.50"),
                items(" { \"items\" : [ { \"a\" : [1, {\"ä\":\"ö\"}] } ,{}, \"text \\\" here\",-1.50 ] } "));
        assertEquals(List.of("0:null", "1:[]", "2:true"), items("{\"items\":[null,[],true]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"items\":[]}|422|batch-empty",
                "{\"items\":[1,2,3,4,5]}|422|batch-too-large",
                "{}|422|validation-error",
                "[]|422|validation-error",
                "7|422|validation-error",
                "{\"items\":{}}|422|validation-error",
                "{\"items\":[1],\"more\":{\"a\":[]}}|422|validation-error",
                "{\"items\":[1],\"items\":[1]}|400|json-limits",
                "{\"items\":[1,]}|400|malformed-json",
                "{\"items\":[1]} x|400|malformed-json",
                "{\"items\":[|400|malformed-json",
                "' '|400|empty-body",
            })
    void whatIsNoBatchIsRefused(String body, int status, String slug) {
        Problem problem = assertThrows(Problem.class, () -> items(body));
        assertEquals(status, problem.status());
        assertEquals(slug, problem.slug());
    }
}
