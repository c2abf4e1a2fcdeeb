package dev.accepted.engine;

import java.io.IOException;
import java.io.InputStream;

/** Reference data in one immutable version. */
public interface Reference {

    /** Its name in the collection, for example {@code list-789}. */
    String name();

    /** Number of entries. */
    long count();

    /** Its content in the collection's canonical form; the caller closes it. */
    InputStream open() throws IOException;
}
