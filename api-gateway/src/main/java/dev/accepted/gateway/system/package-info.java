/** What the process stands on: clock, ids, object store, configuration. */
@NullMarked
package dev.accepted.gateway.system;

import org.jspecify.annotations.NullMarked;
