package dev.accepted.analytics.course;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.testkit.RecordingJob;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class CourseTest {

    private final RecordingJob job = RecordingJob.of("data.process");
    private final Course course = new Course(job);

    @Test
    void thePartOfAPartIsShownAsAShareOfTheWhole() {
        Course part = course.part(0.2, 0.6);
        part.reached(0, "begun");
        part.part(0.5, 1).reached(0.5, "three quarters of it");
        part.reached(1, "done");
        List<Double> percents = job.percents();
        assertEquals(20, percents.get(0), 1e-9);
        assertEquals(50, percents.get(1), 1e-9);
        assertEquals(60, percents.get(2), 1e-9);
    }

    @Test
    void aCancelledJobEndsAfterSomeMoreArithmetic() {
        job.cancel();
        assertDoesNotThrow(() -> course.spend(1000));
        assertThrows(CancellationException.class, () -> {
            for (int i = 0; i < 100_000; i++) {
                course.spend(1000);
            }
        });
    }

    @Test
    void aCancelledJobEndsAtItsNextReport() {
        job.cancel();
        assertThrows(CancellationException.class, () -> course.reached(0.5, "half"));
        assertEquals(List.of(), job.percents());
    }

    @Test
    void anInterruptedThreadEndsAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> course.reached(0.5, "half"));
        assertTrue(Thread.interrupted());
    }
}
