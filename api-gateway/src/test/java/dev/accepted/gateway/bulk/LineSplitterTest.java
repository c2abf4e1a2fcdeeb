package dev.accepted.gateway.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.gateway.problem.Problems;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body of lines, in whatever pieces it comes. */
class LineSplitterTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Item> items(LineSplitter lines, String body, int pieceLength) {
        byte[] all = bytes(body);
        List<Item> items = new ArrayList<>();
        for (int from = 0; from < all.length; from += pieceLength) {
            items.addAll(lines.take(Arrays.copyOfRange(all, from, Math.min(all.length, from + pieceLength))));
        }
        items.addAll(lines.end());
        return items;
    }

    private static List<String> texts(List<Item> items) {
        return items.stream()
                .map(item -> item.index() + ":"
                        + (item.refusal() == null
                                ? new String(item.bytes(), StandardCharsets.UTF_8)
                                : item.refusal().slug()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000})
    void itemsAreTheSameHoweverTheBodyIsCut(int pieceLength) {
        List<Item> items =
                items(new LineSplitter(10, 100), "{\"ä\":1}\n\n  \r\n{}\r\n0123456789\n01234567890\n[]", pieceLength);
        assertEquals(List.of("0:{\"ä\":1}", "1:{}\r", "2:0123456789", "3:content-too-large", "4:[]"), texts(items));
    }

    @Test
    void aLineAtTheEndNeedsNoLineFeedAndOneMakesNoItem() {
        assertEquals(List.of("0:a"), texts(items(new LineSplitter(10, 100), "a", 5)));
        assertEquals(List.of("0:a"), texts(items(new LineSplitter(10, 100), "a\n", 5)));
        assertEquals(List.of(), texts(items(new LineSplitter(10, 100), "\n \n", 5)));
        assertEquals(List.of(), texts(items(new LineSplitter(10, 100), "", 5)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1_000})
    void whatIsBeyondTheMostIsToldOnceAndNotRead(int pieceLength) {
        LineSplitter lines = new LineSplitter(10, 2);
        assertEquals(List.of("0:a", "1:b", "2:batch-too-large"), texts(items(lines, "a\nb\nc\nd\ne", pieceLength)));
        assertTrue(lines.isFull());
        LineSplitter exact = new LineSplitter(10, 2);
        assertEquals(List.of("0:a", "1:b"), texts(items(exact, "a\nb\n\n", pieceLength)));
        assertFalse(exact.isFull());
    }

    @Test
    void aLineOfWhichAPieceCannotBeKeptIsRefusedAndTheNextOneIsNot() {
        LineSplitter lines = new LineSplitter(100, 100);
        assertEquals(List.of(), lines.take(bytes("{\"a\":")));
        List<Item> refused = lines.take(bytes("1}\n{\"b\""), Problems.reducedCapacity("no room", 2));
        assertEquals(1, refused.size());
        assertNotNull(refused.get(0).refusal());
        List<Item> rest = lines.take(bytes(":2}\n{}\n"));
        assertEquals(
                503, java.util.Objects.requireNonNull(rest.get(0).refusal()).status());
        assertNull(rest.get(1).refusal());
    }
}
