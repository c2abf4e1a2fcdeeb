package dev.accepted.cli.stack;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a stack is to consist of.
 *
 * @param port of the first gateway; 0: any free one
 * @param workers how many processes of each worker
 * @param gateways how many gateways, 1 or more
 * @param brokers how many Kafka brokers, 1 or 3
 */
public record StackPlan(int port, Map<Program, Integer> workers, int gateways, int brokers) {

    /** One of everything. */
    public static StackPlan small(int port) {
        return new StackPlan(port, workers("reports=1,email=1,analytics=1,probe=1,webhooks=1"), 1, 1);
    }

    /**
     * Reads {@code name=count,name=count}; a name alone means one, {@code none} nobody.
     *
     * @throws IllegalArgumentException when it is something else; the message is for the user
     */
    static Map<Program, Integer> workers(String text) {
        Map<Program, Integer> workers = new LinkedHashMap<>();
        if (text.equals("none")) {
            return workers;
        }
        for (String item : text.split(",", -1)) {
            String[] pair = item.strip().split("=", 2);
            Optional<Program> worker = Program.worker(pair[0].strip());
            if (worker.isEmpty()) {
                throw new IllegalArgumentException("no worker is called '" + pair[0].strip() + "'; there are "
                        + String.join(", ", Program.workerNames()) + ", or none");
            }
            workers.merge(worker.get(), pair.length == 1 ? 1 : count(pair[1].strip()), Integer::sum);
        }
        return workers;
    }

    private static int count(String text) {
        try {
            int count = Integer.parseInt(text);
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw new IllegalArgumentException("'" + text + "' is not a number of processes");
    }
}
