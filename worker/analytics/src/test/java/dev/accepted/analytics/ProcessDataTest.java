package dev.accepted.analytics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.accepted.testkit.RecordingJob;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ProcessDataTest {

    private final RecordingJob job = RecordingJob.of("data.process");

    @Test
    void theExampleGivesFiveClustersOfTwo() {
        JsonNode result = run(Bodies.resource("/examples/data.process.json"));
        assertEquals("user_behavior_q2", result.path("dataset_name").textValue());
        assertEquals("clustering", result.path("analysis_type").textValue());
        assertEquals("k-means", result.path("algorithm").textValue());
        assertEquals(10, result.path("points").intValue());
        assertEquals(2, result.path("dimensions").intValue());
        assertEquals(5, result.path("requested_clusters").intValue());
        assertEquals(5, result.path("clusters").intValue());
        assertEquals("[2,2,2,2,2]", result.path("sizes").toString());
        assertEquals("[0,0,1,1,2,2,3,3,4,4]", result.path("assignments").toString());
        assertEquals(1.05, result.path("centroids").path(0).path(0).doubleValue(), 1e-12);
        assertEquals(1.95, result.path("centroids").path(0).path(1).doubleValue(), 1e-12);
        assertTrue(result.path("converged").booleanValue());
        assertTrue(result.path("silhouette").doubleValue() > 0.9);
        assertEquals(10, result.path("silhouette_sample_size").intValue());
        assertEquals("[]", result.path("notes").toString());
        assertFalse(result.has("columns") || result.has("medoids") || result.has("noise"));
    }

    @Test
    void rowsMayBeObjectsAndTheirColumnsChosen() {
        String rows = "[{'age':1,'id':7,'height':9},{'id':5,'height':9,'age':1},{'height':1,'age':5,'id':3}]";
        JsonNode all = run(Bodies.kMeans("", rows));
        assertEquals("[\"age\",\"id\",\"height\"]", all.path("columns").toString());
        JsonNode chosen = run(Bodies.kMeans(",'columns':['height','age']", rows));
        assertEquals("[\"height\",\"age\"]", chosen.path("columns").toString());
        assertEquals(2, chosen.path("dimensions").intValue());
        assertEquals("[[9.0,1.0],[1.0,5.0]]", chosen.path("centroids").toString());
        assertEquals("[0,0,1]", chosen.path("assignments").toString());
    }

    @Test
    void theMembersOfTheBodyMayComeInAnyOrder() {
        byte[] body = Bodies.of("{'data':[[1],[1],[9]],'more':[{'data':3}],'parameters':{'clusters':2.0,"
                + "'algorithm':'k-means'},'analysis_type':'clustering','dataset_name':'\u00e9'}");
        assertEquals("[0,0,1]", run(body).path("assignments").toString());
    }

    @Test
    void kMedoidsNamesTheRowsInTheMiddle() {
        JsonNode result = run(Bodies.clustering(
                "{'algorithm':'k-medoids','clusters':2,'iterations':50}", "[[1],[2],[3],[50],[51],[53]]"));
        assertEquals("[1,4]", result.path("medoids").toString());
        assertEquals("[[2.0],[51.0]]", result.path("centroids").toString());
        assertEquals(5, result.path("inertia").doubleValue());
    }

    @Test
    void dbscanCountsTheNoise() {
        JsonNode result = run(Bodies.clustering(
                "{'algorithm':'dbscan','epsilon':1.5,'min_points':2}", "[[1],[2],[3],[50],[51],[90]]"));
        assertEquals(1, result.path("noise").intValue());
        assertEquals("[0,0,0,1,1,-1]", result.path("assignments").toString());
        assertEquals("[[2.0],[50.5]]", result.path("centroids").toString());
        assertFalse(result.has("inertia") || result.has("iterations") || result.has("requested_clusters"));
        assertTrue(note(result, "noise"));
    }

    @Test
    void aResultSaysWhereItIsNotWhatWasAskedFor() {
        JsonNode fewer = run(Bodies.kMeans(",'iterations':1", "[[1],[1],[1]]"));
        assertEquals(1, fewer.path("clusters").intValue());
        assertEquals(2, fewer.path("requested_clusters").intValue());
        assertTrue(note(fewer, "2 clusters were asked for, but only 1 came back"));
        assertTrue(note(fewer, "no silhouette"));
        assertFalse(fewer.has("silhouette"));

        JsonNode noise = run(Bodies.clustering("{'algorithm':'dbscan','epsilon':1,'min_points':3}", "[[1],[5]]"));
        assertTrue(note(noise, "All rows are noise"));

        JsonNode cutOff = run(Bodies.ofSize(100_000, "{'algorithm':'k-means','clusters':50,'iterations':1}", 2));
        assertFalse(cutOff.path("converged").booleanValue());
        assertTrue(note(cutOff, "last of 1 iterations still changed something"));
    }

    @Test
    void centroidsLargerThanTheDataAreLeftOut() {
        int width = 2000;
        String row = "[" + "1,".repeat(width - 2) + "%d,%d]";
        String rows = String.join(
                ",", IntStream.range(0, 251).mapToObj(i -> row.formatted(i, i)).toList());
        String dbscan = "{'algorithm':'dbscan','epsilon':0.1,'min_points':1}";
        JsonNode result = run(Bodies.clustering(dbscan, "[" + rows + "]"));
        assertEquals(251, result.path("clusters").intValue());
        assertFalse(result.has("centroids"));
        assertTrue(note(result, "centroids are left out"));
    }

    @Test
    void statisticsTellOfEachColumnAndOfPairs() {
        JsonNode result = run(Bodies.summary("[{'a':1,'b':2,'c':5},{'a':2,'b':4,'c':5},{'a':3,'b':6,'c':5}]"));
        assertEquals("summary_statistics", result.path("analysis_type").textValue());
        assertEquals(
                "{\"column\":\"b\",\"count\":3,\"mean\":4.0,\"std\":2.0,\"min\":2.0,\"q1\":3.0,\"median\":4.0,"
                        + "\"q3\":5.0,\"max\":6.0}",
                result.path("statistics").path(1).toString());
        assertEquals(
                "[[1.0,1.0,null],[1.0,1.0,null],[null,null,null]]",
                result.path("correlation").toString());
        assertTrue(note(result, "rows are all equal"));
        assertFalse(run(Bodies.summary("[[1]]")).path("statistics").path(0).has("std"));
    }

    @Test
    void theSameRequestHasTheSameResult() {
        String rows = Bodies.rows(2000, 3);
        JsonNode result = run(Bodies.clustering("{'algorithm':'k-means','clusters':9}", rows));
        assertEquals(result, run(Bodies.clustering("{'algorithm':'k-means','clusters':9}", rows)));
        assertEquals(result, run(Bodies.clustering("{'algorithm':'k-means','clusters':9,'seed':42}", rows)));
        assertFalse(result.path("centroids")
                .equals(run(Bodies.clustering("{'algorithm':'k-means','clusters':9,'seed':-7}", rows))
                        .path("centroids")));
    }

    @Test
    void progressOnlyRises() {
        for (String parameters : List.of(
                "{'algorithm':'k-means','clusters':20,'iterations':1000}",
                "{'algorithm':'k-medoids','clusters':20}",
                "{'algorithm':'dbscan','epsilon':0.4,'min_points':4}")) {
            RecordingJob watched = RecordingJob.of("data.process");
            new ProcessData().run(Bodies.ofSize(60_000, parameters, 2), watched);
            List<Double> percents = watched.percents();
            assertTrue(percents.size() > 10, parameters);
            assertEquals(percents.stream().sorted().toList(), percents);
            assertTrue(percents.get(percents.size() - 1) <= 100);
        }
    }

    @Test
    void aCancelledJobEndsWithoutAResult() {
        job.cancel();
        byte[] body = Bodies.ofSize(50_000, "{'algorithm':'k-means','clusters':9}", 3);
        assertThrows(CancellationException.class, () -> new ProcessData().run(body, job));
    }

    @Test
    void aJobCancelledAtItsWorkEndsSoon() {
        byte[] body = Bodies.ofSize(2 * Bodies.MIB, "{'algorithm':'k-means','clusters':1000,'iterations':100000}", 2);
        CompletableFuture<AnalysisResult> run = CompletableFuture.supplyAsync(() -> new ProcessData().run(body, job));
        while (job.percents().size() < 20) {
            Thread.onSpinWait();
        }
        job.cancel();
        // Uncancelled it would go on for minutes; the limit leaves room for a busy machine.
        ExecutionException ended = assertThrows(ExecutionException.class, () -> run.get(10, TimeUnit.SECONDS));
        assertInstanceOf(CancellationException.class, ended.getCause());
    }

    @Test
    void aBodyOfExactlyOneMebibyteEndsWell() {
        byte[] body = Bodies.ofSize(1_048_576, "{'algorithm':'k-means','clusters':5,'iterations':1000}", 2);
        assertEquals(1_048_576, body.length);
        JsonNode result = run(body);
        int[] sizes = StreamSupport.stream(result.path("sizes").spliterator(), false)
                .mapToInt(JsonNode::intValue)
                .toArray();
        assertEquals(5, sizes.length);
        assertEquals(result.path("points").intValue(), IntStream.of(sizes).sum());
        assertEquals(
                result.path("points").intValue(), result.path("assignments").size());
    }

    private JsonNode run(byte[] body) {
        return new ObjectMapper().valueToTree(new ProcessData().run(body, job));
    }

    private static boolean note(JsonNode result, String part) {
        return StreamSupport.stream(result.path("notes").spliterator(), false)
                .anyMatch(note -> note.textValue().contains(part));
    }
}
