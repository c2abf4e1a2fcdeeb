/** Tests of the migration itself: the wrong states that its constraints refuse. */
@NullMarked
package dev.accepted.store.schema;

import org.jspecify.annotations.NullMarked;
