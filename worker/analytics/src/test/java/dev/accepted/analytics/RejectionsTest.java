package dev.accepted.analytics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.engine.InputRejected;
import dev.accepted.testkit.RecordingJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only the work can find out about an input, and where in it. */
class RejectionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[[1,2],[3]]                         | /data/1     | has 1 numbers; expected 2",
                "[[1,2],[3,4],[5,6,7]]               | /data/2     | has 3 numbers; expected 2",
                "[[],[1]]                            | /data/0     | Row 0 is empty",
                "[{},{'a':1}]                        | /data/0     | Row 0 is empty",
                "[[1],[]]                            | /data/1     | has 0 numbers; expected 1",
                "[[1],{'a':1}]                       | /data/1     | Row 0 is an array of numbers",
                "[{'a':1},[1]]                       | /data/1     | Row 0 is an object of numbers",
                "[[1],7]                             | /data/1     | Row 0 is an array of numbers",
                "[7,[1]]                             | /data/0     | must be an array of numbers or an object",
                "[[1],['2']]                         | /data/1/0   | must be a number",
                "[[1],[null]]                        | /data/1/0   | must be a number",
                "[[1],[[2]]]                         | /data/1/0   | must be a number",
                "[[1,2],[3,1e999]]                   | /data/1/1   | beyond 1e150",
                "[[1,2],[-1e999,3]]                  | /data/1/0   | beyond 1e150",
                "[[1,2],[3,1.1e150]]                 | /data/1/1   | beyond 1e150",
                "[{'a':1,'b':2},{'a':1}]             | /data/1/b   | lacks this member",
                "[{'a':1},{'a':1,'b':2}]             | /data/1/b   | Row 0 has no such member",
                "[{'a':1},{'a':true}]                | /data/1/a   | must be a number",
                "[{'a':1},{'a':1e999}]               | /data/1/a   | beyond 1e150",
                "[{'a':1},{'a':1,'a':2}]             | /data/1/a   | twice",
                "[{'x/y~z':1},{'x/y~z':'no'}]        | /data/1/x~1y~0z | must be a number",
                "[{'x/y~z':1,'b':1},{'b':1}]         | /data/1/x~1y~0z | lacks this member",
                "[[1]]                               | /parameters/clusters | only 1 rows",
                "[]                                  | /data       | no rows",
                "{'a':1}                             | /data       | must be an array",
            })
    void rowsThatCannotBeWorkedWithAreNamed(String data, String pointer, String detail) {
        assertRejected(Bodies.kMeans("", data), pointer, detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'columns':['a','z']   | /parameters/columns/1  | no such member",
                "'columns':['a','a']   | /parameters/columns/1  | named only once",
                "'columns':[3]         | /parameters/columns/0  | must be a string",
                "'columns':[]          | /parameters/columns    | at least one",
                "'columns':'a'         | /parameters/columns    | must be an array",
                "'iterations':0        | /parameters/iterations | from 1 to 100000",
                "'iterations':2.5      | /parameters/iterations | whole number",
                "'clusters':1001       | /parameters/clusters   | from 1 to 1000",
                "'clusters':'2'        | /parameters/clusters   | whole number",
                "'clusters':1e30       | /parameters/clusters   | whole number",
                "'seed':9007199254740992 | /parameters/seed     | whole number",
                "'algorithm':'mean-shift' | /parameters/algorithm | k-means, k-medoids or dbscan",
                "'algorithm':1         | /parameters/algorithm  | must be a string",
                "'algorithm':'dbscan'  | /parameters            | epsilon is missing",
                "'algorithm':'dbscan','epsilon':0 | /parameters/epsilon | above 0",
                "'algorithm':'dbscan','epsilon':1e999 | /parameters/epsilon | above 0",
                "'algorithm':'dbscan','epsilon':1,'min_points':0 | /parameters/min_points | whole number",
            })
    void parametersThatCannotBeWorkedWithAreNamed(String parameters, String pointer, String detail) {
        // Of two members of one name the later counts.
        assertRejected(Bodies.kMeans("," + parameters, "[{'a':1,'b':2},{'a':3,'b':4}]"), pointer, detail);
    }

    @Test
    void chosenColumnsMustBeInEveryRow() {
        byte[] body = Bodies.kMeans(",'columns':['b']", "[{'a':1,'b':2},{'a':3}]");
        assertRejected(body, "/data/1/b", "lacks this member");
    }

    @Test
    void columnsOfArraysCannotBeChosen() {
        assertRejected(Bodies.kMeans(",'columns':['a']", "[[1],[2]]"), "/parameters/columns", "arrays");
    }

    @Test
    void aWideFirstRowDoesNotReserveRoomForAllOthers() {
        byte[] body = Bodies.kMeans("", "[[" + "1,".repeat(2000) + "1]" + ",[1]".repeat(1_000_000) + "]");
        assertRejected(body, "/data/1", "has 1 numbers; expected 2001");
        byte[] objects = Bodies.kMeans("", "[{'a':0" + memberNames(2000) + "}" + ",{'m1999':1}".repeat(500_000) + "]");
        assertRejected(objects, "/data/1/a", "lacks this member");
    }

    @Test
    void aRowWiderThanIsTakenIsNamed() {
        assertRejected(Bodies.kMeans("", "[[" + "1,".repeat(2048) + "1]]"), "/data/0", "at most 2048");
    }

    @Test
    void whatComparesAllPairsTakesOnlySoManyRows() {
        String kMedoids = "{'algorithm':'k-medoids','clusters':2}";
        assertRejected(Bodies.clustering(kMedoids, rows(10_001)), "/data", "k-medoids takes at most 10000");
        String dbscan = "{'algorithm':'dbscan','epsilon':1,'min_points':2}";
        assertRejected(Bodies.clustering(dbscan, rows(20_001)), "/data", "dbscan takes at most 20000");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertRejected(Bodies.of("{'analysis_type':'clustering','data':[[1]]}"), "", "dataset_name is missing");
        assertRejected(Bodies.of("{'dataset_name':'d','data':[[1]]}"), "", "analysis_type is missing");
        assertRejected(Bodies.of("{'dataset_name':'d','analysis_type':'clustering'}"), "", "data is missing");
        assertRejected(
                Bodies.of("{'dataset_name':'d','analysis_type':'clustering','data':[[1]]}"),
                "/parameters",
                "algorithm is missing");
        assertRejected(Bodies.clustering("{'algorithm':'k-means'}", "[[1]]"), "/parameters", "clusters is missing");
    }

    @Test
    void whatIsOfTheWrongTypeIsNamed() {
        assertRejected(Bodies.of("[1]"), "", "must be a JSON object");
        assertRejected(Bodies.of("{'dataset_name':''}"), "/dataset_name", "not empty");
        assertRejected(Bodies.of("{'analysis_type':1}"), "/analysis_type", "must be a string");
        assertRejected(Bodies.of("{'parameters':[]}"), "/parameters", "must be an object");
        assertRejected(
                Bodies.of("{'dataset_name':'d','analysis_type':'statistics','data':[[1]]}"),
                "/analysis_type",
                "clustering or summary_statistics");
        assertRejected(Bodies.of("{'data':[[1]],'data':[[1]]}"), "/data", "twice");
    }

    @Test
    void whatIsNoJsonIsRejected() {
        assertRejected(Bodies.of(""), "", "must be a JSON object");
        assertRejected(Bodies.kMeans("", "[[1],[2"), "", "cannot be read as JSON");
        assertRejected(Bodies.kMeans("", "[[1],[NaN]]"), "", "cannot be read as JSON");
        assertRejected(Bodies.kMeans("", "[[1],[" + "9".repeat(2000) + "]]"), "", "cannot be read as JSON");
    }

    private static String rows(int rows) {
        return "[" + "[1],".repeat(rows - 1) + "[2]]";
    }

    private static String memberNames(int members) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < members; i++) {
            names.append(",'m").append(i).append("':1");
        }
        return names.toString();
    }

    private static void assertRejected(byte[] body, String pointer, String detail) {
        InputRejected rejected =
                assertThrows(InputRejected.class, () -> new ProcessData().run(body, RecordingJob.of("data.process")));
        assertEquals(pointer, rejected.pointer(), rejected.getMessage());
        assertTrue(String.valueOf(rejected.getMessage()).contains(detail), rejected.getMessage());
    }
}
