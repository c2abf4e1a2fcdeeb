package dev.accepted.gateway.upkeep;

import java.util.Locale;

/** What a verification or a rebuild is at. */
enum Stage {
    /** Makes the shadow. */
    PREPARING,
    /** Reads the log. */
    FOLDING,
    /** Compares the tables. */
    COMPARING,
    /** Looks once more at what seems to differ. */
    CONFIRMING,
    /** Gives the new table its indexes. */
    INDEXING,
    /** Puts the new table in the place of the old one. */
    SWAPPING;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
