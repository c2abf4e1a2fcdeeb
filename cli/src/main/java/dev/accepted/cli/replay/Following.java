package dev.accepted.cli.replay;

import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.Gateway;
import dev.accepted.cli.terminal.ProgressBoard;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Shows how a replay gets on, until it has ended. */
final class Following {

    private static final long PERIOD_MILLIS = 500;

    private final Gateway gateway;
    private final ProgressBoard board;

    /** @param seen whether {@code out} is shown on a terminal */
    Following(Gateway gateway, PrintWriter out, boolean seen) {
        this.gateway = gateway;
        this.board = new ProgressBoard(out, seen);
    }

    /** Follows it; gives it as it ended. Ending this ends nothing of the replay. */
    Replay follow(Replay begun) throws InterruptedException {
        long start = System.nanoTime();
        Replay now = begun;
        while (true) {
            double seconds = (System.nanoTime() - start) / 1e9;
            board.show(List.of(now.progress(seconds < 1 ? -1 : now.ended() / seconds)));
            if (now.done()) {
                return now;
            }
            TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
            now = new Replay(gateway.ask(Call.get(Replay.path(begun.id()))).json());
        }
    }
}
