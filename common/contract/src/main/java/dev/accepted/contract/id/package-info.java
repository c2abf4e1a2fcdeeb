/** Job ids that prove themselves. */
@NullMarked
package dev.accepted.contract.id;

import org.jspecify.annotations.NullMarked;
