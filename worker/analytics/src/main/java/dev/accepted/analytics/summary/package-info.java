/**
 * Describes the columns of a data set, each by itself and in pairs. The moments are Hipparchus's.
 *
 * <p>Invariant: nothing here is not a number. What cannot be told (the spread of one row, the correlation with a constant
 * column) is absent.
 */
@NullMarked
package dev.accepted.analytics.summary;

import org.jspecify.annotations.NullMarked;
