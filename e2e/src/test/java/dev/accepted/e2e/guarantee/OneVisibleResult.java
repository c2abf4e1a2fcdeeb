package dev.accepted.e2e.guarantee;

import dev.accepted.e2e.history.History;
import dev.accepted.e2e.history.Look;
import dev.accepted.e2e.history.Look.Shown;
import dev.accepted.e2e.history.Story;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Once clients have seen a job finished, they never see anything else; what they see is what the log says. */
final class OneVisibleResult implements Guarantee {

    @Override
    public String promise() {
        return "Clients see one end of a job, the one in the log, and nothing else once they have seen it.";
    }

    @Override
    public void judge(History history, Findings findings) {
        Map<String, Story> stories = history.stories();
        History.byJob(history.all(Look.class), Look::jobId).forEach((id, all) -> {
            List<Look> looks = all.stream()
                    .filter(look -> look.shown() != null)
                    .sorted(Comparator.comparing(Look::answeredAt))
                    .toList();
            looks.stream().filter(OneVisibleResult::done).findFirst().ifPresent(first -> {
                looks.stream()
                        .filter(look -> done(look) || look.sentAt().isAfter(first.answeredAt()))
                        .forEach(look ->
                                findings.expect(Objects.equals(look.shown(), first.shown()), () -> tell(first, look)));
                Story story = stories.get(id);
                findings.expect(
                        story != null && agrees(story, Objects.requireNonNull(first.shown())),
                        () -> first + " is not what the log says: "
                                + (story == null ? "nothing" : story.state().phase()));
            });
        });
    }

    private static boolean done(Look look) {
        return look.shown() != null && look.shown().done();
    }

    private static boolean agrees(Story story, Shown shown) {
        return story.state().status().word().equals(shown.status())
                && story.state().phase().attempt() == shown.attempt()
                && story.state()
                        .finishedAt()
                        .map(Object::toString)
                        .equals(java.util.Optional.ofNullable(shown.finishedAt()));
    }

    private static String tell(Look first, Look other) {
        return first.jobId() + " was " + first.shown() + " on " + first.gateway() + " at " + first.answeredAt()
                + " and " + other.shown() + " on " + other.gateway() + " at " + other.answeredAt();
    }
}
