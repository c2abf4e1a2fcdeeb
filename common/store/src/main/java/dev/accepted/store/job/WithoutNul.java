package dev.accepted.store.job;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import org.jspecify.annotations.Nullable;

/**
 * Writes U+FFFD for U+0000, which PostgreSQL takes neither as text nor in {@code jsonb}: an error message with such a
 * character would else keep its job out of the table, and the job would never end.
 */
final class WithoutNul extends CharacterEscapes {

    private static final char REPLACEMENT = '\uFFFD';
    private static final SerializableString ESCAPE = new SerializedString(String.valueOf(REPLACEMENT));

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] escapes = standardAsciiEscapesForJSON();
        escapes[0] = ESCAPE_CUSTOM;
        return escapes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
        return character == 0 ? ESCAPE : null;
    }

    static String of(String text) {
        return text.replace('\0', REPLACEMENT);
    }
}
