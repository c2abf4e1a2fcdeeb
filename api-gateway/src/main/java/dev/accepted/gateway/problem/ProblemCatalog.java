package dev.accepted.gateway.problem;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.accepted.contract.Wire;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What each problem means and what a client can do: the resource {@code problems/problems.json}. */
@ApplicationScoped
public class ProblemCatalog {

    private final Map<String, Entry> entries;

    ProblemCatalog() {
        try (InputStream in = ProblemCatalog.class.getResourceAsStream("/problems/problems.json")) {
            if (in == null) {
                throw new IllegalStateException("The application was built without problems/problems.json");
            }
            entries = Wire.JSON.readValue(in, new TypeReference<Map<String, Entry>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The problem of a slug, if there is one. */
    public Optional<Entry> find(String slug) {
        return Optional.ofNullable(entries.get(slug));
    }

    /** Every slug. */
    public SortedSet<String> slugs() {
        return new TreeSet<>(entries.keySet());
    }

    /**
     * One problem.
     *
     * @param status the status it comes with; null for one that tells about a job and not about a request
     */
    public record Entry(String title, @Nullable Integer status, String meaning, String remedy) {}
}
