package dev.accepted.analytics.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Samples;
import dev.accepted.testkit.RecordingJob;
import java.util.Arrays;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.hipparchus.stat.descriptive.rank.Percentile;
import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void theFiguresOfAColumnAreTheKnownOnes() {
        Column column = summary(new double[][] {{4}, {2}, {9}, {4}, {5}, {7}, {5}, {4}})
                .columns()
                .get(0);
        assertEquals(new Column(8, 5, OptionalDouble.of(Math.sqrt(32.0 / 7)), 2, 4, 4.5, 5.5, 9), column);
    }

    @Property(tries = 200)
    void quartilesAreThoseOfTheLibrary(@ForAll @IntRange(min = 1, max = 60) int rows, @ForAll long seed) {
        double[][] data = Samples.uniform(rows, 1, seed);
        Percentile library = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
        library.setData(Arrays.stream(data).mapToDouble(row -> row[0]).toArray());
        Column column = summary(data).columns().get(0);
        assertEquals(library.evaluate(25), column.q1(), 1e-12);
        assertEquals(library.evaluate(50), column.median(), 1e-12);
        assertEquals(library.evaluate(75), column.q3(), 1e-12);
    }

    @Property(tries = 100)
    void correlationsAreThoseOfTheLibrary(@ForAll @IntRange(min = 2, max = 60) int rows, @ForAll long seed) {
        double[][] data = Samples.uniform(rows, 4, seed);
        double[][] expected =
                new PearsonsCorrelation(data).getCorrelationMatrix().getData();
        Double[][] found = summary(data).correlation().orElseThrow();
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                assertEquals(expected[i][j], found[i][j], 1e-9);
            }
        }
    }

    @Test
    void aConstantColumnHasNoSpreadAndNoCorrelation() {
        Summary summary = summary(new double[][] {{1, 0.1}, {2, 0.1}, {3, 0.1}});
        assertEquals(OptionalDouble.of(0), summary.columns().get(1).std());
        Double[][] correlation = summary.correlation().orElseThrow();
        assertEquals(1.0, correlation[0][0]);
        assertNull(correlation[0][1]);
        assertNull(correlation[1][1]);
    }

    @Test
    void oneRowHasNoSpread() {
        Summary summary = summary(new double[][] {{1, 2}});
        assertEquals(OptionalDouble.empty(), summary.columns().get(0).std());
        assertEquals(2, summary.columns().get(1).median());
        assertTrue(summary.correlation().isEmpty());
    }

    @Test
    void dataFarFromTheOriginLoseNoDigits() {
        double[][] near = Samples.uniform(1000, 2, 3);
        Summary here = summary(near);
        Summary there = summary(Samples.moved(near, 1 << 30));
        assertEquals(
                here.columns().get(0).std().orElseThrow(),
                there.columns().get(0).std().orElseThrow(),
                1e-6);
        assertEquals(here.correlation().orElseThrow()[0][1], there.correlation().orElseThrow()[0][1], 1e-6);
    }

    @Test
    void hugeNumbersStayFinite() {
        Summary summary = summary(new double[][] {{1e150, -1e150}, {-1e150, 1e150}, {0, 0}});
        assertTrue(Double.isFinite(summary.columns().get(0).std().orElseThrow()));
        assertEquals(-1, summary.correlation().orElseThrow()[0][1], 1e-12);
    }

    @Test
    void moreColumnsThanCanBeCorrelatedAreSummarizedWithout() {
        assertTrue(summary(Samples.uniform(3, Summary.MOST_CORRELATED, 1))
                .correlation()
                .isPresent());
        Summary summary = summary(Samples.uniform(3, Summary.MOST_CORRELATED + 1, 1));
        assertTrue(summary.correlation().isEmpty());
        assertEquals(Summary.MOST_CORRELATED + 1, summary.columns().size());
    }

    private static Summary summary(double[][] rows) {
        return Summary.of(Samples.of(rows), new Course(RecordingJob.of("data.process")));
    }
}
