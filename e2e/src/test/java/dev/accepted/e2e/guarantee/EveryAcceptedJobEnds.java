package dev.accepted.e2e.guarantee;

import dev.accepted.e2e.history.Accepted;
import dev.accepted.e2e.history.History;
import dev.accepted.e2e.history.Story;
import dev.accepted.e2e.load.Order;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every job comes to exactly one end, and to one that its kind may have. */
final class EveryAcceptedJobEnds implements Guarantee {

    @Override
    public String promise() {
        return "Every accepted job reaches exactly one final state, the one that its kind leads to.";
    }

    @Override
    public void judge(History history, Findings findings) {
        Map<String, Story> stories = history.stories();
        Map<String, Order> orders = orders(history, stories);
        for (Accepted accepted : history.all(Accepted.class)) {
            findings.expect(stories.containsKey(accepted.jobId()), () -> accepted.jobId() + " has no record at all");
        }
        for (Story story : stories.values()) {
            int ends = story.ends().size();
            findings.expect(
                    ends == 1 && story.state().status().done(),
                    () -> story.jobId() + " has ended " + ends + " times and is "
                            + story.state().status().word());
            Order order = orders.get(story.jobId());
            if (ends == 1 && order != null) {
                int most = history.mostAttempts(order.kind().type());
                findings.expect(
                        order.mayEnd(story.state(), most),
                        () -> "%s (%s, %d failures allowed) ended as %s after %d attempts, %d of them failed, %d lost"
                                .formatted(
                                        story.jobId(),
                                        order,
                                        most,
                                        story.state().status().word(),
                                        story.state().phase().attempt(),
                                        story.state().work().failures(),
                                        story.state().work().losses()));
            }
        }
    }

    /** Also of those whose 202 got lost: the command carries the client's name for the job. */
    private static Map<String, Order> orders(History history, Map<String, Story> stories) {
        Map<String, Order> orders = new HashMap<>();
        stories.forEach((id, story) -> {
            @Nullable
            String reference =
                    story.state().facts() == null ? null : story.state().facts().clientReference();
            Order order = reference == null ? null : history.orders().get(reference);
            if (order != null) {
                orders.put(id, order);
            }
        });
        return orders;
    }
}
