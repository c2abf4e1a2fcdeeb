package dev.accepted.e2e.guarantee;

import dev.accepted.e2e.history.History;
import dev.accepted.e2e.history.Row;
import dev.accepted.e2e.history.Story;
import java.util.HashMap;
import java.util.Map;

/** The table is the fold of the log. */
final class TableEqualsLog implements Guarantee {

    @Override
    public String promise() {
        return "The table says of every job what the fold of the log says, and of no other job anything.";
    }

    @Override
    public void judge(History history, Findings findings) {
        Map<String, Row> rows = new HashMap<>();
        history.all(Row.class).forEach(row -> rows.put(row.jobId(), row));
        for (Story story : history.stories().values()) {
            Row folded = Row.of(story.state());
            Row row = rows.remove(story.jobId());
            findings.expect(folded.equals(row), () -> "the log says " + folded + ", the table " + row);
        }
        rows.values().forEach(row -> findings.expect(false, () -> "the log knows nothing of " + row));
    }
}
