/**
 * Finds which rows of a data set belong together: k-means, k-medoids and DBSCAN, and how well the answer separates them.
 *
 * <p>Own algorithms, because no library at hand gives what the jobs need. Hipparchus, the nearest, keeps an object per
 * point, cannot be told to stop between iterations, tells neither their number nor whether they converged, has no
 * k-medoids, and a DBSCAN that compares every pair. It is the judge in the tests instead: inertia no worse than that of
 * its k-means, the same cores and noise as its DBSCAN.
 *
 * <p>Invariant: clusters are numbered by their first row, none is empty, and each row of k-means and k-medoids is
 * assigned to the nearest centre, also where the iterations ended early.
 */
@NullMarked
package dev.accepted.analytics.clustering;

import org.jspecify.annotations.NullMarked;
