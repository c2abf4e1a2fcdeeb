package dev.accepted.gateway.badinput;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the contract's table.
 *
 * @param input the row's first cell, word for word
 * @param cases requests of that kind; none where {@code instead} says why
 * @param instead the test that shows it because a request alone cannot
 */
record Row(String input, List<Refused> cases, @Nullable String instead) {

    static Row row(String input, Refused... cases) {
        return new Row(input, List.of(cases), null);
    }

    /** Built, and shown by another test, which needs more than a request. */
    static Row shownBy(String input, Class<?> test) {
        return shownBy(input, test.getSimpleName());
    }

    /** The same of a test that only its own package sees. */
    static Row shownBy(String input, String test) {
        return new Row(input, List.of(), test);
    }
}
