package dev.accepted.gateway.bulk;

import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes items of a body of lines, piece by piece. Blank lines are none. For one thread. */
final class LineSplitter {

    private static final byte[] NOTHING = {};

    private final long longest;
    private final int most;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private @Nullable Problem refusal;
    private boolean blank = true;
    private int items;

    /**
     * A splitter.
     *
     * @param longest bytes of a line; of a longer one nothing is kept
     * @param most items; what comes after them is not read
     */
    LineSplitter(long longest, int most) {
        this.longest = longest;
        this.most = most;
    }

    /** The items that are complete with the next piece of the body. */
    List<Item> take(byte[] piece) {
        return take(piece, null);
    }

    /** The same, for a piece of which nothing can be kept. */
    List<Item> take(byte[] piece, @Nullable Problem notKept) {
        List<Item> complete = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < piece.length && !isFull(); at++) {
            if (piece[at] == '\n') {
                add(piece, start, at, notKept);
                finish(complete);
                start = at + 1;
            }
        }
        if (!isFull()) {
            add(piece, start, piece.length, notKept);
        }
        return complete;
    }

    /** The item that the end of the body completes. */
    List<Item> end() {
        List<Item> last = new ArrayList<>();
        if (!isFull()) {
            finish(last);
        }
        return last;
    }

    /** Whether there were more items than are taken; the last one says so. */
    boolean isFull() {
        return items > most;
    }

    private void add(byte[] piece, int from, int to, @Nullable Problem notKept) {
        if (from == to) {
            return;
        }
        for (int at = from; blank && at < to; at++) {
            blank = piece[at] == ' ' || piece[at] == '\t' || piece[at] == '\r';
        }
        if (notKept != null) {
            refuse(notKept);
        } else if (refusal == null && line.size() + (long) (to - from) > longest) {
            refuse(Problems.contentTooLarge(longest));
        }
        if (refusal == null) {
            line.write(piece, from, to - from);
        }
    }

    private void refuse(Problem why) {
        refusal = why;
        line.reset();
    }

    private void finish(List<Item> complete) {
        if (!blank) {
            if (items == most) {
                refuse(BatchRefusals.moreThan(most));
            }
            complete.add(new Item(items++, refusal == null ? line.toByteArray() : NOTHING, refusal));
        }
        line.reset();
        refusal = null;
        blank = true;
    }
}
