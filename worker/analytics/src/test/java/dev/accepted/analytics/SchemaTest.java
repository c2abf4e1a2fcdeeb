package dev.accepted.analytics;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before it is accepted. */
class SchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                    tree(Bodies.resource("/schemas/data.process.json")),
                    SchemaValidatorsConfig.builder()
                            .pathType(PathType.JSON_POINTER)
                            .build());

    @Test
    void theExampleIsTaken() {
        assertEquals(Set.of(), errors(Bodies.resource("/examples/data.process.json")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'algorithm':'k-means','clusters':1}",
                "{'algorithm':'k-means','clusters':1000,'iterations':100000,'seed':-5,'columns':['a']}",
                "{'algorithm':'k-means','clusters':5.0}",
                "{'algorithm':'k-medoids','clusters':5}",
                "{'algorithm':'dbscan','epsilon':0.001,'min_points':1}",
            })
    void theseParametersAreTaken(String parameters) {
        assertEquals(Set.of(), errors(Bodies.clustering(parameters, "[[1,2.5],[-3e5,0]]")));
        assertEquals(Set.of(), errors(Bodies.clustering(parameters, "[{'a':1},{'a':2}]")));
    }

    @Test
    void statisticsNeedNoParameters() {
        assertEquals(Set.of(), errors(Bodies.summary("[[1]]")));
        assertEquals(
                Set.of(),
                errors(Bodies.of("{'dataset_name':'d','analysis_type':'summary_statistics',"
                        + "'parameters':{'columns':['a']},'data':[{'a':1}]}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'algorithm':'k-means','clusters':0}       | /parameters/clusters",
                "{'algorithm':'k-means','clusters':-1}      | /parameters/clusters",
                "{'algorithm':'k-means','clusters':1001}    | /parameters/clusters",
                "{'algorithm':'k-means','clusters':2.5}     | /parameters/clusters",
                "{'algorithm':'k-means','clusters':'5'}     | /parameters/clusters",
                "{'algorithm':'k-means'}                    | /parameters",
                "{'algorithm':'k-medoids'}                  | /parameters",
                "{'algorithm':'dbscan','min_points':1}      | /parameters",
                "{'algorithm':'dbscan','epsilon':1}         | /parameters",
                "{'algorithm':'dbscan','epsilon':0,'min_points':1} | /parameters/epsilon",
                "{'algorithm':'dbscan','epsilon':1,'min_points':0} | /parameters/min_points",
                "{'algorithm':'mean-shift','clusters':5}    | /parameters/algorithm",
                "{'clusters':5}                             | /parameters",
                "{'algorithm':'k-means','clusters':5,'iterations':0}      | /parameters/iterations",
                "{'algorithm':'k-means','clusters':5,'iterations':100001} | /parameters/iterations",
                "{'algorithm':'k-means','clusters':5,'seed':1.5}          | /parameters/seed",
                "{'algorithm':'k-means','clusters':5,'columns':[]}        | /parameters/columns",
                "{'algorithm':'k-means','clusters':5,'columns':['a','a']} | /parameters/columns",
                "{'algorithm':'k-means','clusters':5,'iteration':9}       | /parameters",
                "[]                                         | /parameters",
            })
    void theseParametersAreRefused(String parameters, String pointer) {
        assertEquals(Set.of(pointer), errors(Bodies.clustering(parameters, "[[1],[2]]")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                  | /data",
                "{}                  | /data",
                "'1,2'               | /data",
                "[[]]                | /data/0",
                "[{}]                | /data/0",
                "[1]                 | /data/0",
                "[[1],'2']           | /data/1",
                "[[1],['2']]         | /data/1/0",
                "[[1],[null]]        | /data/1/0",
                "[{'a':1},{'a':'2'}] | /data/1/a",
            })
    void theseRowsAreRefused(String data, String pointer) {
        assertEquals(Set.of(pointer), errors(Bodies.kMeans("", data)));
        assertEquals(Set.of(pointer), errors(Bodies.summary(data)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'analysis_type':'clustering','parameters':{'algorithm':'k-means','clusters':1},'data':[[1]]}",
                "{'dataset_name':'d','parameters':{'algorithm':'k-means','clusters':1},'data':[[1]]}",
                "{'dataset_name':'d','analysis_type':'clustering','data':[[1]]}",
                "{'dataset_name':'d','analysis_type':'clustering','parameters':{'algorithm':'k-means','clusters':1}}",
            })
    void aMissingMemberIsRefused(String body) {
        assertEquals(Set.of(""), errors(Bodies.of(body)));
    }

    @Test
    void namesAndTypesOutsideTheirBoundsAreRefused() {
        String rest = ",'analysis_type':'summary_statistics','data':[[1]]}";
        assertEquals(Set.of("/dataset_name"), errors(Bodies.of("{'dataset_name':''" + rest)));
        assertEquals(Set.of("/dataset_name"), errors(Bodies.of("{'dataset_name':5" + rest)));
        assertEquals(Set.of(), errors(Bodies.of("{'dataset_name':'" + "n".repeat(200) + "'" + rest)));
        assertEquals(Set.of("/dataset_name"), errors(Bodies.of("{'dataset_name':'" + "n".repeat(201) + "'" + rest)));
        assertEquals(
                Set.of("/analysis_type"),
                errors(Bodies.of("{'dataset_name':'d','analysis_type':'statistics','data':[[1]]}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'algorithm':'k-medoids','clusters':2}               | 10000",
                "{'algorithm':'dbscan','epsilon':1,'min_points':2}    | 20000",
            })
    void whatComparesAllPairsTakesOnlySoManyRows(String parameters, int most) {
        assertEquals(Set.of(), errors(Bodies.clustering(parameters, Bodies.rows(most, 1))));
        assertEquals(Set.of("/data"), errors(Bodies.clustering(parameters, Bodies.rows(most + 1, 1))));
        assertEquals(
                Set.of(), errors(Bodies.clustering("{'algorithm':'k-means','clusters':2}", Bodies.rows(most + 1, 1))));
    }

    @Test
    void rowsAreTakenUpToTheWidthThatTheWorkTakes() {
        assertEquals(Set.of(), errors(Bodies.summary(Bodies.rows(1, 2048))));
        assertEquals(Set.of("/data/0"), errors(Bodies.summary(Bodies.rows(1, 2049))));
    }

    @Test
    void aBodyOfTenMebibytesIsCheckedInNoTime() {
        JsonNode body = tree(Bodies.ofSize(10 * Bodies.MIB, "{'algorithm':'k-means','clusters':5}", 4));
        assertTrue(body.path("data").size() > 300_000);
        // Some 0.1 s; the limit only tells that it does not explode.
        Set<ValidationMessage> found = assertTimeout(Duration.ofSeconds(10), () -> schema.validate(body));
        assertEquals(Set.of(), found);
    }

    @Test
    void theExampleIsTheRequestAsItWasGiven() {
        assertArrayEquals(
                Bodies.of("{'dataset_name':'user_behavior_q2','analysis_type':'clustering','parameters':{'algorithm':"
                        + "'k-means','clusters':5,'iterations':1000},'data':[[1.0,2.0],[1.1,1.9],[8.0,8.1],[7.9,8.3],"
                        + "[0.2,9.0],[0.1,9.2],[5.0,5.1],[5.2,4.9],[9.5,0.4],[9.7,0.2]]}"),
                new String(Bodies.resource("/examples/data.process.json"), StandardCharsets.UTF_8)
                        .strip()
                        .getBytes(StandardCharsets.UTF_8));
    }

    private Set<String> errors(byte[] body) {
        return schema.validate(tree(body)).stream()
                .map(message -> message.getInstanceLocation().toString())
                .collect(toSet());
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
