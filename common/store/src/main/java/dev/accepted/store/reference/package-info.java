/** Reference data: which version of a name is current. */
@NullMarked
package dev.accepted.store.reference;

import org.jspecify.annotations.NullMarked;
